import Capture
import Suite
import Testing
import Wire

@testable import Sweep

@Suite struct PolicyJudgementTests {
  private static func judge(
    _ rule: String,
    _ fate: Fate,
    state: SweepState = .unsolicited
  ) throws -> PolicyJudgement.Outcome {
    let text = "policy: p\nip: 4\nrules:\n  - { id: r, direction: inbound, \(rule) }"
    let policy = try FilterPolicy(decoding: text, file: "p.yaml")
    var map = FateMap()
    let slice = SweepSlice(.v4, .inbound, state)
    for kind in slice.kinds { map[kind] = kind.type == 3 || kind.type == 8 ? fate : .dropped }
    var result = SweepResult(target: "t", role: .firewall, started: Timestamp(nanoseconds: 0))
    result.slices = [SliceResult(slice: slice, map: map, evidence: SliceEvidence())]
    result.addresses = [.far: ["198.51.100.1"], .near: ["192.0.2.1"]]
    return try #require(PolicyJudgement(policy, result).outcomes.first)
  }

  private static func rejected(_ type: UInt8, _ code: UInt8, _ source: String = "198.51.100.1") -> Fate {
    .rejected(Fate.Rejection(MessageKind(type: type, code: code), from: source))
  }

  @Test(arguments: [
    (
      "delivered", [Fate.delivered],
      [Fate.changed(["ipv4.source"]), .dropped, .rateLimited(perSecond: 9, .delivered)]
    ),
    ("passed", [.delivered, .changed(["ipv4.source"])], [.dropped, rejected(3, 13)]),
    ("dropped", [.dropped], [.delivered, rejected(3, 13)]),
    ("rejected", [rejected(3, 13)], [.dropped, .delivered]),
    ("blocked", [.dropped, rejected(3, 1)], [.delivered, .rateLimited(perSecond: nil, .delivered)]),
    ("rate-limited", [.rateLimited(perSecond: 9, .delivered)], [.delivered, .dropped]),
    ("any", [.delivered, .dropped, rejected(3, 1), .inconclusive(.noWitness)], []),
  ])
  func `Each word for fates means what it says`(word: String, kept: [Fate], broken: [Fate]) throws {
    for fate in kept {
      #expect(try Self.judge("match: { type: 8 }, fate: \(word)", fate).verdict == .kept, "\(word) \(fate)")
    }
    for fate in broken {
      let outcome = try Self.judge("match: { type: 8 }, fate: \(word)", fate)
      #expect(outcome.verdict == .broken, "\(word) \(fate)")
      #expect(outcome.violations.map(\.label) == ["8/*"] && outcome.count == 256)
    }
  }

  @Test func `A rejection is told by its error and by whose it is`() throws {
    let rule = "match: { type: 8 }, fate: rejected, by: { type: 3, code: 13, from: target }"
    #expect(try Self.judge(rule, Self.rejected(3, 13)).verdict == .kept)
    #expect(try Self.judge(rule, Self.rejected(3, 3)).verdict == .broken)
    // From the other side's address.
    #expect(try Self.judge(rule, Self.rejected(3, 13, "192.0.2.1")).verdict == .broken)
  }

  @Test func `Changes must have what they must, and nothing that they may not`() throws {
    let rule =
      "match: { type: 8 }, fate: changed, changes: { required: [ipv4.source], allowed: [icmpv4.identifier] }"
    #expect(try Self.judge(rule, .changed(["ipv4.source"])).verdict == .kept)
    #expect(try Self.judge(rule, .changed(["icmpv4.identifier", "ipv4.source"])).verdict == .kept)
    #expect(try Self.judge(rule, .changed(["icmpv4.identifier"])).verdict == .broken)
    #expect(try Self.judge(rule, .changed(["icmpv4.code", "ipv4.source"])).verdict == .broken)
  }

  @Test func `What isn't proved leaves a rule undecided, but a violation is one all the same`() throws {
    let rule = "match: { type: [3, 8, 9] }, fate: dropped"
    #expect(try Self.judge(rule, .inconclusive(.lossyPath)).verdict == .undecided)
    #expect(
      try Self.judge("match: { type: [3, 9] }, fate: delivered", .inconclusive(.lossyPath)).verdict == .broken
    )
  }

  @Test func `A slice without its conversation skips the rules that speak of it`() throws {
    let text = "policy: p\nip: 4\nrules:\n  - { id: r, state: related, match: { type: 3 }, fate: passed }"
    let policy = try FilterPolicy(decoding: text, file: "p.yaml")
    let slice = SweepSlice(.v4, .inbound, .relatedTCP)
    var swept = SliceResult(slice: slice, map: FateMap(), evidence: SliceEvidence())
    swept.skipped = "no conversation (TCP) comes through"
    let result = SweepResult(
      target: "t",
      role: .firewall,
      started: Timestamp(nanoseconds: 0),
      slices: [swept]
    )
    let judgement = PolicyJudgement(policy, result)
    #expect(judgement.outcomes.map(\.verdict) == [.skipped])
    #expect(judgement.outcomes.first?.reason == "no conversation (TCP) comes through")
    #expect(judgement.unswept.count == 5)
  }
}
