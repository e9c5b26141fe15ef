import Suite
import Testing

/// Which trials look at frames of which nobody else could tell whose they are.
@Suite struct LinkWatchTests {
  private func looks(at step: String, vary: String = "") throws -> Bool {
    let suite = try decoded(
      """
      suite: test
      cases:
        - id: a
          title: A
          \(vary)
          steps:
            - send: [ipv6]
            - \(step)
      """
    )
    return try #require(suite.trials.first).looksAtLink
  }

  @Test(arguments: [
    "forbid: [arp]", "forbid: [arp: { operation: request, target-ip: $tester }]",
    "expect: [icmpv6: { type: neighbor-solicitation }]", "expect: [icmpv6: { type: 135, target: $target }]",
    "expect: [icmpv6: { type: neighbor-solicitation, target: \"2001:db8::7\" }]",
    "expect: [icmpv6: { type: neighbor-solicitation, target: [$tester, $target] }]",
    "forbid: [icmpv6: { type: [neighbor-solicitation, echo-reply] }]",
    "expect: [ipv6: { destination: all-nodes }, icmpv6: { type: neighbor-advertisement }]",
    "forbid: [ipv6: { destination: \"ff02::1\" }, icmpv6: { type: router-advertisement }]",
    "expect: [icmpv6: { type: multicast-listener-report-v2 }]",
    "forbid: [icmpv6: { type: [131, multicast-listener-done] }]",
    "expect: [ipv4: { destination: [$tester, 224.0.0.1] }, icmpv4: { type: router-advertisement }]",
  ])
  func `Questions for others and what is told to all are nobody's else`(step: String) throws {
    #expect(try looks(at: step))
  }

  @Test(arguments: [
    "expect: nothing", "expect: [icmpv6: { type: echo-reply }]",
    "expect: [icmpv6: { type: neighbor-solicitation, target: $tester2 }]",
    "forbid: [icmpv6: { type: neighbor-solicitation, target: $unused.link-local }]",
    "expect: [icmpv6: { type: neighbor-solicitation, target: $stranger }]",
    "expect: [icmpv6: { type: neighbor-advertisement, target: $target }]",
    "expect: [ipv6: { destination: $tester }, icmpv6: { type: neighbor-advertisement }]",
    "expect: [ipv4: { destination: $tester }, icmpv4: { type: router-advertisement }]",
  ])
  func `Questions for the trial's own hosts and answers to them are its own`(step: String) throws {
    #expect(try !looks(at: step))
  }

  @Test(arguments: [("$unused", false), ("$target", true), ("\"2001:db8::7\"", true)])
  func `A varied address is what the trial makes of it`(address: String, looks expected: Bool) throws {
    let step = "expect: [icmpv6: { type: neighbor-solicitation, target: $who }]"
    #expect(try looks(at: step, vary: "vary: { who: [\(address)] }") == expected)
  }
}
