public import Suite
internal import Wire

extension LinuxHostLab {
  /// The lab's target as a target file would describe it: its addresses, the testers' and what Linux implements.
  public static let targetDescription = TargetDescription(
    name: name,
    role: .host,
    near: TargetDescription.Side(
      interface: interface,
      ipv4: targetIPv4,
      ipv4PrefixLength: 24,
      ipv6: targetIPv6,
      ipv6PrefixLength: 64,
      mac: targetMAC,
      linkLocal: targetLinkLocal,
      testers: TargetDescription.Testers(
        // 192.0.2.16 to 192.0.2.250.
        ipv4: IPv4Address(rawValue: 0xc000_0210)...IPv4Address(rawValue: 0xc000_02fa),
        // 2001:db8:1::1:0 to 2001:db8:1::1:ffff.
        ipv6: neighbour6(0x1_0000)...neighbour6(0x1_ffff)
      ),
      gateway: TargetDescription.Gateway(ipv4: routerIPv4, ipv6: routerLinkLocal)
    ),
    capabilities: [
      "timestamp": "true",
      "address-mask": "false",
      "udp-closed-port": "33434",
      "udp-echo-port": "\(echoPort)",
      "tcp-port": "\(echoPort)",
      "tcp-closed-port": "33434",
      // For experiments [RFC 3692]: nobody listens there.
      "unused-protocol": "253",
    ],
    // The wire ends in this lab: a false source troubles nobody.
    allowsSpoofing: true
  )

  private static func neighbour6(_ low: UInt64) -> IPv6Address {
    IPv6Address(high: targetIPv6.high, low: low)
  }
}

extension OpenLab {
  /// The target as a target file would describe it; without IPv6 where this kernel has none, and without the
  /// services that it hasn't.
  public var targetDescription: TargetDescription {
    if name == ReferenceTapLab.name { return ReferenceTapLab.targetDescription }
    var description = LinuxHostLab.targetDescription
    if !hasIPv6 {
      description.near.ipv6 = nil
      description.near.linkLocal = nil
      description.near.testers?.ipv6 = nil
      description.near.gateway?.ipv6 = nil
    }
    if !hasEcho { for name in ["udp-echo-port", "tcp-port"] { description.capabilities[name] = nil } }
    return description
  }
}
