import Craft
import Wire

/// Echo requests of 64 octets, the same as those of the C programs.
enum Echoes {
  static let tester = Host(
    mac: MACAddress(rawValue: 0x02a5_5a00_0000),
    ipv4: IPv4Address(rawValue: 0xc000_0210)
  )
  static let target = Host(
    mac: MACAddress(rawValue: 0x06a5_5a00_0001),
    ipv4: IPv4Address(rawValue: 0xc000_0201)
  )
  static let identifier: UInt64 = 0x5a17

  /// A request with 22 octets of data.
  static func template(from source: Host = tester, to destination: Host = target) -> PacketTemplate {
    PacketTemplate([
      LayerTemplate(
        .ethernet,
        fields: ["destination": .given(.mac(destination.mac)), "source": .given(.mac(source.mac))]
      ),
      LayerTemplate(
        .ipv4,
        fields: [
          "source": .given(.ipv4(source.ipv4 ?? IPv4Address(rawValue: 0))),
          "destination": .given(.ipv4(destination.ipv4 ?? IPv4Address(rawValue: 0))),
        ]
      ),
      LayerTemplate(
        .icmpv4,
        fields: ["type": .given(.number(8)), "identifier": .given(.number(identifier))]
      ),
      LayerTemplate(.data, body: Array("counter or other octet".utf8)),
    ])
  }

  /// A request to an Ethernet address that nobody has.
  static let toNobody: [UInt8] = {
    var nobody = target
    nobody.mac = MACAddress(rawValue: 0x02a5_5a00_ffff)
    return (try? template(to: nobody).encode().bytes) ?? []
  }()

  /// The question that tells the target who the tester is.
  static let introduction: [UInt8] = {
    let fields: [String: FieldSetting] = [
      "operation": .given(.number(1)), "sender-mac": .given(.mac(tester.mac)),
      "sender-ip": .given(.ipv4(tester.ipv4 ?? IPv4Address(rawValue: 0))),
      "target-ip": .given(.ipv4(target.ipv4 ?? IPv4Address(rawValue: 0))),
    ]
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["destination": .given(.mac(.broadcast)), "source": .given(.mac(tester.mac))]
    )
    return (try? PacketTemplate([ethernet, LayerTemplate(.arp, fields: fields)]).encode().bytes) ?? []
  }()
}
