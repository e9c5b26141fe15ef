import Suite
import Testing

@Suite struct BaselineTests {
  private static let suites = """
    suite: icmpv4.echo
    cases:
      - id: reply
        title: A reply
        requirement: R
        vary: { ttl: [1, 64] }
        steps: [{ send: [{ ipv4: { ttl: $ttl } }] }, { expect: nothing }]
      - { id: silence, title: Silence, requirement: R, steps: [{ send: [ipv4] }, { expect: nothing }] }
    """

  private func baseline(_ deviations: String) throws -> Baseline {
    try Baseline(decoding: "target: linux\ndeviations:\n\(deviations)", file: MarkedSource.file)
  }

  private func faults(of text: String) -> [Diagnostic] {
    do throws(SuiteError) {
      _ = try Baseline(decoding: text, file: MarkedSource.file)
      return []
    } catch {
      return error.diagnostics
    }
  }

  @Test func `An entry holds verdicts, reason, ticket and the last day`() throws {
    let entry = try #require(
      try baseline(
        """
          - trial: icmpv4.echo.reply
            verdict: [fail, inconclusive]
            reason: Known.
            ticket: https://example.org/1
            until: 2028-02-29
        """
      ).entries.first
    )
    #expect(entry.trial == "icmpv4.echo.reply")
    #expect(entry.verdicts == ["fail", "inconclusive"])
    #expect(entry.reason == "Known.")
    #expect(entry.ticket == "https://example.org/1")
    #expect(entry.until == "2028-02-29")
    #expect(entry.position == SourcePosition(file: MarkedSource.file, line: 3, column: 5))
  }

  @Test(arguments: [
    ("icmpv4.echo.reply", 2), ("icmpv4.echo.reply[ttl=64]", 1), ("icmpv4.echo.*", 3), ("*[ttl=1]", 1),
    ("icmpv4.echo", 0), ("icmpv4.echo.reply[ttl=2]", 0), ("icmpv4.echo.rep", 0), ("*", 3),
    ("icmpv4.echo.silence", 1),
  ])
  func `An entry speaks of a case, of one variant, or of what its pattern matches`(
    _ pattern: String,
    _ count: Int
  ) throws {
    let suite = try decoded(Self.suites)
    let baseline = try baseline("  - { trial: '\(pattern)', verdict: fail, reason: r }")
    #expect(suite.trials.count { baseline.entry(for: $0) != nil } == count)
    #expect(baseline.unmatched(in: [suite]).count == (count == 0 ? 1 : 0))
  }

  @Test func `The first entry that speaks of a trial counts`() throws {
    let suite = try decoded(Self.suites)
    let baseline = try baseline(
      """
        - { trial: '*[ttl=1]', verdict: fail, reason: first }
        - { trial: icmpv4.echo.reply, verdict: warn, reason: second }
      """
    )
    #expect(suite.trials.compactMap { baseline.entry(for: $0)?.reason } == ["first", "second"])
  }

  @Test func `An entry without a trial is told with its place`() throws {
    let baseline = try baseline("  - { trial: icmpv4.echo.gone, verdict: fail, reason: r }")
    #expect(
      baseline.unmatched(in: [try decoded(Self.suites)]).map(\.description)
        == ["test.yaml:3:5: error: the baseline names 'icmpv4.echo.gone', but there is no such trial"]
    )
  }

  @Test func `Every fault of a baseline is told with its place`() {
    expectFaults(
      """
      target: linux
      «tarket: x
      deviations:
        - «{ trial: a.b, verdict: «failed }
        - { trial: a.b, verdict: [pass, «bad], reason: r, «untill: 2027-01-01 }
        - { trial: a.b, verdict: «[], reason: r }
        - «x
      """,
      "unknown key 'tarket' in a baseline; did you mean 'target'?",
      "a deviation lacks 'reason'",
      "'failed' is not a verdict; did you mean 'fail'?",
      "'bad' is not a verdict; expected one of: pass, warn, fail, inconclusive, error",
      "unknown key 'untill' in a deviation; did you mean 'until'?",
      "the list is empty; it needs a verdict",
      "a deviation must be a mapping, not 'x'",
      decoding: faults(of:)
    )
  }

  @Test(arguments: [
    "2027-02-29", "2027-13-01", "2027-00-01", "2027-04-31", "27-01-01", "2027-1-1", "2027-01-01x",
    "+027-01-01",
    "2027/01/01", "tomorrow", "2100-02-29", "２027-01-1",
  ])
  func `The last day is a day`(_ text: String) {
    expectFaults(
      "target: t\ndeviations:\n  - { trial: a, verdict: fail, reason: r, until: «\(text) }",
      "'until' is a date such as 2027-06-30, not '\(text)'",
      decoding: faults(of:)
    )
  }

  @Test(arguments: ["2000-02-29", "2027-02-28", "2027-12-31", "2026-11-30"])
  func `Days are taken`(_ text: String) {
    #expect(
      faults(of: "target: t\ndeviations:\n  - { trial: a, verdict: fail, reason: r, until: \(text) }").isEmpty
    )
  }

  @Test func `Deviations are a list`() {
    expectFaults(
      "target: t\ndeviations: «{ trial: a }",
      "'deviations' must be a list, not a mapping",
      decoding: faults(of:)
    )
    expectFaults("«deviations: []", "a baseline lacks 'target'", decoding: faults(of:))
  }
}
