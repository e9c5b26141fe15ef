import Craft
import Suite
import Testing
import Wire

@testable import Judge

/// Lists of elements in expectations.
@Suite struct ElementMatchingTests {
  private static func ipv4(_ text: String) -> FieldSetting {
    .given(IPv4Address(text).map { .ipv4($0) } ?? .number(0))
  }

  private static func ipv6(_ text: String) -> FieldSetting {
    .given(IPv6Address(text).map { .ipv6($0) } ?? .number(0))
  }

  /// An echo reply with these options.
  private static func reply(_ options: [ElementTemplate]) -> [UInt8] {
    var ip = Answers.ipv4()
    ip.lists["options"] = options
    let fields: [String: FieldSetting] = [
      "identifier": .given(.number(0x1235)), "sequence": .given(.number(1)),
    ]
    return Answers.frame([ip, Answers.icmpv4(0, fields), Answers.data(Answers.counter)])
  }

  private static let route = ElementTemplate(
    "record-route",
    ["pointer": .given(.number(8))],
    parts: ["addresses": .entries([["address": ipv4("192.0.2.1")], [:], [:]])]
  )

  /// A frame with every list of ICMPv6.
  private static let message = Answers.frame([
    Answers.ipv6(), Answers.icmpv6(134),
    LayerTemplate(
      .ndpOptions,
      lists: [
        "options": [
          ElementTemplate("source-link-layer", ["address": .given(.mac(Scene.target.mac))]),
          ElementTemplate("mtu", ["mtu": .given(.number(1400))]),
          ElementTemplate("prefix-information", ["prefix": ipv6("2001:db8:7::")]),
          ElementTemplate("dnssl", parts: ["names": .names(["A.example"])]),
          .literal(type: 200, data: [1, 2, 3, 4, 5, 6]),
        ]
      ]
    ),
  ])

  private static let report = Answers.frame([
    Answers.ipv6(), Answers.icmpv6(143),
    LayerTemplate(
      .mld,
      lists: [
        "records": [
          ElementTemplate("record", ["type": .given(.number(2)), "group": ipv6("ff02::1:2")]),
          ElementTemplate(
            "record",
            ["group": ipv6("ff02::1:3")],
            parts: ["sources": .entries([["source": ipv6("2001:db8::7")], ["source": ipv6("2001:db8::8")]])]
          ),
        ]
      ]
    ),
  ])

  private static let extended = Answers.frame([
    Answers.ipv6(), Answers.icmpv6(3), LayerTemplate(.quote, quoted: [Answers.ipv6()]),
    LayerTemplate(
      .extensions,
      lists: [
        "objects": [
          ElementTemplate(
            "mpls",
            parts: ["entries": .entries([["label": .given(.number(16))], ["label": .given(.number(17))]])]
          ),
          ElementTemplate(
            "interface-information",
            ["role": .given(.number(2))],
            parts: [
              "address": .entries([["address": ipv6("2001:db8::1")]]), "name": .octets(Array("eth0".utf8)),
            ]
          ),
        ]
      ]
    ),
  ])

  private func differences(_ layers: String, in frame: [UInt8]) throws -> [String] {
    let plan = try Scene.plan(Scene.echo + "\n- expect: [ \(layers) ]")
    guard case .expect(let expectation)? = plan.steps.last, case .packet(let pattern, _) = expectation.kind
    else { return ["no pattern"] }
    return pattern.differences(in: Dissection(frame)).map { "\($0.field): \($0.required), not \($0.seen)" }
  }

  @Test(arguments: [
    "{ record-route: { pointer: 8 } }", "record-route", "nop, record-route",
    "{ record-route: { pointer: 4..8 } }",
    "{ record-route: { addresses: [$target, any, 0.0.0.0] } }",
    "{ record-route: { addresses: { count: 3 } } }",
    "{ record-route: { addresses: { starts-with: [$target] } } }",
    "{ type: 7, data: 08c00002010000000000000000 }", "{ type: { at-least: 7 } }", "{ data: 01 }",
    "{ record-route: { length: { not: 3 }, addresses: present } }",
  ])
  func `Elements are looked for in order, others are don't-care`(_ options: String) throws {
    let frame = Self.reply([ElementTemplate("nop"), Self.route])
    #expect(try differences("{ ipv4: { options: [\(options)] } }, icmpv4", in: frame) == [])
  }

