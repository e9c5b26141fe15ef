/// An IPv6 address.
public struct IPv6Address: Hashable, Sendable {
  /// The first 64 bits, in host order.
  public var high: UInt64
  /// The last 64 bits, in host order.
  public var low: UInt64

  /// Takes the two halves in host order.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Takes sixteen octets in wire order; nil for any other count.
  public init?(octets: some Collection<UInt8>) {
    guard octets.count == 16 else { return nil }
    self.init(
      high: octets.prefix(8).reduce(0) { $0 << 8 | UInt64($1) },
      low: octets.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
    )
  }

  /// The sixteen octets in wire order.
  public var octets: [UInt8] {
    (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? high : low) >> (56 - 8 * ($0 & 7))) }
  }

  /// `::`.
  public static let unspecified = IPv6Address(high: 0, low: 0)
  /// `ff02::1`, all nodes of the link [RFC 4291 2.7.1].
  public static let allNodes = IPv6Address(high: 0xff02_0000_0000_0000, low: 1)
  /// `ff02::2`, all routers of the link [RFC 4291 2.7.1].
  public static let allRouters = IPv6Address(high: 0xff02_0000_0000_0000, low: 2)

  /// Whether the address is a group, ff00::/8 [RFC 4291 2.7].
  public var isMulticast: Bool { high >> 56 == 0xff }

  /// Whether the address is in fe80::/10 [RFC 4291 2.5.6].
  public var isLinkLocal: Bool { high >> 54 == 0x3fa }

  /// Whether the address is `::`.
  public var isUnspecified: Bool { high == 0 && low == 0 }

  /// The group to which a neighbor solicitation for this address goes [RFC 4291 2.7.1].
  public var solicitedNodeMulticast: IPv6Address {
    IPv6Address(high: 0xff02_0000_0000_0000, low: 0x1_ff00_0000 | low & 0xff_ffff)
  }
}

extension IPv6Address: Comparable {
  /// Orders addresses by their number.
  public static func < (left: IPv6Address, right: IPv6Address) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
