import Testing
import Wire

/// Options of IPv4, IPv6 and neighbour discovery.
@Suite struct OptionCraftTests {
  private func ipv4(_ options: String) throws -> String {
    let frame = try #require(try sent("- ipv4: { options: [\(options)] }").first)
    return hexadecimal(frame.dropFirst(34))
  }

  private func ipv6(_ options: String) throws -> String {
    let frame = try #require(try sent("- ipv6\n- destination-options: { options: [\(options)] }").first)
    return hexadecimal(frame.dropFirst(56))
  }

  private func neighbor(_ options: String) throws -> String {
    let frame = try #require(
      try sent("- ipv6\n- icmpv6: { type: router-solicitation }\n- ndp-options: [\(options)]").first
    )
    return hexadecimal(frame.dropFirst(62))
  }

  @Test(arguments: [
    ("nop", "01000000"), ("nop, nop, nop, end", "01010100"), ("router-alert", "94040000"),
    ("{ router-alert: 0xffff }", "9404ffff"), ("{ stream-id: 7 }", "88040007"),
    ("record-route", "070f0400" + "00000000000000000000" + "0000"),
    ("{ record-route: { slots: 1, pointer: 8, length: 11 } }", "070b080000000000"),
    ("{ timestamp: { flag: 0, slots: 1, pointer: 5, overflow: 2 } }", "44080520" + "00000000"),
    ("{ timestamp: { flag: 1, slots: 1 } }", "440c0501" + "0000000000000000"),
    ("{ timestamp: { flag: 15, overflow: 15, slots: 0 } }", "440405ff"),
    ("{ lsrr: [192.0.2.7, $target] }", "830b04c0000207c000020100"),
    ("{ ssrr: { addresses: [$router], pointer: 8 } }", "890708c00002fe00"),
    ("{ type: 0x5e, length: 4, data: 0102 }", "5e040102"), ("{ type: 0x5e, length: 255 }", "5eff0000"),
    ("{ type: 0x5e, length: 0 }", "5e000000"), ("{ type: 7, data: 00 0a }", "0704000a"),
  ])
  func `IPv4 options have these octets, padded to four`(_ options: String, _ expected: String) throws {
    #expect(try ipv4(options) == expected)
  }

  @Test(arguments: [
    ("{ padn: 6 }", "010400000000"), ("pad1, pad1, pad1, pad1, pad1, pad1", "000000000000"),
    ("router-alert", "050200000100"), ("{ jumbo: 70000 }", "c20400011170"),
    ("{ jumbo: 0xffffffff }", "c204ffffffff"),
    ("{ type: 0x9e, length: 2, data: 0000 }", "9e0200000100"),
    ("{ type: 0xc3, length: 200 }", "c3c801020000"),
    ("{ padn: 2 }, { padn: 4 }", "010001020000"),
  ])
  func `IPv6 options have these octets, padded to eight with their header`(
    _ options: String,
    _ expected: String
  ) throws {
    #expect(try ipv6(options) == expected)
  }

  @Test(arguments: [
    ("source-link-layer", "010102a55a000010"), ("{ target-link-layer: $target.mac }", "0201020000000001"),
    ("{ mtu: 1280 }", "0501000000000500"), ("{ mtu: 4294967295 }", "05010000ffffffff"),
    ("{ nonce: 1 }", "0e01000000000001"), ("{ type: 200, data: 0102 }", "c801010200000000"),
    ("{ type: 1, length: 0, data: 0102 }", "0100010200000000"),
  ])
  func `Neighbour discovery options have these octets, in units of eight`(
    _ options: String,
    _ expected: String
  ) throws {
    #expect(try neighbor(options) == expected)
  }

  @Test(arguments: [
    ("{ record-route: { pointer: 8, addresses: [$target], slots: 2 } }", "070b08c00002010000000000"),
    (
      "{ record-route: { addresses: [$target, $tester], slots: 1, length: $computed - 4 } }",
      "070704c0000201c000021000"
    ),
    ("{ record-route: { slots: 3, length: 15, truncate: 5 } }", "070f040000000000"),
    ("{ security: { classification: top-secret, authority: { hex: 80 } } }", "82043d80"),
    ("{ experimental-1: 0102 }, { data: ff }", "1e040102ff000000"),
    ("{ type: router-alert, data: 0000 }", "94040000"),
  ])
  func `Elements take what their table says`(_ options: String, _ expected: String) throws {
    #expect(try ipv4(options) == expected)
  }

  @Test func `A variable stands for the octets of an element, a word spoils its length`() throws {
    let octets = try plans(
      "- send:\n    - ipv4: { options: [{ type: 94, length: $length, data: $data }] }\n- expect: nothing",
      head:
        "vary:\n  - { length: 4, data: 0102 }\n  - { length: wrong, data: 03 }\n  - { length: $computed + 1, data: 04 }"
    ).map { hexadecimal($0.frames[0].dropFirst(34)) }
    #expect(octets == ["5e040102", "5e590300", "5e040400"])
  }

  @Test func `Data is made of forms that follow each other`() throws {
    let layers =
      "- ipv4\n- udp\n- data: [{ uint16: 0x0102 }, { dns-name: a.example }, { addresses: [$target.ipv6, 192.0.2.7, $tester.mac] }, { text: x }, { uint32: 5 }]"
    let frame = try #require(try sent(layers).first)
    #expect(
      hexadecimal(frame.dropFirst(42))
        == "0102" + "0161076578616d706c6500" + "20010db8000100000000000000000001" + "c0000207"
        + "02a55a000010" + "78"
        + "00000005"
    )
    try expectInvalid(
      "- send: [ipv4, { data: [{ dns-name: «a..b }] }]\n- expect: nothing",
      "a domain name has labels of 1 to 63 octets with dots between them, 255 octets in all"
    )
    try expectInvalid(
      "- send: [ipv4, { data: «[{ zeros: 262144 }, { zeros: 1 }] }]\n- expect: nothing",
      "data has at most 262144 octets"
    )
  }

  @Test func `No length counts what lies behind the packet, whole or in fragments`() throws {
    let layers = "- ipv4\n- icmpv4: { type: echo-request }\n- data: { zeros: 16 }\n- trailer: { hex: 0a0b }"
    let whole = try dissected(layers)
    #expect(Array(whole.trailer) == [10, 11] && whole.remarks == [])
    #expect(whole.layer(.ipv4)?.number("total-length") == 44)
    let fragments = try sent(layers, "fragment: { size: 16 }").map { Dissection($0) }
    #expect(fragments.map { Array($0.trailer) } == [[10, 11], [10, 11]])
    #expect(fragments.map { $0.layer(.ipv4)?.number("total-length") } == [36, 28])
  }

  @Test func `What an option can't hold is told with its place`() throws {
    func ipv4(_ option: String, _ message: String) throws {
      try expectInvalid("- send: [{ ipv4: { options: [\(option)] } }]\n- expect: nothing", message)
    }
    func ipv6(_ option: String, _ message: String) throws {
      try expectInvalid(
        "- send: [ipv6, { hop-by-hop: { options: [\(option)] } }]\n- expect: nothing",
        message
      )
    }
    try ipv4("{ type: «256 }", "256 doesn't fit the 8 bits of 'type'")
    try ipv4("{ type: 7, length: «256 }", "256 doesn't fit the 8 bits of 'length'")
    try ipv4("{ type: 7, data: «0 }", "'data' is pairs of hexadecimal digits")
    try ipv4("{ record-route: { slots: «300 } }", "'slots' of 'record-route' is 0 to 255, not 300")
    try ipv4("{ timestamp: { flag: «16 } }", "16 doesn't fit the 4 bits of 'flag'")
    try ipv4("{ stream-id: «65536 }", "65536 doesn't fit the 16 bits of 'stream'")
    try ipv4("{ lsrr: [«nowhere] }", "'nowhere' is not an IPv4 address for 'address'")
    try ipv6("{ padn: «1 }", "'size' of 'padn' is 2 to 257, not 1")
    try ipv6("{ padn: «258 }", "'size' of 'padn' is 2 to 257, not 258")
    try ipv6("{ jumbo: «4294967296 }", "4294967296 doesn't fit the 32 bits of 'payload-length'")
    try expectInvalid(
      "- send: [ipv6, icmpv6, { ndp-options: [{ source-link-layer: «$tester.ipv6 }] }]\n- expect: nothing",
      "the IPv6 address 2001:db8:1::1:0 can't be the value of 'address'"
    )
  }
}
