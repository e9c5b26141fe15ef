import Testing
import Wire

@Suite struct ElementTests {
  private func area(_ kind: LayerKind, _ key: String, _ elements: [ElementTemplate]) throws -> [UInt8] {
    try #require(Protocols.definition(of: kind)?.list(keyed: key)).encode(elements)
  }

  @Test func `IPv4 options have the octets of RFC 791`() throws {
    let address = FieldSetting.given(.ipv4(IPv4Address(rawValue: 0xc000_0209)))
    let cases: [(ElementTemplate, [UInt8])] = [
      (ElementTemplate("record-route"), [7, 15, 4] + [UInt8](repeating: 0, count: 12)),
      (
        ElementTemplate(
          "record-route",
          ["pointer": .given(.number(8))],
          parts: ["addresses": .entries([["address": address], [:]])]
        ),
        [7, 11, 8, 192, 0, 2, 9, 0, 0, 0, 0]
      ),
      (
        ElementTemplate("lsrr", parts: ["addresses": .entries([["address": address]])]),
        [131, 7, 4, 192, 0, 2, 9]
      ),
      (ElementTemplate("ssrr"), [137, 3, 4]),
      (ElementTemplate("timestamp"), [68, 12, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      (
        ElementTemplate(
          "timestamp",
          ["flag": .given(.number(3)), "overflow": .given(.number(2))],
          parts: ["entries": .entries([["address": address]])]
        ),
        [68, 12, 5, 0x23, 192, 0, 2, 9, 0, 0, 0, 0]
      ),
      (ElementTemplate("router-alert"), [148, 4, 0, 0]),
      (ElementTemplate("stream-id", ["stream": .given(.number(258))]), [136, 4, 1, 2]),
      (ElementTemplate("nop", truncate: 0), []),
      (.literal(type: 94, length: 200, data: [1]), [94, 200, 1]), (.octets([7]), [7]),
    ]
    for (element, octets) in cases { #expect(try area(.ipv4, "options", [element]) == octets, "\(element)") }
  }

  @Test func `Discovery options count in units of eight octets`() throws {
    let address = FieldSetting.given(.ipv6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 0)))
    let elements = [
      ElementTemplate("source-link-layer"), ElementTemplate("mtu"),
      ElementTemplate("prefix-information", ["prefix": address]),
      ElementTemplate("rdnss", parts: ["servers": .entries([["server": address]])]), ElementTemplate("nonce"),
      ElementTemplate("redirected-header"),
      ElementTemplate(
        "route-information",
        ["prefix-length": .given(.number(48))],
        parts: ["prefix": .entries([["prefix": address]])]
      ),
      ElementTemplate("dnssl", parts: ["names": .names(["a.example", "host"])]),
    ]
    let bytes = try PacketTemplate([LayerTemplate(.ndpOptions, lists: ["options": elements])]).encode().bytes
    let dissection = Dissection(packet: bytes, as: .ndpOptions)
    #expect(dissection.remarks == [])
    #expect(dissection.layers.first?.elements.map(\.name) == elements.map(\.name))
    #expect(dissection.layers.first?.elements.map { $0.number("length") } == [1, 1, 4, 3, 1, 1, 2, 4])
  }

  @Test func `Header length counts the options and their padding`() throws {
    func length(_ kind: LayerKind, _ field: String, _ elements: [ElementTemplate]) throws -> UInt64? {
      let bytes = try PacketTemplate([LayerTemplate(kind, lists: ["options": elements])]).encode().bytes
      return Dissection(packet: bytes, as: kind).layers.first?.number(field)
    }
    #expect(try length(.ipv4, "header-length", [ElementTemplate("nop")]) == 6)
    #expect(
      try length(.tcp, "data-offset", [ElementTemplate("mss"), ElementTemplate("sack-permitted")]) == 7
    )
    #expect(try length(.hopByHop, "length", [ElementTemplate("jumbo"), ElementTemplate("pad1")]) == 1)
  }

