import Capture
import Judge
import Link
import Runner
import Suite
import Testing
import Wire

/// The target's limits on ICMP errors: measured, kept to, reported.
@Suite struct ErrorBudgetTests {
  private static let datagram = """
    - send: [ ipv4, udp: { source-port: $port, destination-port: 33434 } ]
    - expect:
        - ipv4: { source: $target, destination: $tester }
        - icmpv4: { type: destination-unreachable, code: port-unreachable }
    """

  private static func closed(_ count: Int, id: String = "closed") -> String {
    Bench.testCase(
      id,
      datagram.replacing("33434 }", with: "$n }"),
      head: ["vary: { n: [1001..\(1000 + count)] }"]
    )
  }

  private func bench(_ errors: ErrorSource, personas: Int = 100) -> Bench {
    var bench = Bench()
    bench.options.learnsErrorBudget = true
    bench.options.rate = 500_000
    bench.device.errors = errors
    bench.target = Bench.target(personas: personas)
    bench.target.capabilities["udp-closed-port"] = "33434"
    return bench
  }

  private func budget(_ errors: ErrorSource, personas: Int = 100) throws -> FamilyErrorBudget {
    let outcome = try bench(errors, personas: personas).run(Self.closed(1))
    return try #require(outcome.result.errorBudget?.families[.ipv4])
  }

  @Test
  func `An error about a trial's datagram is that trial's though it looks like one of the measurement's`()
    throws
  {
    let datagram = """
      - send: [ ipv4: { identification: 0x3005 }, udp: { source-port: 0xa005, destination-port: 33434 } ]
      - expect: [ icmpv4: { type: destination-unreachable } ]
      """
    let outcome = try bench(ErrorSource()).run(Bench.testCase("alike", datagram))
    #expect(outcome.count(.pass) == 1, "\(outcome.verdicts.map(\.summary))")
  }

  @Test func `A target without limits shows none, in well under a second`() throws {
    let outcome = try bench(ErrorSource()).run(Self.closed(1))
    let budget = try #require(outcome.result.errorBudget)
    #expect(!budget.isLimited)
    #expect(budget.families[.ipv4]?.peer.seen == 64)
    #expect(budget.families[.ipv4]?.overall.seen == 256)
    #expect(budget.families[.ipv6] == nil)
    #expect(outcome.result.duration < .milliseconds(500))
    #expect(outcome.count(.pass) == 1)
  }

  @Test(arguments: [(6, 1.0), (1, 2.0), (10, 10.0), (20, 200.0)])
  func `The limit for one peer is measured`(burst: Int, perSecond: Double) throws {
    let budget = try budget(ErrorSource(peer: .init(burst, perSecond: perSecond)))
    let limit = try #require(budget.peer.limit)
    #expect(burst...burst + 1 ~= limit.burst)
    #expect(perSecond * 0.7...perSecond * 1.1 ~= limit.perSecond)
    #expect(budget.overall.limit == nil)
  }

  @Test(arguments: [(50, 1000.0), (20, 20.0)])
  func `The limit for all peers is told from the one for each`(burst: Int, perSecond: Double) throws {
    let errors = ErrorSource(peer: .init(6, perSecond: 5), overall: .init(burst, perSecond: perSecond))
    let budget = try budget(errors)
    #expect(budget.peer.limit?.burst == 6)
    let limit = try #require(budget.overall.limit)
    #expect(burst - 1...burst + 4 ~= limit.burst)
    #expect(perSecond * 0.7...perSecond * 1.1 ~= limit.perSecond)
  }

  @Test func `A budget that measuring just used up doesn't look like obedience`() throws {
    // As many as are asked for at once, and then none for a long while.
    let errors = ErrorSource(peer: .init(64, perSecond: 0.01))
    let silence = Bench.testCase(
      "silence",
      """
      - send: [ ipv4, udp: { source-port: $port, destination-port: 33434 } ]
      - expect: nothing
      """
    )
    #expect(try bench(errors).run(silence).count(.fail) == 1)
  }

