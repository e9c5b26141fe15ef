import Coverage
import Foundation
import Suite
import Testing

@Suite struct StateTests {
  @Test(arguments: [
    ("R-echo", CoverageState.covered, ""),
    ("R-open", .notCovered, "The tester needs two addresses, or a gateway, on the target's link."),
    ("R-route", .needsTwoArms, "The tester needs an arm on each side of a router."),
    (
      "R-app", .needsUpperTester,
      "Something on the target must send, or tell what an application sees."
    ),
    ("R-in", .notObservable, "It is inside."),
    ("R-dark", .notObservable, "Nothing that the target sends shows whether it obeys."),
    ("R-old", .obsolete, "Replaced, contradicted or deprecated by R-echo."),
    ("R-old-in", .obsolete, "Replaced, contradicted or deprecated by R-echo."),
    ("R-old-tested", .covered, ""),
  ])
  func `A clause has the state that cases and catalogue give it, with the reason`(
    _ id: String,
    _ state: CoverageState,
    _ reason: String
  ) throws {
    let clause = try Sample.table().clause(id)
    #expect(clause.state == state)
    #expect(clause.reason == reason)
  }

  @Test func `A clause names the cases that cite it, also second, with their trials`() throws {
    let clause = try Sample.table().clause("R-echo")
    #expect(clause.cases.map(\.id) == ["s.echo", "s.sum"])
    #expect(clause.cases.map(\.trials) == [3, 1])
  }

  @Test func `Documents stand by number, drafts last, and their clauses as in the catalogue`() throws {
    let groups = try Sample.table().groups
    #expect(groups.map(\.rfc) == ["792", "950", "1122", "1812", "draft-ietf-x-old-01"])
    #expect(groups[2].clauses.map(\.requirement.id) == ["R-should", "R-open", "R-app", "R-in", "R-dark"])
  }

  @Test func `The share is of what can be tested, and 100 only if all of it is covered`() throws {
    let counts = CoverageCounts(try Sample.table().clauses)
    #expect(counts.clauses == 11 && counts.testable == 6 && counts.covered == 4)
    #expect(counts.percentText == "66")
    #expect(CoverageCounts([ClauseCoverage]()).percentText == "-")
    #expect(CoverageCounts([ClauseCoverage]()).percent == nil)
  }

  @Test func `Each of the 1286 bundled clauses is in one state and one document`() throws {
    let catalogue = try Bundled.catalogue()
    let table = CoverageTable(catalogue: catalogue, suites: try Bundled.suites())
    #expect(table.clauses.count == 1286 && catalogue.count == 1286)
    #expect(Set(table.clauses.map(\.requirement.id)).count == 1286)
    let counts = CoverageCounts(table.clauses)
    #expect(CoverageState.allCases.reduce(0) { $0 + counts[$1] } == 1286)
    #expect(counts[.proved] == 0)
    #expect(table.groups.reduce(0) { $0 + $1.clauses.count } == 1286)
    #expect(Set(table.groups.map(\.rfc)).count == table.groups.count)
    for state in CoverageState.allCases where state != .proved { #expect(counts[state] > 0, "\(state)") }
  }

  @Test func `Every bundled clause that can't be seen says why in words of its own`() throws {
    for clause in try Bundled.catalogue().clauses {
      let testability = try #require(clause.testability)
      guard testability.observability == .notObservable else { continue }
      #expect(!testability.reason.isEmpty, "\(clause.id)")
    }
  }

  @Test(arguments: [
    (CoverageFilter(role: .host), ["R-route"]),
    (CoverageFilter(role: .router), ["R-should", "R-open", "R-app"]),
  ])
  func `A role leaves out what binds others`(_ filter: CoverageFilter, _ absent: [String]) throws {
    let table = try Sample.table()
    let shown = Set(table.filtered(filter).clauses.map(\.requirement.id))
    #expect(Set(table.clauses.map(\.requirement.id)).subtracting(shown) == Set(absent))
  }

  @Test(arguments: [
    (["792"], 2), (["rfc792"], 2), (["RFC 792"], 2), (["79"], 0), (["x-old"], 1), (["792", "1812"], 3),
    ([], 11),
    ([""], 0),
  ])
  func `A document is named by its number, or a part of a draft's name`(_ words: [String], _ count: Int)
    throws
  {
    #expect(try Sample.table().filtered(CoverageFilter(documents: words)).clauses.count == count)
  }

  @Test(arguments: [
    (CoverageFilter.StateWord.covered, 4), (.unproved, 4), (.proved, 0), (.uncovered, 2), (.oneArm, 1),
    (.twoArms, 1), (.upperTester, 1), (.notObservable, 2), (.obsolete, 2), (.observed, 0), (.unobserved, 4),
  ])
  func `States can be asked for one by one`(_ word: CoverageFilter.StateWord, _ count: Int) throws {
    #expect(try Sample.table().filtered(CoverageFilter(states: [word])).clauses.count == count)
  }

  @Test func `A prohibition is as strong as a demand`() throws {
    let table = try Sample.table()
    #expect(table.filtered(CoverageFilter(strengths: [.must])).clauses.count == 9)
    #expect(table.filtered(CoverageFilter(strengths: [.should, .may])).clauses.count == 2)
  }

  @Test func `What a baseline lists for a case is told with its clauses; stale entries are told`() throws {
    let baseline = try Baseline(
      decoding: """
        target: box
        deviations:
          - { trial: 's.echo[ttl=1]', verdict: fail, reason: It is slow. }
          - { trial: s.gone, verdict: fail, reason: r }
        """,
      file: "box.yaml"
    )
    let table = try Sample.table(baselines: [baseline])
    let known = try table.clause("R-echo").knownDeviations
    #expect(known.map(\.reason) == ["It is slow."] && known.map(\.target) == ["box"])
    #expect(try table.clause("R-sum").knownDeviations.isEmpty)
    #expect(table.warnings == ["box.yaml:4:5: the baseline names 's.gone', but there is no such trial"])
  }
}

/// The files that come with Assay.
enum Bundled {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Suites")

  private static func texts(below folder: String) throws -> [(String, String)] {
    let folder = root.appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".yaml") }
      .map { ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)) }
  }

  static func catalogue() throws -> RequirementCatalogue {
    var catalogue = RequirementCatalogue()
    for (name, text) in try texts(below: "requirements") { try catalogue.add(decoding: text, file: name) }
    return catalogue
  }

  static func suites() throws -> [TestSuite] {
    try (texts(below: "icmpv4") + texts(below: "icmpv6")).map { try TestSuite(decoding: $1, file: $0) }
  }
}
