internal import Suite
internal import Wire

/// The sides of a router, and what a host does otherwise when it is one.
extension DeviceConfiguration {
  /// The addresses of a device with two sides on one of them.
  static func side(_ arm: Arm) -> DeviceConfiguration {
    var side = DeviceConfiguration()
    guard arm == .far else { return side }
    side.mac = MACAddress(rawValue: 0x0200_0000_0201)
    side.ipv4 = IPv4Address(rawValue: 0xc633_6401)
    side.ipv4Gateway = IPv4Address(rawValue: 0xc633_64fe)
    side.ipv6 = IPv6Address(high: 0x2001_0db8_0002_0000, low: 1)
    side.linkLocal = IPv6Address(linkLocalFor: side.mac)
    side.ipv6Gateway = IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_01fe)
    return side
  }

  /// The address of a router's other side.
  var otherIPv4: IPv4Address {
    let near = DeviceConfiguration.side(.near).ipv4
    return ipv4 == near ? DeviceConfiguration.side(.far).ipv4 : near
  }

  /// Whether it forwards what isn't for itself.
  var isRouter: Bool { routes != nil }

  /// The own address of the interface by which an error leaves [RFC1812-4.3.2.4-a]; a host has one.
  func errorSource(towards destination: IPv4Address) -> IPv4Address {
    routes?.route(to: destination)?.own ?? ipv4
  }

  /// The TOS octet of an error: a router's has internetwork control precedence [RFC1812-4.3.2.5-b], a NAT's the
  /// service class of what caused it [RFC5508-REQ10-h].
  func errorService(about tos: UInt8) -> UInt8 {
    switch role {
    case .host: 0
    case .router, .firewall: 0xc0
    case .nat: tos & 0xfc
    }
  }

  /// The largest datagram that the way to a destination carries, as far as the routes say.
  func mtu(towards destination: IPv4Address) -> Int {
    min(mtu, routes?.route(to: destination)?.mtu ?? mtu)
  }

  /// The largest packet that the way to a destination carries, as far as the routes say.
  func mtu(towards destination: IPv6Address) -> Int {
    min(mtu, routes?.route(to: destination)?.mtu ?? mtu)
  }

  /// Whether an address is the anycast address of all routers on the link [RFC4291-2.6.1-a]; a host has none.
  func isAnycast(_ address: IPv6Address) -> Bool {
    isRouter && address.high == ipv6.high && address.low == 0
  }

  /// The groups which a router has joined: of all routers [RFC4291-2.8-b], and of its anycast address.
  var groupsAsRouter: [IPv6Address] {
    guard isRouter else { return [] }
    return [
      IPv6Address(high: ipv6.high, low: 0).solicitedNodeMulticast,
      IPv6Address(high: 0xff02_0000_0000_0000, low: 2),
      IPv6Address(high: 0xff05_0000_0000_0000, low: 2),
    ]
  }

  /// 224.0.0.2, the group of all routers.
  static let allRouters = IPv4Address(rawValue: 0xe000_0002)
}
