/// The options of TCP [RFC 9293 3.2].
public enum TCPOption {
  /// End of option list, a single octet.
  public static let end = OptionTemplate(type: 0, hasLength: false)

  /// No operation, a single octet.
  public static let nop = OptionTemplate(type: 1, hasLength: false)

  /// The largest segment that the sender takes.
  public static func maximumSegmentSize(_ octets: UInt16) -> OptionTemplate {
    OptionTemplate(type: 2, body: [UInt8(octets >> 8), UInt8(octets & 255)])
  }

  /// How far windows are shifted [RFC 7323 2.2].
  public static func windowScale(_ shift: UInt8) -> OptionTemplate { OptionTemplate(type: 3, body: [shift]) }

  /// Selective acknowledgements are understood [RFC 2018 2].
  public static let sackPermitted = OptionTemplate(type: 4)

  /// Timestamp value and echo reply [RFC 7323 3.2].
  public static func timestamps(_ value: UInt32, echo: UInt32) -> OptionTemplate {
    OptionTemplate(type: 8, body: IPv4Address(rawValue: value).octets + IPv4Address(rawValue: echo).octets)
  }
}
