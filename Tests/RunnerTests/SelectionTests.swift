import Capture
import Judge
import Link
import Runner
import Suite
import Testing
import Wire

/// Which trials run, and as what.
@Suite struct SelectionTests {
  private static let cases = [
    Bench.testCase("one", Bench.echo()),
    Bench.testCase("two", Bench.echo(data: "{ counter: $n }"), head: ["vary: { n: [1..30] }"]),
  ]

  private func names(_ bench: Bench) throws -> [String] {
    try bench.run(suites: [Bench.suite(Self.cases)]).trials.map(\.name)
  }

  @Test(arguments: [
    ("*", 31), ("test.run.one", 1), ("test.run.two", 30), ("test.run.two[[]n=7]", 0),
    ("test.run.two[n=7]", 1),
    ("*n=1?]", 10), ("test.run", 31), ("other.*", 0),
  ])
  func `A filter matches trials, cases and suites`(glob: String, count: Int) throws {
    var bench = Bench()
    bench.options.filters = [glob]
    #expect(try names(bench).count == count)
  }

  @Test func `Several filters select what any of them matches`() throws {
    var bench = Bench()
    bench.options.filters = ["*.one", "*n=7]"]
    #expect(try names(bench) == ["one", "two[n=7]"])
  }

  @Test func `Shards are disjoint and together complete`() throws {
    for count in [1, 2, 3, 7] {
      var all: [String] = []
      for index in 0..<count {
        var bench = Bench()
        bench.options.shard = (index: index, count: count)
        all += try names(bench)
      }
      #expect(all.count == 31)
      #expect(Set(all).count == 31)
    }
  }

  /// Identifiers of the trials' own echoes, by trial.
  private func identifiers(_ bench: Bench) throws -> [String: UInt64] {
    var result: [String: UInt64] = [:]
    let outcome = try bench.run(suites: [Bench.suite(Self.cases)])
    for frame in outcome.result.frames where frame.role.hasSuffix("stimulus") {
      guard let trial = frame.trial else { continue }
      result[trial] = Dissection(frame.frame.bytes).layer(.icmpv4)?.number("identifier")
    }
    return result
  }

  @Test func `One seed gives a trial the same identifiers, alone or among others`() throws {
    var bench = Bench()
    bench.options.seed = 42
    let all = try identifiers(bench)
    #expect(all.count == 31)
    bench.options.filters = ["*n=17]"]
    #expect(try identifiers(bench) == all.filter { $0.key.hasSuffix("n=17]") })
    bench.options.filters = []
    bench.options.seed = 43
    #expect(try identifiers(bench) != all)
  }

  @Test func `The same run twice gives the same frames at the same times`() throws {
    var bench = Bench()
    bench.faults.lossPerMille = 50
    let runs = try (0..<2).map { _ in
      try bench.run(suites: [Bench.suite(Self.cases)]).result.frames.map(\.frame)
    }
    #expect(runs[0] == runs[1])
  }

  private func skipped(_ suite: TestSuite, _ bench: Bench = Bench()) throws -> String? {
    let verdict = try bench.run(suites: [suite]).verdicts.first
    #expect(verdict?.outcome == .skipped)
    #expect(verdict?.reason == .notApplicable)
    return verdict?.summary
  }

  @Test func `A suite for another role is skipped`() throws {
    let suite = try Bench.suite([Bench.testCase("echo", Bench.echo())], head: ["roles: [router, nat]"])
    #expect(try skipped(suite) == "the suite is for a router or nat, the target is a host")
  }

  @Test func `A case that needs what the target doesn't claim is skipped`() throws {
    let suite = try Bench.suite([Bench.testCase("echo", Bench.echo(), head: ["needs: [timestamp]"])])
    #expect(try skipped(suite) == "the target doesn't claim 'timestamp'")
    var bench = Bench()
    bench.target.capabilities = ["timestamp": "false"]
    #expect(try skipped(suite, bench) == "the target doesn't claim 'timestamp'")
    bench.target.capabilities = ["timestamp": "true"]
    #expect(try bench.run(suites: [suite]).count(.pass) == 1)
  }

  @Test func `A spoofed source needs the target file's consent`() throws {
    let steps = Bench.echo(expect: "- expect: nothing").replacing(
      "[ ipv4,",
      with: "[ ipv4: { source: 10.1.2.3 },"
    )
    let suite = try Bench.suite([Bench.testCase("spoof", steps)])
    #expect(try skipped(suite)?.contains("doesn't allow spoofing") == true)
    var bench = Bench()
    bench.target.allowsSpoofing = true
    bench.device.script = { $0.isControl ? nil : [] }
    #expect(try bench.run(suites: [suite]).count(.pass) == 1)
  }

  @Test func `A trial that waits for longer than there is patience is skipped, and says what runs it`() throws
  {
    let steps = Bench.echo() + "\n- wait: 12500ms\n- expect: nothing"
    let suite = try Bench.suite([Bench.testCase("slow", steps)])
    var bench = Bench()
    bench.options.patience = .seconds(12)
    #expect(try skipped(suite, bench) == "it waits up to 13 s; --patience 13 runs it")
    for patience in [.seconds(13), nil] as [Duration?] {
      bench.options.patience = patience
      let outcome = try bench.run(suites: [suite])
      #expect(outcome.count(.pass) == 1)
      #expect(outcome.result.record?.patience == patience)
    }
  }

  @Test func `A trial that can't be crafted is an error of its own`() throws {
    let steps = Bench.echo().replacing("{ counter: 8 }", with: "{ counter: 60000 }")
    let outcome = try Bench().run(Bench.testCase("large", steps), Self.cases[0])
    #expect(outcome.verdicts.map(\.outcome) == [.error, .pass])
    #expect(outcome.verdicts.map(\.reason) == [.craftFailed, .asRequired])
  }
}
