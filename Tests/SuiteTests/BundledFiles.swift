import Foundation
import Suite
import Testing

/// The files that come with Assay.
enum BundledFiles {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Suites")

  /// The YAML files below a folder of `Suites/`, as (path, text), by path.
  static func files(below folder: String) throws -> [(path: String, text: String)] {
    let base = root.appendingPathComponent(folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: base.path).filter {
      $0.hasSuffix(".yaml")
    }
    return try names.sorted().map { name in
      let url = base.appendingPathComponent(name)
      return ("Suites/\(folder)/\(name)", try String(contentsOf: url, encoding: .utf8))
    }
  }

  static func suiteFiles() throws -> [(path: String, text: String)] {
    try files(below: "icmpv4") + files(below: "icmpv6")
  }

  static func catalogue() throws -> RequirementCatalogue {
    var catalogue = RequirementCatalogue()
    for file in try files(below: "requirements") { try catalogue.add(decoding: file.text, file: file.path) }
    return catalogue
  }
}
