import Testing
import Wire

@Suite struct PacketTemplateTests {
  let echo = PacketTemplate([
    LayerTemplate(
      .ipv4,
      fields: [
        "source": .given(.ipv4(IPv4Address(rawValue: 0xc000_0201))),
        "destination": .given(.ipv4(IPv4Address(rawValue: 0xc000_0210))), "ttl": .given(.number(0)),
      ]
    ),
    LayerTemplate(.icmpv4, fields: ["identifier": .given(.number(0x1234)), "sequence": .given(.number(1))]),
    LayerTemplate(.data, body: [1, 2, 3]),
  ])

  @Test func `An echo request has its lengths and checksums computed`() throws {
    let bytes = try echo.encode().bytes
    #expect(bytes.prefix(4) == [0x45, 0, 0, 31])
    #expect(bytes[8] == 0)
    let dissection = Dissection(packet: bytes, as: .ipv4)
    #expect(dissection.remarks == [])
    #expect(dissection.layers.map(\.kind) == [.ipv4, .icmpv4, .data])
    #expect(dissection.layer(.icmpv4)?.number("identifier") == 0x1234)
    #expect(dissection.layer(.icmpv4)?.number("type") == 8)
  }
}
