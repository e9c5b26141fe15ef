import Foundation
import Report
import Suite

/// Policies for sweeps, bundled ones and the user's.
extension SuiteLibrary {
  /// The policies that the arguments name: files, or names of bundled ones.
  func policies(_ arguments: [String], in catalogue: RequirementCatalogue) throws -> [FilterPolicy] {
    var policies: [FilterPolicy] = []
    var faults: [String] = []
    for argument in arguments {
      let file = try policyFile(argument)
      let text = try read(file)
      do throws(SuiteError) {
        let policy = try FilterPolicy(decoding: text, file: display(file))
        let unknown = catalogue.unknownCitations(in: policy)
        faults += unknown.map { $0.rendered(in: text) }
        policies.append(policy)
      } catch {
        faults += error.diagnostics.map { $0.rendered(in: text) }
      }
    }
    guard faults.isEmpty else {
      faults.forEach(Console.error)
      throw Failure.exit(
        .badInput,
        "\(faults.count) \(faults.count == 1 ? "error" : "errors") in the policies"
      )
    }
    return policies
  }

  /// The file of a policy.
  private func policyFile(_ argument: String) throws -> URL {
    if FileManager.default.fileExists(atPath: argument) { return URL(fileURLWithPath: argument) }
    let bundled = try policyFiles()
    if let file = bundled.first(where: { $0.deletingPathExtension().lastPathComponent == argument }) {
      return file
    }
    let names = bundled.map { $0.deletingPathExtension().lastPathComponent }.joined(separator: ", ")
    throw Failure.exit(.noInput, "no policy '\(argument)'; there are: \(names)")
  }

  /// The bundled policies, which have the names of their files.
  func policyFiles() throws -> [URL] {
    guard let root else { return [] }
    return try files(below: root.appendingPathComponent("policies"))
  }

  /// Whether a file holds a policy.
  func isPolicy(_ path: String) -> Bool {
    guard let data = FileManager.default.contents(atPath: path) else { return false }
    let text = String(decoding: data, as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("policy:") }
  }
}
