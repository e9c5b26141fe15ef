import Suite
import Testing
import Wire

@Suite struct ExchangesTests {
  private let mine = FieldSetting.given(.ipv4(IPv4Address(rawValue: 0xc000_0210)))
  private let other = FieldSetting.given(.ipv4(IPv4Address(rawValue: 0xc000_0201)))
  private let router = FieldSetting.given(.ipv4(IPv4Address(rawValue: 0xc000_02fe)))

  private func ip(from source: FieldSetting, to destination: FieldSetting, id: UInt64 = 0) -> LayerTemplate {
    LayerTemplate(
      .ipv4,
      fields: ["source": source, "destination": destination, "identification": .given(.number(id))]
    )
  }

  private func numbers(_ kind: LayerKind, _ fields: [String: UInt64]) -> LayerTemplate {
    LayerTemplate(kind, fields: fields.mapValues { .given(.number($0)) })
  }

  private func exchanges(_ packets: [[LayerTemplate]]) throws -> Exchanges {
    Exchanges(
      try packets.map { Dissection(try PacketTemplate([LayerTemplate(.ethernet)] + $0).encode().bytes) }
    )
  }

  @Test func `A reply answers the request with its identifier and sequence number`() throws {
    func echo(_ type: UInt64, _ sequence: UInt64, isReply: Bool = false) -> [LayerTemplate] {
      [
        isReply ? ip(from: other, to: mine) : ip(from: mine, to: other),
        numbers(.icmpv4, ["type": type, "identifier": 5, "sequence": sequence]),
      ]
    }
    let found = try exchanges([
      echo(8, 1), echo(8, 2), echo(0, 1, isReply: true), echo(0, 3, isReply: true), echo(0, 1, isReply: true),
    ])
    #expect(found.all == [Exchange(request: [0], answers: [2, 4]), Exchange(request: [1], answers: [])])
  }

  @Test func `An error answers the packet that it quotes, whoever sent it`() throws {
    let first = [
      ip(from: mine, to: other, id: 1), numbers(.udp, ["source-port": 7]), LayerTemplate(.data, body: [1]),
    ]
    let second = [
      ip(from: mine, to: other, id: 2), numbers(.udp, ["source-port": 7]), LayerTemplate(.data, body: [1]),
    ]
    let error = [
      ip(from: router, to: mine), numbers(.icmpv4, ["type": 11]), LayerTemplate(.quote, quoted: first),
    ]
    let found = try exchanges([first, second, error])
    #expect(found.all == [Exchange(request: [0], answers: [2]), Exchange(request: [1], answers: [])])
  }

  @Test func `Ports are those of the request the other way round`() throws {
    for kind in [LayerKind.udp, .tcp] {
      let request = [ip(from: mine, to: other), numbers(kind, ["source-port": 1, "destination-port": 2])]
      let answer = [ip(from: other, to: mine), numbers(kind, ["source-port": 2, "destination-port": 1])]
      let stray = [ip(from: other, to: mine), numbers(kind, ["source-port": 2, "destination-port": 3])]
      #expect(try exchanges([request, stray, answer]).all == [Exchange(request: [0], answers: [2])])
      #expect(try exchanges([answer, stray]).all.map(\.request) == [[0], [1]])
    }
  }

