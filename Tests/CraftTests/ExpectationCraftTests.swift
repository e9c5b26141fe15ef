import Craft
import Suite
import Testing
import Wire

/// Expectations with their values.
@Suite struct ExpectationCraftTests {
  /// The predicate of one field of an expected IPv4 header.
  private func predicate(_ field: String, _ value: String, head: String = "") throws -> Predicate {
    let plan = try plan("- send: [ipv4, icmpv4]\n- expect: [{ ipv4: { \(field): \(value) } }]", head: head)
    return try #require(plan.patterns.first?.layers.first?.fields.first?.predicate)
  }

  @Test func `Conditions have the values of the trial`() throws {
    let target = FieldValue.ipv4(try #require(IPv4Address("192.0.2.1")))
    #expect(try predicate("source", "$target") == .equals(target))
    #expect(
      try predicate("source", "[$target, { not: $target }]")
        == .oneOf([.equals(target), .not(.equals(target))])
    )
    #expect(try predicate("ttl", "32..255") == .range(.number(32), .number(255)))
    #expect(try predicate("ttl", "{ at-least: $a * 2 }", head: "vary: { a: 4 }") == .atLeast(.number(8)))
    #expect(try predicate("ttl", "{ at-most: 8 }") == .atMost(.number(8)))
    #expect(try predicate("ttl", "any") == .any)
    #expect(try predicate("ttl", "present") == .present)
    #expect(try predicate("ttl", "absent") == .absent)
    #expect(try predicate("identification", "$sent.ipv4.identification") == .equals(.number(0x5a17)))
  }

  @Test func `A field may have to equal another one of the same frame, or the group of its address`() throws {
    let plan = try plan(
      """
      - send: [ipv6]
      - expect:
          - ipv6: { source: $this.icmpv6.target, destination: $this.icmpv6.target.solicited-node }
          - icmpv6: { type: neighbor-advertisement }
      """
    )
    let fields = try #require(plan.patterns.first?.layers.first?.fields)
    let own = try fields.map { field throws -> OwnField in
      guard case .own(let own) = field.predicate else { throw CancellationError() }
      return own
    }
    #expect(own.map(\.layer) == [.icmpv6, .icmpv6])
    #expect(own.map(\.field) == ["target", "target"])
    #expect(own.map(\.isGroup) == [false, true])
  }

  @Test func `Another field of the frame must be one that frames have`() throws {
    for path in ["$this", "$this.icmpv6", "$this.icmpv6.size", "$this.icmpv6.code.solicited-node"] {
      try expectInvalid(
        "- send: [ipv6]\n- expect: [{ ipv6: { source: «\(path) } }]",
        "'\(path)' must name a layer and a field, for example $this.ipv6.source, or in a list a field of the element"
      )
    }
  }

  @Test func `A fresh prefix is documentation space, the same in all of a trial, and another one in each`()
    throws
  {
    let steps = """
      - send: [{ ipv6: { source: $fresh-prefix + 1, destination: $fresh-prefix.last } }]
      - expect: nothing
      """
    let ip = try #require(Dissection(try plan(steps).frames[0]).layer(.ipv6))
    let prefix = try Sample.endpoints().freshPrefix
    #expect(prefix.high >> 32 == 0x2001_0db8 && prefix.high >> 30 & 3 == 2)
    #expect(ip.value(of: "source") == .ipv6(IPv6Address(high: prefix.high, low: 1)))
    #expect(ip.value(of: "destination") == .ipv6(IPv6Address(high: prefix.high, low: .max)))
    let other = try Sample.context { $0.prefixNumber = 0x1234_5678 }
    #expect(other.endpoints.freshPrefix.high == 0x2001_0db8_9234_5678)
  }

  @Test func `The group of an address in an earlier packet is spoken of by its name`() throws {
    let plan = try plan(
      """
      - send: [ipv6: { source: $tester2 }]
      - send: [ipv6: { destination: $sent.ipv6.source.solicited-node }]
      - expect: nothing
      """
    )
    let group = Dissection(plan.frames[1]).layer(.ipv6)?.value(of: "destination")
    #expect(group == .ipv6(try #require(IPv6Address("ff02::1:ff01:1"))))
    try expectInvalid(
      "- send: [ipv6]\n- send: [ipv6: { hop-limit: «$sent.ipv6.hop-limit.solicited-node }]\n- expect: nothing",
      "layer 'ipv6' of '$sent' has no IPv6 address 'hop-limit'"
    )
  }

