import Coverage
import Foundation
import Report
import Suite

/// What is known of clauses besides the suites that cite them.
extension SuiteLibrary {
  /// The matrix of proofs that the user names, else the one that comes with Assay; nil if there is none.
  func proofs(_ path: String?) throws -> ProofMatrix? {
    if path == "none" { return nil }
    guard let path = path ?? bundled("proofs.json") else { return nil }
    let text = try existing(path)
    return try decoding(text) { () throws(SuiteError) in try ProofMatrix(decoding: text, file: path) }
  }

  /// The results that the user names, else the observations that come with Assay.
  func observations(_ paths: [String]) throws -> [ObservedRun] {
    if paths == ["none"] { return [] }
    return try (paths.isEmpty ? bundled("observations", suffix: ".json") : paths).map { path in
      let text = try existing(path)
      return try decoding(text) { () throws(SuiteError) in try ObservedRun(decoding: text, file: path) }
    }
  }

  /// The baselines that come with Assay.
  func baselines() throws -> [Baseline] { try bundled("baselines", suffix: ".yaml").map(baseline) }

  private func existing(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      let isThere = FileManager.default.fileExists(atPath: path)
      throw Failure.exit(.noInput, isThere ? "can't read \(path)" : "no such file: \(path)")
    }
    return String(decoding: data, as: UTF8.self)
  }

  private func bundled(_ name: String) -> String? {
    guard let file = root?.appendingPathComponent(name), FileManager.default.fileExists(atPath: file.path)
    else { return nil }
    return display(file)
  }

  /// The files of a folder of `Suites/`, by name.
  private func bundled(_ folder: String, suffix: String) -> [String] {
    guard let folder = root?.appendingPathComponent(folder) else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(suffix) }.sorted().map { display(folder.appendingPathComponent($0)) }
  }
}
