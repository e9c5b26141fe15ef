import Capture
import Judge
import Link
import Runner
import Testing
import Wire

/// What is tried again, and what never is.
@Suite struct RetryTests {
  private let echo = Bench.testCase("echo", Bench.echo())

  private func bench(_ script: @escaping ScriptedTarget.Script) -> Bench {
    var bench = Bench()
    bench.device.script = script
    return bench
  }

  /// Sources of the trials' own echoes, in order.
  private func testers(_ outcome: Bench.Outcome) -> [String] {
    outcome.result.frames.filter { $0.role.hasSuffix("stimulus") }
      .compactMap { Dissection($0.frame.bytes).layer(.ipv4)?.value(of: "source").map { "\($0)" } }
  }

  @Test func `An answer missing once is flaky, not failed, and the retry speaks as somebody else`() throws {
    let outcome = try bench { $0.isControl || $0.count > 0 ? nil : [] }.run(echo)
    let trial = try #require(outcome.trials.first)
    #expect(trial.verdict.outcome == .pass)
    #expect(trial.isFlaky)
    #expect(trial.earlierAttempts.map(\.reason) == [.missingAnswer])
    #expect(Set(testers(outcome)).count == 2)
  }

  @Test func `Retries speak as somebody else also when every persona is in use`() throws {
    var bench = bench { $0.isControl || $0.count > 1 ? nil : [] }
    bench.target = Bench.target(personas: 4)
    let outcome = try bench.run(
      Bench.testCase("many", Bench.echo(data: "{ counter: $n }"), head: ["vary: { n: [1..20] }"])
    )
    #expect(outcome.count(.pass) == 20)
    for trial in outcome.trials {
      #expect(trial.earlierAttempts.count == 2)
      let own = outcome.result.frames.filter {
        $0.trial == "test.run.\(trial.name)" && $0.role.hasSuffix("stimulus")
      }
      let sources = own.compactMap { Dissection($0.frame.bytes).layer(.ipv4)?.number("source") }
      #expect(Set(sources).count == 3)
    }
  }

  @Test(arguments: [0, 1, 4]) func `An answer that never comes fails after so many attempts`(retries: Int)
    throws
  {
    var bench = bench { $0.isControl ? nil : [] }
    bench.options.retries = retries
    let trial = try #require(try bench.run(echo).trials.first)
    #expect(trial.verdict.outcome == .fail)
    #expect(trial.verdict.reason == .missingAnswer)
    #expect(trial.earlierAttempts.count == retries)
    #expect(!trial.isFlaky)
  }

  @Test func `A violation that was seen is final`() throws {
    let outcome = try bench { echo in
      guard !echo.isControl, echo.count == 0 else { return nil }
      var reply = echo.reply
      reply[reply.count - 1] ^= 1
      return [Emission(frame: AttributionTests.repaired(reply))]
    }.run(echo)
    let trial = try #require(outcome.trials.first)
    #expect(trial.verdict.outcome == .fail)
    #expect(trial.verdict.reason == .wrongAnswer)
    #expect(trial.earlierAttempts.isEmpty)
  }

  @Test func `An answer to what must stay unanswered is final`() throws {
    let outcome = try bench { $0.isControl || $0.count == 0 ? nil : [] }
      .run(Bench.testCase("silence", Bench.echo(expect: "- expect: nothing")))
    #expect(outcome.trials.first?.verdict.reason == .forbiddenFrame)
    #expect(outcome.trials.first?.earlierAttempts.isEmpty == true)
  }

  @Test func `A copy made once by the network is flaky, one made always fails`() throws {
    let once = try bench { echo in
      echo.isControl || echo.count > 0 ? nil : [Emission(frame: echo.reply), Emission(frame: echo.reply)]
    }.run(echo)
    #expect(once.trials.first?.isFlaky == true)
    #expect(once.trials.first?.earlierAttempts.map(\.reason) == [.duplicateAnswer])
    let always = try bench { echo in
      echo.isControl ? nil : [Emission(frame: echo.reply), Emission(frame: echo.reply)]
    }.run(echo)
    #expect(always.trials.first?.verdict.reason == .duplicateAnswer)
  }

  @Test func `A lossy link makes good targets flaky at worst`() throws {
    var flaky = 0
    for seed in 1...4 {
      var bench = Bench()
      bench.faults.lossPerMille = 40
      bench.faults.seed = UInt64(seed)
      bench.options.retries = 6
      let outcome = try bench.run(
        Bench.testCase("many", Bench.echo(data: "{ counter: $n }"), head: ["vary: { n: [1..50] }"])
      )
      #expect(outcome.count(.pass) == 50)
      flaky += outcome.trials.count { $0.isFlaky }
    }
    #expect(flaky > 0)
  }

  @Test func `A lossy link never makes silence of an answer for sure`() throws {
    for seed in 1...4 {
      var bench = Bench()
      bench.faults.lossPerMille = 200
      bench.faults.seed = UInt64(seed)
      let outcome = try bench.run(
        Bench.testCase("many", Bench.echo(data: "{ counter: $n }"), head: ["vary: { n: [1..50] }"])
      )
      for trial in outcome.trials where trial.verdict.outcome == .fail {
        #expect([.missingAnswer, .targetStoppedAnswering].contains(trial.verdict.reason))
      }
    }
  }

  @Test func `Silence in a capture that lost a frame is tried again, and never passes by itself`() throws {
    let silence = Bench.testCase("silence", Bench.echo(expect: "- expect: nothing"))
    let device: ScriptedTarget.Script = { $0.isControl ? nil : [] }
    var bench = bench(device)
    bench.options.retries = 0
    let answers = 12
    var lost = 0
    for number in 0..<answers {
      bench.faults.uncapturedReceived = [number]
      let outcome = try bench.run(silence)
      let verdict = try #require(outcome.verdicts.first)
      if outcome.result.statistics.droppedByKernel > 0, verdict.outcome != .pass {
        #expect(verdict.outcome == .inconclusive)
        lost += 1
      }
    }
    #expect(lost > 0)
  }

  @Test func `An answer that the capture lost doesn't make a silence`() throws {
    // The device answers, which is wrong; the capture misses that answer and says so.
    var bench = bench { _ in nil }
    bench.options.retries = 0
    var passes = 0
    for number in 0..<12 {
      bench.faults.uncapturedReceived = [number]
      let outcome = try bench.run(Bench.testCase("silence", Bench.echo(expect: "- expect: nothing")))
      passes += outcome.count(.pass)
    }
    #expect(passes == 0)
  }
}
