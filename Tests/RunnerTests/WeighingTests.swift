import Capture
import Judge
import Link
import Runner
import Suite
import Testing

/// Levels and known deviations.
@Suite struct WeighingTests {
  private func verdicts(_ enforcement: Enforcement) throws -> [Outcome] {
    var bench = Bench()
    bench.options.enforcement = enforcement
    bench.options.retries = 0
    bench.device.script = { $0.isControl ? nil : [] }
    return try bench.run(
      Bench.testCase("must", Bench.echo()),
      Bench.testCase("should", Bench.echo(), requirement: "R-should"),
      Bench.testCase("may", Bench.echo(), requirement: "R-may")
    ).verdicts.map(\.outcome)
  }

  @Test func `Only what is enforced fails`() throws {
    #expect(try verdicts(.must) == [.fail, .warn, .warn])
    #expect(try verdicts(.should) == [.fail, .fail, .warn])
    #expect(try verdicts(.may) == [.fail, .fail, .fail])
  }

  /// What the baseline says of a trial that passes, and of one that fails.
  private func matches(_ verdict: String, until: String? = nil, today: String = "2026-11-23") throws
    -> [KnownDeviation.Match?]
  {
    var bench = Bench()
    bench.options.today = today
    bench.options.retries = 0
    bench.device.script = { echo in echo.isControl || echo.sequence == 1 ? nil : [] }
    let text = """
      target: scripted
      deviations:
        - { trial: test.run.*, verdict: \(verdict), reason: Known., ticket: T-1\(until.map { ", until: \($0)" } ?? "") }
      """
    bench.baseline = try Baseline(decoding: text, file: "baseline.yaml")
    return try bench.run(Bench.testCase("right", Bench.echo(1)), Bench.testCase("wrong", Bench.echo(2)))
      .trials.map { $0.knownDeviation?.match }
  }

  @Test func `A listed verdict is expected, a pass isn't`() throws {
    #expect(try matches("fail") == [.unexpectedPass, .expected])
  }

  @Test func `A verdict other than the listed one is different`() throws {
    #expect(try matches("warn") == [.unexpectedPass, .different])
    #expect(try matches("[pass, warn]") == [.expected, .different])
  }

  @Test func `An entry holds on its last day and not after it`() throws {
    #expect(try matches("fail", until: "2026-11-23") == [.unexpectedPass, .expected])
    #expect(try matches("fail", until: "2026-11-22") == [.unexpectedPass, .expired])
  }

  @Test func `What could not be known is no known deviation`() throws {
    var bench = Bench()
    bench.options.retries = 0
    bench.faults.goesDownAt = SimulatedLink.epoch + .milliseconds(500)
    bench.baseline = try Baseline(
      decoding: "target: scripted\ndeviations:\n  - { trial: \"*\", verdict: fail, reason: Known. }\n",
      file: "baseline.yaml"
    )
    bench.device.script = { $0.isControl ? nil : [] }
    let outcome = try bench.run(
      Bench.testCase("silence", Bench.echo(expect: "- expect: nothing\n  within: 1s"))
    )
    #expect(outcome.verdicts.map(\.outcome) == [.inconclusive])
    #expect(outcome.trials.first?.knownDeviation == nil)
  }

  @Test func `A failure that is expected doesn't stop a run`() throws {
    var bench = Bench()
    bench.options.stopsAtFirstFailure = true
    bench.options.retries = 0
    bench.options.jobs = 1
    bench.device.script = { echo in echo.isControl || echo.sequence == 1 ? nil : [] }
    bench.baseline = try Baseline(
      decoding:
        "target: scripted\ndeviations:\n  - { trial: test.run.wrong, verdict: fail, reason: Known. }\n",
      file: "baseline.yaml"
    )
    let outcome = try bench.run(
      Bench.testCase("wrong", Bench.echo(2)),
      Bench.testCase("right", Bench.echo(1))
    )
    #expect(outcome.verdicts.map(\.outcome) == [.fail, .pass])
  }
}
