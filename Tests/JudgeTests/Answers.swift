import Craft
import Suite
import Wire

/// Frames of the target.
enum Answers {
  static let counter = (0..<8).map { UInt8($0) }

  /// From the Ethernet header on; a template that can't be encoded gives nothing, and the test fails for it.
  static func frame(_ layers: [LayerTemplate], mac: MACAddress = Scene.tester.mac) -> [UInt8] {
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(Scene.target.mac)), "destination": .given(.mac(mac))]
    )
    return (try? PacketTemplate([ethernet] + layers).encode().bytes) ?? []
  }

  static func ipv4(_ fields: [String: FieldSetting] = [:]) -> LayerTemplate {
    var all: [String: FieldSetting] = [
      "source": .given(.ipv4(IPv4Address(rawValue: 0xc000_0201))),
      "destination": .given(.ipv4(IPv4Address(rawValue: 0xc000_0210))),
    ]
    all.merge(fields) { _, new in new }
    return LayerTemplate(.ipv4, fields: all)
  }

  static func ipv6(_ fields: [String: FieldSetting] = [:]) -> LayerTemplate {
    var all: [String: FieldSetting] = [
      "source": .given(.ipv6(IPv6Address(high: 0x2001_0db8_0001_0000, low: 1))),
      "destination": .given(.ipv6(IPv6Address(high: 0x2001_0db8_0001_0000, low: 0x1_0000))),
    ]
    all.merge(fields) { _, new in new }
    return LayerTemplate(.ipv6, fields: all)
  }

  static func icmpv4(_ type: UInt64, _ fields: [String: FieldSetting] = [:]) -> LayerTemplate {
    LayerTemplate(.icmpv4, fields: fields.merging(["type": .given(.number(type))]) { old, _ in old })
  }

  static func icmpv6(_ type: UInt64, _ fields: [String: FieldSetting] = [:]) -> LayerTemplate {
    LayerTemplate(.icmpv6, fields: fields.merging(["type": .given(.number(type))]) { old, _ in old })
  }

  static func data(_ octets: [UInt8]) -> LayerTemplate { LayerTemplate(.data, body: octets) }

  /// The right answer to a control probe.
  static func control(_ plan: TrialPlan, sequence: UInt16) -> [UInt8] {
    let fields: [String: FieldSetting] = [
      "identifier": .given(.number(UInt64(plan.control.identifier))),
      "sequence": .given(.number(UInt64(sequence))),
    ]
    switch plan.control.family {
    case .ipv4: return frame([ipv4(), icmpv4(0, fields), data(ControlProbe.data)])
    case .ipv6: return frame([ipv6(), icmpv6(129, fields), data(ControlProbe.data)])
    }
  }

  /// The reply to `Scene.echo`, right unless said otherwise.
  static func echoReply(
    identifier: UInt64 = 0x1235,
    sequence: UInt64 = 1,
    data octets: [UInt8] = counter,
    ip: [String: FieldSetting] = [:],
    icmp: [String: FieldSetting] = [:]
  ) -> [UInt8] {
    var fields: [String: FieldSetting] = [
      "identifier": .given(.number(identifier)), "sequence": .given(.number(sequence)),
    ]
    fields.merge(icmp) { _, new in new }
    return frame([ipv4(ip), icmpv4(0, fields), data(octets)])
  }

  /// A port-unreachable error about the packet that a plan sends first; `edit` spoils what it quotes.
  static func portUnreachable(
    _ plan: TrialPlan,
    octets: Int = 28,
    ip: [String: FieldSetting] = [:],
    edit: (inout [UInt8]) -> Void = { _ in }
  ) -> [UInt8] {
    var quoted: [UInt8] = []
    for case .send(let stimulus) in plan.steps {
      quoted = Array(stimulus.packet.bytes.dropFirst(14).prefix(octets))
      break
    }
    edit(&quoted)
    return frame([ipv4(ip), icmpv4(3, ["code": .given(.number(3))]), LayerTemplate(.raw, body: quoted)])
  }

  /// A whole frame cut into IPv4 fragments of so many octets.
  static func fragments(of whole: [UInt8], size: Int, identification: UInt64 = 77) -> [[UInt8]] {
    let payload = Array(whole.dropFirst(34))
    return stride(from: 0, to: payload.count, by: size).map { offset in
      let end = min(offset + size, payload.count)
      let fields: [String: FieldSetting] = [
        "identification": .given(.number(identification)),
        "fragment-offset": .given(.number(UInt64(offset / 8))),
        "more-fragments": .given(.number(end < payload.count ? 1 : 0)),
        "protocol": .given(.number(1)),
      ]
      return frame([ipv4(fields), LayerTemplate(.raw, body: Array(payload[offset..<end]))])
    }
  }

  /// A whole IPv6 frame without extension headers, cut into fragments.
  static func fragments6(of whole: [UInt8], size: Int) -> [[UInt8]] {
    let payload = Array(whole.dropFirst(54))
    return stride(from: 0, to: payload.count, by: size).map { offset in
      let end = min(offset + size, payload.count)
      let header = LayerTemplate(
        .fragment,
        fields: [
          "next-header": .given(.number(58)), "offset": .given(.number(UInt64(offset / 8))),
          "more": .given(.number(end < payload.count ? 1 : 0)), "identification": .given(.number(9)),
        ]
      )
      return frame([ipv6(), header, LayerTemplate(.raw, body: Array(payload[offset..<end]))])
    }
  }
}
