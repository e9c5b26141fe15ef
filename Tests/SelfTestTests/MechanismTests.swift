import Capture
import Link
import ReferenceDevice
import Suite
import Synchronization
import Testing

@testable import SelfTest

/// The parts of a self-test that are not rules of judgement.
@Suite struct MechanismTests {
  /// Sends a frame each microsecond, for good.
  private struct Chatterbox: SimulatedDevice {
    var time = SimulatedLink.epoch
    var nextWake: Timestamp? { time + .microseconds(1) }
    mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission] { [] }
    mutating func wake(at time: Timestamp) -> [Emission] {
      self.time = time
      return [Emission(frame: [UInt8](repeating: 0, count: 60))]
    }
  }

  @Test func `A device that never stops talking ends no run late`() throws {
    let suite = """
      suite: test.proof
      title: A proof
      cases:
      \(Proof.echo("mirrored", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored))

      """
    let cases = CaseList([try TestSuite(decoding: suite, file: "proof.yaml")])
    let run = DeviceRun(cases: cases, catalogue: RequirementCatalogue())
    let observation = try #require(run.observe(cases.all, on: Chatterbox(), seed: 1))
    #expect(observation.remark == "it was cut off, since it never stopped talking")
    #expect(observation.cases(.inconclusive) == cases.all)
  }

  @Test func `Results stand in the order of the work, whoever did it`() {
    let results = Workers.map(Array(0..<100), threads: 7, until: { false }) {
      $0 * $0
    } done: { _ in
    }
    #expect(results == (0..<100).map { $0 * $0 })
  }

  @Test func `Nothing is begun once it is over`() {
    let count = Mutex(0)
    let results = Workers.map(Array(0..<100), threads: 1, until: { count.withLock { $0 } >= 3 }) {
      $0
    } done: {
      _ in
      count.withLock { $0 += 1 }
    }
    #expect(results.compactMap(\.self) == [0, 1, 2])
  }

  @Test func `A case is proved on the strict device of its suite's role, and by mutants of that`() throws {
    let suite = """
      suite: test.firewall
      roles: [firewall]
      arms: near+far
      cases:
        - id: echo
          title: An echo request gets in
          steps:
            - send: [ ipv4, icmpv4: { type: echo-request }, data: { counter: 8 } ]
              from: far
            - expect: [ forwarded: { of: $sent } ]
              at: near

      """
    let result = MutantMatrix(
      suites: [try TestSuite(decoding: suite, file: "firewall.yaml")],
      catalogue: RequirementCatalogue(),
      mutants: ["drops-echo-requests", "silent-about-echo"].compactMap { Mutant(name: $0) }
    ).run()
    #expect(result.reference.unproved.isEmpty && result.reference.seeds == 20)
    #expect(result.mutants.map(\.name) == ["drops-echo-requests"])
    #expect(result.mutants.map(\.cases) == [["test.firewall.echo"]])
  }

  @Test func `A mutant meets only the cases that come to the place where it deviates`() throws {
    var proof = Proof("replies-to-bad-checksum")
    proof.options.judgesCases = false
    let bad = """
        - id: bad
          title: An echo request with a bad checksum
          requirement: RFC792-echo-b
          steps:
            - send: [ ipv4, icmpv4: { type: echo-request, checksum: wrong }, data: { counter: 100 } ]
            - expect: nothing
      """
    let result = try proof.run(
      Proof.echo("good", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored),
      bad
    )
    let mutant = try #require(result.mutant("replies-to-bad-checksum"))
    #expect(mutant.casesRun == 1)
    #expect(mutant.cases == ["test.proof.bad"])
  }

  @Test func `A mutant is broad on which more than a quarter of many cases fail`() {
    let breadth = Breadth(nil)
    #expect(!breadth.isBroad("any", failed: 25, of: 100))
    #expect(breadth.isBroad("any", failed: 26, of: 100))
    #expect(!breadth.isBroad("any", failed: 3, of: 4))
  }

  @Test func `The worst trial of a case decides`() {
    var observation = Observation(looked: [0, 1])
    for outcome in [CaseOutcome.failed, .inconclusive, .passed] { observation.note(outcome, of: 0, "") }
    #expect(observation.cases(.failed) == [0])
    #expect(observation.cases(.inconclusive).isEmpty)
    #expect(observation.cases(.passed) == [1])
  }
}
