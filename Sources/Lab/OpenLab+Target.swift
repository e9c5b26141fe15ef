public import Suite
internal import Wire

extension LinuxHostLab {
  /// The target file of this lab, as if it had been written by hand.
  public static let description = TargetDescription(
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
        ipv4: IPv4Address(rawValue: 0xc000_0210)...IPv4Address(rawValue: 0xc000_02fa),
        ipv6: IPv6Address(
          high: 0x2001_0db8_0001_0000,
          low: 0x1_0000
        )...IPv6Address(
          high: 0x2001_0db8_0001_0000,
          low: 0x1_ffff
        )
      ),
      gateway: TargetDescription.Gateway(ipv4: routerIPv4, ipv6: routerLinkLocal)
    ),
    capabilities: ["timestamp": "true", "udp-closed-port": "33434", "unused-protocol": "253"],
    allowsSpoofing: true
  )
}
