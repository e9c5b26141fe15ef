import Coverage
import Suite
import Testing

@Suite struct ProofTests {
  private static let cases: [(id: String, clauses: [String], mutants: [String])] = [
    ("s.echo", ["R-echo"], ["deaf"]), ("s.sum", ["R-sum", "R-echo"], ["sloppy"]),
    ("s.nice", ["R-should"], []),
    ("s.old", ["R-old-tested"], []),
  ]
  private static let mutants: [(name: String, clauses: [String], status: String, cases: [String])] = [
    ("deaf", ["R-echo"], "caught", ["s.echo"]), ("sloppy", ["R-sum"], "caught", ["s.sum"]),
  ]

  @Test func `A clause is proved if a case that cites it fails on a mutant that breaks it`() throws {
    let table = try Sample.table(proofs: try Sample.proofs(Self.cases, Self.mutants))
    #expect(try table.clause("R-echo").state == .proved)
    #expect(try table.clause("R-sum").state == .proved)
    #expect(try table.clause("R-sum").mutants?.map(\.cases) == [["s.sum"]])
    #expect(try table.clause("R-should").state == .covered)
    #expect(try table.clause("R-should").reason == "No mutant breaks it.")
    #expect(table.warnings.isEmpty)
  }

  @Test func `Without a matrix nothing is claimed`() throws {
    let table = try Sample.table()
    #expect(!table.areProofsKnown)
    #expect(table.clauses.allSatisfy { $0.mutants == nil && $0.state != .proved })
  }

  @Test func `A mutant that breaks another clause proves nothing`() throws {
    let table = try Sample.table(
      proofs: try Sample.proofs(
        Self.cases,
        [("deaf", ["R-open"], "caught", ["s.echo"])] + Self.mutants.dropFirst()
      )
    )
    #expect(try table.clause("R-echo").state == .covered)
    #expect(try table.clause("R-open").state == .notCovered)
    #expect(try table.clause("R-open").mutants?.first?.cases == [])
  }

  @Test(arguments: ["silenced", "survived", "not-run"])
  func `A mutant that wasn't caught proves nothing`(_ status: String) throws {
    let mutants = [("deaf", ["R-echo"], status, ["s.echo"])] + Self.mutants.dropFirst()
    let table = try Sample.table(proofs: try Sample.proofs(Self.cases, mutants))
    #expect(try table.clause("R-echo").state == .covered)
  }

  @Test func `A mutant that fails every case, which the case's own entry leaves out, proves nothing`() throws
  {
    let cases = [("s.echo", ["R-echo"], [String]())] + Self.cases.dropFirst()
    let table = try Sample.table(proofs: try Sample.proofs(cases, Self.mutants))
    #expect(try table.clause("R-echo").state == .covered)
    #expect(try table.clause("R-echo").reason == "No case that cites it fails on a mutant that breaks it.")
    #expect(table.warnings.isEmpty)
  }

  @Test func `A case that claims a mutant which doesn't say so proves nothing, and is told`() throws {
    let mutants = [("deaf", ["R-echo"], "caught", ["s.other"])] + Self.mutants.dropFirst()
    let table = try Sample.table(proofs: try Sample.proofs(Self.cases, mutants))
    #expect(try table.clause("R-echo").state == .covered)
    #expect(
      table.warnings == ["proofs.json contradicts itself on a case and mutants that they fail on: s.echo"]
    )
  }

  @Test func `A case that cited other clauses proves only what it cites now as then, and is told`() throws {
    let cases = [("s.echo", ["R-should"], ["deaf"])] + Self.cases.dropFirst()
    let mutants = [("deaf", ["R-echo", "R-should"], "caught", ["s.echo"])] + Self.mutants.dropFirst()
    let table = try Sample.table(proofs: try Sample.proofs(cases, mutants))
    #expect(try table.clause("R-echo").state == .covered)
    #expect(try table.clause("R-should").state == .covered)
    #expect(table.warnings == ["proofs.json has a case with other clauses than the suites: s.echo"])
  }

  @Test func `A case that is gone proves nothing, and is told`() throws {
    let cases = Self.cases + [("s.gone", ["R-open"], ["lazy"])]
    let mutants = Self.mutants + [("lazy", ["R-open"], "caught", ["s.gone"])]
    let table = try Sample.table(proofs: try Sample.proofs(cases, mutants))
    #expect(try table.clause("R-open").state == .notCovered)
    #expect(table.warnings == ["proofs.json names a case that the suites don't have any more: s.gone"])
  }

  @Test func `A case that the matrix doesn't know is told`() throws {
    let table = try Sample.table(proofs: try Sample.proofs(Array(Self.cases.dropLast(2)), Self.mutants))
    #expect(table.warnings == ["proofs.json doesn't have 2 cases that the suites have: s.nice, s.old"])
  }

  @Test func `A clause that the catalogue doesn't know is told`() throws {
    let mutants = Self.mutants + [("odd", ["R-nowhere"], "survived", [])]
    let table = try Sample.table(proofs: try Sample.proofs(Self.cases, mutants))
    #expect(table.warnings == ["proofs.json: clauses that the catalogue doesn't have: odd (R-nowhere)"])
  }

  @Test func `Of some suites, cases of others aren't missed`() throws {
    let cases = Self.cases + [("other.suite.case", ["R-open"], [])] + [("s.gone", ["R-open"], [])]
    let table = CoverageTable(
      catalogue: try Sample.catalogue(),
      suites: [try Sample.suite()],
      areAllSuites: false,
      proofs: try Sample.proofs(cases, Self.mutants)
    )
    #expect(table.warnings == ["proofs.json names a case that the suites don't have any more: s.gone"])
  }
}
