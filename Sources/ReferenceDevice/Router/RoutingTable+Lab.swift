internal import Wire

/// The networks around a reference device with two sides.
extension RoutingTable {
  /// Each side is a link with a gateway behind which strangers live; some of the far ones behind a narrow path.
  ///
  /// Nothing else has a route: 203.0.113.200 and 2001:db8:dead::1 are nowhere.
  static let lab = RoutingTable(
    ipv4: [
      link("192.0.2.0", 24, of: .near),
      link("198.51.100.0", 24, of: .far),
      behindGateway("203.0.113.0", 26, of: .near),
      behindGateway("203.0.113.64", 26, of: .far),
      behindGateway("203.0.113.96", 27, of: .far, mtu: 1280),
    ],
    ipv6: [
      link6("2001:db8:1::", 64, of: .near),
      link6("2001:db8:2::", 64, of: .far),
      behindGateway6("2001:db8:ffff::", 48, of: .near),
      behindGateway6("2001:db8:fffe::", 48, of: .far),
      behindGateway6("2001:db8:fffe:1::", 64, of: .far, mtu: 1280),
    ]
  )

  private static func link(_ network: String, _ length: Int, of arm: Arm) -> Route<IPv4Address> {
    Route(
      network: IPv4Address(network) ?? .unspecified,
      length: length,
      arm: arm,
      own: DeviceConfiguration.side(arm).ipv4
    )
  }

  private static func behindGateway(
    _ network: String,
    _ length: Int,
    of arm: Arm,
    mtu: Int = 1500
  ) -> Route<IPv4Address> {
    var route = link(network, length, of: arm)
    route.gateway = DeviceConfiguration.side(arm).ipv4Gateway
    route.mtu = mtu
    return route
  }

  private static func link6(_ network: String, _ length: Int, of arm: Arm) -> Route<IPv6Address> {
    Route(
      network: IPv6Address(network) ?? .unspecified,
      length: length,
      arm: arm,
      own: DeviceConfiguration.side(arm).ipv6
    )
  }

  private static func behindGateway6(
    _ network: String,
    _ length: Int,
    of arm: Arm,
    mtu: Int = 1500
  ) -> Route<IPv6Address> {
    var route = link6(network, length, of: arm)
    route.gateway = DeviceConfiguration.side(arm).ipv6Gateway
    route.mtu = mtu
    return route
  }
}
