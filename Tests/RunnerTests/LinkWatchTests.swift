import Judge
import Link
import ReferenceDevice
import Runner
import Suite
import Testing
import Wire

/// Whose a question for an address is, and whose what the target tells all nodes.
@Suite struct LinkWatchTests {
  /// Runs a suite on the strict device.
  private func run(_ text: String, testers last: UInt64 = 0x1_ffff) throws -> RunResult {
    let link = SimulatedLink(to: ReferenceDevice())
    var target = ReferenceDevice.description
    if let range = target.near.testers?.ipv6 {
      var end = range.upperBound
      end.low = last
      target.near.testers?.ipv6 = range.lowerBound...end
    }
    var options = RunOptions()
    options.learnsErrorBudget = false
    options.retries = 0
    var runner = Runner(
      suites: [try TestSuite(decoding: text, file: "asks.yaml")],
      catalogue: RequirementCatalogue(),
      target: target,
      personas: Personas(for: target, interfaceMAC: link.interface.mac),
      link: link,
      baseline: nil,
      options: options,
      observer: nil
    )
    return try runner.run()
  }

  /// A packet of which the target makes an address.
  private static func advertisement(to destination: String) -> String {
    """
    [ ipv6: { source: $unused.link-local, destination: \(destination), hop-limit: 255, flow-label: $n }, \
    icmpv6: { type: router-advertisement, router-lifetime: 0 }, \
    ndp-options: [ prefix-information: { prefix: $fresh-prefix, valid-lifetime: 60, preferred-lifetime: 60 } ] ]
    """
  }

  private func asking(for host: String, as sender: String) -> String {
    """
    suite: asks
    cases:
      - id: asks
        title: Asks
        vary: { n: [1..20] }
        steps:
          - send: [ ipv6: { source: \(sender) }, icmpv6: { type: echo-request, sequence: $n } ]
          - expect: [ icmpv6: { type: neighbor-solicitation, target: \(host) } ]
          - expect: [ icmpv6: { type: neighbor-solicitation, target: \(host) } ]
            within: 2s
    """
  }

  @Test(arguments: ["$unused", "$unused.link-local"])
  func `Trials that look at questions for hosts of their own fly together`(host: String) throws {
    let result = try run(asking(for: host, as: host))
    #expect(result.suites.flatMap(\.trials).allSatisfy { $0.verdict.outcome == .pass })
    #expect(result.duration < .seconds(3))
  }

  @Test func `Trials that have the same unused host fly one after the other`() throws {
    let result = try run(asking(for: "$unused", as: "$unused"), testers: 0x1_0000 + 40)
    #expect(result.suites.flatMap(\.trials).count { $0.verdict.outcome == .pass } >= 1)
    #expect(result.duration > .seconds(10))
  }

  @Test func `What is told to all nodes belongs to the trial that looks at it, one at a time`() throws {
    let result = try run(
      """
      suite: tells
      cases:
        - id: tells
          title: Tells
          vary: { n: [1..20] }
          steps:
            - send:
                - ipv6: { source: unspecified, destination: $target.solicited-node, hop-limit: 255, flow-label: $n }
                - icmpv6: { type: neighbor-solicitation, target: $target }
            - expect: [ ipv6: { destination: all-nodes }, icmpv6: { type: neighbor-advertisement } ]
      """
    )
    #expect(result.suites.flatMap(\.trials).allSatisfy { $0.verdict.outcome == .pass })
  }

  @Test
  func `Trials that let the target make addresses fly together, and get what is asked for their own prefix`()
    throws
  {
    let result = try run(
      """
      suite: prefixes
      cases:
        - id: prefixes
          title: Prefixes
          vary: { n: [1..20] }
          steps:
            - send: \(Self.advertisement(to: "all-nodes"))
            - expect:
                - ipv6: { source: unspecified, destination: $this.icmpv6.target.solicited-node }
                - icmpv6: { type: neighbor-solicitation, target: $fresh-prefix..$fresh-prefix.last }
              within: 2s
              as: claim
            - wait: 1s
            - send: [ ipv6: { destination: $claim.icmpv6.target }, icmpv6: { type: echo-request, identifier: $id } ]
            - expect: [ ipv6: { source: $claim.icmpv6.target }, icmpv6: { type: echo-reply, identifier: $id } ]
      """
    )
    #expect(result.suites.flatMap(\.trials).allSatisfy { $0.verdict.outcome == .pass })
    #expect(result.duration < .seconds(6))
  }

  @Test
  func
    `A group that the target joins for another trial's address is none of a trial's that looks at reports`()
    throws
  {
    let result = try run(
      """
      suite: reports
      cases:
        - id: joins
          title: Joins
          vary: { n: [1..8] }
          steps:
            - send: \(Self.advertisement(to: "$target.link-local"))
            - expect: [ ipv6: { source: unspecified }, icmpv6: { type: neighbor-solicitation, target: $fresh-prefix..$fresh-prefix.last } ]
        - id: looks
          title: Looks
          steps:
            - forbid: [ icmpv6: { type: [multicast-listener-report, multicast-listener-report-v2] } ]
            - send: [ ipv6, icmpv6: { type: echo-request, identifier: $id } ]
            - expect: [ icmpv6: { type: echo-reply, identifier: $id } ]
            - wait: 3s
      """
    )
    #expect(result.suites.flatMap(\.trials).count == 9)
    #expect(result.suites.flatMap(\.trials).allSatisfy { $0.verdict.outcome == .pass })
  }

  @Test func `A group that the target joins for the trial's own address is what it looks at`() throws {
    let result = try run(
      """
      suite: reports
      cases:
        - id: joins
          title: Joins
          others: allowed
          vary: { n: [1..3] }
          steps:
            - send: \(Self.advertisement(to: "$target.link-local"))
            - expect: [ ipv6: { destination: "ff02::16" }, icmpv6: { type: multicast-listener-report-v2 } ]
      """
    )
    #expect(result.suites.flatMap(\.trials).allSatisfy { $0.verdict.outcome == .pass })
  }

  @Test func `A report of a group belongs to the trial that looks at reports`() throws {
    let result = try run(
      """
      suite: reports
      cases:
        - id: reports
          title: Reports
          vary: { n: [1..5] }
          steps:
            - send:
                - ipv6: { source: $tester.link-local, destination: all-nodes, hop-limit: 1, flow-label: $n }
                - hop-by-hop: { options: [ router-alert ] }
                - icmpv6: { type: multicast-listener-query, maximum-response-delay: 10, query-interval: 1 }
                - mld: { sources: [] }
            - expect: [ ipv6: { destination: "ff02::16" }, icmpv6: { type: multicast-listener-report-v2 } ]
      """
    )
    #expect(result.suites.flatMap(\.trials).allSatisfy { $0.verdict.outcome == .pass })
  }
}
