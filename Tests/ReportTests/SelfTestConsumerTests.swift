import Foundation
import Report
import Testing

@testable import SelfTest

/// What others make of the JUnit file of a self-test.
@Suite struct SelfTestConsumerTests {
  /// On the strict device a pass, a failure and an inconclusive trial; a mutant caught and one not; a proof and none.
  private static let result: SelfTestResult = {
    func finding(_ id: String, _ proof: CaseProof) -> CaseFinding {
      CaseFinding(
        id: id,
        title: id,
        file: "a & b.yaml",
        line: 3,
        requirements: ["RFC792-echo-b"],
        proof: proof,
        mutants: []
      )
    }
    func mutant(_ name: String, _ status: MutantStatus) -> MutantFinding {
      MutantFinding(
        name: name,
        requirements: ["RFC792-echo-b"],
        summary: "says \"<no>\" & \u{1B}[31mleaves",
        status: status,
        cases: status == .caught ? ["x.sound"] : [],
        clausesNoticed: [],
        clausesClaimed: ["RFC792-echo-b"],
        warnings: [],
        casesRun: 3,
        inconclusive: 0,
        isBroad: false
      )
    }
    func trial(_ id: String, _ outcome: CaseOutcome) -> TrialFinding {
      TrialFinding(caseID: id, trial: "\(id)[a=<1>]", seed: 4, outcome: outcome, summary: "No \u{0} answer")
    }
    return SelfTestResult(
      suites: ["x"],
      reference: ReferenceFinding(
        seeds: 4,
        unproved: [trial("x.wrong", .failed), trial("x.unsure", .inconclusive)]
      ),
      mutants: [mutant("caught", .caught), mutant("survivor", .survived), mutant("quiet", .silenced)],
      cases: [
        finding("x.sound", .forItsClause), finding("x.wrong", .notGreen), finding("x.unsure", .notGreen),
        finding("x.idle", .missing),
      ],
      clauses: [:],
      scope: .whole,
      judgesMutants: true
    )
  }()

  private func output(_ tool: String, _ arguments: [String]) throws -> String {
    try withTemporaryDirectory { folder in
      let file = folder.appendingPathComponent("junit.xml")
      try Data(SelfTestJUnit.render(Self.result).utf8).write(to: file)
      let program = try #require(ExternalTool(tool))
      return arguments.count == 1
        ? try program.run(arguments[0], file.path) : try program.run(arguments[0], arguments[1], file.path)
    }
  }

  private static func hasPython(_ module: String) -> Bool {
    (try? ExternalTool("python3")?.run("-c", "import \(module)")) != nil
  }

  @Test(.enabled(if: ExternalTool.exists("xmllint"), "needs xmllint"))
  func `xmllint finds nothing wrong`() throws {
    #expect(try output("xmllint", ["--noout"]).isEmpty)
  }

  @Test(.enabled(if: hasPython("junitparser"), "needs the Python package junitparser"))
  func `junitparser counts what we count`() throws {
    let script = """
      import sys, junitparser as j
      cases = [c for s in j.JUnitXml.fromfile(sys.argv[1]) for c in s]
      kinds = [type(c.result[0]).__name__ if c.result else 'Pass' for c in cases]
      print(len(cases), *[kinds.count(k) for k in ('Pass', 'Failure', 'Error', 'Skipped')])
      """
    #expect(try output("python3", ["-c", script]) == "11 4 3 1 3\n")
  }

  /// It asserts the totals itself.
  @Test(.enabled(if: hasPython("xunitparser"), "needs the Python package xunitparser"))
  func `xunitparser agrees with the totals`() throws {
    let script = """
      import sys, xunitparser
      suite, result = xunitparser.parse(open(sys.argv[1]))
      print(len(list(suite)), len(result.failures), len(result.errors), len(result.skipped))
      """
    #expect(try output("python3", ["-c", script]) == "11 3 1 3\n")
  }
}
