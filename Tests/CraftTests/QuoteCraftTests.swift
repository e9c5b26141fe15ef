import Testing
import Wire

/// The packet inside an ICMP error.
@Suite struct QuoteCraftTests {
  @Test func `The packet sent last is quoted from its IP header on`() throws {
    let plan = try plan(
      "- send: [ipv4, udp, { data: { counter: 30 } }]\n"
        + "- send: [ipv4, { icmpv4: { type: time-exceeded } }, { quote: { of: $sent } }]\n- expect: nothing"
    )
    #expect(plan.frames.count == 2)
    #expect(plan.frames[1].dropFirst(42) == plan.frames[0].dropFirst(14))
  }

  @Test func `A quote is cut to the octets that are said, and the error is right for them`() throws {
    let plan = try plan(
      "- send: [ipv4, udp, { data: { counter: 30 } }]\n  as: first\n"
        + "- send: [ipv4, { icmpv4: { type: time-exceeded } }, { quote: { of: $first, truncate: 28 } }]\n- expect: nothing"
    )
    #expect(plan.frames[1].dropFirst(42) == plan.frames[0].dropFirst(14).prefix(28))
    let error = Dissection(plan.frames[1])
    #expect(error.layer(.ipv4)?.number("total-length") == 56)
    #expect(!error.remarks.contains { !$0.isQuoted })
  }

  @Test func `A packet is quoted as it was before it was fragmented or spoiled`() throws {
    let plan = try plan(
      "- send: [ipv4, udp, { data: { counter: 24 } }]\n  fragment: { size: 8, omit: [1] }\n  corrupt: { at: 0, xor: 1 }\n"
        + "- send: [ipv4, { icmpv4: { type: time-exceeded } }, { quote: { of: $sent } }]\n- expect: nothing"
    )
    let error = Dissection(plan.frames[plan.frames.count - 1])
    #expect(error.quotedLayer(.ipv4)?.number("total-length") == 52)
    #expect(error.quotedLayer(.ipv4)?.number("version") == 4)
  }

  @Test func `Faults in a quoted packet stay inside of it`() throws {
    let frame = try dissected(
      "- ipv4\n- icmpv4: { type: destination-unreachable }\n"
        + "- quote: [{ ipv4: { header-checksum: wrong, total-length: $computed + 8 } }, { udp: { checksum: wrong } }]"
    )
    #expect(frame.remarks.contains { $0.isQuoted && $0.kind == .checksum })
    #expect(!frame.remarks.contains { !$0.isQuoted })
  }

  @Test func `An error may quote an error`() throws {
    let frame = try dissected(
      "- ipv4\n- icmpv4: { type: time-exceeded }\n"
        + "- quote: [ipv4, { icmpv4: { type: time-exceeded } }, { quote: [ipv4, udp] }]"
    )
    #expect(frame.layer(.ipv4)?.number("total-length") == 20 + 8 + 20 + 8 + 20 + 8)
  }

  @Test func `Only a packet can be quoted`() throws {
    try expectInvalid(
      "- send: [ipv4, icmpv4, { quote: { of: «$sent } }]\n- expect: nothing",
      "'of' must name an earlier packet, for example $sent"
    )
    try expectInvalid(
      "- send: [ipv4]\n- send: [ipv4, icmpv4, { quote: { of: «$sent.ipv4.ttl } }]\n- expect: nothing",
      "'of' must name an earlier packet, for example $sent"
    )
    try expectInvalid(
      "- send: [ipv4, icmpv4, { quote: { of: «$tester } }]\n- expect: nothing",
      "'of' must name an earlier packet, for example $sent"
    )
  }
}
