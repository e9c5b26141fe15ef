/// An Ethernet address.
public struct MACAddress: Hashable, Sendable {
  /// The address in the low 48 bits.
  public var rawValue: UInt64

  /// Takes the low 48 bits of a number.
  public init(rawValue: UInt64) { self.rawValue = rawValue & 0xffff_ffff_ffff }

  /// Takes six octets in wire order; nil for any other count.
  public init?(octets: some Collection<UInt8>) {
    guard octets.count == 6 else { return nil }
    self.init(rawValue: octets.reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// Reads `02:00:5e:10:00:01`, with `:` or `-` between six groups of one or two hexadecimal digits.
  public init?(_ text: some StringProtocol) {
    let separator: Character = text.contains("-") ? "-" : ":"
    let groups = text.split(separator: separator, omittingEmptySubsequences: false)
    guard groups.count == 6 else { return nil }
    var value: UInt64 = 0
    for group in groups {
      guard let octet = hexadecimalNumber(group.utf8, maximumDigits: 2) else { return nil }
      value = value << 8 | octet
    }
    self.init(rawValue: value)
  }

  /// The MAC group address to which an IPv4 group maps [RFC 1112 6.4].
  public init(multicastFor group: IPv4Address) {
    self.init(rawValue: 0x0100_5e00_0000 | UInt64(group.rawValue & 0x7f_ffff))
  }

  /// The MAC group address to which an IPv6 group maps [RFC 2464 7].
  public init(multicastFor group: IPv6Address) {
    self.init(rawValue: 0x3333_0000_0000 | group.low & 0xffff_ffff)
  }

  /// All ones: every station of the link.
  public static let broadcast = MACAddress(rawValue: 0xffff_ffff_ffff)

  /// Whether the group bit is set; true for broadcast, too.
  public var isMulticast: Bool { rawValue & 0x0100_0000_0000 != 0 }

  /// Whether all bits are zero.
  public var isZero: Bool { rawValue == 0 }

  /// The six octets in wire order.
  public var octets: [UInt8] { (0..<6).map { UInt8(truncatingIfNeeded: rawValue >> (40 - 8 * $0)) } }
}

extension MACAddress: Comparable {
  /// Orders addresses by their number.
  public static func < (left: MACAddress, right: MACAddress) -> Bool { left.rawValue < right.rawValue }
}

extension MACAddress: CustomStringConvertible {
  /// Six pairs of lower-case hexadecimal digits with colons between them.
  public var description: String {
    octets.map { hexadecimalText(UInt64($0), digits: 2) }.joined(separator: ":")
  }
}