  @Test(arguments: 0...16) func `IPv6 options are padded to eight octets`(_ count: Int) throws {
    let option = ElementTemplate.literal(type: 0x3f, data: [UInt8](repeating: 7, count: count))
    let layer = LayerTemplate(.destinationOptions, lists: ["options": [option]])
    let view = try #require(
      Dissection(packet: try PacketTemplate([layer]).encode().bytes, as: layer.kind).layers.first
    )
    #expect(view.header.count % 8 == 0 && view.header.count < count + 4 + 8)
    #expect(view.elements.first?.part("data") == .octets([UInt8](repeating: 7, count: count)))
    #expect(view.elements.dropFirst().allSatisfy(\.isPadding) && view.elements.count <= 2)
  }

  @Test func `Lists without padding may leave the header ragged`() throws {
    let layer = LayerTemplate(.ipv4, lists: ["options": [ElementTemplate("nop")]], padsOptions: false)
    let bytes = try PacketTemplate([layer]).encode().bytes
    #expect(bytes.count == 21 && bytes[0] == 0x45)
  }

  @Test func `A given option length goes out and is remarked on`() throws {
    let option = ElementTemplate(
      "record-route",
      ["length": .given(.number(200))],
      parts: ["addresses": .entries([[:]])]
    )
    let bytes = try PacketTemplate([LayerTemplate(.ipv4, lists: ["options": [option]])]).encode().bytes
    let dissection = Dissection(packet: bytes, as: .ipv4)
    #expect(
      dissection.remarks.map(\.text) == ["IPv4: option 7 length says 200, 8 octets are left (octet 20)"]
    )
    #expect(dissection.layers.first?.elements.map { $0.number("length") } == [200])
  }

  @Test func `Computed fields of elements and entries can be spoiled`() throws {
    let record = ElementTemplate(
      "record",
      ["number-of-sources": .computedPlus(2), "aux-length": .given(.number(9))],
      parts: ["sources": .entries([[:]]), "aux": .octets([1])]
    )
    let octets = try area(.mld, "records", [record])
    #expect(octets.prefix(4) == [4, 9, 0, 3] && octets.count == 40)
    let entries = ElementContent.entries([["bottom": .complement], ["bottom": .given(.number(0))]])
    let labels = try area(.extensions, "objects", [ElementTemplate("mpls", parts: ["entries": entries])])
    #expect(labels == [0, 12, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1])
  }

  @Test func `Objects of extensions have the octets of RFC 5837 and RFC 8335`() throws {
    let address = ElementContent.entries([["address": .given(.ipv4(IPv4Address(rawValue: 0xc000_0201)))]])
    let object = ElementTemplate(
      "interface-information",
      ["role": .given(.number(2))],
      parts: [
        "ifindex": .entries([["ifindex": .given(.number(7))]]), "address": address,
        "name": .octets(Array("eth0".utf8)), "mtu": .entries([["mtu": .given(.number(1500))]]),
      ]
    )
    let name: [UInt8] = [8, 0x65, 0x74, 0x68, 0x30, 0, 0, 0]
    #expect(
      try area(.extensions, "objects", [object])
        == [0, 28, 2, 0x8f, 0, 0, 0, 7, 0, 1, 0, 0, 192, 0, 2, 1] + name + [0, 0, 5, 220]
    )
    let identification = ElementTemplate("interface-identification", parts: ["address": address])
    #expect(
      try area(.extensions, "objects", [identification]) == [0, 12, 3, 3, 0, 1, 4, 0, 192, 0, 2, 1]
    )
  }

  @Test func `A redirected header holds the quoted packet padded to eight octets`() throws {
    let inner = [LayerTemplate(.ipv6), LayerTemplate(.icmpv6), LayerTemplate(.data, body: [1, 2, 3])]
    let encoded = try PacketTemplate([
      LayerTemplate(.ipv6), LayerTemplate(.icmpv6, fields: ["type": .given(.number(137))]),
      LayerTemplate(
        .ndpOptions,
        lists: ["options": [ElementTemplate("redirected-header", parts: ["packet": .packet(inner)])]]
      ),
    ]).encode()
    let dissection = Dissection(packet: encoded.bytes, as: .ipv6)
    #expect(dissection.remarks == [])
    #expect(dissection.layer(.ndpOptions)?.elements.map { $0.number("length") } == [8])
    #expect(dissection.quote.map(\.kind) == [.ipv6, .icmpv6, .data])
    #expect(dissection.quotedLayer(.ipv6)?.number("payload-length") == 11)
    #expect(encoded.spans.map(\.depth) == [0, 0, 0, 1, 1, 1])
  }

  @Test func `Counts in front of a list say how many elements follow`() throws {
    let record = ElementTemplate("record", parts: ["sources": .entries([[:], [:]])])
    let report = try PacketTemplate([
      LayerTemplate(.icmpv6, fields: ["type": .given(.number(143))]),
      LayerTemplate(.mld, lists: ["records": [record, record]]), LayerTemplate(.data, body: [1, 2]),
    ]).encode()
    let dissection = Dissection(packet: report.bytes, as: .icmpv6)
    #expect(dissection.layers.map(\.kind) == [.icmpv6, .mld, .data])
    #expect(dissection.layers[0].number("number-of-records") == 2)
    #expect(dissection.layers[1].elements.map { $0.number("number-of-sources") } == [2, 2])

    var short = report.bytes
    short[7] = 3
    #expect(
      Dissection(packet: short, as: .icmpv6).remarks.map(\.text)
        == ["ICMPv6: number of records says 3, 2 are there (octet 6)"]
    )
  }

  @Test func `Router advertisements have entries of the size that they say`() throws {
    let entry = ElementTemplate(
      "address",
      ["router": .given(.ipv4(IPv4Address(rawValue: 0xc000_0201))), "preference": .given(.number(9))],
      parts: ["extra": .octets([1, 2, 3, 4])]
    )
    let bytes = try PacketTemplate([
      LayerTemplate(
        .icmpv4,
        fields: ["type": .given(.number(9)), "entry-size": .given(.number(3))],
        lists: ["addresses": [entry, entry]]
      ), LayerTemplate(.data, body: [7]),
    ]).encode().bytes
    let dissection = Dissection(packet: bytes, as: .icmpv4)
    #expect(dissection.layers.map(\.kind) == [.icmpv4, .data])
    #expect(dissection.layers[0].number("number-of-addresses") == 2)
    #expect(dissection.layers[0].elementTemplates == [entry, entry])
    #expect(dissection.remarks == [])
  }

  @Test func `Segments left counts the addresses, without the one that the packet goes to in type 4`() throws
  {
    let hops = [ElementTemplate("address"), ElementTemplate("address")]
    for (type, left) in [(0, 2), (2, 2), (4, 1)] as [(UInt64, UInt8)] {
      let fields = ["routing-type": FieldSetting.given(.number(type))]
      let bytes = try PacketTemplate([LayerTemplate(.routing, fields: fields, lists: ["addresses": hops])])
        .encode().bytes
      #expect(bytes.count == 40 && bytes[1] == 4 && bytes[3] == left && bytes[4] == (type == 4 ? 1 : 0))
    }
  }
}
