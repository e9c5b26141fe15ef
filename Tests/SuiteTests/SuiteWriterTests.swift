import Suite
import Testing
import Wire

@Suite struct SuiteWriterTests {
  private func lines(_ layers: [LayerTemplate]) -> [String] {
    SuiteWriter.packet(PacketTemplate(layers)).document().split(separator: "\n").map(String.init)
  }

  @Test func `Numbers are written by their names, and as people read them`() {
    let icmp = LayerTemplate(
      .icmpv4,
      fields: ["type": .given(.number(3)), "code": .given(.number(4)), "mtu": .given(.number(1280))]
    )
    #expect(
      lines([icmp]) == ["- icmpv4: { type: destination-unreachable, code: fragmentation-needed, mtu: 1280 }"]
    )
    let unknown = LayerTemplate(
      .icmpv4,
      fields: ["type": .given(.number(200)), "rest": .given(.number(255))]
    )
    #expect(lines([unknown]) == ["- icmpv4: { type: 200, rest: 0x000000ff }"])
    #expect(
      lines([LayerTemplate(.fragment, fields: ["more": .given(.number(1))])]) == [
        "- fragment: { more: true }"
      ]
    )
  }

  @Test func `Settings in relation to the right value are written as such`() {
    let udp = LayerTemplate(
      .udp,
      fields: ["length": .computedPlus(-4), "checksum": .wrong, "source-port": .given(.number(7))]
    )
    #expect(
      lines([udp]) == [
        "- udp: { source-port: 7, destination-port: 33434, length: $computed - 4, checksum: wrong }"
      ]
    )
    for (setting, word) in [(FieldSetting.offByOne, "off-by-one"), (.complement, "complement")] {
      #expect(lines([LayerTemplate(.icmpv6, fields: ["checksum": setting])])[0].contains("checksum: \(word)"))
    }
  }

  @Test func `Octets are a counter, zeros, a text or digits`() {
    func written(_ octets: [UInt8]) -> [String] { lines([LayerTemplate(.data, body: octets)]) }
    #expect(written((0..<200).map { UInt8($0) }) == ["- data: { counter: 200 }"])
    #expect(written([0, 0]) == ["- data: { zeros: 2 }"])
    #expect(written([]) == ["- data: { zeros: 0 }"])
    #expect(written(Array("still here".utf8)) == ["- data: { text: still here }"])
    #expect(written([0xde, 0xad]) == ["- data: { hex: dead }"])
    let long = written([UInt8](repeating: 0xee, count: 60))
    #expect(
      long.count == 4 && long[1] == "    hex: |" && long[2].hasPrefix("      eeeeeeeeeeeeeeee eeee"),
      "\(long)"
    )
  }

  @Test func `Elements are written by name, with their only value where there is one`() {
    let options: [ElementTemplate] = [
      ElementTemplate("nop"), ElementTemplate("router-alert", ["value": .given(.number(1))]),
      ElementTemplate("record-route", parts: ["addresses": .entries([[:], [:]])]),
      .literal(type: 200, length: 9, data: [1, 2]), .octets([7]),
    ]
    let ip = LayerTemplate(.ipv4, fields: ["ttl": .given(.number(1))], lists: ["options": options])
    let text = lines([ip]).joined(separator: "\n")
    for part in [
      "nop", "router-alert: 1", "record-route: { slots: 2 }", "{ type: 200, length: 9, data: 0102 }",
      "{ data: 07 }",
    ] { #expect(text.contains(part), "\(text)") }
  }

  @Test func `A quoted packet is a list of layers`() {
    let quote = LayerTemplate(.quote, quoted: [LayerTemplate(.ipv6), LayerTemplate(.udp)], truncate: 44)
    let text = lines([LayerTemplate(.icmpv6, fields: ["type": .given(.number(1))]), quote])
    #expect(
      text.count == 6 && text[1] == "- quote:" && text[2] == "    packet:" && text[5] == "    truncate: 44",
      "\(text)"
    )
    #expect(text[3] == "      - ipv6: { flow-label: 0x00000, source: \"::\", destination: \"::\" }")
  }
}
