import Foundation
import Judge
import Link
import ReferenceDevice
import Runner
import Suite
import Wire

/// The bundled suites and the clauses that they cite, read from the package.
struct BundledSuites {
  let suites: [TestSuite]
  let catalogue: RequirementCatalogue

  static let shared = Result { try BundledSuites() }

  init() throws {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let root = package.appendingPathComponent("Suites")
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    func read(in folders: [String]) throws -> [(name: String, text: String)] {
      try names.filter { name in name.hasSuffix(".yaml") && folders.contains { name.hasPrefix($0 + "/") } }
        .map { ($0, try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8)) }
    }
    suites = try read(in: ["icmpv4", "icmpv6"]).map { try TestSuite(decoding: $0.text, file: $0.name) }
    var catalogue = RequirementCatalogue()
    for file in try read(in: ["requirements"]) { try catalogue.add(decoding: file.text, file: file.name) }
    self.catalogue = catalogue
  }

  /// Runs all or some trials against a device in virtual time.
  func run(
    against device: ReferenceDevice,
    only cases: Set<String>? = nil,
    seed: UInt64 = 1,
    over impairment: Impairment = Impairment(),
    ofSuites names: Set<String>? = nil
  ) throws -> RunResult {
    let link = ImpairedLink(SimulatedLink(to: device), impairment)
    var options = RunOptions()
    // Virtual time costs nothing; what costs is looking after many trials in each of its moments.
    options.jobs = 8
    options.rate = 500_000
    options.seed = seed
    options.learnsErrorBudget = false
    options.isPathReliable = impairment == Impairment()
    options.enforcement = .may
    var runner = Runner(
      suites: selected(cases).filter { names?.contains($0.name) ?? true },
      catalogue: catalogue,
      target: ReferenceDevice.description,
      personas: Personas(for: ReferenceDevice.description, interfaceMAC: link.interface.mac),
      link: link,
      baseline: nil,
      options: options,
      observer: nil
    )
    return try runner.run()
  }

  /// The suites with these cases only, by `suite.case`; nil: with all.
  private func selected(_ cases: Set<String>?) -> [TestSuite] {
    guard let cases else { return suites }
    return suites.compactMap { suite in
      var part = suite
      part.cases = suite.cases.filter { cases.contains("\(suite.name).\($0.id)") }
      return part.cases.isEmpty ? nil : part
    }
  }

  /// The cases of which a trial failed.
  func failedCases(of result: RunResult) -> [String] {
    var cases: [String] = []
    for suite in result.suites {
      for trial in suite.trials where trial.verdict.outcome == .fail {
        let name = "\(suite.name).\(trial.caseID)"
        if cases.last != name { cases.append(name) }
      }
    }
    return cases
  }
}
