import Testing
import Wire

@Suite struct PreparedPacketTests {
  private static let source6 = IPv6Address(high: 0x2001_0db8_0000_0000, low: 0x10)
  private static let target6 = IPv6Address(high: 0x2001_0db8_0000_0000, low: 1)

  private static let ip = LayerTemplate(
    .ipv4,
    fields: [
      "source": .given(.ipv4(IPv4Address(rawValue: 0xc000_0210))),
      "destination": .given(.ipv4(IPv4Address(rawValue: 0xc000_0201))),
    ]
  )
  private static let ip6 = LayerTemplate(
    .ipv6,
    fields: ["source": .given(.ipv6(source6)), "destination": .given(.ipv6(target6))]
  )
  private static let data = LayerTemplate(.data, body: [1, 2, 3, 4, 5])

  /// Whether each of some values, in each variable, gives the octets that the template would give.
  private func check(_ layers: [LayerTemplate], varying variables: [PreparedPacket.Variable]) throws {
    let prepared = try PreparedPacket(PacketTemplate(layers), varying: variables)
    var generator = SystemRandomNumberGenerator()
    let edges: [UInt64] = [0, 1, 0x7f, 0x80, 0xff, 0xfffe, 0xffff, 0xff_ffff, 0xffff_ffff]
    for round in 0..<400 {
      var template = PacketTemplate(layers)
      var values: [UInt64] = []
      for variable in variables {
        let width = try #require(
          Protocols.definition(of: layers[variable.layer].kind)?.fields.first { $0.name == variable.field }
        ).bitWidth
        let wide =
          round < 81
          ? edges[(round + values.count * round / 9) % 9] : UInt64.random(in: 0 ... .max, using: &generator)
        let value = width < 64 ? wide & (1 << UInt64(width) - 1) : wide
        values.append(value)
        template.layers[variable.layer].fields[variable.field] = .given(.number(value))
      }
      #expect(try prepared.encode(values.span) == template.encode().bytes, "\(values)")
    }
  }

  @Test func `An echo has the octets that its template gives`() throws {
    try check(
      [LayerTemplate(.ethernet), Self.ip, LayerTemplate(.icmpv4), Self.data],
      varying: [
        .init(layer: 0, "source"), .init(layer: 1, "source"), .init(layer: 1, "identification"),
        .init(layer: 1, "fragment-offset"), .init(layer: 2, "identifier"), .init(layer: 2, "sequence"),
      ]
    )
  }

  @Test func `A pseudo-header is counted in`() throws {
    let echo = LayerTemplate(.icmpv6, fields: ["type": .given(.number(128))])
    try check(
      [Self.ip6, echo, Self.data],
      varying: [.init(layer: 1, "sequence"), .init(layer: 0, "flow-label")]
    )
    try check(
      [Self.ip, LayerTemplate(.udp), Self.data],
      varying: [.init(layer: 0, "destination"), .init(layer: 1, "source-port")]
    )
  }

  @Test func `A message of zeros has the checksum that it should have`() throws {
    let reply = LayerTemplate(.icmpv4, fields: ["type": .given(.number(0))])
    let prepared = try PreparedPacket(
      PacketTemplate([reply]),
      varying: [.init(layer: 0, "identifier"), .init(layer: 0, "sequence")]
    )
    #expect(prepared.encode([0, 0].span) == [0, 0, 0xff, 0xff, 0, 0, 0, 0])
    #expect(prepared.encode([0xffff, 0].span) == [0, 0, 0, 0, 0xff, 0xff, 0, 0])
  }

  @Test func `A UDP checksum of zero goes out as all ones`() throws {
    let layers = [Self.ip, LayerTemplate(.udp), Self.data]
    let prepared = try PreparedPacket(PacketTemplate(layers), varying: [.init(layer: 1, "source-port")])
    let checksums = Set((0...0xffff).map { prepared.encode($0)[26...27].reduce(0) { $0 << 8 | UInt16($1) } })
    #expect(!checksums.contains(0))
    #expect(checksums.contains(0xffff))
  }

  @Test(arguments: [FieldSetting.wrong, .offByOne, .complement, .computedPlus(-3), .withoutPseudoHeader])
  func `A fault in a checksum stays the same fault`(_ fault: FieldSetting) throws {
    let echo = LayerTemplate(.icmpv6, fields: ["type": .given(.number(128)), "checksum": fault])
    try check([Self.ip6, echo, Self.data], varying: [.init(layer: 1, "sequence")])
  }

  @Test func `A quoted packet's checksum counts in the outer one`() throws {
    let error = LayerTemplate(.icmpv4, fields: ["type": .given(.number(3)), "code": .given(.number(3))])
    let quote = LayerTemplate(.quote, quoted: [Self.ip, LayerTemplate(.udp), Self.data])
    try check([Self.ip, error, quote], varying: [.init(layer: 1, "code"), .init(layer: 0, "ttl")])
  }

  @Test func `Variables without a value are zero`() throws {
    let layers = [Self.ip, LayerTemplate(.icmpv4)]
    let prepared = try PreparedPacket(
      PacketTemplate(layers),
      varying: [.init(layer: 1, "identifier"), .init(layer: 1, "sequence")]
    )
    #expect(prepared.encode(7) == prepared.encode([7, 0].span))
  }

  @Test func `Octets are written over those of an earlier packet, whatever it was`() throws {
    let prepared = try PreparedPacket(
      PacketTemplate([Self.ip, LayerTemplate(.icmpv4)]),
      varying: [.init(layer: 1, "sequence")]
    )
    for earlier in [[], [UInt8](repeating: 0xa5, count: 28), [UInt8](repeating: 0xa5, count: 100)] {
      var bytes = earlier
      prepared.encode([9].span, into: &bytes)
      #expect(bytes == prepared.encode(9))
    }
  }

  @Test func `A field on which more depends than checksums can't vary`() throws {
    let routing = LayerTemplate(
      .routing,
      fields: ["routing-type": .given(.number(0))],
      lists: ["addresses": [ElementTemplate("address", ["address": .given(.ipv6(Self.source6))])]]
    )
    let echo = LayerTemplate(.icmpv6, fields: ["type": .given(.number(128))])
    #expect(throws: EncodingError(layer: .routing, field: "segments-left", message: "can't vary by itself")) {
      try PreparedPacket(
        PacketTemplate([Self.ip6, routing, echo]),
        varying: [.init(layer: 1, "segments-left")]
      )
    }
  }

  @Test(arguments: [
    PreparedPacket.Variable(layer: 0, "colour"), .init(layer: 0, "source"), .init(layer: 9, "ttl"),
    .init(layer: -1, "ttl"),
  ])
  func `A field which isn't there or has more than 64 bits can't vary`(_ variable: PreparedPacket.Variable) {
    #expect(throws: EncodingError.self) {
      try PreparedPacket(PacketTemplate([Self.ip6, LayerTemplate(.icmpv6)]), varying: [variable])
    }
  }
}
