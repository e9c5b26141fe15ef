import Foundation
import Suite

/// The files of the project by which explanations are checked.
struct Project {
  let catalogue: RequirementCatalogue
  let baseline: Baseline
  let explanations: [Explanation]

  /// Reads them below a directory.
  init(_ directory: String) throws {
    var catalogue = RequirementCatalogue()
    for file in try Self.files("\(directory)/Suites/requirements") {
      try catalogue.add(decoding: String(contentsOfFile: file, encoding: .utf8), file: file)
    }
    self.catalogue = catalogue
    let file = "\(directory)/Suites/baselines/linux-host.yaml"
    baseline = try Baseline(decoding: String(contentsOfFile: file, encoding: .utf8), file: file)
    explanations = try Explanation.read("\(directory)/Tests/Witness/differences.yaml")
  }

  private static func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted()
      .map { "\(folder)/\($0)" }
  }
}
