public import Suite
internal import Wire

extension ReferenceDevice {
  /// The device as a target file would describe it; the interface has no name of the system's.
  public static let description = TargetDescription(
    name: "reference",
    role: .host,
    near: DeviceConfiguration().side(on: "simulated"),
    capabilities: [
      "timestamp": "true", "udp-closed-port": "33434", "udp-echo-port": "7", "tcp-port": "7",
      "tcp-closed-port": "33434", "reassembles-beyond-mtu": "true", "unused-protocol": "253",
      "autoconfiguration": "true", "lasting-addresses": "true", "enhanced-dad": "true",
      "no-router-discovery": "true",
    ],
    allowsSpoofing: true
  )
}

extension DeviceConfiguration {
  /// One side of a device as a target file would describe it: its addresses, those for testers, `.16` to `.250` and
  /// `::1:0` to `::1:ffff` of the same networks, and its gateway.
  func side(on interface: String) -> TargetDescription.Side {
    let network = ipv4.rawValue & 0xffff_ff00
    return TargetDescription.Side(
      interface: interface,
      ipv4: ipv4,
      ipv4PrefixLength: ipv4PrefixLength,
      ipv6: ipv6,
      ipv6PrefixLength: 64,
      mac: mac,
      linkLocal: linkLocal,
      testers: TargetDescription.Testers(
        ipv4: IPv4Address(rawValue: network + 16)...IPv4Address(rawValue: network + 250),
        ipv6: IPv6Address(high: ipv6.high, low: 0x1_0000)...IPv6Address(high: ipv6.high, low: 0x1_ffff)
      ),
      gateway: TargetDescription.Gateway(ipv4: ipv4Gateway, ipv6: ipv6Gateway)
    )
  }
}
