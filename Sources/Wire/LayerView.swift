/// One layer of a dissected frame: reads fields out of the octets on demand, never traps, never judges.
public struct LayerView: Sendable {
  /// The kind of layer.
  public let kind: LayerKind
  /// The whole frame, shared by all views of it.
  public let frame: [UInt8]
  /// The octets of the header with its options, as far as the frame has them; for `data` all octets, for
  /// `quote` empty.
  public let header: Range<Int>
  /// The octets which the layer carries, bounded by its own length field and by the frame; for `data` the
  /// same as `header`, for `quote` the quoted packet with its padding.
  public let payload: Range<Int>

  init(_ kind: LayerKind, frame: [UInt8], header: Range<Int>, payload: Range<Int>) {
    self.kind = kind
    self.frame = frame
    self.header = header
    self.payload = payload
  }

  /// The octets of the header.
  public var bytes: ArraySlice<UInt8> { frame[header] }

  /// The octets which the layer carries.
  public var payloadBytes: ArraySlice<UInt8> { frame[payload] }

  /// The fields of this header in wire order, whether or not their octets are there.
  public var fields: [Field] { layout?.fields ?? [] }

  /// The value of a field; nil if this form of the header has no such field, or its octets aren't there.
  public func value(of name: String) -> FieldValue? {
    guard let layout, let index = layout.index(of: name) else { return nil }
    return value(of: layout.fields[index])
  }

  /// The value of one of this header's fields; nil if its octets aren't there.
  public func value(of field: Field) -> FieldValue? {
    let bit = header.lowerBound * 8 + field.bitOffset
    guard bit + field.bitWidth <= header.upperBound * 8 else { return nil }
    if field.bitWidth > 64 {
      guard field.bitWidth == 128, let address = frame.ipv6Address(at: bit >> 3) else { return nil }
      return .ipv6(address)
    }
    guard let number = frame.load(atBit: bit, width: field.bitWidth) else { return nil }
    switch field.format {
    case .mac: return .mac(MACAddress(rawValue: number))
    case .ipv4: return .ipv4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: number)))
    case .ipv6, .decimal, .hexadecimal, .flag: return .number(number)
    }
  }

  /// The value of a field as a number, addresses of up to 64 bits included; nil as for ``value(of:)-(String)``.
  public func number(_ name: String) -> UInt64? {
    guard let layout, let index = layout.index(of: name) else { return nil }
    let field = layout.slots[index]
    let bit = header.lowerBound * 8 + field.bitOffset
    guard field.bitWidth <= 64, bit + field.bitWidth <= header.upperBound * 8 else { return nil }
    return frame.load(atBit: bit, width: field.bitWidth)
  }

  /// The options in wire order, padding included; ends at the first one whose length makes no sense.
  public var options: [OptionView] {
    guard let style = OptionStyle(kind) else { return [] }
    var options: [OptionView] = []
    var next: Int? = optionArea.lowerBound
    while let offset = next, offset < optionArea.upperBound {
      let option = style.option(in: frame, at: offset, end: optionArea.upperBound)
      options.append(option.view)
      next = option.next
    }
    return options
  }

  /// The octets of an option after its type and length.
  public func body(of option: OptionView) -> ArraySlice<UInt8> {
    frame[option.body.clamped(to: 0..<frame.count)]
  }

  /// Where options lie in the header; empty if it ends before them.
  var optionArea: Range<Int> {
    let start = header.lowerBound + (Protocols.forms(of: kind)?.base.length ?? 0)
    return min(start, header.upperBound)..<header.upperBound
  }

  /// The form of this header.
  private var layout: HeaderLayout? {
    guard let forms = Protocols.forms(of: kind) else { return nil }
    guard forms.hasTypes, header.count > 1 else { return forms.base }
    return forms.layout(type: frame[header.lowerBound], code: frame[header.lowerBound + 1])
  }
}
