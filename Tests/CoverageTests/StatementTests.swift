import Coverage
import Suite
import Testing

@Suite struct StatementTests {
  private func statement(
    role: Role = .host,
    _ trials: [Sample.Trial],
    interruptedBy: String? = nil
  ) throws -> ConformanceStatement {
    try statement(role: role, [try Sample.results(interruptedBy: interruptedBy, trials)])
  }

  private func statement(role: Role = .host, _ runs: [ObservedRun]) throws -> ConformanceStatement {
    ConformanceStatement(
      of: "box",
      role: role,
      runs: runs,
      catalogue: try Sample.catalogue(),
      suites: [try Sample.suite()]
    )
  }

  /// The verdict on a clause that one case of one trial each cites, which came out so.
  private func verdict(of clause: String, _ outcomes: [ObservedOutcome]) throws -> StatementVerdict {
    let trials = outcomes.enumerated().map { index, outcome in
      let (word, reason, known): (String, String, String?) =
        switch outcome {
        case .passed: ("pass", "as-required", nil)
        case .warned: ("warn", "wrong-answer", nil)
        case .failed: ("fail", "wrong-answer", nil)
        case .knownWarning: ("warn", "wrong-answer", "expected")
        case .knownDeviation: ("fail", "wrong-answer", "expected")
        case .inconclusive: ("inconclusive", "bad-path", nil)
        case .error: ("error", "craft-failed", nil)
        case .skipped: ("skipped", "not-applicable", nil)
        case .notRun: ("skipped", "not-run", nil)
        }
      return Sample.Trial("case", "n=\(index)", [clause], word, reason: reason, known: known)
    }
    return try statement(trials).entry(clause).verdict
  }

  @Test func `A clause conforms only if a trial passed and none did anything else than pass or not apply`()
    throws
  {
    // All sets of outcomes, in both orders.
    for bits in 1..<(1 << ObservedOutcome.allCases.count) {
      let outcomes = ObservedOutcome.allCases.enumerated().filter { bits & (1 << $0.offset) != 0 }.map(
        \.element
      )
      let mayConform: Set<ObservedOutcome> = [.passed, .skipped, .notRun]
      let conforms = outcomes.contains(.passed) && mayConform.isSuperset(of: outcomes)
      for order in [outcomes, outcomes.reversed()] {
        #expect(try (verdict(of: "R-echo", order) == .conforms) == conforms, "\(order)")
      }
    }
  }

  @Test(arguments: [
    ([ObservedOutcome.passed, .failed], StatementVerdict.deviates, StatementVerdict.notMet),
    ([.passed, .knownDeviation], .deviates, .notMet), ([.warned], .warned, .notMet),
    ([.passed, .knownWarning], .warned, .notMet), ([.inconclusive, .failed, .warned], .deviates, .notMet),
    ([.passed, .inconclusive], .inconclusive, .inconclusive),
    ([.error, .passed], .inconclusive, .inconclusive),
    ([.notRun], .notRun, .notRun), ([.skipped], .notApplicable, .notApplicable),
    ([.passed], .conforms, .conforms),
  ])
  func `The worst outcome decides, and what isn't a MUST isn't met instead of being broken`(
    _ outcomes: [ObservedOutcome],
    _ ofMust: StatementVerdict,
    _ ofShould: StatementVerdict
  ) throws {
    #expect(try verdict(of: "R-echo", outcomes) == ofMust)
    #expect(try verdict(of: "R-should", outcomes) == ofShould)
  }

  @Test(arguments: [
    ("R-open", StatementVerdict.notTested, ""), ("R-route", .notApplicable, "It binds routers."),
    ("R-app", .untestable, "Something on the target must send, or tell what an application sees."),
    ("R-in", .untestable, "It is inside."),
    ("R-old", .obsolete, "Replaced, contradicted or deprecated by R-echo."),
    ("R-should", .notRun, ""), ("R-old-tested", .obsolete, "Replaced, contradicted or deprecated by R-echo."),
  ])
  func `A clause of which no trial ran says why`(
    _ id: String,
    _ verdict: StatementVerdict,
    _ reason: String
  ) throws {
    let entry = try statement([Sample.Trial("echo", "ttl=1", ["R-echo"])]).entry(id)
    #expect(entry.verdict == verdict)
    #expect(entry.reasons.joined(separator: " ") == reason)
  }

  @Test func `What binds routers is not tested on a router instead of not applicable`() throws {
    let entry = try statement(role: .router, Sample.passing).entry("R-route")
    #expect(entry.verdict == .notTested)
    #expect(entry.reasons == ["The tester needs an arm on each side of a router."])
  }

  @Test func `A run without any trial makes nothing conform`() throws {
    let statement = try statement([Sample.Trial]())
    #expect(statement.count(.conforms) == 0 && statement.count(.deviates) == 0)
    #expect(statement.count(.notRun) == 3)
  }

  @Test func `Everything conforms where every case passed, and nothing is partial`() throws {
    let statement = try statement(Sample.passing)
    #expect(statement.count(.conforms) == 4)
    #expect(statement.entries.allSatisfy { !$0.isPartial })
    #expect(try statement.entry("R-echo").reasons.isEmpty)
    #expect(try statement.entry("R-echo").counts.words == "4 passed")
  }

