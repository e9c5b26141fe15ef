import Capture
import Judge
import Link
import Runner
import Testing

/// Runs that end before their time.
@Suite struct EndingTests {
  private static func many(_ count: Int, expect: String? = nil) -> String {
    Bench.testCase(
      "many",
      Bench.echo(data: "{ counter: $n }", expect: expect),
      head: ["vary: { n: [1..\(count)] }"]
    )
  }

  @Test func `A link that goes down turns nothing green`() throws {
    var bench = Bench()
    bench.options.jobs = 4
    bench.device.script = { $0.isControl ? nil : [] }
    bench.faults.goesDownAt = SimulatedLink.epoch + .milliseconds(2500)
    let outcome = try bench.run(Self.many(40, expect: "- expect: nothing\n  within: 1s"))
    #expect(outcome.trials.count == 40)
    #expect(outcome.count(.pass) == 8)
    #expect(outcome.count(.inconclusive) == 32)
    #expect(outcome.verdicts.filter { $0.outcome != .pass }.allSatisfy { $0.reason == .linkFailed })
    #expect(outcome.result.remarks == ["The link failed: the interface 'simulated' is down."])
  }

  @Test func `A violation seen before the link went down stays one`() throws {
    var bench = Bench()
    bench.faults.goesDownAt = SimulatedLink.epoch + .milliseconds(500)
    let outcome = try bench.run(Self.many(10, expect: "- expect: nothing\n  within: 1s"))
    #expect(outcome.count(.fail) == 10)
  }

  @Test func `A target that falls silent ends the run soon, and the rest is inconclusive`() throws {
    var bench = Bench()
    bench.options.jobs = 8
    let second = SimulatedLink.epoch + .seconds(1)
    bench.device.deaf = (second, second + .seconds(1_000_000))
    bench.device.script = { echo in
      echo.isControl ? nil : [Emission(delay: .milliseconds(200), frame: echo.reply)]
    }
    let outcome = try bench.run(Self.many(200))
    #expect(outcome.trials.count == 200)
    #expect(outcome.count(.pass) > 8)
    #expect(outcome.count(.inconclusive) == 200 - outcome.count(.pass))
    #expect(outcome.result.duration < .seconds(35))
    #expect(outcome.result.remarks.count == 1)
    #expect(outcome.result.remarks[0].hasPrefix("The target stopped answering control probes."))
  }

  @Test func `A silent target ends a run of one trial at a time as soon`() throws {
    for retries in [0, 2] {
      var bench = Bench()
      bench.speaksAsItself = true
      bench.options.retries = retries
      let later = SimulatedLink.epoch + .milliseconds(700)
      bench.device.deaf = (later, later + .seconds(1_000_000))
      let outcome = try bench.run(Self.many(100))
      #expect(outcome.count(.pass) > 0)
      #expect(outcome.count(.inconclusive) == 100 - outcome.count(.pass))
      #expect(outcome.result.duration < .seconds(35))
    }
  }

  @Test(arguments: ["8s", "65s"]) func `A long silence that a case asks for isn't the target's end`(
    wait: String
  ) throws {
    var bench = Bench()
    bench.device.script = { $0.isControl ? nil : [] }
    let outcome = try bench.run(Self.many(2, expect: "- expect: nothing\n  within: \(wait)"))
    #expect(outcome.count(.pass) == 2)
    #expect(outcome.result.remarks.isEmpty)
  }

  @Test func `Probes that one persona sent in vain don't end a trial that waits meanwhile`() throws {
    var bench = Bench()
    bench.target = Bench.target(personas: 2)
    bench.options.retries = 0
    // The second persona is answered nothing at all, the first one its control probes.
    bench.device.script = { echo in
      echo.isControl && echo.frame[29] != 1 ? nil : []
    }
    let outcome = try bench.run(
      Bench.testCase("long", Bench.echo(1, expect: "- expect: nothing\n  within: 20s")),
      Bench.testCase("blocked", Bench.echo(2, expect: "- expect: nothing"))
    )
    #expect(outcome.verdicts.map(\.outcome) == [.pass, .inconclusive])
    #expect(outcome.result.remarks.isEmpty)
  }

  @Test func `A case that brings the target down fails, and the others recover`() throws {
    var bench = Bench()
    bench.device.poison = (sequence: 666, lasts: .milliseconds(2500))
    let killer = Bench.testCase(
      "killer",
      Bench.echo(666, expect: "- expect: nothing"),
      requirement: "R-should"
    )
    let outcome = try bench.run(Self.many(20), killer)
    #expect(outcome.count(.pass) == 20)
    let verdict = try #require(outcome.trial("killer")?.verdict)
    #expect(verdict.outcome == .fail)
    #expect(verdict.reason == .targetStoppedAnswering)
    #expect(!outcome.result.remarks.contains { $0.contains("stopped answering") })
  }

  @Test func `A target that was down for a moment fails nothing`() throws {
    var bench = Bench()
    bench.options.jobs = 4
    bench.options.retries = 0
    let second = SimulatedLink.epoch + .milliseconds(700)
    bench.device.deaf = (second, second + .seconds(3))
    bench.device.script = { echo in
      echo.isControl ? nil : [Emission(delay: .milliseconds(200), frame: echo.reply)]
    }
    let outcome = try bench.run(Self.many(60))
    #expect(outcome.count(.fail) == 0)
    #expect(outcome.count(.pass) > 40)
  }

  @Test func `A run stops at the first failure when asked to`() throws {
    var bench = Bench()
    bench.options.jobs = 2
    bench.options.stopsAtFirstFailure = true
    bench.device.script = { echo in
      guard !echo.isControl else { return nil }
      return echo.frame.count == 14 + 20 + 8 + 10 ? [Emission(frame: Array(echo.reply.dropLast()))] : nil
    }
    let outcome = try bench.run(Self.many(50))
    #expect(outcome.count(.fail) == 1)
    #expect(outcome.count(.pass) < 20)
    #expect(outcome.count(.skipped) == 49 - outcome.count(.pass))
    #expect(outcome.verdicts.filter { $0.outcome == .skipped }.allSatisfy { $0.reason == .notRun })
  }
}
