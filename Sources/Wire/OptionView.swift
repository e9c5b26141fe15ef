/// One option of a dissected header.
public struct OptionView: Hashable, Sendable {
  /// The type octet.
  public let type: UInt8
  /// The length octet as on the wire; nil for single-octet options and where the header ends before it.
  public let length: UInt8?
  /// The octets of the frame after type and length, as far as they are there.
  public let body: Range<Int>
  /// The octet of the frame where the option begins.
  public let offset: Int
}

/// How a header counts its options.
enum OptionStyle {
  /// IPv4 and TCP: the length covers type and length; 0 ends the list, 1 is a single octet.
  case internet
  /// IPv6: the length covers the body; 0 is a single octet.
  case ipv6
  /// Neighbour discovery: the length counts units of eight octets.
  case neighborDiscovery

  /// The style of a layer; nil for layers without options.
  init?(_ kind: LayerKind) {
    switch kind {
    case .ipv4, .tcp: self = .internet
    case .hopByHop, .destinationOptions: self = .ipv6
    case .ndpOptions: self = .neighborDiscovery
    default: return nil
    }
  }

  /// Reads the option at an offset; `next` is where the following one begins, nil after the last one.
  ///
  /// `isSound` is false if the length is missing, impossible, or leads beyond `end`.
  func option(in bytes: [UInt8], at offset: Int, end: Int) -> (view: OptionView, next: Int?, isSound: Bool) {
    let type = bytes[offset]
    if self != .neighborDiscovery, type == 0 || type == 1 && self == .internet {
      let view = OptionView(type: type, length: nil, body: offset + 1..<offset + 1, offset: offset)
      return (view, self == .internet && type == 0 ? nil : offset + 1, true)
    }
    guard offset + 1 < end else {
      return (OptionView(type: type, length: nil, body: end..<end, offset: offset), nil, false)
    }
    let length = bytes[offset + 1]
    let size: Int
    switch self {
    case .internet: size = Int(length)
    case .ipv6: size = Int(length) + 2
    case .neighborDiscovery: size = Int(length) * 8
    }
    let isSound = size >= 2 && offset + size <= end
    let bodyEnd = isSound ? offset + size : end
    return (
      OptionView(type: type, length: length, body: offset + 2..<bodyEnd, offset: offset),
      isSound ? offset + size : nil, isSound
    )
  }
}