  @Test func `A clause of which a part ran says which part didn't`() throws {
    let entry = try statement([Sample.Trial("echo", "ttl=1", ["R-echo"])]).entry("R-echo")
    #expect(entry.verdict == .conforms && entry.isPartial)
    #expect(entry.reasons == ["Not run: 2 of the 3 trials of its cases and the case s.sum."])
  }

  @Test func `Trials that an interrupted run didn't come to are missing`() throws {
    let trials =
      Sample.passing.dropLast(4)
      + [
        Sample.Trial("echo", "ttl=3", ["R-echo"], "skipped", reason: "not-run"),
        Sample.Trial("sum", ["R-sum", "R-echo"], "skipped", reason: "not-run"),
      ]
    let statement = try statement(Array(trials), interruptedBy: "SIGINT")
    #expect(try statement.entry("R-echo").reasons == ["Not run: 2 of the 4 trials of its cases."])
    #expect(try statement.entry("R-echo").isPartial)
    #expect(try statement.entry("R-sum").verdict == .notRun)
  }

  @Test func `The parts of a run that was shared out make a whole`() throws {
    let halves = [Sample.passing.prefix(2), Sample.passing.dropFirst(2)].map(Array.init)
    let entry = try statement(try halves.map { try Sample.results($0) }).entry("R-echo")
    #expect(entry.verdict == .conforms && !entry.isPartial)
    #expect(entry.counts.words == "4 passed")
  }

  @Test func `Two runs of one target: what one of them saw fail isn't mended by the other`() throws {
    let failing = try Sample.results([Sample.Trial("echo", "ttl=1", ["R-echo"], "fail")])
    for runs in [
      [try Sample.results(Sample.passing), failing], [failing, try Sample.results(Sample.passing)],
    ] {
      #expect(try statement(runs).entry("R-echo").verdict == .deviates)
    }
  }

  @Test func `Runs of other targets don't count`() throws {
    let statement = try statement([
      try Sample.results(of: "other", Sample.passing),
      try Sample.results([Sample.Trial("sum", ["R-sum", "R-echo"], "fail")]),
    ])
    #expect(statement.runs.count == 1)
    #expect(try statement.entry("R-sum").verdict == .deviates)
    #expect(try statement.entry("R-should").verdict == .notRun)
  }

  @Test func `A failed trial counts against every clause that its case cites`() throws {
    let statement = try statement([Sample.Trial("sum", ["R-sum", "R-echo"], "fail")])
    #expect(try statement.entry("R-sum").verdict == .deviates)
    #expect(try statement.entry("R-echo").verdict == .deviates)
  }

  @Test func `A deviation names its trials and the cause, known ones as that`() throws {
    let trials = (1...5).map {
      Sample.Trial(
        "echo",
        "ttl=\($0)",
        ["R-echo"],
        $0 < 5 ? "fail" : "pass",
        known: $0 < 5 ? "expected" : nil
      )
    }
    let entry = try statement(trials + [Sample.Trial("sum", ["R-sum", "R-echo"], "fail")]).entry("R-echo")
    #expect(
      entry.reasons == [
        "4 of 6 trials failed, as known: s.echo[ttl=1], s.echo[ttl=2], s.echo[ttl=3] and 1 more: as listed",
        "1 of 6 trials failed: s.sum: seen fail",
      ]
    )
  }

  @Test func `What passed only after a retry, and what didn't apply, is told beside the verdict`() throws {
    let entry = try statement([
      Sample.Trial("sum", "a", ["R-sum"], isFlaky: true),
      Sample.Trial("sum", "b", ["R-sum"], "skipped", reason: "not-applicable"),
    ]).entry("R-sum")
    #expect(entry.verdict == .conforms)
    #expect(
      entry.reasons == [
        "1 of 2 trials passed only after a retry.", "1 of 2 trials not applicable: s.sum[b]: seen skipped",
      ]
    )
  }

  @Test func `A clause that only the results know is told as they do`() throws {
    let entry = try statement([Sample.Trial("sum", ["R-new"], "fail")]).entry("R-new")
    #expect(!entry.isCatalogued && entry.verdict == .deviates)
    #expect(entry.requirement.rfc == "4242" && entry.requirement.section == "7.1 (b)")
    #expect(entry.requirement.title == "T R-new")
  }

  @Test func `Cases that cite nothing aren't lost`() throws {
    let statement = try statement([Sample.Trial("filter", [], "fail")])
    #expect(statement.uncited.map(\.id) == ["s.filter"])
    #expect(statement.uncited.map(\.counts.words) == ["1 failed"])
  }

  @Test func `Every clause has one verdict, and the counts by strength make up the whole`() throws {
    let statement = try statement(Sample.passing)
    #expect(statement.entries.count == 11)
    #expect(StatementVerdict.allCases.reduce(0) { $0 + statement.count($1) } == 11)
    for verdict in StatementVerdict.allCases {
      #expect(Strength.allCases.reduce(0) { $0 + statement.count(verdict, $1) } == statement.count(verdict))
    }
  }
}
