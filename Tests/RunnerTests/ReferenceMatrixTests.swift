import Foundation
import Judge
import Link
import ReferenceDevice
import Runner
import Suite
import Wire
import Testing

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
    func decode(in folders: [String]) throws -> [(name: String, text: String)] {
      try names.filter { name in name.hasSuffix(".yaml") && folders.contains { name.hasPrefix($0 + "/") } }
        .map { ($0, try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8)) }
    }
    suites = try decode(in: ["icmpv4", "icmpv6"]).map { try TestSuite(decoding: $0.text, file: $0.name) }
    var catalogue = RequirementCatalogue()
    for file in try decode(in: ["requirements"]) { try catalogue.add(decoding: file.text, file: file.name) }
    self.catalogue = catalogue
  }

  /// Runs all or some trials against a device in virtual time.
  func run(against device: ReferenceDevice, filters: [String] = [], seed: UInt64 = 1) throws -> RunResult {
    let link = SimulatedLink(to: device)
    var options = RunOptions()
    options.rate = 500_000
    options.filters = filters
    options.seed = seed
    options.enforcement = .may
    var runner = Runner(
      suites: suites,
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
}

@Suite struct ReferenceMatrixTests {
  @Test func `Every bundled trial passes on the reference device`() throws {
    let result = try BundledSuites.shared.get().run(against: ReferenceDevice())
    let trials = result.suites.flatMap { suite in suite.trials.map { (suite.name, $0) } }
    #expect(trials.count > 120)
    for (suite, trial) in trials where trial.verdict.outcome != .pass && trial.verdict.outcome != .skipped {
      print("BAD \(suite).\(trial.name): \(trial.verdict.outcome) \(trial.verdict.summary)")
    }
    print("trials", trials.count, Dictionary(grouping: trials, by: { $0.1.verdict.outcome }).mapValues(\.count))
    for (suite, trial) in trials where trial.verdict.outcome == .skipped { print("SKIP \(suite).\(trial.name): \(trial.verdict.summary)") }
    print("virtual", result.duration, "frames", result.frames.count)
  }
}
