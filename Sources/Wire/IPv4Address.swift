/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable {
  /// The address in host order.
  public var rawValue: UInt32

  /// Takes a number in host order.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Takes four octets in wire order; nil for any other count.
  public init?(octets: some Collection<UInt8>) {
    guard octets.count == 4 else { return nil }
    self.init(rawValue: octets.reduce(0) { $0 << 8 | UInt32($1) })
  }

  /// Reads four decimal numbers from 0 to 255 with dots between them, without leading zeros.
  public init?(_ text: some StringProtocol) {
    var value: UInt32 = 0
    var groups = 0
    var digits = 0
    var group: UInt32 = 0
    for unit in text.utf8 {
      switch unit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if digits > 0, group == 0 { return nil }
        group = group * 10 + UInt32(unit - UInt8(ascii: "0"))
        digits += 1
        if group > 255 { return nil }
      case UInt8(ascii: "."):
        guard digits > 0, groups < 3 else { return nil }
        value = value << 8 | group
        groups += 1
        (digits, group) = (0, 0)
      default: return nil
      }
    }
    guard digits > 0, groups == 3 else { return nil }
    self.init(rawValue: value << 8 | group)
  }

  /// `0.0.0.0`.
  public static let unspecified = IPv4Address(rawValue: 0)
  /// `255.255.255.255`.
  public static let limitedBroadcast = IPv4Address(rawValue: .max)

  /// Whether the address is a group, 224.0.0.0/4 [RFC 1112 4].
  public var isMulticast: Bool { rawValue >> 28 == 0xe }

  /// Whether the address is 255.255.255.255.
  public var isLimitedBroadcast: Bool { rawValue == .max }

  /// The four octets in wire order.
  public var octets: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: rawValue >> (24 - 8 * $0)) } }
}

extension IPv4Address: Comparable {
  /// Orders addresses by their number.
  public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.rawValue < right.rawValue }
}

extension IPv4Address: CustomStringConvertible {
  /// Four decimal numbers with dots between them.
  public var description: String {
    "\(rawValue >> 24).\(rawValue >> 16 & 255).\(rawValue >> 8 & 255).\(rawValue & 255)"
  }
}
