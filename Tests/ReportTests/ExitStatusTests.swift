import Judge
import Report
import Runner
import Testing

@Suite struct ExitStatusTests {
  private func status(_ trials: [TrialResult], interruptedBy: String? = nil) -> Int32 {
    let suite = SuiteResult(name: "s", title: "", file: "s.yaml", trials: trials)
    return ExitStatus(SampleRun.run([suite], interruptedBy: interruptedBy)).rawValue
  }

  private func trial(
    _ outcome: Outcome,
    _ reason: Reason = .asRequired,
    _ match: KnownDeviation.Match? = nil
  ) -> TrialResult {
    SampleRun.trial(
      "x",
      "",
      Verdict(outcome, reason, "s"),
      known: match.map { KnownDeviation(match: $0, reason: "r") }
    )
  }

  @Test func `each verdict alone has its status`() {
    #expect(status([trial(.pass)]) == 0)
    #expect(status([trial(.warn)]) == 0)
    #expect(status([trial(.skipped, .notApplicable)]) == 0)
    #expect(status([trial(.fail)]) == 1)
    #expect(status([trial(.inconclusive)]) == 2)
    #expect(status([trial(.error)]) == 3)
    #expect(status([]) == 4)
  }

  @Test func `the worst wins in the order 3, 1, 2`() {
    let all = [
      trial(.pass), trial(.inconclusive), trial(.fail), trial(.error), trial(.skipped, .notApplicable),
    ]
    #expect(status(all) == 3)
    #expect(status(Array(all.prefix(3))) == 1)
    #expect(status(Array(all.prefix(2))) == 2)
  }

  @Test func `known deviations don't count, new, fixed and expired ones do`() {
    #expect(status([trial(.fail, .missingAnswer, .expected)]) == 0)
    #expect(status([trial(.pass, .asRequired, .unexpectedPass)]) == 1)
    #expect(status([trial(.fail, .missingAnswer, .expired)]) == 1)
    #expect(status([trial(.fail, .missingAnswer, .different)]) == 1)
    #expect(status([trial(.error, .craftFailed, .expected)]) == 3)
  }

  @Test func `a run that saw nothing at all is an error of the harness`() {
    var result = SampleRun.run([
      SuiteResult(name: "s", title: "", file: "s.yaml", trials: [trial(.inconclusive)])
    ])
    result.isBlind = true
    #expect(ExitStatus(result) == .harnessError)
  }

  @Test func `a case that was never run isn't conforming`() {
    #expect(status([trial(.pass), trial(.skipped, .notRun)]) == 2)
  }

  @Test func `an interrupted run says so whatever was found`() {
    #expect(status([trial(.pass)], interruptedBy: "SIGINT") == 130)
    #expect(status([trial(.fail)], interruptedBy: "SIGTERM") == 143)
    #expect(status([], interruptedBy: "SIGHUP") == 129)
  }
}
