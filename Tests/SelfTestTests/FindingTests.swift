import SelfTest
import Testing

/// What a self-test says of cases and mutants.
@Suite struct FindingTests {
  @Test func `A case is proved by a mutant of its clause that it fails on`() throws {
    let result = try Proof("truncates-echo-data-at-56").run(
      Proof.echo("mirrored", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored)
    )
    #expect(result.proof("mirrored")?.proof == .forItsClause)
    #expect(result.proof("mirrored")?.mutants == ["truncates-echo-data-at-56"])
    let mutant = try #require(result.mutant("truncates-echo-data-at-56"))
    #expect(mutant.status == .caught)
    #expect(mutant.cases == ["test.proof.mirrored"])
    #expect(mutant.isCaughtForItsClause)
    #expect(result.conclusion == .proved)
  }

  @Test func `A case that fails on mutants of other clauses only is told apart`() throws {
    let result = try Proof("truncates-echo-data-at-56").run(
      Proof.echo("mirrored", citing: "RFC6864-4.3-a", expect: Proof.mirrored)
    )
    #expect(result.proof("mirrored")?.proof == .otherwise)
    #expect(result.mutant("truncates-echo-data-at-56")?.isCaughtForItsClause == false)
    #expect(result.conclusion == .proved)
  }

  @Test func `A case that no mutant can fail is a defect`() throws {
    let result = try Proof("truncates-echo-data-at-56").run(
      Proof.echo("mirrored", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored),
      Proof.echo("anything", citing: "RFC1122-3.2.2.6-c", expect: Proof.anything)
    )
    #expect(result.cases(.missing).map(\.id) == ["test.proof.anything"])
    #expect(result.claimedSurvivors.isEmpty)
    #expect(result.conclusion == .refuted)
  }

  @Test func `A survivor of a clause that a case cites is a defect`() throws {
    let result = try Proof("repeats-identification", "truncates-echo-data-at-56").run(
      Proof.echo("mirrored", citing: "RFC6864-4.3-a", expect: Proof.mirrored)
    )
    #expect(result.claimedSurvivors.map(\.name) == ["repeats-identification"])
    #expect(result.mutant("repeats-identification")?.clausesClaimed == ["RFC6864-4.3-a"])
    #expect(result.conclusion == .refuted)
  }

  @Test func `A survivor of a clause that no case cites is told, and no defect`() throws {
    let result = try Proof("repeats-identification", "truncates-echo-data-at-56").run(
      Proof.echo("mirrored", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored)
    )
    #expect(result.unclaimedSurvivors.map(\.name) == ["repeats-identification"])
    #expect(result.conclusion == .proved)
  }

  @Test func `A mutant that spoils the control probe is neither caught nor a survivor`() throws {
    let result = try Proof("zeroes-sequence", "truncates-echo-data-at-56").run(
      Proof.echo("mirrored", citing: "RFC792-echo-b", expect: Proof.mirrored)
    )
    let mutant = try #require(result.mutant("zeroes-sequence"))
    #expect(mutant.status == .silenced)
    #expect(mutant.inconclusive == 1)
    #expect(result.total.percent == 100)
    #expect(result.conclusion == .proved)
  }

  @Test func `What fails on the strict device proves nothing and catches nobody`() throws {
    let result = try Proof("truncates-echo-data-at-56").run(
      Proof.echo("silence", citing: "RFC1122-3.2.2.6-c", expect: "nothing")
    )
    #expect(result.reference.trials(.failed) == ["test.proof.silence"])
    #expect(result.proof("silence")?.proof == .notGreen)
    #expect(result.mutant("truncates-echo-data-at-56")?.status == .survived)
    #expect(result.conclusion == .refuted)
  }

  @Test func `A case that isn't for the strict device leaves the self-test open`() throws {
    let result = try Proof("truncates-echo-data-at-56").run(
      Proof.echo("mirrored", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored),
      Proof.echo("mask", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored, head: "needs: [no-such-thing]")
    )
    #expect(result.proof("mask")?.proof == .skipped)
    #expect(result.proof("mask")?.reason?.contains("no-such-thing") == true)
    #expect(result.conclusion == .inconclusive)
  }

  @Test func `Of some mutants only, nothing follows for cases`() throws {
    var proof = Proof("repeats-identification")
    proof.options.judgesCases = false
    let result = try proof.run(
      Proof.echo("mirrored", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored)
    )
    #expect(result.proof("mirrored")?.proof == .unknown)
    #expect(result.conclusion == .proved)
  }

  @Test func `A mutant counts once for each RFC of which it breaks a clause`() throws {
    let result = try Proof("zeroes-echo-data", "truncates-echo-data-at-56", "repeats-identification").run(
      Proof.echo("mirrored", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored)
    )
    #expect(result.scores.map(\.rfc).prefix(3) == ["RFC 792", "RFC 1122", "RFC 6864"])
    #expect(result.scores.last?.percent == 0 || result.scores.last?.rfc == "not in the catalogue")
    #expect(result.total.mutants == 3)
    #expect(result.total.percent == 50)
  }

  @Test func `The result is the same however many threads there are`() throws {
    let records = try [1, 2, 5].map { threads in
      var proof = Proof(
        "zeroes-sequence",
        "truncates-echo-data-at-56",
        "repeats-identification",
        "zeroes-echo-data",
        "answers-echo-twice",
        "copies-ttl"
      )
      proof.options.threads = threads
      proof.options.seeds = 3
      return ProofRecord(
        try proof.run(
          Proof.echo("mirrored", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored),
          Proof.echo("silence", citing: "RFC1122-3.2.2.6-c", expect: "nothing"),
          Proof.echo("anything", citing: "RFC1122-3.2.2.6-c", expect: Proof.anything)
        )
      )
    }
    #expect(records[0] == records[1])
    #expect(records[0] == records[2])
    #expect(records[0].mutants.map(\.name) == records[0].mutants.map(\.name).sorted())
  }
}
