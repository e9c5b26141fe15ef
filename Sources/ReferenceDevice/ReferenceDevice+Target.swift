public import Suite
internal import Wire

extension ReferenceDevice {
  /// The device as a target file would describe it; the interface has no name of the system's.
  public static let description = TargetDescription(
    name: "reference",
    role: .host,
    near: TargetDescription.Side(
      interface: "simulated",
      ipv4: DeviceConfiguration().ipv4,
      ipv4PrefixLength: DeviceConfiguration().ipv4PrefixLength,
      ipv6: DeviceConfiguration().ipv6,
      ipv6PrefixLength: 64,
      mac: DeviceConfiguration().mac,
      linkLocal: DeviceConfiguration().linkLocal,
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
      gateway: TargetDescription.Gateway(
        ipv4: DeviceConfiguration().ipv4Gateway,
        ipv6: DeviceConfiguration().ipv6Gateway
      )
    ),
    capabilities: [
      "timestamp": "true", "udp-closed-port": "33434", "udp-echo-port": "7", "tcp-port": "7",
      "tcp-closed-port": "33434", "reassembles-beyond-mtu": "true", "unused-protocol": "253",
    ],
    allowsSpoofing: true
  )
}
