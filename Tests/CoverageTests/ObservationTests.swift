import Coverage
import Suite
import Testing

@Suite struct ObservationTests {
  @Test(arguments: [
    (Sample.Trial("echo", ["R-echo"], "pass"), ObservedOutcome.passed),
    (Sample.Trial("echo", ["R-echo"], "pass", known: "unexpected-pass"), .passed),
    (Sample.Trial("echo", ["R-echo"], "fail"), .failed),
    (Sample.Trial("echo", ["R-echo"], "fail", known: "expected"), .knownDeviation),
    (Sample.Trial("echo", ["R-echo"], "fail", known: "expired"), .failed),
    (Sample.Trial("echo", ["R-echo"], "fail", known: "different"), .failed),
    (Sample.Trial("echo", ["R-echo"], "warn"), .warned),
    (Sample.Trial("echo", ["R-echo"], "warn", known: "expected"), .knownWarning),
    (Sample.Trial("echo", ["R-echo"], "inconclusive", known: "expected"), .inconclusive),
    (Sample.Trial("echo", ["R-echo"], "error"), .error),
    (Sample.Trial("echo", ["R-echo"], "skipped", reason: "not-applicable"), .skipped),
    (Sample.Trial("echo", ["R-echo"], "skipped", reason: "not-run"), .notRun),
  ])
  func `A trial counts by what was seen, and a baseline excuses nothing`(
    _ trial: Sample.Trial,
    _ outcome: ObservedOutcome
  ) throws {
    let clause = try Sample.table(runs: [try Sample.results([trial])]).clause("R-echo")
    #expect(clause.observations.map(\.target) == ["box"])
    for each in ObservedOutcome.allCases {
      #expect(clause.observations[0].counts[each] == (each == outcome ? 1 : 0), "\(each)")
    }
    #expect(clause.isObserved == outcome.isObservation)
  }

  @Test func `Targets are told apart, and runs of one target are added up`() throws {
    let runs = [
      try Sample.results(of: "a", Sample.passing), try Sample.results(of: "b", Sample.passing),
      try Sample.results(of: "a", [Sample.Trial("sum", ["R-sum", "R-echo"], "fail")]),
    ]
    let clause = try Sample.table(runs: runs).clause("R-echo")
    #expect(clause.observations.map(\.target) == ["a", "b"])
    #expect(clause.observations.map(\.counts.words) == ["4 passed, 1 failed", "4 passed"])
  }

  @Test func `A case that is gone, or cites other clauses, isn't counted and is told`() throws {
    let run = try Sample.results([
      Sample.Trial("gone", ["R-echo"]), Sample.Trial("sum", ["R-sum", "R-open"]),
    ])
    let table = try Sample.table(runs: [run])
    #expect(try table.clause("R-echo").observations.isEmpty)
    #expect(try table.clause("R-open").observations.isEmpty)
    #expect(try table.clause("R-sum").observations.map(\.counts.words) == ["1 passed"])
    #expect(
      table.warnings == [
        "results.json names a case that the suites don't have any more: s.gone",
        "results.json has a case with other clauses than the suites: s.sum",
      ]
    )
  }

  @Test func `The short form says of each case what the results said`() throws {
    let run = try Sample.results(
      Sample.passing + [
        Sample.Trial("sum", "b", ["R-sum", "R-echo"], "fail", known: "expected"),
        Sample.Trial("sum", "c", ["R-sum", "R-echo"], "warn"),
      ]
    )
    let short = try ObservedRun(decoding: run.shortForm, file: "short.json")
    #expect(!short.isDetailed && run.isDetailed)
    #expect(short.target == "box" && short.role == .host && short.seed == "7" && short.version == "0.1.0")
    #expect(short.started == "2026-11-26" && short.kernel == "Linux 6.18")
    #expect(short.cases.map(\.id) == run.cases.map(\.id).sorted())
    for entry in short.cases {
      let original = try #require(run.cases.first { $0.id == entry.id })
      #expect(entry.counts == original.counts && entry.requirements == original.requirements)
    }
    #expect(short.shortForm == run.shortForm)
  }

  @Test func `What changes from run to run isn't in the short form`() throws {
    let text = Sample.text(Sample.passing)
    let other = text.replacing("07:43:13.242714992", with: "23:59:59.000000001")
    let forms = try [text, other].map { try ObservedRun(decoding: $0, file: "f").shortForm }
    #expect(forms[0] == forms[1])
  }
}