  @Test func `A difference names the list, the element and the field`() throws {
    let frame = Self.reply([ElementTemplate("nop"), Self.route])
    func ipv4(_ options: String) throws -> [String] {
      try differences("{ ipv4: { options: \(options) } }, icmpv4", in: frame)
    }
    #expect(
      try ipv4("[{ record-route: { pointer: 12 } }]") == ["ipv4.options.record-route.pointer: 12, not 8"]
    )
    #expect(try ipv4("[record-route, nop]") == ["ipv4.options.nop: present, not only nop, record-route"])
    #expect(try ipv4("[timestamp]") == ["ipv4.options.timestamp: present, not only nop, record-route"])
    #expect(try ipv4("absent") == ["ipv4.options: absent, not nop, record-route"])
    #expect(try ipv4("{ count: 2 }") == ["ipv4.options.count: 2, not 1"])
    #expect(
      try ipv4("[{ record-route: { addresses: [$target, $target, any] } }]")
        == ["ipv4.options.record-route.addresses[1].address: 192.0.2.1, not 0.0.0.0"]
    )
    #expect(
      try ipv4("[{ record-route: { addresses: [$target] } }]")
        == ["ipv4.options.record-route.addresses: 1 of them, not [192.0.2.1, 0.0.0.0, 0.0.0.0]"]
    )
    #expect(try ipv4("[{ type: 94 }]") == ["ipv4.options.type 94: present, not only nop, record-route"])
  }

  @Test func `A reply without options has an absent list of them`() throws {
    let frame = Answers.echoReply()
    #expect(try differences("{ ipv4: { options: absent } }, icmpv4", in: frame) == [])
    #expect(try differences("{ ipv4: { options: { count: 0 } } }, icmpv4", in: frame) == [])
    #expect(
      try differences("{ ipv4: { options: present } }, icmpv4", in: frame)
        == ["ipv4.options: present, not absent"]
    )
  }

  @Test(arguments: [
    "{ ndp-options: [{ source-link-layer: $target.mac }, { mtu: { at-least: 1280 } }] }",
    "{ ndp-options: [{ mtu: [1400, 1500] }, { prefix-information: { prefix: \"2001:db8:7::\", on-link: true } }] }",
    "{ ndp-options: [{ dnssl: [a.example] }, { type: 200, length: 1 }] }", "{ ndp-options: { count: 5 } }",
  ])
  func `Options of neighbour discovery are held against patterns`(_ layer: String) throws {
    #expect(try differences("icmpv6, \(layer)", in: Self.message) == [])
  }

  @Test func `Options that must be absent may be missing with their layer`() throws {
    let frame = Answers.frame([Answers.ipv6(), Answers.icmpv6(134)])
    #expect(try differences("icmpv6, { ndp-options: absent }", in: frame) == [])
    #expect(try !differences("icmpv6, { ndp-options: present }", in: frame).isEmpty)
    #expect(
      try differences("icmpv6, { ndp-options: absent }", in: Self.message)
        == [
          "ndp-options: absent, not source-link-layer, mtu, prefix-information, dnssl, option 200, length 1, data 010203040506"
        ]
    )
  }

  @Test func `Records of a listener report are held against patterns`() throws {
    let records =
      "{ mld: { records: [{ type: change-to-exclude, group: \"ff02::1:3\", sources: [any, \"2001:db8::8\"] }] } }"
    #expect(try differences("icmpv6, \(records)", in: Self.report) == [])
    #expect(try differences("icmpv6, { mld: { records: { count: 2 } } }", in: Self.report) == [])
    #expect(
      try differences(
        "icmpv6, { mld: { records: [{ group: \"ff02::1:3\", sources: absent }] } }",
        in: Self.report
      )
        == ["mld.records.record.sources: absent, not [2001:db8::7, 2001:db8::8]"]
    )
  }

  @Test func `Objects of extensions are held against patterns`() throws {
    let objects = """
      { extensions: { objects: [{ mpls: [{ label: 16, bottom: 0 }, { bottom: 1 }] }, \
      { interface-information: { role: outgoing, has-mtu: false, address: \"2001:db8::1\", name: eth0, ifindex: absent } }] } }
      """
    #expect(try differences("icmpv6, \(objects)", in: Self.extended) == [])
    let wrong =
      "{ extensions: { objects: [{ interface-information: { address: { afi: ipv4 }, name: eth1 } }] } }"
    #expect(
      try differences("icmpv6, \(wrong)", in: Self.extended) == [
        "extensions.objects.interface-information.address.afi: 1 (ipv4), not 2 (ipv6)",
        "extensions.objects.interface-information.name: 4 octets, at 3: 31, not 4 octets, at 3: 30",
      ]
    )
  }

  @Test func `Octets behind the packet can be expected`() throws {
    let padded = Answers.echoReply() + [1, 2, 3]
    #expect(try differences("icmpv4, { trailer: { length: 3 } }", in: padded) == [])
    #expect(try differences("icmpv4, { trailer: { hex: 010203 } }", in: padded) == [])
    #expect(
      try differences("icmpv4, { trailer: { length: 0 } }", in: padded) == ["trailer length: 0, not 3 octets"]
    )
  }
}
