import Judge
import Report
import Runner
import Testing

@Suite struct StandingTests {
  private func word(_ outcome: Outcome, _ match: KnownDeviation.Match?) -> String {
    SampleRun.trial(
      "x",
      "",
      Verdict(outcome, outcome == .skipped ? .notApplicable : .asRequired, "s"),
      known: match.map { KnownDeviation(match: $0, reason: "r") }
    ).standingWord
  }

  @Test func `without a baseline the verdict stands`() {
    let words = Outcome.allCases.map { word($0, nil) }
    #expect(words == ["pass", "warn", "fail", "inconclusive", "harness-error", "not-applicable"])
  }

  @Test func `an expected deviation is known, but never an error of the harness`() {
    let words = Outcome.allCases.map { word($0, .expected) }
    #expect(
      words == ["pass", "known-failure", "known-failure", "known-failure", "harness-error", "not-applicable"]
    )
  }

  @Test func `a pass where a deviation was expected is a failure`() {
    #expect(word(.pass, .unexpectedPass) == "unexpected-pass")
  }

  @Test func `an expired entry excuses nothing`() {
    let words = Outcome.allCases.map { word($0, .expired) }
    #expect(
      words == [
        "pass", "deviation-expired", "deviation-expired", "inconclusive", "harness-error", "not-applicable",
      ]
    )
  }

  @Test func `another verdict than listed is a failure unless nothing could be known`() {
    let words = Outcome.allCases.map { word($0, .different) }
    #expect(
      words == [
        "deviation-changed", "deviation-changed", "deviation-changed", "inconclusive", "harness-error",
        "not-applicable",
      ]
    )
  }

  @Test func `the counts of the sample are these`() {
    let counts = ResultCounts(SampleRun.everything)
    #expect(counts.line == "3 passed, 5 failed, 3 skipped")
    #expect(
      [counts.trials, counts.passed, counts.warned, counts.failed, counts.inconclusive] == [13, 2, 1, 5, 1]
    )
    #expect([counts.errors, counts.known, counts.skipped, counts.flaky, counts.notRun] == [1, 1, 2, 1, 1])
  }
}
