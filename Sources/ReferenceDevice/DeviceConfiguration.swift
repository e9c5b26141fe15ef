public import Suite
public import Wire

/// Addresses and services of a reference device.
public struct DeviceConfiguration: Hashable, Sendable {
  /// Its Ethernet address.
  public var mac = MACAddress(rawValue: 0x0200_0000_0101)
  /// 192.0.2.1.
  public var ipv4 = IPv4Address(rawValue: 0xc000_0201)
  /// Octets of its IPv4 network's mask that are one.
  public var ipv4PrefixLength = 24
  /// The next hop for all other networks: 192.0.2.254.
  public var ipv4Gateway = IPv4Address(rawValue: 0xc000_02fe)
  /// 2001:db8:1::1, on a network of 64 bits.
  public var ipv6 = IPv6Address(high: 0x2001_0db8_0001_0000, low: 1)
  /// fe80::ff:fe00:101, made from the Ethernet address.
  public var linkLocal = IPv6Address(high: 0xfe80_0000_0000_0000, low: 0x0000_00ff_fe00_0101)
  /// The next hop for all other networks: fe80::a55a:fe.
  public var ipv6Gateway = IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_00fe)
  /// Largest IP packet that the link carries, in octets.
  public var mtu = 1500
  /// The UDP port that sends everything back; all others are closed.
  public var udpEchoPort: UInt16 = 7
  /// The TCP port that sends everything back; all others are closed.
  public var tcpEchoPort: UInt16 = 7
  /// ICMPv6 errors to one destination: at once, and a second.
  public var errorBurst = 64
  /// ICMPv6 errors to one destination in the long run.
  public var errorsPerSecond = 1000
  /// What kind of box it is.
  public var role = Role.host
  /// The networks around it; nil for a host, which has a link and a gateway.
  var routes: RoutingTable?
  /// Whether it tells hosts on the link of itself by ICMP router discovery [RFC1256-4.3-a].
  var advertisesIPv4 = false
  /// Whether it tells hosts on the link of itself and their prefix by neighbor discovery [RFC4861-6.2-nonadv].
  var advertisesIPv6 = false

  /// The target of the lab.
  public init() {}

  /// The IPv4 network's mask.
  var ipv4Mask: UInt32 { ipv4PrefixLength == 0 ? 0 : ~0 << (32 - UInt32(ipv4PrefixLength)) }

  /// Whether an IPv4 address is on the link.
  func isOnLink(_ address: IPv4Address) -> Bool {
    (address.rawValue ^ ipv4.rawValue) & ipv4Mask == 0
  }

  /// Whether an IPv4 address means all hosts: limited broadcast, directed broadcast, and the directed broadcast's
  /// old form with zeros [RFC1122-3.3.6-a] [RFC1122-3.3.6-b].
  func isBroadcast(_ address: IPv4Address) -> Bool {
    address.isLimitedBroadcast
      || isOnLink(address) && [0, ~ipv4Mask].contains(address.rawValue & ~ipv4Mask)
  }

  /// Whether an IPv6 address is the device's own.
  func isOwn(_ address: IPv6Address) -> Bool { address == ipv6 || address == linkLocal }

  /// Whether an IPv6 address is on the link.
  func isOnLink(_ address: IPv6Address) -> Bool { address.isLinkLocal || address.high == ipv6.high }

  /// The groups which the device has joined, each once: all nodes, and the solicited-node groups of its addresses
  /// [RFC4291-2.8-a] [RFC4291-2.7.1-a].
  var groups: [IPv6Address] {
    let own = [.allNodes, linkLocal.solicitedNodeMulticast] + groupsAsRouter
    let other = ipv6.solicitedNodeMulticast
    return own.contains(other) ? own : own + [other]
  }

  /// 224.0.0.1, the group of all hosts, which every host has joined.
  static let allHosts = IPv4Address(rawValue: 0xe000_0001)
}
