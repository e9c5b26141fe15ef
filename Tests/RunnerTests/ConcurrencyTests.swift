import Capture
import Judge
import Link
import Runner
import Testing
import Wire

/// Many trials at once, each on a persona of its own.
@Suite struct ConcurrencyTests {
  private static func many(_ count: Int, expect: String? = nil) -> String {
    Bench.testCase(
      "many",
      Bench.echo(data: "{ counter: $n }", expect: expect),
      head: ["vary: { n: [1..\(count)] }"]
    )
  }

  /// The personas' addresses that the echoes of trials came from, in order.
  private static func testers(_ outcome: Bench.Outcome) -> [String] {
    outcome.result.frames.filter { $0.role.hasSuffix("stimulus") }
      .compactMap { Dissection($0.frame.bytes).layer(.ipv4)?.value(of: "source").map { "\($0)" } }
  }

  @Test func `Two hundred trials of one shape fly at once and all pass`() throws {
    var bench = Bench()
    bench.options.jobs = 200
    let outcome = try bench.run(Self.many(200))
    #expect(outcome.count(.pass) == 200)
    #expect(Set(Self.testers(outcome)).count == 200)
    #expect(outcome.result.duration < .seconds(1))
  }

  @Test func `Waits overlap`() throws {
    let outcome = try Bench().run(
      Self.many(50, expect: "- expect: nothing\n  within: 2s")
    )
    #expect(outcome.count(.fail) == 50)
    var silent = Bench()
    silent.device.script = { $0.isControl ? nil : [] }
    let quiet = try silent.run(Self.many(50, expect: "- expect: nothing\n  within: 2s"))
    #expect(quiet.count(.pass) == 50)
    #expect(quiet.result.duration < .milliseconds(2300))
    #expect(quiet.result.serialWindows == .seconds(100))
  }

  @Test func `However many trials wait for a lock, the others fly meanwhile`() throws {
    var bench = Bench()
    bench.device.script = { $0.isControl ? nil : [] }
    let lock = "locks: [memory]"
    let outcome = try bench.run(
      Bench.testCase("holder", Bench.echo(expect: "- expect: nothing\n  within: 60s"), head: [lock]),
      Bench.testCase(
        "waiting",
        Bench.echo(data: "{ counter: $n }", expect: "- expect: nothing"),
        head: [lock, "vary: { n: [1..600] }"]
      ),
      Self.many(100, expect: "- expect: nothing")
    )
    #expect(outcome.count(.pass) == 701)
    func starts(_ name: String) -> [Timestamp] {
      outcome.trials.filter { $0.caseID == name }.compactMap(\.started)
    }
    let start = try #require(starts("holder").first)
    #expect(starts("many").count == 100)
    #expect(starts("many").allSatisfy { $0 - start < .seconds(10) })
    #expect(starts("waiting").allSatisfy { $0 - start >= .seconds(60) })
  }

  @Test func `A single job flies one trial after the other`() throws {
    var bench = Bench()
    bench.options.jobs = 1
    bench.device.script = { $0.isControl ? nil : [] }
    let outcome = try bench.run(Self.many(5, expect: "- expect: nothing\n  within: 1s"))
    #expect(outcome.count(.pass) == 5)
    #expect(outcome.result.duration > .seconds(5))
  }

  @Test(arguments: [0, -3]) func `No jobs at all means one`(jobs: Int) throws {
    var bench = Bench()
    bench.options.jobs = jobs
    #expect(try bench.run(Self.many(3)).count(.pass) == 3)
  }

  @Test(arguments: [1, 2, 5]) func `Few personas serve many trials`(personas: Int) throws {
    var bench = Bench()
    bench.target = Bench.target(personas: personas)
    let outcome = try bench.run(Self.many(40))
    #expect(outcome.count(.pass) == 40)
    #expect(Set(Self.testers(outcome)).count == personas)
  }

  @Test func `A persona rests as long as possible`() throws {
    var bench = Bench()
    bench.target = Bench.target(personas: 4)
    bench.options.jobs = 1
    let testers = Self.testers(try bench.run(Self.many(8)))
    #expect(testers.count == 8)
    #expect(Set(testers.prefix(4)).count == 4)
    #expect(Array(testers.prefix(4)) == Array(testers.suffix(4)))
  }

  @Test func `A low rate slows the run and spoils nothing`() throws {
    var bench = Bench()
    bench.options.rate = 20
    let outcome = try bench.run(Self.many(20))
    #expect(outcome.count(.pass) == 20)
    #expect(outcome.trials.allSatisfy { $0.earlierAttempts.isEmpty })
    #expect(outcome.result.duration > .milliseconds(2800))
    #expect(outcome.result.duration < .seconds(10))
  }

  @Test func `Packets further apart than any wait all leave in time`() throws {
    let steps =
      Bench.echo().replacing("- expect:", with: "  repeat: 3\n  every: 1500ms\n- expect:") + "\n  times: 3"
    let outcome = try Bench().run(Bench.testCase("slow", steps))
    #expect(outcome.verdicts.map(\.outcome) == [.pass])
    let times = outcome.result.frames.filter { $0.role.hasSuffix("stimulus") }.map(\.frame.time)
    #expect(times.count == 3)
    for (earlier, later) in zip(times, times.dropFirst()) {
      #expect((later - earlier) >= .milliseconds(1499))
      #expect((later - earlier) <= .milliseconds(1501))
    }
  }

  @Test func `A trial of thousands of frames takes time in proportion`() throws {
    var bench = Bench()
    bench.options.rate = 1_000_000
    let steps = Bench.echo().replacing("- expect:", with: "  repeat: 4000\n- expect:") + "\n  times: 4000"
    let clock = ContinuousClock()
    var outcomes: [Outcome] = []
    let took = try clock.measure {
      outcomes = try bench.run(Bench.testCase("flood", steps)).verdicts.map(\.outcome)
    }
    #expect(outcomes == [.pass])
    #expect(took < .seconds(60))
  }
}
