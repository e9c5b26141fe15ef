import SelfTest
import Testing

/// A quick self-test goes by an earlier one, and believes nothing of it.
@Suite struct QuickTests {
  private static let cases = [
    Proof.echo("mirrored", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored),
    Proof.echo("sequence", citing: "RFC792-echo-b", expect: "[ icmpv4: { type: echo-reply, sequence: 5 } ]"),
    Proof.echo("anything", citing: "RFC1122-3.2.2.6-c", expect: Proof.anything),
  ]

  private func proof() -> Proof {
    Proof("truncates-echo-data-at-56", "answers-echo-twice", "zeroes-sequence", "repeats-identification")
  }

  private func whole() throws -> SelfTestResult {
    try proof().run(Self.cases[0], Self.cases[1], Self.cases[2])
  }

  private func quick(_ known: ProofRecord?) throws -> SelfTestResult {
    var proof = proof()
    proof.options.isQuick = true
    proof.options.known = known
    return try proof.run(Self.cases[0], Self.cases[1], Self.cases[2])
  }

  private func expectSame(_ one: SelfTestResult, _ other: SelfTestResult) {
    #expect(one.mutants.map(\.status) == other.mutants.map(\.status))
    #expect(one.cases.map(\.proof) == other.cases.map(\.proof))
    #expect(one.conclusion == other.conclusion)
  }

  @Test func `It comes to the same as a whole one`() throws {
    let whole = try whole()
    let quick = try quick(ProofRecord(whole))
    expectSame(whole, quick)
    #expect(quick.mutants.reduce(0) { $0 + $1.casesRun } < whole.mutants.reduce(0) { $0 + $1.casesRun })
  }

  @Test func `Without an earlier one it looks at everything`() throws {
    let whole = try whole()
    let quick = try quick(nil)
    expectSame(whole, quick)
    #expect(quick.mutants.map(\.casesRun) == whole.mutants.map(\.casesRun))
  }

  @Test func `A proof that doesn't hold any more is looked for elsewhere`() throws {
    let whole = try whole()
    var record = ProofRecord(whole)
    for index in record.cases.indices { record.cases[index].mutants = ["repeats-identification"] }
    for index in record.mutants.indices {
      record.mutants[index].cases = ["test.proof.anything", "test.gone.gone"]
      record.mutants[index].status = .caught
    }
    expectSame(whole, try quick(record))
  }

  @Test func `A case that the earlier one doesn't know is run on all mutants`() throws {
    let whole = try whole()
    var record = ProofRecord(whole)
    record.cases.removeAll()
    expectSame(whole, try quick(record))
  }

  @Test func `A mutant that the earlier one doesn't know is run over all cases`() throws {
    let whole = try whole()
    var record = ProofRecord(whole)
    record.mutants.removeAll { $0.name == "answers-echo-twice" }
    let quick = try quick(record)
    expectSame(whole, quick)
    #expect(quick.mutant("answers-echo-twice")?.casesRun == 3)
  }
}
