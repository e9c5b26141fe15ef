import Craft
import ReferenceDevice
import Wire

extension CraftContext {
  /// A laboratory of documentation addresses.
  static let laboratory = CraftContext(
    endpoints: Endpoints(
      tester: host(1),
      tester2: host(2),
      stranger: host(3),
      stranger2: host(7),
      router: host(4),
      target: host(5),
      broadcast: IPv4Address(rawValue: 0xc000_02ff),
      network: IPv4Address(rawValue: 0xc000_0200),
      unused: host(6),
      id: 0x5a17,
      port: 0xda17,
      seed: 7
    ),
    capabilities: [:],
    allowsSpoofing: true
  )

  /// The reference device and a tester that it has been introduced to.
  static let judged = Endpoints(
    tester: Host(
      mac: Echoes.tester.mac,
      ipv4: Echoes.tester.ipv4,
      ipv6: IPv6Address("2001:db8:1::10"),
      linkLocal: IPv6Address("fe80::10")
    ),
    target: Host(
      mac: DeviceConfiguration().mac,
      ipv4: DeviceConfiguration().ipv4,
      ipv6: DeviceConfiguration().ipv6,
      linkLocal: DeviceConfiguration().linkLocal
    ),
    unused: host(6),
    id: 0x5a17,
    port: 0xda17,
    seed: 7
  )

  private static func host(_ number: UInt8) -> Host {
    Host(
      mac: MACAddress(rawValue: 0x02a5_5a00_0000 | UInt64(number)),
      ipv4: IPv4Address(rawValue: 0xc000_0200 | UInt32(number)),
      ipv6: IPv6Address("2001:db8::\(number)"),
      linkLocal: IPv6Address("fe80::\(number)")
    )
  }
}
