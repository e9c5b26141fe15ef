import Foundation
import ReferenceDevice
import Report
import SelfTest
import Suite
import Testing

/// The proof that a green run means something: all passes on the strict device, and each deviation is noticed.
///
/// Quick; `make selftest` looks at the whole matrix and writes `Suites/proofs.json`, which this one goes by.
@Suite struct BundledProofTests {
  private static let proof = Result { try BundledProof() }

  @Test func `Every bundled trial passes on the strict device at the first attempt`() throws {
    let reference = try Self.proof.get().result.reference
    #expect(reference.seeds == 1)
    for trial in reference.unproved { Issue.record("\(trial.trial): \(trial.outcome): \(trial.summary)") }
  }

  @Test func `A bundled case fails on each mutant, or nothing can be proved on it`() throws {
    let result = try Self.proof.get().result
    #expect(Set(result.claimedSurvivors.map(\.name)) == KnownGaps.claimedSurvivors)
    #expect(Set(result.unclaimedSurvivors.map(\.name)) == KnownGaps.uncited)
    #expect(result.mutants.allSatisfy { $0.status != .notRun })
    // What counts as silenced isn't noticed, so it must stay rare.
    #expect(result.total.silenced * 10 < result.total.mutants)
  }

  @Test func `Every bundled case fails on a mutant`() throws {
    let result = try Self.proof.get().result
    #expect(Set(result.cases(.missing).map(\.id)) == KnownGaps.unprovedCases)
    let proved = result.cases(.forItsClause) + result.cases(.otherwise)
    #expect(proved.count == result.cases.count - KnownGaps.unprovedCases.count)
  }

  @Test func `Every bundled case fails on a mutant that breaks a clause which it cites`() throws {
    let others = Set(try Self.proof.get().result.cases(.otherwise).map(\.id))
    #expect(others == KnownGaps.provedByOthers)
  }

  @Test func `A mutant breaks clauses of the catalogue`() throws {
    let catalogue = try Self.proof.get().catalogue
    for mutant in Mutant.everywhere {
      #expect(!mutant.requirements.isEmpty, "\(mutant.name)")
      for requirement in mutant.requirements { #expect(catalogue[requirement] != nil, "\(requirement)") }
    }
  }

  @Test func `proofs.json is that of these suites and mutants: make selftest writes it`() throws {
    let proof = try Self.proof.get()
    let record = proof.record
    #expect(record.cases.map(\.id) == proof.result.cases.map(\.id))
    #expect(record.cases.map(\.requirements) == proof.result.cases.map(\.requirements))
    #expect(record.mutants.map(\.name) == proof.result.mutants.map(\.name))
    #expect(record.mutants.map(\.requirements) == proof.result.mutants.map(\.requirements))
    #expect(record.mutants.map(\.summary) == proof.result.mutants.map(\.summary))
    #expect(record.mutants.map(\.status) == proof.result.mutants.map(\.status))
    #expect(record.reference.seeds == 20)
  }

  @Test func `proofs.json is written as it was read`() throws {
    let proof = try Self.proof.get()
    #expect(SelfTestJSON.render(proof.record) == proof.text)
  }
}

/// A quick self-test of the bundled suites.
private struct BundledProof {
  let catalogue: RequirementCatalogue
  /// What `make selftest` found, and as it stands in the file.
  let record: ProofRecord
  let text: String
  let result: SelfTestResult

  private static let folders = ["firewall", "icmpv4", "icmpv6", "nat", "router"]

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Suites")
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    func read(in folders: [String]) throws -> [(name: String, text: String)] {
      // Below a folder are examples that are no suites.
      try names.filter { name in
        name.hasSuffix(".yaml")
          && folders.contains { name.split(separator: "/").dropLast() == [Substring($0)] }
      }
      .map { ($0, try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8)) }
    }
    var catalogue = RequirementCatalogue()
    for file in try read(in: ["requirements"]) { try catalogue.add(decoding: file.text, file: file.name) }
    self.catalogue = catalogue
    text = try String(contentsOf: root.appendingPathComponent("proofs.json"), encoding: .utf8)
    record = try JSONDecoder().decode(ProofRecord.self, from: Data(text.utf8))
    var options = SelfTestOptions()
    options.seeds = 1
    options.isQuick = true
    options.known = record
    options.threads = ProcessInfo.processInfo.activeProcessorCount
    result = MutantMatrix(
      suites: try read(in: Self.folders).map { try TestSuite(decoding: $0.text, file: $0.name) },
      catalogue: catalogue,
      options: options
    ).run()
  }
}
