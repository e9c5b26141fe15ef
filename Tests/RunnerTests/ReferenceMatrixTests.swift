import Foundation
import Judge
import ReferenceDevice
import Runner
import Suite
import Testing

/// The proof that a green run means something: all passes on the strict device, and each deviation is noticed.
@Suite struct ReferenceMatrixTests {
  static let isFull = ProcessInfo.processInfo.environment["ASSAY_MATRIX"] == "full"

  @Test(arguments: isFull ? 1...20 : 1...1 as ClosedRange<UInt64>)
  func `Every bundled trial passes on the reference device`(seed: UInt64) throws {
    let result = try BundledSuites.shared.get().run(against: ReferenceDevice(), seed: seed)
    let trials = result.suites.flatMap(\.trials)
    #expect(trials.count > 2000)
    for suite in result.suites {
      for trial in suite.trials where trial.verdict.outcome != .pass {
        Issue.record("\(suite.name).\(trial.name): \(trial.verdict.outcome): \(trial.verdict.summary)")
      }
    }
    #expect(trials.allSatisfy { $0.earlierAttempts.isEmpty })
  }

  @Test(
    arguments: Mutant.allCases.filter {
      Survivors.reasons[$0.name] == nil && !Silencers.mutants.contains($0.name)
    }
  )
  func `A bundled case fails on each mutant`(mutant: Mutant) throws {
    let failed = try BundledSuites.shared.get().firstFailure(on: mutant, at: Witnesses.cases[mutant.name])
    #expect(failed != nil, "\(mutant.name): \(mutant.summary)")
  }

  @Test(arguments: Mutant.allCases.filter { Silencers.mutants.contains($0.name) })
  func `A mutant that spoils the control probe never makes a run green`(mutant: Mutant) throws {
    let result = try BundledSuites.shared.get().run(
      against: ReferenceDevice(mutants: [mutant]),
      only: [
        "icmpv4.spoofed-errors.quote-cut", "icmpv4.truncated.icmp-header",
        "icmpv4.oversized.last-possible-offset", "icmpv4.tcp-attacks.tiny-mtu",
      ]
    )
    #expect(result.suites.flatMap(\.trials).contains { [.inconclusive, .fail].contains($0.verdict.outcome) })
  }

  @Test(arguments: Mutant.allCases)
  func `A mutant breaks clauses of the catalogue`(mutant: Mutant) throws {
    let catalogue = try BundledSuites.shared.get().catalogue
    for requirement in mutant.requirements { #expect(catalogue[requirement] != nil, "\(requirement)") }
  }

  /// Run by hand: `ASSAY_MATRIX=full swift test -c release -Xswiftc -enable-testing --filter ReferenceMatrixTests`.
  @Test(.enabled(if: isFull, "takes minutes"))
  func `Every bundled case is failed by a mutant`() throws {
    let bundled = try BundledSuites.shared.get()
    let names = bundled.suites.flatMap { suite in suite.cases.map { "\(suite.name).\($0.id)" } }
    var proofs: [String: [Mutant]] = [:]
    for mutant in Mutant.allCases {
      let failed = try bundled.failedCases(of: bundled.run(against: ReferenceDevice(mutants: [mutant])))
      // What fails everywhere is no proof that a case looks at what it cites.
      guard failed.count < names.count / 4 else { continue }
      for name in failed { proofs[name, default: []].append(mutant) }
    }
    for name in names {
      let mutants = proofs[name, default: []].map(\.name)
      print("\(name): \(mutants.count): \(mutants.prefix(8).joined(separator: " "))")
      #expect(!mutants.isEmpty, "\(name)")
    }
  }
}

/// Mutants that spoil the control probe, too, or stop answering for good.
///
/// Nothing passes on them where silence has to be proved, but what fails is the proof, so that trials end
/// inconclusive.
enum Silencers {
  static let mutants: Set<String> = [
    "silent-about-echo", "sends-bad-echo-checksum", "zeroes-identifier", "swaps-identifier-octets",
    "increments-sequence",
    "zeroes-sequence", "replies-with-code-one", "drops-last-echo-octet", "appends-to-echo-data",
    "zeroes-echo-data",
    "dies-of-short-quote", "dies-of-oversized-datagram", "dies-of-short-message", "dies-of-tiny-mtu",
  ]
}

/// Mutants that no bundled case can fail yet, each with the reason.
enum Survivors {
  static let reasons: [String: String] = [
    "pads-with-garbage": "no case looks at the padding of frames",
    "fragment-offset-in-octets":
      "answers whose fragments never become whole count as silence, which is allowed",
    "repeats-identification": "no case compares the identifications of two answers",
    "advertises-itself-as-router": "no case solicits a neighbor",
  ]
}
