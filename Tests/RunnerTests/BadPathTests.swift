import Foundation
import Judge
import Link
import ReferenceDevice
import Runner
import Suite
import Testing

/// What a bad path makes of verdicts: trials may become flaky or inconclusive, never wrong.
///
/// `make soak` tries a hundred seeds.
@Suite struct BadPathTests {
  /// How many seeds are tried; `ASSAY_SOAK` says so.
  static let seeds = ProcessInfo.processInfo.environment["ASSAY_SOAK"].flatMap { UInt64($0) } ?? 1
  static let isSoak = seeds > 1
  /// Without a soak these are enough to see that the rules hold.
  static let fewSuites: Set<String> = [
    "icmpv4.valid-errors", "icmpv4.timestamp", "icmpv4.ip-header", "icmpv6.valid-errors", "icmpv6.host",
  ]

  private func impairment(_ seed: UInt64) throws -> Impairment {
    try Impairment(parsing: "loss=2%,duplicate=2%,reorder=2%,seed=\(seed)")
  }

  @Test(arguments: 1...seeds) func `Nothing fails on a bad path that passes on a clean one`(seed: UInt64)
    throws
  {
    let result = try BundledSuites.shared.get().run(
      against: ReferenceDevice(),
      seed: seed,
      over: impairment(seed),
      ofSuites: Self.isSoak ? nil : Self.fewSuites
    )
    var counts: [Outcome: Int] = [:]
    var flaky = 0
    for suite in result.suites {
      for trial in suite.trials {
        counts[trial.verdict.outcome, default: 0] += 1
        flaky += trial.isFlaky ? 1 : 0
        guard ![.pass, .inconclusive].contains(trial.verdict.outcome) else { continue }
        Issue.record("seed \(seed): \(suite.name).\(trial.name): \(trial.verdict.summary)")
      }
    }
    #expect(flaky > 0)
    #expect(counts[.inconclusive, default: 0] * 10 < counts[.pass, default: 0])
    if Self.isSoak { print("seed \(seed): \(counts), of the passes \(flaky) flaky") }
  }

  static let mutants: [String] = [
    "replies-to-bad-checksum", "accepts-zero-checksum", "ignores-ip-checksum", "reports-bad-checksum",
    "ignores-udp-checksum",
    "sends-bad-error-checksum", "forgets-pseudo-header", "answers-echo-twice", "also-reports-answered-echo",
    "answers-echo-reply",
    "copies-ttl", "truncates-echo-data-at-56", "clears-high-bit-of-data", "answers-broadcast-from-broadcast",
    "reports-errors",
    "reports-broadcast", "accepts-loopback-source", "accepts-multicast-source",
    "reassembles-across-identifications",
    "needs-fragments-in-order", "reports-twice", "answers-unknown-error", "believes-spoofed-errors",
    "silent-about-unknown-option", "wrong-code-for-unknown-next-header", "skips-routing-header",
    "answers-short-timestamp",
  ]

  @Test(arguments: isSoak ? mutants : ["answers-echo-twice", "accepts-ipv6-loopback-source"])
  func `Nothing passes on a bad path that fails on a clean one`(name: String) throws {
    let mutant = try #require(Mutant(name: name))
    let bundled = try BundledSuites.shared.get()
    let device = ReferenceDevice(mutants: [mutant])
    let clean = try bundled.run(
      against: device,
      ofSuites: Self.isSoak ? nil : ["icmpv4.echo", "icmpv6.host"]
    )
    var failing: Set<String> = []
    for suite in clean.suites {
      for trial in suite.trials where trial.verdict.outcome == .fail { failing.insert(suite.id(of: trial)) }
    }
    #expect(!failing.isEmpty)
    // A few probes don't show what the path is like, so other trials go with them.
    let others = bundled.suites.filter { ["icmpv4.timestamp", "icmpv6.host"].contains($0.name) }
      .flatMap { suite in suite.cases.map { "\(suite.name).\($0.id)" } }
    let cases = Set(bundled.failedCases(of: clean) + others)
    var outcomes: [Outcome: Int] = [:]
    for seed in 1...Self.seeds {
      let bad = try bundled.run(against: device, only: cases, seed: seed, over: impairment(seed))
      for suite in bad.suites {
        for trial in suite.trials where failing.contains(suite.id(of: trial)) {
          outcomes[trial.verdict.outcome, default: 0] += 1
          if trial.verdict.outcome == .pass {
            Issue.record(
              "\(mutant.name), seed \(seed): \(suite.id(of: trial)) passed: \(trial.verdict.details)"
            )
          }
        }
      }
    }
    #expect(outcomes[.fail, default: 0] > 0)
    if Self.isSoak {
      print("\(mutant.name): \(failing.count) trials fail on a clean path; on bad ones \(outcomes)")
    }
  }
}

extension SuiteResult {
  fileprivate func id(of trial: TrialResult) -> String { "\(name).\(trial.name)" }
}
