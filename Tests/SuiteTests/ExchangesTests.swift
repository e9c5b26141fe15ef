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
    #expect(found.answers == [0: [2, 4]])
    #expect(found.answering == [2, 4])
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
    #expect(found.answers == [0: [2]])
  }

  @Test func `Ports are those of the request the other way round`() throws {
    for kind in [LayerKind.udp, .tcp] {
      let request = [ip(from: mine, to: other), numbers(kind, ["source-port": 1, "destination-port": 2])]
      let answer = [ip(from: other, to: mine), numbers(kind, ["source-port": 2, "destination-port": 1])]
      let stray = [ip(from: other, to: mine), numbers(kind, ["source-port": 2, "destination-port": 3])]
      #expect(try exchanges([request, stray, answer]).answers == [0: [2]])
      #expect(try exchanges([answer, stray]).answers.isEmpty)
    }
  }

  @Test func `An address is told to who asked for it`() throws {
    let ask = numbers(.arp, ["operation": 1, "sender-ip": 0xc000_0210, "target-ip": 0xc000_0201])
    let tell = numbers(.arp, ["operation": 2, "sender-ip": 0xc000_0201, "target-ip": 0xc000_0210])
    #expect(try exchanges([[ask], [tell]]).answers == [0: [1]])
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
      try exchanges([message(135, from: me, to: group), message(136, from: target, to: me)]).answers == [
        0: [1]
      ]
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
          template: PacketTemplate(request),
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
