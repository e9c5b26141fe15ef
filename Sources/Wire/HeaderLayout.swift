/// The fields of one form of a header with all that the encoder and the decoder need at hand.
final class HeaderLayout: Sendable {
  /// The fields in wire order, second names of the same bits at the end.
  let fields: [Field]
  /// Where the fields lie, without what only people read: cheap to copy.
  let slots: [Slot]
  /// Octets that a header of this form has at least.
  let length: Int
  /// Octets with all fields; more than `length` where the last fields may be missing.
  let fullLength: Int
  /// `fullLength` octets with every constant default in place.
  let defaults: [UInt8]
  /// The computed fields in the order of evaluation.
  let computed: [(index: Int, rule: ComputedRule)]
  /// One bit for each field which is a second name.
  let overlays: UInt64

  private let places: [String: Int]

  /// What the encoder needs of a field.
  struct Slot: BitwiseCopyable {
    var bitOffset: Int
    var bitWidth: Int
    var isComputed: Bool
    var isChecksum: Bool

    init(_ field: Field) {
      bitOffset = field.bitOffset
      bitWidth = field.bitWidth
      isComputed = field.byDefault == .computed
      isChecksum = field.isChecksum
    }

    /// The octet after the last bit.
    var end: Int { (bitOffset + bitWidth + 7) >> 3 }
  }

  /// Lays the rows one after the other; `length` is less than their sum where the last ones are optional.
  init(_ rows: [FieldRow], length: Int? = nil) {
    var fields: [Field] = []
    var computed: [(index: Int, rule: ComputedRule)] = []
    var overlays: UInt64 = 0
    var bit = 0
    for row in rows {
      let start = row.overlayBit ?? bit
      if row.overlayBit == nil { bit += row.width } else { overlays |= 1 << UInt64(fields.count) }
      if let rule = row.rule { computed.append((fields.count, rule)) }
      fields.append(
        Field(
          row.name,
          bits: start..<start + row.width,
          format: row.format,
          byDefault: row.byDefault,
          names: row.names,
          summary: row.summary
        )
      )
    }
    let fullLength = (bit + 7) / 8
    var defaults = [UInt8](repeating: 0, count: fullLength)
    for (index, field) in fields.enumerated() where overlays & 1 << UInt64(index) == 0 {
      guard case .constant(let value) = field.byDefault else { continue }
      defaults.store(value, atBit: field.bitOffset, width: field.bitWidth)
    }
    self.fields = fields
    self.slots = fields.map(Slot.init)
    self.places = Dictionary(fields.enumerated().map { ($1.name, $0) }) { first, _ in first }
    self.length = length ?? fullLength
    self.fullLength = fullLength
    self.defaults = defaults
    self.computed = computed.filter { !$0.rule.isChecksum } + computed.filter(\.rule.isChecksum)
    self.overlays = overlays
  }

  /// The place of a field in `fields`.
  func index(of name: String) -> Int? { places[name] }
}
