import Suite
import Testing

@testable import Witness

/// Which differences are let through, and which explanations.
@Suite struct ReviewTests {
  private let difference = Difference(
    trial: "icmpv4.echo.reply[length=1]",
    kind: "icmpv4 pointer",
    one: "20",
    other: "21"
  )

  private func explanation(
    trials: [String] = ["icmpv4.echo.*"],
    kind: String = "icmpv4 pointer",
    linux: String? = "20",
    _ judgement: Explanation.Class = .legalChoice,
    clauses: [String]? = ["RFC1-1-open"],
    because: String? = "Both are right."
  ) -> Explanation {
    Explanation(
      trials: trials,
      kind: kind,
      linux: linux,
      reference: nil,
      class: judgement,
      clauses: clauses,
      because: because
    )
  }

  private func faults(
    _ differences: [Difference],
    _ explanations: [Explanation],
    baseline: String = ""
  ) throws -> [String] {
    var catalogue = RequirementCatalogue()
    let clause = "{ rfc: 1, section: '1', level: MAY, title: t, requirement: r }"
    let clauses = ["open", "tested"].map { "- " + clause.replacing("{", with: "{ id: RFC1-1-\($0),") }
    try catalogue.add(decoding: clauses.joined(separator: "\n"), file: "clauses.yaml")
    let suite = try TestSuite(
      decoding: """
        suite: icmpv4.echo
        title: Echo
        cases:
          - id: reply
            title: A reply
            requirement: RFC1-1-tested
            vary: { length: [1, 2] }
            steps:
              - send: [ ipv4, { icmpv4: { type: echo-request } }, { data: { zeros: $length } } ]
              - expect: nothing
        """,
      file: "echo.yaml"
    )
    var known = Baseline(target: "linux-host")
    if !baseline.isEmpty {
      let text =
        "target: linux-host\ndeviations: [ { trial: '\(baseline)', verdict: fail, reason: It does. } ]"
      known = try Baseline(decoding: text, file: "baseline.yaml")
    }
    return Review(differences, explanations, catalogue: catalogue, suites: [suite], baseline: known).faults
  }

  @Test func `A difference that an explanation covers is no fault`() throws {
    #expect(try faults([difference], [explanation()]) == [])
  }

  @Test func `A difference without explanation is a fault`() throws {
    let found = try faults([difference], [])
    let words = "not explained: icmpv4.echo.reply[length=1]: icmpv4 pointer: Linux: 20; reference: 21"
    #expect(found == [words])
  }

  @Test func `An explanation covers only what it speaks of`() throws {
    let others = [
      explanation(trials: ["icmpv6.*"]), explanation(kind: "ipv4 tos"), explanation(linux: "22"),
    ]
    for other in others {
      let found = try faults([difference], [other])
      #expect(found.count == 2)
      #expect(found.contains { $0.hasPrefix("not explained") })
      #expect(found.contains { $0.hasPrefix("explains nothing") })
    }
  }

  @Test func `An explanation of nothing is a fault`() throws {
    #expect(try faults([], [explanation()]).map { $0.hasPrefix("explains nothing") } == [true])
  }

  @Test func `A legal choice needs a clause of the catalogue and a reason`() throws {
    #expect(try faults([difference], [explanation(clauses: nil)]).count == 1)
    #expect(try faults([difference], [explanation(clauses: ["RFC1-1-other"])]).count == 1)
    #expect(try faults([difference], [explanation(because: nil)]).count == 1)
  }

  @Test func `A deviation of the kernel stands in its baseline`() throws {
    let deviation = explanation(.kernelDeviation, clauses: nil, because: nil)
    #expect(try faults([difference], [deviation], baseline: "icmpv4.echo.reply") == [])
    #expect(try faults([difference], [deviation], baseline: "icmpv4.echo.other").count == 1)
  }

  @Test func `A deviation that no case tests cites a clause that no case cites`() throws {
    #expect(try faults([difference], [explanation(.untestedDeviation)]) == [])
    #expect(
      try faults([difference], [explanation(.untestedDeviation, clauses: ["RFC1-1-tested"])]).count == 1
    )
  }
}
