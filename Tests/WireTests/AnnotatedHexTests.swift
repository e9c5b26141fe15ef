import Testing
import Wire

@Suite struct AnnotatedHexTests {
  private let request = PacketTemplate([
    LayerTemplate(
      .ipv4,
      fields: [
        "source": .given(.ipv4(IPv4Address(rawValue: 0xc000_0210))),
        "destination": .given(.ipv4(IPv4Address(rawValue: 0xc000_0201))),
      ],
      lists: ["options": [ElementTemplate("router-alert")]]
    ),
    LayerTemplate(.icmpv4, fields: ["identifier": .given(.number(0x1234)), "checksum": .given(.number(0))]),
    LayerTemplate(.data, body: Array("abc\n".utf8)),
  ])

  private let expected = """
    IPv4, octets 0 to 23
      0000  46                       version = 4
                                     header-length = 6
      0001  00                       tos = 0x00
      0002  00 24                    total-length = 36
      0004  00 00                    identification = 0
      0006  00 00                    reserved-flag = 0
                                     dont-fragment = 0
                                     more-fragments = 0
                                     fragment-offset = 0
      0008  40                       ttl = 64
      0009  01                       protocol = 1 (icmpv4)
      000a  61 c3                    header-checksum = 0x61c3
      000c  c0 00 02 10              source = 192.0.2.16
      0010  c0 00 02 01              destination = 192.0.2.1
      0014  94 04 00 00              option 148 (router-alert), length 4, value 0
    ICMPv4 echo-request, octets 24 to 31
      0018  08                       type = 8 (echo-request)
      0019  00                       code = 0
      001a  00 00                    checksum = 0x0000
      001c  12 34                    identifier = 0x1234
      001e  00 00                    sequence = 0
    data, octets 32 to 35
      0020  61 62 63 0a                                      |abc.|

    """

  @Test func `A crafted packet shows each field with its octets and its name`() throws {
    #expect(AnnotatedHex.render(try request.encode()) == expected)
  }

  @Test func `Received octets show the same, and what is wrong`() throws {
    let bytes = try request.encode().bytes
    #expect(
      AnnotatedHex.render(bytes, as: .ipv4) == expected
        + "! ICMPv4: checksum is 0x0000, computed 0x215f (octet 26)\n"
    )
  }

  @Test func `A crafted packet shows every octet even where layers are cut or lie`() throws {
    var generator = SeededGenerator(state: 6)
    for template in RandomPackets.templates(count: 1, seed: 5) {
      var template = template
      let index = Int.random(in: template.layers.indices, using: &generator)
      if template.layers[index].kind != .quote {
        template.layers[index].truncate = Int.random(in: 0...40, using: &generator)
      }
      let encoded = try template.encode()
      let shown = AnnotatedHex.render(encoded).split(separator: "\n").reduce(0) { count, line in
        let words = line.split(separator: " ").prefix { !$0.hasPrefix("|") }
        guard line.hasPrefix("  "), words.first?.count == 4, Int(words[0], radix: 16) != nil else {
          return count
        }
        return count + words.dropFirst().prefix { $0.count == 2 && UInt8($0, radix: 16) != nil }.count
      }
      #expect(shown == encoded.bytes.count)
    }
  }
}
