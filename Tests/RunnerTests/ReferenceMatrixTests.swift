import Foundation
import Judge
import ReferenceDevice
import Runner
import Suite
import Testing

/// The proof that a green run means something: all passes on the strict device, and each deviation is noticed.
@Suite struct ReferenceMatrixTests {
  @Test(arguments: [1, 2] as [UInt64])
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

  @Test(arguments: Mutant.allCases.filter { Survivors.reasons[$0] == nil })
  func `A bundled case fails on each mutant`(mutant: Mutant) throws {
    let failed = try BundledSuites.shared.get().firstFailure(on: mutant, at: Witnesses.cases[mutant])
    #expect(failed != nil, "\(mutant.name): \(mutant.summary)")
  }

  /// Run by hand: `ASSAY_MATRIX=full swift test -c release --filter ReferenceMatrixTests`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["ASSAY_MATRIX"] == "full", "takes minutes"))
  func `Every bundled case is failed by a mutant`() throws {
    let bundled = try BundledSuites.shared.get()
    var proofs: [String: [String]] = [:]
    for suite in bundled.suites {
      for testCase in suite.cases { proofs["\(suite.name).\(testCase.id)"] = [] }
    }
    for mutant in Mutant.allCases {
      let failed = try bundled.failedCases(of: bundled.run(against: ReferenceDevice(mutants: [mutant])))
      for name in failed { proofs[name, default: []].append(mutant.name) }
    }
    for (name, mutants) in proofs.sorted(by: { $0.key < $1.key }) {
      print("PROOF", name, mutants.count, mutants.prefix(6).joined(separator: " "))
    }
  }
}

/// Where mutants are noticed that no case notices which cites their clauses.
enum Witnesses {
  static let cases: [Mutant: String] = [
    .believesAddressMaskReply: "icmpv4.spoofed-errors.address-mask-reply",
    .discardsReservedFlag: "icmpv4.unreachable.quote-is-unchanged",
    .echoReplyHasFixedTOS: "icmpv4.echo.tos-and-dont-fragment",
    .ignoresNeighborDiscoveryChecksum: "icmpv6.spoofed-errors.redirect-with-wrong-checksum",
    .optionPointerAtLength: "icmpv6.error-prohibitions.multicast-option-reported",
    .ignoresDiscoveryHopLimit: "icmpv6.spoofed-errors.redirect-malformed",
    .errorsFromDestination: "icmpv6.error-prohibitions.multicast-option-reported",
    .acceptsForeignIPv6Destination: "icmpv6.host.destination-unspecified",
    .truncatesLargeReplies: "icmpv4.valid-errors.too-big-is-obeyed",
    .answersGroupFromGroup: "icmpv6.echo.all-nodes-from-global",
    .padsShortQuote: "icmpv4.unreachable.short-datagrams-are-quoted-whole",
  ]
}

/// Mutants that no bundled case can fail yet, each with the reason.
enum Survivors {
  static let reasons: [Mutant: String] = [
    .padsWithGarbage: "no case looks at the padding of frames",
    .silentAboutReassemblyTimeout: "no bundled case waits for 60 seconds",
    .wrongCodeForReassemblyTimeout: "no bundled case waits for 60 seconds",
    .fragmentOffsetInOctets: "answers whose fragments never become whole count as silence, which is allowed",
    .repeatsIdentification: "no case compares the identifications of two answers",
    .advertisesItselfAsRouter: "no case solicits a neighbor",
  ]
}
