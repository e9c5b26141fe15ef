/// A packet whose octets are worked out once, and of which then only some fields change: for packets by the thousand.
///
/// An Internet checksum depends on each field in proportion [RFC 1071], so two trial encodings tell how much a field
/// adds to which checksum, whatever lies between them: pseudo-headers, quoted packets, deliberate faults. Afterwards a packet
/// is a copy with some fields and those checksums written into it.
///
/// ```
/// let echo = try PreparedPacket(template, varying: [.init(layer: 2, "sequence")])
/// echo.encode(7)   // the same octets as if the template had said it
/// ```
public struct PreparedPacket: Hashable, Sendable {
  /// A field of one of the template's layers.
  public struct Variable: Hashable, Sendable {
    /// The layer's place in the template.
    public var layer: Int
    /// The field's name.
    public var field: String

    /// A field of the layer at this place.
    public init(layer: Int, _ field: String) {
      self.layer = layer
      self.field = field
    }
  }

  /// Where a varying field lies.
  fileprivate struct Place: Hashable, Sendable, BitwiseCopyable {
    var bit: Int
    var width: Int

    /// The bits that the field holds of a value.
    func held(of value: UInt64) -> UInt64 { width < 64 ? value & (1 << UInt64(width) - 1) : value }
  }

  /// What one unit of a variable adds to a checksum's sum.
  private struct Share: Hashable, Sendable, BitwiseCopyable {
    var variable: Int
    var factor: UInt64
  }

  /// A checksum that depends on variables, as it is while they are zero, and which of the shares are its own.
  private struct Dependent: Hashable, Sendable, BitwiseCopyable {
    var checksum: ChecksumSum
    var firstShare: Int
    var endShare: Int
  }

  /// The octets while all variables are zero.
  private let base: [UInt8]
  private var places: [Place] = []
  private var shares: [Share] = []
  private var dependents: [Dependent] = []
  /// The deliberate faults in dependent checksums, by their place; usually none.
  private var faults: [Int: FieldSetting] = [:]

  /// Works out everything but the variables.
  ///
  /// - Throws: `EncodingError` as ``PacketTemplate/encode()`` does, and for a field on which more depends than checksums.
  public init(_ template: PacketTemplate, varying variables: [Variable]) throws(EncodingError) {
    var zero = template
    for variable in variables { try zero.set(variable, to: 0) }
    let encoded = try Self.encoded(zero)
    let sums = encoded.sums ?? []
    base = encoded.bytes
    var factors: [[UInt64]] = []
    for variable in variables {
      guard let place = encoded.place(of: variable, in: zero) else { throw variable.misfit(in: zero) }
      places.append(place)
      var one = zero
      try one.set(variable, to: 1)
      let changed = try Self.encoded(one).sums ?? []
      guard changed.count == sums.count else { throw variable.misfit(in: zero) }
      factors.append(zip(sums, changed).map { ($1.checksum.sum + 0xffff - $0.checksum.sum) % 0xffff })
    }
    for (index, sum) in sums.enumerated() {
      let first = shares.count
      for (variable, factor) in factors.enumerated() where factor[index] != 0 {
        shares.append(Share(variable: variable, factor: factor[index]))
      }
      if shares.count == first { continue }
      faults[dependents.count] = sum.fault
      dependents.append(Dependent(checksum: sum.checksum, firstShare: first, endShare: shares.count))
    }
    try prove(zero, variables)
  }

  /// The octets of the packet whose only variable holds this value, or whose others are zero.
  public func encode(_ value: UInt64) -> [UInt8] {
    let values: InlineArray<1, UInt64> = [value]
    return encode(values.span)
  }

  /// The octets of the packet whose variables hold these values; bits beyond a field's width are dropped, variables without
  /// a value are zero.
  public func encode(_ values: Span<UInt64>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: base.count) { buffer, count in
      write(values, to: UnsafeMutableRawBufferPointer(buffer))
      count = base.count
    }
  }

  /// The same in the place of an earlier packet's octets.
  public func encode(_ values: Span<UInt64>, into bytes: inout [UInt8]) {
    if bytes.count != base.count { bytes = base }
    bytes.withUnsafeMutableBytes { write(values, to: $0) }
  }

  /// Copies the base, and writes variables and checksums into it.
  private func write(_ values: Span<UInt64>, to target: UnsafeMutableRawBufferPointer) {
    base.withUnsafeBytes {
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0.prefix(target.count)))
    }
    let (places, shares, dependents) = (places.span, shares.span, dependents.span)
    for index in 0..<min(places.count, values.count) {
      target.store(values[index], atBit: places[index].bit, width: places[index].width)
    }
    for index in 0..<dependents.count {
      var checksum = dependents[index].checksum
      for share in dependents[index].firstShare..<dependents[index].endShare {
        let variable = shares[share].variable
        guard variable < values.count else { break }
        checksum.sum &+=
          shares[share].factor &* UInt64(Checksum.fold(places[variable].held(of: values[variable])))
      }
      var right = checksum.value
      if !faults.isEmpty, let fault = faults[index] {
        right = fault.altered(right, width: 16, isChecksum: true)
      }
      target.store(right, atBit: checksum.bit, width: 16)
    }
  }

  private static func encoded(_ template: PacketTemplate) throws(EncodingError) -> PacketEncoder {
    var encoder = PacketEncoder()
    encoder.sums = []
    try encoder.append(template.layers, depth: 0)
    return encoder
  }

  /// Compares what comes out with the encoder's own work for some other values.
  private func prove(_ zero: PacketTemplate, _ variables: [Variable]) throws(EncodingError) {
    var template = zero
    var values = [UInt64](repeating: 0, count: variables.count)
    for (index, variable) in variables.enumerated() {
      values[index] = places[index].held(of: 0x5a3c_c35a_a5c3_3ca5)
      try template.set(variable, to: values[index])
      guard try Self.encoded(template).bytes == encode(values.span) else { throw variable.misfit(in: zero) }
    }
  }
}

extension PreparedPacket.Variable {
  fileprivate func misfit(in template: PacketTemplate) -> EncodingError {
    let kind = template.layers.indices.contains(layer) ? template.layers[layer].kind : .raw
    return EncodingError(layer: kind, field: field, message: "can't vary by itself")
  }
}

extension PacketTemplate {
  fileprivate mutating func set(_ variable: PreparedPacket.Variable, to value: UInt64) throws(EncodingError) {
    guard layers.indices.contains(variable.layer) else { throw variable.misfit(in: self) }
    layers[variable.layer].fields[variable.field] = .given(.number(value))
  }
}

extension PacketEncoder {
  /// Where a field of one of the packet's own layers lies; nil if it isn't all there, or has more than 64 bits.
  fileprivate func place(of variable: PreparedPacket.Variable, in template: PacketTemplate)
    -> PreparedPacket.Place?
  {
    let own = spans.filter { $0.depth == 0 }
    guard own.count == template.layers.count else { return nil }
    let span = own[variable.layer]
    let view = LayerView(span.kind, frame: bytes, header: span.range, payload: span.range)
    guard let field = view.fields.first(where: { $0.name == variable.field }), field.bitWidth <= 64,
      view.number(field.name) == 0
    else { return nil }
    return PreparedPacket.Place(bit: span.range.lowerBound * 8 + field.bitOffset, width: field.bitWidth)
  }
}