  @Test func `A target that sends no errors has no budget, and that is said`() throws {
    let budget = try budget(ErrorSource(port: 1))
    #expect(budget.peer == ErrorAllowance())
    #expect(
      ErrorBudget(.measured, families: [.ipv4: budget]).facts.map(\.value) == [
        "none seen, so no limit is known"
      ]
    )
  }

  @Test func `Losses of the network aren't taken for a limit`() throws {
    var bench = bench(ErrorSource())
    bench.faults.lossPerMille = 50
    bench.options.retries = 6
    let outcome = try bench.run(Self.closed(1))
    #expect(outcome.result.errorBudget?.isLimited == false)
  }

  @Test func `A run of plain echoes measures nothing`() throws {
    let outcome = try bench(ErrorSource()).run(Bench.testCase("echo", Bench.echo()))
    #expect(outcome.result.errorBudget == nil)
    #expect(!outcome.result.frames.contains { $0.role.contains("error budget") })
  }

  @Test func `What the target file says isn't measured`() throws {
    var bench = bench(ErrorSource(overall: .init(2, perSecond: 20)))
    bench.target.capabilities["icmp-errors-per-second"] = "20"
    let outcome = try bench.run(Self.closed(20))
    #expect(outcome.result.errorBudget?.origin == .stated)
    #expect(!outcome.result.frames.contains { $0.role.contains("error budget") })
    #expect(outcome.count(.pass) == 20)
    #expect(outcome.trials.allSatisfy { $0.earlierAttempts.isEmpty })
    #expect(outcome.device?.errors?.withheld == 0)
  }

  @Test(arguments: [
    ErrorSource(peer: .init(3, perSecond: 4)), ErrorSource(overall: .init(12, perSecond: 40)),
    ErrorSource(peer: .init(6, perSecond: 1), overall: .init(50, perSecond: 1000)),
  ])
  func `Trials stay inside the budget`(errors: ErrorSource) throws {
    var bench = bench(errors, personas: 20)
    bench.options.retries = 0
    let outcome = try bench.run(Self.closed(150))
    #expect(outcome.count(.pass) == 150)
  }

  @Test func `Trials from one address stay inside its budget`() throws {
    var bench = bench(ErrorSource(peer: .init(6, perSecond: 5)))
    bench.speaksAsItself = true
    bench.options.retries = 0
    let outcome = try bench.run(Self.closed(40))
    #expect(outcome.count(.pass) == 40)
    #expect(outcome.result.duration > .seconds(5))
  }

  @Test func `Trials that draw no errors don't wait for those that do`() throws {
    let bench = bench(ErrorSource(overall: .init(8, perSecond: 10)), personas: 20)
    let echoes = Bench.testCase("echo", Bench.echo(data: "{ counter: $n }"), head: ["vary: { n: [1..100] }"])
    let outcome = try bench.run(Self.closed(60), echoes)
    #expect(outcome.count(.pass) == 160)
    func last(_ id: String) -> Timestamp? {
      outcome.trials.filter { $0.caseID == id }.compactMap(\.started).max()
    }
    let (closed, echo) = (try #require(last("closed")), try #require(last("echo")))
    #expect(closed - echo > .seconds(3))
  }

  @Test func `An error that is missing inside the budget fails`() throws {
    let missing = Bench.testCase("missing", Self.datagram.replacing("33434 }", with: "9 }"))
    let bench = bench(ErrorSource(peer: .init(6, perSecond: 1), port: 33434))
    let outcome = try bench.run(missing)
    #expect(outcome.result.errorBudget?.families[.ipv4]?.peer.limit?.burst == 6)
    #expect(outcome.verdicts.map(\.reason) == [.missingAnswer])
    #expect(outcome.verdicts.map(\.outcome) == [.fail])
  }

  @Test func `A case that needs more errors at once than there are is skipped with the numbers`() throws {
    let several = Bench.testCase(
      "several",
      Self.datagram.replacing(" ]\n", with: " ]\n  repeat: 5\n") + "\n  times: 5"
    )
    let few = try bench(ErrorSource(peer: .init(2, perSecond: 4))).run(several)
    #expect(few.verdicts.map(\.summary) == ["it needs 5 ICMP errors at once, and the target sends 2"])
    let enough = try bench(ErrorSource(peer: .init(6, perSecond: 4))).run(several)
    #expect(enough.verdicts.map(\.outcome) == [.pass])
  }

  @Test func `IPv6 has a budget of its own`() throws {
    let steps = Self.datagram.replacing("ipv4", with: "ipv6").replacing("icmpipv6", with: "icmpv6")
      .replacing("icmpv4", with: "icmpv6")
    let outcome = try bench(ErrorSource(peer: .init(5, perSecond: 10))).run(Bench.testCase("six", steps))
    #expect(outcome.result.errorBudget?.families[.ipv4] == nil)
    #expect(outcome.result.errorBudget?.families[.ipv6]?.peer.limit?.burst == 5)
    #expect(outcome.verdicts.map(\.outcome) == [.pass])
  }
}
