import Craft
import Testing
import Wire

/// Literals, variables and arithmetic: what a value comes to, and where it is wrong.
@Suite struct ValueTests {
  /// The value of an IPv4 field that the suite sets so.
  private func ipv4(_ field: String, _ value: String, head: String = "") throws -> FieldValue? {
    try dissected("- ipv4: { \(field): \(value) }", head: head).layer(.ipv4)?.value(of: field)
  }

  /// Demands that an IPv4 field can't have this value.
  private func expectInvalid(
    _ field: String,
    _ value: String,
    _ message: String,
    head: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try CraftTests.expectInvalid(
      "- send: [{ ipv4: { \(field): «\(value) } }]\n- expect: nothing",
      message,
      head: head,
      sourceLocation: sourceLocation
    )
  }

  @Test(arguments: [
    ("64", 64), ("0x40", 64), ("0b1000000", 64), ("010", 10), ("1_0", 10), ("0", 0), ("255", 255),
  ])
  func `Numbers are decimal, hexadecimal or binary`(_ text: String, _ expected: UInt64) throws {
    #expect(try ipv4("ttl", text) == .number(expected))
  }

  @Test(arguments: [
    ("2 + 3", 5), ("10 - 2 - 3", 5), ("2 + 3 * 4", 14), ("2 * 3 * 4", 24), ("300 - 50", 250),
    ("0x10 * 2", 32),
    ("1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1", 12),
  ])
  func `Arithmetic goes on whole numbers, products first`(_ text: String, _ expected: UInt64) throws {
    #expect(try ipv4("ttl", text) == .number(expected))
  }

  @Test func `Arithmetic goes on variants, and in variants`() throws {
    #expect(try ipv4("ttl", "$a * $a + $b - 1", head: "vary: { a: 7, b: $a * 2 }") == .number(62))
  }

  @Test(arguments: [
    ("$tester", "192.0.2.16"), ("$tester2", "192.0.2.17"), ("$stranger", "198.51.100.1"),
    ("$router", "192.0.2.254"),
    ("$target", "192.0.2.1"), ("$target.ipv4", "192.0.2.1"), ("$broadcast", "192.0.2.255"),
    ("$network", "192.0.2.0"),
    ("$unused", "192.0.2.250"), ("$target + 5", "192.0.2.6"), ("$stranger - 1", "198.51.100.0"),
    ("loopback", "127.0.0.1"),
    ("all-hosts", "224.0.0.1"), ("unspecified", "0.0.0.0"), ("255.255.255.254 + 1", "255.255.255.255"),
  ])
  func `IPv4 addresses are literals, parties or names, and can be counted on`(
    _ text: String,
    _ expected: String
  ) throws {
    #expect(try ipv4("destination", text) == .ipv4(try #require(IPv4Address(expected))))
  }

  @Test(arguments: [
    ("$tester", "2001:db8:1::1:0"), ("$tester.link-local", "fe80::a55a:10"),
    ("$target.solicited-node", "ff02::1:ff00:1"), ("$tester.link-local-solicited-node", "ff02::1:ff5a:10"),
    ("$stranger + 0x10000", "2001:db8:ffff::1:1"), ("all-routers", "ff02::2"),
    ("2001:db8::ffff - 1", "2001:db8::fffe"),
  ])
  func `IPv6 addresses are literals, parties or names, and can be counted on`(
    _ text: String,
    _ expected: String
  ) throws {
    let frame = try dissected("- ipv6: { destination: \(text) }")
    #expect(frame.layer(.ipv6)?.value(of: "destination") == .ipv6(try #require(IPv6Address(expected))))
  }

