import Wire

/// Addresses around a device with two sides, by a letter.
///
/// On the near side: A and B hosts, N the device, G the gateway, X beyond it. On the far side: F and E hosts, T the
/// device, H the gateway, Y beyond it, Z beyond it and a narrow path, U nobody. O is nowhere. With an apostrophe the
/// link-local address.
enum Places {
  static let ipv4: [String: String] = [
    "A": "192.0.2.16", "B": "192.0.2.17", "N": "192.0.2.1", "G": "192.0.2.254", "X": "203.0.113.7",
    "F": "198.51.100.16", "E": "198.51.100.17", "T": "198.51.100.1", "H": "198.51.100.254",
    "Y": "203.0.113.70", "Z": "203.0.113.100", "U": "198.51.100.251", "O": "203.0.113.200",
  ]

  static let ipv6: [String: String] = [
    "A": "2001:db8:1::1:10", "B": "2001:db8:1::1:11", "N": "2001:db8:1::1", "X": "2001:db8:ffff::7",
    "F": "2001:db8:2::1:10", "E": "2001:db8:2::1:11", "T": "2001:db8:2::1", "Y": "2001:db8:fffe::7",
    "Z": "2001:db8:fffe:1::7", "U": "2001:db8:2::dead", "O": "2001:db8:dead::1",
    "A'": "fe80::a", "N'": "fe80::ff:fe00:101", "G'": "fe80::a55a:fe", "F'": "fe80::f",
    "T'": "fe80::ff:fe00:201", "H'": "fe80::a55a:1fe", "N*": "2001:db8:1::", "T*": "2001:db8:2::",
  ]

  private static let names4 = Dictionary(ipv4.map { (IPv4Address($0.value) ?? .unspecified, $0.key) }) { one, _ in one }
  private static let names6 = Dictionary(ipv6.map { (IPv6Address($0.value) ?? .unspecified, $0.key) }) { one, _ in one }

  static func address(_ name: String) -> IPv4Address { IPv4Address(ipv4[name] ?? name) ?? .unspecified }
  static func address(hex text: String) -> IPv4Address {
    IPv4Address(rawValue: UInt32(text, radix: 16) ?? 0)
  }
  static func address6(_ name: String) -> IPv6Address { IPv6Address(ipv6[name] ?? name) ?? .unspecified }
  static func name(of address: IPv4Address) -> String { names4[address] ?? "\(address)" }
  static func name(of address: IPv6Address) -> String { names6[address] ?? "\(address)" }

  /// The device's Ethernet address.
  static func device(_ arm: Arm) -> MACAddress {
    MACAddress(rawValue: arm == .near ? 0x0200_0000_0101 : 0x0200_0000_0201)
  }

  /// The Ethernet address of all hosts but the gateway.
  static func tester(_ arm: Arm) -> MACAddress {
    MACAddress(rawValue: arm == .near ? 0x02a5_5a00_0001 : 0x02a5_5a00_0002)
  }

  /// The Ethernet address of the device's gateway.
  static func gateway(_ arm: Arm) -> MACAddress {
    MACAddress(rawValue: arm == .near ? 0x02a5_5aff_00fe : 0x02a5_5aff_01fe)
  }

  /// The Ethernet address of whoever has an address there; nil for the device and nobody.
  static func mac(of address: IPv4Address, _ arm: Arm) -> MACAddress? {
    switch name(of: address) {
    case "N", "T", "U": nil
    case "G", "H": gateway(arm)
    default: tester(arm)
    }
  }

  /// The Ethernet address of whoever has an address there; nil for the device and nobody.
  static func mac(of address: IPv6Address, _ arm: Arm) -> MACAddress? {
    switch name(of: address) {
    case "N", "T", "N'", "T'", "U": nil
    case "G'", "H'": gateway(arm)
    default: tester(arm)
    }
  }
}
