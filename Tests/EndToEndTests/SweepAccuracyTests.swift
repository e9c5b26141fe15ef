import Foundation
import Testing

/// Sweeps of a real packet filter, against the rules that it has and against what it counted itself.
@Suite(.enabled(if: Command.isLabPossible && Tool.exists("nft"), Command.needsLab), .serialized)
struct SweepAccuracyTests {
  /// How many seeds are tried; `ASSAY_SOAK` says so.
  static let runs = ProcessInfo.processInfo.environment["ASSAY_SOAK"].flatMap { UInt64($0) } ?? 3

  private static let slice = "ipv4.outbound.unsolicited"
  /// The host that speaks in the first slice of a sweep.
  private static let host = "192.0.2.20"

  /// Kinds whose fate isn't what it must be.
  private static func wrong(_ fates: [String], _ truth: [String]) -> [String] {
    zip(fates, truth).enumerated().filter { $0.element.0 != $0.element.1 }.prefix(10).map {
      "\($0.offset >> 8)/\($0.offset & 255) \($0.element.0), not \($0.element.1)"
    }
  }

  @Test(arguments: 1...runs)
  func `Not one probe of the whole space is misjudged, as rules and counters say`(seed: UInt64) async throws {
    let rules = SweepRules(count: 40, seed: seed)
    let lab = try await SweptLab(rules: rules.text(host: Self.host))
    let sweep = try await lab.sweep()
    #expect(sweep.outcome.status == 0, "\(sweep.outcome)")
    let fates = try #require(sweep.fates[Self.slice])
    #expect(Self.wrong(fates, rules.truth).isEmpty, "\(Self.wrong(fates, rules.truth))")
    // What the kernel saw going out is what was delivered.
    let passed = try await lab.witnessed("passed")
    #expect(Set(passed.keys) == Set(fates.indices.filter { fates[$0] == "delivered" }))
    // And it saw each dropped one at least twice.
    let asked = try await lab.witnessed("asked")
    #expect(asked.count == 65_536)
    #expect(fates.indices.allSatisfy { fates[$0] != "dropped" || asked[$0, default: 0] >= 2 })
    try await lab.down()
  }

  @Test func `Each change of one rule among forty is named, and nothing else`() async throws {
    let base = SweepRules(count: 40, seed: 4711)
    let place = Place()
    let saved = place["before.json"]
    func sweep(_ rules: SweepRules, _ arguments: String) async throws -> SavedSweep {
      let file = try place.file("rules.nft", rules.text(host: Self.host))
      let line =
        "sweep --lab nft-firewall --ruleset \(file) --ip 4 --direction outbound --state unsolicited -q "
        + "--json \(place["after.json"]) " + arguments
      let outcome = try await Command(limit: 300).run(line)
      return try SavedSweep(place.text("after.json"), outcome)
    }
    let before = try await sweep(base, "--save \(saved)")
    #expect(before.outcome.status == 0, "\(before.outcome)")
    for seed in 0..<10 {
      var mutant = base
      mutant.mutate(seed: UInt64(seed))
      let expected = zip(base.truth, mutant.truth).enumerated().filter { $0.element.0 != $0.element.1 }
      let after = try await sweep(mutant, "--compare \(saved)")
      #expect(after.outcome.status == (expected.isEmpty ? 0 : 1), "\(after.outcome)")
      #expect(after.changes[Self.slice] ?? [] == Set(expected.map(\.offset)), "mutation \(seed)")
    }
  }

  @Test func `A rate-limited rule is told as that, with its rate`() async throws {
    let rules = SweepRules(count: 40, seed: 99)
    let limited = [
      "icmp type { 13, 14 } limit rate 100/second counter accept", "icmp type { 13, 14 } counter drop",
    ]
    let lab = try await SweptLab(rules: rules.text(host: Self.host, extra: limited))
    let sweep = try await lab.sweep()
    var truth = rules.truth
    for number in 13 << 8..<15 << 8 { truth[number] = "rate-limited" }
    let fates = try #require(sweep.fates[Self.slice])
    #expect(Self.wrong(fates, truth).isEmpty, "\(Self.wrong(fates, truth))")
    #expect(sweep.rates.count == 1)
    #expect(sweep.rates.allSatisfy { (80...120).contains($0) }, "\(sweep.rates)")
    try await lab.down()
  }

  @Test(arguments: 1...(runs + 2) / 3)
  func `On a path that loses nearly one in a hundred nothing is misjudged either`(seed: UInt64) async throws {
    let rules = SweepRules(count: 40, seed: 1000 + seed)
    let place = Place()
    let file = try place.file("rules.nft", rules.text(host: Self.host))
    let line =
      "sweep --lab nft-firewall --ruleset \(file) --ip 4 --direction outbound --state unsolicited -q "
      + "--impair loss=0.9%,seed=\(seed) --json \(place["sweep.json"])"
    let outcome = try await Command(limit: 300).run(line)
    let sweep = try SavedSweep(place.text("sweep.json"), outcome)
    #expect(outcome.status == 0, "\(outcome)")
    let fates = try #require(sweep.fates[Self.slice])
    #expect(Self.wrong(fates, rules.truth).isEmpty, "\(Self.wrong(fates, rules.truth))")
  }
}