  @Test func `Trial variables are the trial's own`() throws {
    #expect(try ipv4("identification", "$id") == .number(0x5a17))
    #expect(
      try dissected("- ipv4\n- udp: { destination-port: $port }").layer(.udp)?.number("destination-port")
        == 0xda17
    )
    #expect(try sent("- ipv4\n- data: $case").first?.suffix(8) == Array("test.one".utf8)[...])
    let context = try Sample.context(["udp-echo-port": "7"])
    #expect(
      try dissected("- ipv4\n- udp: { destination-port: $capability.udp-echo-port }", in: context)
        .layer(.udp)?.number("destination-port") == 7
    )
  }

  @Test func `Fields and data of packets sent before are at hand`() throws {
    let plan = try plan(
      """
      - send: [{ ipv4: { ttl: 9 } }, { icmpv4: { type: echo-request, sequence: 3 } }, { data: { text: hello } }]
        as: first
      - send: [ipv6, { icmpv6: { type: echo-request, identifier: 1 } }]
      - send:
          - ipv4: { ttl: $first.ipv4.ttl + 1, identification: $sent.icmpv6.identifier }
          - icmpv4: { type: echo-reply, sequence: $first.icmpv4.sequence, code: $sent.ipv6.hop-limit }
          - data: $first.data
      - expect: nothing
      """
    )
    let frame = Dissection(plan.frames[2])
    #expect(frame.layer(.ipv4)?.number("ttl") == 10)
    #expect(frame.layer(.ipv4)?.number("identification") == 1)
    #expect(frame.layer(.icmpv4)?.number("sequence") == 3)
    #expect(frame.layer(.icmpv4)?.number("code") == 64)
    #expect(frame.layer(.data).map { Array($0.bytes) } == Array("hello".utf8))
  }

  @Test func `The type decides what the name of a code means, wherever it stands`() throws {
    for fields in [
      "type: destination-unreachable, code: port-unreachable",
      "code: port-unreachable, type: destination-unreachable",
    ] {
      #expect(try dissected("- ipv4\n- icmpv4: { \(fields) }").layer(.icmpv4)?.number("code") == 3)
    }
  }

  @Test func `Flags are true or false`() throws {
    #expect(try ipv4("dont-fragment", "true") == .number(1))
    #expect(try ipv4("dont-fragment", "false") == .number(0))
    try expectInvalid(
      "dont-fragment",
      "yes",
      "'yes' is neither a number nor a name of 'dont-fragment'; it is true or false"
    )
    try expectInvalid("ttl", "true", "'true' is neither a number nor a name of 'ttl'")
  }

  @Test func `Values that don't fit are told with their place`() throws {
    try expectInvalid("ttl", "256", "256 doesn't fit the 8 bits of 'ttl'")
    try expectInvalid("ttl", "255 + 1", "256 doesn't fit the 8 bits of 'ttl'")
    try expectInvalid(
      "ttl",
      "$a + 1",
      "256 doesn't fit the 8 bits of 'ttl' (variant a=255)",
      head: "vary: { a: 255 }"
    )
    try expectInvalid("fragment-offset", "8192", "8192 doesn't fit the 13 bits of 'fragment-offset'")
    try expectInvalid("ttl", "1 - 2", "1 - 2 is not a non-negative number")
    try expectInvalid(
      "ttl",
      "9223372036854775807 + 1",
      "9223372036854775807 + 1 is not a non-negative number"
    )
    try expectInvalid(
      "ttl",
      "9223372036854775807 * 2",
      "9223372036854775807 * 2 is not a non-negative number"
    )
    try expectInvalid("ttl", "18446744073709551615", "18446744073709551615 doesn't fit the 8 bits of 'ttl'")
    try expectInvalid("ttl", "18446744073709551615 + 1", "'+' works on numbers and addresses only")
    try expectInvalid("ttl", "1 + 18446744073709551615", "'+' needs a number on its right")
    try expectInvalid("source", "255.255.255.255 + 1", "255.255.255.255 + 1 leaves the IPv4 addresses")
    try expectInvalid("source", "$target - 4000000000", "192.0.2.1 - 4000000000 leaves the IPv4 addresses")
    try CraftTests.expectInvalid(
      "- send: [{ ipv6: { source: «'2001:db8:: - 1' } }]\n- expect: nothing",
      "2001:db8:: - 1 leaves the lower 64 bits of the address"
    )
  }

  @Test func `Values of another kind are told with their place`() throws {
    try expectInvalid("source", "5", "'5' is not an IPv4 address for 'source'")
    try expectInvalid("source", "$id", "the number 23063 can't be the value of 'source'")
    try expectInvalid(
      "source",
      "$tester.mac",
      "the Ethernet address 02:a5:5a:00:00:10 can't be the value of 'source'"
    )
    try expectInvalid(
      "source",
      "$tester.ipv6",
      "the IPv6 address 2001:db8:1::1:0 can't be the value of 'source'"
    )
    try expectInvalid("ttl", "$tester", "the IPv4 address 192.0.2.16 can't be the value of 'ttl'")
    try expectInvalid("ttl", "$case", "data of 8 octets can't be the value of 'ttl'")
    try expectInvalid("source", "$tester * 2", "'*' works on numbers and addresses only")
    try expectInvalid("ttl", "1 + $tester", "'+' needs a number on its right")
    try expectInvalid("ttl", "wrong", "'wrong' is neither a number nor a name of 'ttl'")
  }

  @Test func `A misspelt name is told with the nearest one`() throws {
    try CraftTests.expectInvalid(
      "- send: [ipv4, { icmpv4: { type: «ecoh-request } }]\n- expect: nothing",
      "'ecoh-request' is neither a number nor a name of 'type'; did you mean 'echo-request'?"
    )
  }

  @Test func `Parts that variables don't have are told with their place`() throws {
    try expectInvalid("ttl", "$id.low", "'$id' has no part 'low'")
    try expectInvalid("ttl", "$a.b", "'$a' has no part 'b' (variant a=1)", head: "vary: { a: 1 }")
    try expectInvalid(
      "source",
      "$tester.ip",
      "'ip' is not a part of $tester: mac, ipv4, ipv6, link-local, solicited-node, "
        + "subnet-router-anycast, link-local-solicited-node"
    )
    try expectInvalid("source", "$tester.ipv4.high", "'$tester.ipv4' has no part 'high'")
    try expectInvalid("source", "$broadcast.ipv4", "'$broadcast' has no part 'ipv4'")
    try expectInvalid(
      "ttl",
      "$sent.ipv4.ttl",
      "no packet was sent or received before that '$sent' could mean"
    )
  }

  @Test func `Parts that a packet doesn't have are told with their place`() throws {
    func check(_ value: String, _ message: String) throws {
      try CraftTests.expectInvalid(
        "- send: [ipv4, icmpv4]\n- send: [{ ipv4: { ttl: «\(value) } }]\n- expect: nothing",
        message
      )
    }
    try check("$sent", "'$sent' must name a layer and a field, for example $sent.ipv4.ttl")
    try check("$sent.ipv4", "'$sent.ipv4' must name a layer and a field, for example $sent.ipv4.ttl")
    try check("$sent.udp.length", "the packet '$sent' has no layer 'udp'")
    try check("$sent.ipv4.tll", "layer 'ipv4' of '$sent' has no field 'tll'")
    try check("$sent.data", "data of 0 octets can't be the value of 'ttl'")
  }

  @Test func `Computed is for lengths and checksums that are sent, and stands first`() throws {
    let message = "'$computed' stands first in a length or checksum that is sent, as in `$computed + 4`"
    try expectInvalid("ttl", "$computed + 1", message)
    try expectInvalid("source", "$computed", message)
    try expectInvalid("total-length", "4 + $computed", message)
    try expectInvalid("total-length", "$computed * 2", message)
    try CraftTests.expectInvalid(
      "- send: [ipv4]\n- expect: [{ ipv4: { total-length: «$computed } }]",
      message
    )
  }

  @Test func `Variants that refer to each other in a circle are told`() throws {
    try expectInvalid(
      "ttl",
      "$a",
      "the variables refer to each other in a circle (variant a=$b,b=$a)",
      head: "vary: { a: $b, b: $a }"
    )
    try expectInvalid(
      "ttl",
      "$a",
      "the variables refer to each other in a circle (variant a=$a + 1)",
      head: "vary: { a: $a + 1 }"
    )
    try expectInvalid(
      "total-length",
      "$a",
      "the variables refer to each other in a circle (variant a=$a)",
      head: "vary: { a: $a }"
    )
  }
}
