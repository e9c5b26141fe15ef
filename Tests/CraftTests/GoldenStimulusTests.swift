import Testing

/// Crafted stimuli, octet by octet as Scapy 2.6 builds the same packets.
@Suite struct GoldenStimulusTests {
  @Test(arguments: [
    (
      "- ipv4\n- icmpv4: { type: echo-request, sequence: 1 }\n- data: { counter: 5 }",
      "02000000000102a55a0000100800450000215a17000040019cb3c0000210c0000201080097e35a1700010001020304"
    ),
    (
      "- ipv6\n- icmpv6: { type: echo-request, sequence: 1 }\n- data: { counter: 5 }",
      "02000000000102a55a00001086dd60005a17000d3a4020010db800010000000000000001000020010db80001000000000000000000018000c4255a1700010001020304"
    ),
    (
      "- ipv4\n- udp: { destination-port: 33434 }\n- data: { text: hi }",
      "02000000000102a55a00001008004500001e5a17000040119ca6c0000210c0000201da17829a000ab6ac6869"
    ),
    (
      "- ipv4\n- tcp: { destination-port: 22, sequence: 1, syn: true, window: 1024 }",
      "02000000000102a55a0000100800450000285a17000040069ca7c0000210c0000201da1700160000000100000000500204004da20000"
    ),
    (
      "- ipv4\n- icmpv4: { type: destination-unreachable, code: port-unreachable }\n"
        + "- quote: [ipv4, { udp: { source-port: 7 } }, { data: { text: abc } }]",
      "02000000000102a55a00001008004500003b5a17000040019c99c0000210c00002010303812b000000004500001f5a17000040119ca5c0000201c00002100007da17000bdd44616263"
    ),
    (
      "- ipv6\n- icmpv6: { type: packet-too-big, mtu: 1280 }\n"
        + "- quote: [ipv6, { udp: { source-port: 7 } }, { data: { text: abc } }]",
      "02000000000102a55a00001086dd60005a17003b3a4020010db800010000000000000001000020010db800010000000000000000000102002be50000050060000000000b114020010db800010000000000000000000120010db80001000000000000000100000007da17000b05e1616263"
    ),
    (
      "- ipv4: { options: [nop, { record-route: { slots: 1 } }] }\n- icmpv4: { type: echo-request, sequence: 1 }",
      "02000000000102a55a0000100800470000245a170000400192a5c0000210c0000201010707040000000008009de75a170001"
    ),
    (
      "- ipv6\n- hop-by-hop: { options: [router-alert] }\n- icmpv6: { type: echo-request, sequence: 1 }",
      "02000000000102a55a00001086dd60005a170010004020010db800010000000000000001000020010db80001000000000000000000013a000502000001008000ca2e5a170001"
    ),
    (
      "- ipv6: { destination: $target.solicited-node, hop-limit: 255 }\n"
        + "- icmpv6: { type: neighbor-solicitation, target: $target }\n- ndp-options: [source-link-layer]",
      "3333ff00000102a55a00001086dd60005a1700203aff20010db8000100000000000000010000ff0200000000000000000001ff0000018700c1720000000020010db8000100000000000000000001010102a55a000010"
    ),
    (
      "- arp",
      "ffffffffffff02a55a0000100806000108000604000102a55a000010c0000210000000000000c0000201"
    ),
    (
      "- ethernet\n- vlan: { id: 5 }\n- ipv4\n- icmpv4: { type: echo-request, sequence: 1 }",
      "02000000000102a55a0000108100000508004500001c5a17000040019cb8c0000210c000020108009de75a170001"
    ),
  ])
  func `A stimulus has the octets that Scapy gives it`(_ layers: String, _ expected: String) throws {
    #expect(try sent(layers).map { hexadecimal($0) } == [expected])
  }

  @Test func `IPv4 fragments have the octets that Scapy gives them`() throws {
    let frames = try sent(
      "- ipv4\n- icmpv4: { type: echo-request, sequence: 1 }\n- data: { counter: 40 }",
      "fragment: { size: 24 }"
    )
    #expect(
      frames.map { hexadecimal($0) } == [
        "02000000000102a55a00001008004500002c5a17200040017ca8c0000210c0000201080020565a170001000102030405060708090a0b0c0d0e0f",
        "02000000000102a55a00001008004500002c5a17000340019ca5c0000210c0000201101112131415161718191a1b1c1d1e1f2021222324252627",
      ]
    )
  }

  @Test func `IPv6 fragments keep hop-by-hop options in front of the fragment header, as Scapy has it`()
    throws
  {
    let frames = try sent(
      "- ipv6\n- hop-by-hop: { options: [router-alert] }\n- icmpv6: { type: echo-request, sequence: 1 }\n"
        + "- data: { counter: 40 }",
      "fragment: { size: 24 }"
    )
    #expect(
      frames.map { hexadecimal($0) } == [
        "02000000000102a55a00001086dd60005a170028004020010db800010000000000000001000020010db80001000000000000000000012c000502000001003a00000100005a1780004c755a170001000102030405060708090a0b0c0d0e0f",
        "02000000000102a55a00001086dd60005a170028004020010db800010000000000000001000020010db80001000000000000000000012c000502000001003a00001800005a17101112131415161718191a1b1c1d1e1f2021222324252627",
      ]
    )
  }
}
