internal import Wire

/// Addresses that have names in suites.
enum WellKnownAddresses {
  static let ipv4: [String: IPv4Address] = [
    "broadcast": IPv4Address(rawValue: 0xffff_ffff),
    "all-hosts": IPv4Address(rawValue: 0xe000_0001),
    "all-routers": IPv4Address(rawValue: 0xe000_0002),
    "unspecified": IPv4Address(rawValue: 0),
    "loopback": IPv4Address(rawValue: 0x7f00_0001),
  ]
  static let ipv6: [String: IPv6Address] = [
    "all-nodes": IPv6Address(high: 0xff02_0000_0000_0000, low: 1),
    "all-routers": IPv6Address(high: 0xff02_0000_0000_0000, low: 2),
    "unspecified": IPv6Address(high: 0, low: 0),
    "loopback": IPv6Address(high: 0, low: 1),
  ]
}
