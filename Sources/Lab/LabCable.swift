internal import Suite
internal import Wire

/// A cable between the target and the tester, and the network on it.
///
/// All addresses are documentation space [RFC 5737, RFC 3849]. Ethernet addresses begin with 06; personas' begin with 02.
struct LabCable {
  /// The tester's end, which has no address.
  var testerInterface: String
  var testerMAC: MACAddress
  /// The target's end.
  var targetInterface: String
  var targetMAC: MACAddress
  /// The target's addresses, in a /24 and a /64.
  var ipv4: IPv4Address
  var ipv6: IPv6Address
  /// Made from its Ethernet address [RFC 4291 2.5.1].
  var linkLocal: IPv6Address
  /// Addresses that personas get.
  var testers: TargetDescription.Testers
  /// The target's gateway on this cable, which Assay plays.
  var gatewayIPv4: IPv4Address
  var gatewayLinkLocal: IPv6Address

  static let ipv4PrefixLength: UInt8 = 24
  static let ipv6PrefixLength: UInt8 = 64

  /// The only one of a host, the inner one of others.
  static let near = LabCable(
    testerInterface: LinuxHostLab.interface,
    testerMAC: MACAddress(rawValue: 0x06_a5_5a_00_00_02),
    targetInterface: LinuxHostLab.targetInterface,
    targetMAC: LinuxHostLab.targetMAC,
    ipv4: LinuxHostLab.targetIPv4,
    ipv6: LinuxHostLab.targetIPv6,
    linkLocal: LinuxHostLab.targetLinkLocal,
    testers: testers(beside: LinuxHostLab.targetIPv4, LinuxHostLab.targetIPv6),
    gatewayIPv4: LinuxHostLab.routerIPv4,
    gatewayLinkLocal: LinuxHostLab.routerLinkLocal
  )

  /// The outer one: 198.51.100.1/24, 2001:db8:2::1/64, fe80::4a5:5aff:fe00:3; gateways 198.51.100.254, fe80::a55a:1fe.
  static let far = LabCable(
    testerInterface: "far0",
    testerMAC: MACAddress(rawValue: 0x06_a5_5a_00_00_04),
    targetInterface: "eth1",
    targetMAC: MACAddress(rawValue: 0x06_a5_5a_00_00_03),
    ipv4: farIPv4,
    ipv6: farIPv6,
    linkLocal: IPv6Address(high: 0xfe80 << 48, low: 0x04a5_5aff_fe00_0003),
    testers: testers(beside: farIPv4, farIPv6),
    gatewayIPv4: IPv4Address(rawValue: 0xc633_64fe),
    gatewayLinkLocal: IPv6Address(high: 0xfe80 << 48, low: 0xa55a_01fe)
  )

  private static let farIPv4 = IPv4Address(rawValue: 0xc633_6401)
  private static let farIPv6 = IPv6Address(high: 0x2001_0db8_0002_0000, low: 1)

  /// `.16` to `.250`, and `::1:0` to `::1:ffff` of the same networks.
  private static func testers(beside ipv4: IPv4Address, _ ipv6: IPv6Address) -> TargetDescription.Testers {
    let network = ipv4.rawValue & 0xffff_ff00
    return TargetDescription.Testers(
      ipv4: IPv4Address(rawValue: network + 16)...IPv4Address(rawValue: network + 250),
      ipv6: IPv6Address(high: ipv6.high, low: 0x1_0000)...IPv6Address(high: ipv6.high, low: 0x1_ffff)
    )
  }

  /// This side of the target as a target file would describe it.
  func side(hasIPv6: Bool = true) -> TargetDescription.Side {
    var testers = testers
    if !hasIPv6 { testers.ipv6 = nil }
    return TargetDescription.Side(
      interface: testerInterface,
      ipv4: ipv4,
      ipv4PrefixLength: Int(Self.ipv4PrefixLength),
      ipv6: hasIPv6 ? ipv6 : nil,
      ipv6PrefixLength: Int(Self.ipv6PrefixLength),
      mac: targetMAC,
      linkLocal: hasIPv6 ? linkLocal : nil,
      testers: testers,
      gateway: TargetDescription.Gateway(ipv4: gatewayIPv4, ipv6: hasIPv6 ? gatewayLinkLocal : nil)
    )
  }
}
