import Craft
import ReferenceDevice
import Suite
import Wire

extension CraftContext {
  /// A laboratory around the reference device.
  static let reference: CraftContext = {
    let device = DeviceConfiguration()
    func host(_ number: UInt64) -> Host {
      Host(
        mac: MACAddress(rawValue: 0x02a5_5a00_0000 | number),
        ipv4: IPv4Address(rawValue: 0xc000_0200 | UInt32(number)),
        ipv6: IPv6Address(high: 0x2001_0db8_0001_0000, low: 0x1_0000 | number),
        linkLocal: IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_0001_0000 | number)
      )
    }
    let gateway = Host(
      mac: MACAddress(rawValue: 0x02a5_5aff_00fe),
      ipv4: device.ipv4Gateway,
      ipv6: nil,
      linkLocal: device.ipv6Gateway
    )
    func stranger(_ number: UInt32) -> Host {
      Host(
        mac: gateway.mac,
        ipv4: IPv4Address(rawValue: 0xc633_6400 | number),
        ipv6: IPv6Address(high: 0x2001_0db8_ffff_0000, low: UInt64(number))
      )
    }
    let endpoints = Endpoints(
      tester: host(16),
      tester2: host(17),
      stranger: stranger(1),
      stranger2: stranger(2),
      router: gateway,
      target: Host(mac: device.mac, ipv4: device.ipv4, ipv6: device.ipv6, linkLocal: device.linkLocal),
      broadcast: IPv4Address(rawValue: 0xc000_02ff),
      network: IPv4Address(rawValue: 0xc000_0200),
      unused: host(99),
      id: 0x5a17,
      port: 0xda17,
      seed: 7
    )
    return CraftContext(
      endpoints: endpoints,
      capabilities: ReferenceDevice.description.capabilities,
      allowsSpoofing: true
    )
  }()
}