  @Test func `A range may come from vary`() throws {
    let plans = try plans(
      "- send: [ipv4]\n- expect: [{ ipv4: { ttl: $t } }]",
      head: "vary: [{ t: 1..4 }, { t: 7 }]"
    )
    #expect(
      plans.map { $0.patterns.first?.layers.first?.fields.first?.predicate }
        == [.range(.number(1), .number(4)), .equals(.number(7))]
    )
  }

  @Test func `The type decides what the name of a code means`() throws {
    for fields in ["type: redirect, code: host", "code: host, type: redirect"] {
      let plan = try plan("- send: [ipv4]\n- expect: [{ icmpv4: { \(fields) } }]")
      #expect(
        plan.patterns.first?.layers.first?.fields.first { $0.name == "code" }?.predicate
          == .equals(.number(1))
      )
    }
  }

  @Test func `Data is held against what was sent`() throws {
    let plan = try plan(
      """
      - send: [ipv4, icmpv4, { data: { counter: 3 } }]
      - expect: [{ data: $sent.data }]
      - expect: [{ data: { starts-with: $sent.data } }]
      - expect: [{ data: { length: 0..8 } }]
      - expect: [{ data: { hex: 0a0b } }]
      - expect: [{ data: { zeros: 2 } }]
      """
    )
    let matchers = plan.patterns.map { "\($0.layers.first?.data as Any)" }
    #expect(matchers.count == 5)
    #expect(matchers[0].contains("equals([0, 1, 2])"))
    #expect(matchers[1].contains("startsWith([0, 1, 2])"))
    #expect(matchers[2].contains("length(") && matchers[2].contains("range("))
    #expect(matchers[3].contains("equals([10, 11])"))
    #expect(matchers[4].contains("equals([0, 0])"))
  }

  @Test func `A quoted packet is held against the packet as sent, from its IP header on`() throws {
    let plan = try plan(
      """
      - send: [ipv6, udp, { data: { counter: 3 } }]
      - expect: [{ quoted: { of: $sent, at-least: 8, at-most-total: 576, unchanged-except: [hop-limit] } }]
      """
    )
    let quoted = try #require(plan.patterns.first?.layers.first?.quoted)
    #expect(quoted.packet[...] == plan.frames[0].dropFirst(14))
    #expect(quoted.family == .ipv6)
    #expect(quoted.atLeast == 8)
    #expect(quoted.atMostTotal == 576)
    #expect(quoted.unchangedExcept == ["hop-limit"])
  }

  @Test func `Steps stay in order with their times`() throws {
    let plan = try plan(
      """
      - send: [ipv4]
      - forbid: [icmpv4]
      - control
      - wait: 30ms
      - expect: nothing
        within: 2s
        not-before: 1s
      - expect: { any-of: [{ outcome: warn, nothing: true, because: why }, { outcome: pass, packet: [icmpv4] }] }
      - expect: { all-of: [{ packet: [icmpv4] }, [udp]] }
      - expect: [icmpv4]
        times: 2..3
      """,
      head: "others: allowed"
    )
    let kinds = plan.steps.map { step in
      switch step {
      case .send: "send"
      case .forbid: "forbid"
      case .control: "control"
      case .connect, .exchange, .close: "conversation"
      case .wait(let time): "wait \(time)"
      case .expect(let expectation):
        switch expectation.kind {
        case .nothing: "nothing \(expectation.within as Any) \(expectation.notBefore as Any)"
        case .anyOf(let all):
          "any " + all.map { "\($0.outcome) \($0.pattern == nil) \($0.because ?? "")" }.joined()
        case .allOf(let all): "all \(all.count)"
        case .sequence(let all): "sequence \(all.count)"
        case .packet(_, let times): "packet \(times)"
        }
      }
    }
    #expect(
      kinds == [
        "send", "forbid", "control", "wait 0.03 seconds",
        "nothing Optional(2.0 seconds) Optional(1.0 seconds)", "any warn true whypass false ", "all 2",
        "packet 2...3",
      ]
    )
    #expect(plan.allowsOthers)
    #expect(plan.id == "test.one")
  }

  @Test func `What can't be matched is told with its place`() throws {
    func check(_ layer: String, _ message: String) throws {
      try expectInvalid("- send: [ipv4]\n- expect: [{ \(layer) }]", message)
    }
    try check("ipv4: { ttl: «255..32 }", "the range 255..32 is empty: the lower value comes first")
    try check("ipv4: { ttl: «1..$target }", "the IPv4 address 192.0.2.1 can't be the value of 'ttl'")
    try check("ipv4: { ttl: «256 }", "256 doesn't fit the 8 bits of 'ttl'")
    try check("ipv4: { ttl: «{ at-least: 256 } }", "256 doesn't fit the 8 bits of 'ttl'")
    try check("ipv4: { source: «$id }", "the number 23063 can't be the value of 'source'")
    try check(
      "icmpv4: { type: «echo-replay }",
      "'echo-replay' is neither a number nor a name of 'type'; did you mean 'echo-reply'?"
    )
    try check("quoted: { of: «$tester }", "'of' must name an earlier packet, for example $sent")
    try check("data: «$id", "data is octets such as $sent.data, not 23063")
    try check("data: { length: «9..1 }", "the range 9..1 is empty: the lower value comes first")
  }
}
