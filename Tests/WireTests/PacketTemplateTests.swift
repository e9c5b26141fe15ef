import Testing
import Wire

@Suite struct PacketTemplateTests {
  private func packet(_ layers: LayerTemplate...) throws -> [UInt8] {
    try PacketTemplate(layers).encode().bytes
  }

  private func ip(_ fields: [String: FieldSetting] = [:]) -> LayerTemplate {
    let source = FieldSetting.given(.ipv4(IPv4Address(rawValue: 0xc000_0210)))
    let destination = FieldSetting.given(.ipv4(IPv4Address(rawValue: 0xc000_0201)))
    return LayerTemplate(
      .ipv4,
      fields: ["source": source, "destination": destination].merging(fields) { $1 }
    )
  }

  private func ip6(_ fields: [String: FieldSetting] = [:]) -> LayerTemplate {
    let source = FieldSetting.given(.ipv6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 0x10)))
    let destination = FieldSetting.given(.ipv6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 1)))
    return LayerTemplate(
      .ipv6,
      fields: ["source": source, "destination": destination].merging(fields) { $1 }
    )
  }

  private func echo(_ fields: [String: FieldSetting] = [:]) -> LayerTemplate {
    LayerTemplate(.icmpv4, fields: ["identifier": .given(.number(7))].merging(fields) { $1 })
  }

  @Test func `A template that says nothing gives a sound packet`() throws {
    let bytes = try packet(LayerTemplate(.ethernet), ip(), echo(), LayerTemplate(.data, body: [1, 2, 3]))
    let dissection = Dissection(bytes)
    #expect(dissection.layers.map(\.kind) == [.ethernet, .ipv4, .icmpv4, .data])
    #expect(dissection.remarks == [])
    #expect(dissection.layer(.ipv4)?.number("total-length") == 31)
    #expect(dissection.layer(.ipv4)?.number("ttl") == 64)
    #expect(dissection.layer(.icmpv4)?.number("type") == 8)
  }

  @Test(arguments: ["checksum", "code", "identifier", "sequence"])
  func `A given number goes out as given`(_ name: String) throws {
    for value: UInt64 in [0, 1, 0x7f, 0xff] {
      let bytes = try packet(ip(), echo([name: .given(.number(value))]))
      #expect(Dissection(packet: bytes, as: .ipv4).layer(.icmpv4)?.number(name) == value)
    }
  }

  @Test(arguments: [FieldSetting.wrong, .offByOne, .complement, .computedPlus(1), .computedPlus(-1)])
  func `A fault in a checksum is never right by accident`(_ fault: FieldSetting) throws {
    for sequence: UInt64 in stride(from: 0, through: 65_535, by: 7) {
      let bytes = try packet(echo(["sequence": .given(.number(sequence)), "checksum": fault]))
      // One more than 0xfffe is 0xffff, the other zero: only then may plus one be right.
      let isWrapped =
        Checksum.internet(bytes.replacingChecksum()) >= 0xfffe
        || Checksum.internet(bytes.replacingChecksum()) == 0
      if case .computedPlus = fault, isWrapped { continue }
      #expect(Checksum.internet(bytes) != 0, "sequence \(sequence)")
    }
  }

  @Test func `Faults keep to the values which their names say`() throws {
    let right = Checksum.internet(try packet(echo()).replacingChecksum())
    func checksum(_ fault: FieldSetting) throws -> UInt16 {
      let bytes = try packet(echo(["checksum": fault]))
      return UInt16(bytes[2]) << 8 | UInt16(bytes[3])
    }
    #expect(try checksum(.offByOne) == right + 1)
    #expect(try checksum(.complement) == ~right)
    #expect(try checksum(.computedPlus(-3)) == right - 3)
    #expect((try checksum(.wrong) ^ right).nonzeroBitCount > 2)
  }

  @Test func `A length that lies leaves everything else right`() throws {
    let bytes = try packet(ip(["total-length": .computedPlus(10)]), echo())
    #expect(
      Dissection(packet: bytes, as: .ipv4).remarks.map(\.text)
        == ["IPv4: total length says 38, the frame has 28 (octet 2)"]
    )
  }

  @Test func `Computed lengths wrap at their width`() throws {
    let bytes = try packet(ip(), echo(), LayerTemplate(.data, body: [UInt8](repeating: 0, count: 70_000)))
    #expect(bytes.count == 70_028)
    #expect(Int(bytes[2]) << 8 | Int(bytes[3]) == 70_028 & 0xffff)
  }

  @Test func `A value that doesn't fit is refused with field and width`() {
    #expect(throws: EncodingError(layer: .ipv4, field: "ttl", message: "300 doesn't fit 8 bits")) {
      try packet(ip(["ttl": .given(.number(300))]))
    }
    #expect(throws: EncodingError(layer: .ipv4, field: "source", message: "32 bits can't hold a MAC address"))
    {
      try packet(ip(["source": .given(.mac(.broadcast))]))
    }
  }

  @Test func `The first wrong field by name is the one reported`() {
    #expect(throws: EncodingError(layer: .icmpv4, field: "bogus", message: "unknown field")) {
      try packet(echo(["zebra": .wrong, "bogus": .wrong, "code": .given(.number(256))]))
    }
  }

  @Test func `Unknown layers and options where none belong are refused`() {
    #expect(throws: EncodingError(layer: LayerKind(rawValue: "ipx"), field: nil, message: "unknown layer")) {
      try packet(LayerTemplate(LayerKind(rawValue: "ipx")))
    }
    #expect(throws: EncodingError(layer: .udp, field: nil, message: "has no list 'options'")) {
      try packet(LayerTemplate(.udp, lists: ["options": [ElementTemplate("nop")]]))
    }
  }

  @Test func `A field of another form of the header is written where that form has it`() throws {
    let bytes = try packet(echo(["type": .given(.number(44)), "sequence": .given(.number(0x0102))]))
    #expect(bytes.count == 8 && bytes[6] == 1 && bytes[7] == 2)
    #expect(Checksum.internet(bytes) == 0)
  }

  @Test(arguments: 0...255) func `Every type and code can be sent and read`(_ type: Int) throws {
    for code in [0, 1, 15, 255] {
      let fields = [
        "type": FieldSetting.given(.number(UInt64(type))), "code": .given(.number(UInt64(code))),
      ]
      for kind in [LayerKind.icmpv4, .icmpv6] {
        let bytes = try packet(kind == .icmpv4 ? ip() : ip6(), LayerTemplate(kind, fields: fields))
        let dissection = Dissection(packet: bytes, as: kind == .icmpv4 ? .ipv4 : .ipv6)
        #expect(dissection.remarks == [])
        #expect(dissection.layer(kind)?.number("type") == UInt64(type))
        #expect(dissection.layer(kind)?.number("code") == UInt64(code))
      }
    }
  }

  @Test func `A finer name of the same bits wins over the coarser one`() throws {
    let bytes = try packet(ip(["tos": .given(.number(0xff)), "ecn": .given(.number(0))]))
    #expect(bytes[1] == 0xfc)
  }

  @Test func `Truncation comes before enclosing lengths and checksums`() throws {
    var cut = echo()
    cut.truncate = 3
    let bytes = try packet(ip(), cut)
    let dissection = Dissection(packet: bytes, as: .ipv4)
    #expect(bytes.count == 23)
    #expect(dissection.remarks.map(\.kind) == [.truncated])
    #expect(dissection.layer(.ipv4)?.number("total-length") == 23)
  }

  @Test(arguments: 0...36) func `A message truncated anywhere has a right checksum if it is long enough`(
    _ count: Int
  ) throws {
    var cut = echo()
    cut.truncate = count
    let encoded = try PacketTemplate([ip(), cut, LayerTemplate(.data, body: [UInt8](1...28))]).encode()
    #expect(encoded.bytes.count == 20 + count)
    #expect(encoded.spans.allSatisfy { $0.range.upperBound <= encoded.bytes.count })
    if count >= 4 { #expect(Checksum.internet(encoded.bytes[20...]) == 0) }
  }

  @Test func `A quoted packet is whole before it is cut`() throws {
    let inner = [ip(), LayerTemplate(.udp), LayerTemplate(.data, body: [UInt8](repeating: 9, count: 100))]
    let bytes = try packet(
      ip(),
      echo(["type": .given(.number(3)), "code": .given(.number(3))]),
      LayerTemplate(.quote, quoted: inner, truncate: 28)
    )
    let dissection = Dissection(packet: bytes, as: .ipv4)
    #expect(bytes.count == 56)
    #expect(dissection.quotedLayer(.ipv4)?.number("total-length") == 128)
    #expect(dissection.quotedLayer(.udp)?.number("length") == 108)
    #expect(dissection.remarks == [])
  }

  @Test func `Extensions after a quote pad it and set the length`() throws {
    let bytes = try packet(
      ip6(),
      LayerTemplate(.icmpv6, fields: ["type": .given(.number(3))]),
      LayerTemplate(.quote, quoted: [ip6(), LayerTemplate(.udp)]),
      LayerTemplate(.extensions, lists: ["objects": [ElementTemplate("mpls")]])
    )
    let dissection = Dissection(packet: bytes, as: .ipv6)
    #expect(dissection.remarks == [])
    #expect(dissection.layer(.icmpv6)?.number("length") == 16)
    #expect(dissection.layers.map(\.kind) == [.ipv6, .icmpv6, .quote, .extensions])
    #expect(dissection.layer(.quote)?.payload.count == 128)
    #expect(dissection.layer(.extensions)?.elements.map(\.name) == ["mpls"])
  }

  @Test func `Spans say where each layer lies`() throws {
    let encoded = try PacketTemplate([
      ip(), echo(["type": .given(.number(11))]),
      LayerTemplate(.quote, quoted: [ip(), LayerTemplate(.udp)], truncate: 28),
    ]).encode()
    #expect(encoded.spans.map(\.kind) == [.ipv4, .icmpv4, .quote, .ipv4, .udp])
    #expect(encoded.spans.map(\.range) == [0..<20, 20..<28, 28..<56, 28..<48, 48..<56])
    #expect(encoded.spans.map(\.depth) == [0, 0, 0, 1, 1])
  }

  @Test func `A UDP checksum of zero goes out as all ones unless it is given`() throws {
    // The port is chosen so that the sum is all ones.
    let plain = try packet(ip(), LayerTemplate(.udp, fields: ["source-port": .given(.number(0))]))
    let right = UInt64(plain[26]) << 8 | UInt64(plain[27])
    let port = FieldSetting.given(.number(right))
    let bytes = try packet(ip(), LayerTemplate(.udp, fields: ["source-port": port]))
    #expect(bytes[26] == 0xff && bytes[27] == 0xff)
    #expect(Dissection(packet: bytes, as: .ipv4).remarks == [])
    let none = try packet(ip(), LayerTemplate(.udp, fields: ["checksum": .given(.number(0))]))
    #expect(none[26] == 0 && none[27] == 0)
  }

  @Test func `The pseudo-header takes the last address of a routing header`() throws {
    let final = IPv6Address(high: 0x2001_0db8_0000_0000, low: 0x99)
    let routing = LayerTemplate(.routing, fields: ["segments-left": .given(.number(1))], body: final.octets)
    let message = LayerTemplate(.icmpv6)
    let bytes = try packet(ip6(), routing, message)
    let direct = try packet(ip6(["destination": .given(.ipv6(final))]), message)
    #expect(bytes.suffix(8) == direct.suffix(8))
    #expect(Dissection(packet: bytes, as: .ipv6).remarks == [])
  }

  @Test func `Nothing after IPv6 is announced as no next header`() throws {
    #expect(try packet(ip6())[6] == 59)
    #expect(try packet(ip6(), LayerTemplate(.data, body: [1]))[6] == 253)
  }

  @Test func `A layer that is cut has only its octets, whatever follows`() throws {
    let udp = LayerTemplate(.udp, truncate: 4)
    let trailed = try PacketTemplate([LayerTemplate(.ipv4), udp, LayerTemplate(.trailer, body: [1, 2, 3])])
      .encode()
    #expect(trailed.spans.map(\.range) == [0..<20, 20..<24, 24..<27])
    let error = try PacketTemplate([
      LayerTemplate(.icmpv4, fields: ["type": .given(.number(3))]),
      LayerTemplate(.quote, quoted: [LayerTemplate(.ipv4), udp]), LayerTemplate(.extensions),
    ]).encode()
    #expect(error.spans.map(\.range) == [0..<8, 8..<136, 8..<28, 28..<32, 136..<140])
  }
}

extension [UInt8] {
  /// The same octets of an ICMP message with a checksum of zero.
  fileprivate func replacingChecksum() -> [UInt8] {
    var bytes = self
    (bytes[2], bytes[3]) = (0, 0)
    return bytes
  }
}
