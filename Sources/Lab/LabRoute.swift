internal import Wire

/// A route of the target's, through a gateway that Assay plays.
struct LabRoute {
  /// Where it leads to; nil: to everything that has no better route.
  var destination: Network?
  /// 4 or 16 octets.
  var gateway: [UInt8]
  /// The target's interface.
  var interface: String
  /// The largest packet that goes there, in octets, whatever path MTU discovery says; nil: what the cable carries.
  var mtu: UInt32?

  /// A network by its address, 4 or 16 octets, and the bits of its prefix.
  struct Network {
    var address: [UInt8]
    var prefixLength: UInt8

    init(_ address: IPv4Address, _ prefixLength: UInt8) {
      (self.address, self.prefixLength) = (address.octets, prefixLength)
    }

    init(_ address: IPv6Address, _ prefixLength: UInt8) {
      (self.address, self.prefixLength) = (address.octets, prefixLength)
    }
  }

  var isIPv4: Bool { gateway.count == 4 }

  /// A host's: everything else is behind its gateway.
  static let ofHost: [LabRoute] = [
    LabRoute(gateway: LabCable.near.gatewayIPv4.octets, interface: LabCable.near.targetInterface),
    LabRoute(gateway: LabCable.near.gatewayLinkLocal.octets, interface: LabCable.near.targetInterface),
  ]

  /// A router's: strangers behind both gateways, some of them behind a narrow path, and no route to anywhere else.
  static let ofRouter: [LabRoute] =
    // 203.0.113.0/26 and 2001:db8:ffff::/48.
    to(IPv4Address(rawValue: 0xcb00_7100), 26, IPv6Address(high: 0x2001_0db8_ffff_0000, low: 0), 48, .near)
    // 203.0.113.64/26 and 2001:db8:fffe::/48.
    + to(IPv4Address(rawValue: 0xcb00_7140), 26, IPv6Address(high: 0x2001_0db8_fffe_0000, low: 0), 48, .far)
    // 203.0.113.96/27 and 2001:db8:fffe:1::/64.
    + to(
      IPv4Address(rawValue: 0xcb00_7160),
      27,
      IPv6Address(high: 0x2001_0db8_fffe_0001, low: 0),
      64,
      .far,
      mtu: narrowMTU
    )

  /// What every IPv6 link carries at least [RFC 8200 5].
  static let narrowMTU: UInt32 = 1280

  private static func to(
    _ ipv4: IPv4Address,
    _ length4: UInt8,
    _ ipv6: IPv6Address,
    _ length6: UInt8,
    _ cable: LabCable,
    mtu: UInt32? = nil
  ) -> [LabRoute] {
    [
      LabRoute(
        destination: Network(ipv4, length4),
        gateway: cable.gatewayIPv4.octets,
        interface: cable.targetInterface,
        mtu: mtu
      ),
      LabRoute(
        destination: Network(ipv6, length6),
        gateway: cable.gatewayLinkLocal.octets,
        interface: cable.targetInterface,
        mtu: mtu
      ),
    ]
  }
}