  @Test func `An address is told to who asked for it`() throws {
    let ask = numbers(.arp, ["operation": 1, "sender-ip": 0xc000_0210, "target-ip": 0xc000_0201])
    let tell = numbers(.arp, ["operation": 2, "sender-ip": 0xc000_0201, "target-ip": 0xc000_0210])
    #expect(try exchanges([[ask], [tell]]).all == [Exchange(request: [0], answers: [1])])
    let me = FieldSetting.given(.ipv6(IPv6Address(high: 0xfe80_0000_0000_0000, low: 1)))
    let target = FieldSetting.given(.ipv6(IPv6Address(high: 0xfe80_0000_0000_0000, low: 2)))
    func message(_ type: UInt64, from: FieldSetting, to: FieldSetting) -> [LayerTemplate] {
      [
        LayerTemplate(.ipv6, fields: ["source": from, "destination": to]),
        LayerTemplate(.icmpv6, fields: ["type": .given(.number(type)), "target": target]),
      ]
    }
    let group = FieldSetting.given(.ipv6(IPv6Address(high: 0xff02_0000_0000_0000, low: 0x1_ff00_0002)))
    #expect(
      try exchanges([message(135, from: me, to: group), message(136, from: target, to: me)]).all
        == [Exchange(request: [0], answers: [1])]
    )
  }

  @Test func `Fragments of one packet are one request`() throws {
    func part(_ id: UInt64, at offset: UInt64, more: UInt64) -> [LayerTemplate] {
      var header = ip(from: mine, to: other, id: id)
      header.fields["fragment-offset"] = .given(.number(offset))
      header.fields["more-fragments"] = .given(.number(more))
      header.fields["protocol"] = .given(.number(1))
      let octets: [UInt8] = offset == 0 ? [8, 0, 0, 0, 0, 5, 0, 1] : [UInt8](repeating: 7, count: 8)
      return [header, LayerTemplate(.data, body: octets)]
    }
    let reply = [ip(from: other, to: mine), numbers(.icmpv4, ["type": 0, "identifier": 5, "sequence": 1])]
    let found = try exchanges([
      part(1, at: 1, more: 0), part(2, at: 0, more: 1), part(1, at: 0, more: 1), reply,
    ])
    #expect(found.all.map(\.request) == [[0, 2], [1]])
    #expect(found.all.flatMap(\.answers) == [3])
  }

  @Test func `Hosts that only ask for Ethernet addresses are not the tester`() throws {
    let ask = numbers(.arp, ["operation": 1, "sender-ip": 0xc000_0201, "target-ip": 0xc000_0210])
    let tell = numbers(.arp, ["operation": 2, "sender-ip": 0xc000_0210, "target-ip": 0xc000_0201])
    let echo = [ip(from: mine, to: other), numbers(.icmpv4, ["type": 8, "identifier": 5])]
    let reply = [ip(from: other, to: mine), numbers(.icmpv4, ["type": 0, "identifier": 5])]
    #expect(try exchanges([echo, [ask], [tell], reply]).all == [Exchange(request: [0], answers: [3])])
    // Others who speak to the target are the tester, too; who speaks to others isn't.
    let third = [ip(from: router, to: other), numbers(.icmpv4, ["type": 8])]
    let fourth = [ip(from: router, to: mine), numbers(.icmpv4, ["type": 8])]
    #expect(try exchanges([echo, reply, third, fourth]).all.map(\.request) == [[0], [2]])
  }

  private func rebound(_ packet: [LayerTemplate], hosts: Set<FieldValue> = []) throws -> String {
    let octets = try PacketTemplate(packet).encode().bytes
    let rebinding = Rebinding(Dissection(octets), hosts: hosts)
    return rebinding.packet(SuiteWriter.packet(PacketTemplate(recovering: octets))).document()
  }

  private func link(_ destination: MACAddress) -> LayerTemplate {
    LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(MACAddress(rawValue: 2))), "destination": .given(.mac(destination))]
    )
  }

  @Test func `A rebound packet leaves to the trial what is the trial's`() throws {
    let host = MACAddress(rawValue: 4)
    let echo = numbers(.icmpv4, ["type": 8, "identifier": 5, "sequence": 3])
    #expect(
      try rebound([link(host), ip(from: mine, to: other, id: 9), echo])
        == "- ipv4\n- icmpv4: { type: echo-request, sequence: 3 }\n"
    )
    // An ARP request asks all, and says who asks.
    let ask = numbers(.arp, ["sender-mac": 2, "sender-ip": 0xc000_0210, "target-ip": 0xc000_0201])
    #expect(try rebound([link(.broadcast), ask]) == "- arp: { operation: request }\n")
    #expect(try rebound([link(host), ask]).hasPrefix("- ethernet: { destination: $target.mac }\n- arp:"))
  }

  @Test func `A packet to all goes to all`() throws {
    let echo = numbers(.icmpv4, ["type": 8])
    let packet = [link(.broadcast), ip(from: mine, to: other), echo]
    let known: Set<FieldValue> = [.ipv4(IPv4Address(rawValue: 0xc000_0201))]
    #expect(try rebound(packet).contains("- ipv4: { destination: $broadcast }\n"))
    // A host's own packet in a frame to all is meant so.
    #expect(
      try rebound(packet, hosts: known).hasPrefix("- ethernet: { destination: ff:ff:ff:ff:ff:ff }\n- ipv4\n")
    )
  }

  @Test func `A wrong checksum of a rebound packet is wrong whatever its addresses`() throws {
    for version in [LayerKind.ipv4, .ipv6] {
      let udp = LayerTemplate(.udp, fields: ["checksum": .wrong])
      #expect(
        try rebound([link(MACAddress(rawValue: 4)), LayerTemplate(version), udp]).contains("checksum: wrong")
      )
    }
    var quoted = ip(from: other, to: mine)
    quoted.fields["ttl"] = .given(.number(9))
    let error = [
      link(MACAddress(rawValue: 4)), ip(from: mine, to: other), numbers(.icmpv4, ["type": 3]),
      LayerTemplate(.quote, quoted: [quoted, numbers(.udp, ["source-port": 9])]),
    ]
    #expect(
      try rebound(error).contains(
        "- ipv4: { identification: 0, ttl: 9, source: $target, destination: $tester }\n"
      )
    )
  }

  @Test func `What was expected of an answer is decoded again`() throws {
    let request = [
      ip(from: mine, to: other), numbers(.icmpv4, ["type": 8, "identifier": 5]),
      LayerTemplate(.data, body: [1, 2]),
    ]
    let answers = [
      [
        ip(from: other, to: mine), numbers(.icmpv4, ["type": 0, "identifier": 5]),
        LayerTemplate(.data, body: [1, 2]),
      ],
      [
        ip(from: router, to: mine), numbers(.icmpv4, ["type": 5, "code": 1]),
        LayerTemplate(.quote, quoted: request),
      ],
    ]
    let packets = try ([request] + answers).map {
      Dissection(try PacketTemplate([LayerTemplate(.ethernet)] + $0).encode().bytes)
    }
    let text = SuiteWriter.suite(
      name: "imported",
      title: "Imported",
      comments: [],
      packets: [
        ImportedPacket(
          id: "one",
          title: "One",
          comments: [],
          packets: [SuiteWriter.packet(PacketTemplate(request))],
          answers: packets.dropFirst().map { SuiteWriter.expectation(of: $0, to: packets[0]) }
        )
      ]
    )
    let steps = try TestSuite(decoding: text, file: "imported.yaml").cases[0].steps
    #expect(steps.count == 3)
    for part in [
      "- ipv4: { source: $sent.ipv4.destination, destination: $sent.ipv4.source }",
      "- icmpv4: { type: echo-reply, code: 0, identifier: $sent.icmpv4.identifier,",
      "- data: $sent.data", "- ipv4: { source: 192.0.2.254, destination: $sent.ipv4.source }",
      "- icmpv4: { type: redirect, code: host, gateway: 0.0.0.0 }", "- quoted: { of: $sent, at-least: 10 }",
    ] { #expect(text.contains(part), "\(text)") }
  }
}
