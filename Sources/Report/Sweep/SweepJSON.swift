internal import Foundation
internal import Suite
public import Sweep

/// A sweep as JSON: to be read by machines, saved, and compared with later ones.
public enum SweepJSON {
  /// The document: the maps and what they rest on, then what policies and an earlier sweep say of them.
  public static func render(_ report: SweepReport) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return String(decoding: try encoder.encode(Document(report)), as: UTF8.self) + "\n"
  }

  /// A saved sweep.
  ///
  /// - Parameter text: What ``render(_:)`` made.
  /// - Returns: The sweep, without what was said of it.
  /// - Throws: `SweepDocument.Fault` with a sentence on what is wrong.
  public static func result(from text: String) throws(SweepDocument.Fault) -> SweepResult {
    let document: SweepDocument
    do {
      document = try JSONDecoder().decode(SweepDocument.self, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw SweepDocument.Fault(description: explanation(of: error))
    } catch {
      throw SweepDocument.Fault(description: "it is no JSON")
    }
    return try document.result()
  }

  private static func explanation(of error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
      return path.isEmpty ? "" : " at \(path)"
    }
    switch error {
    case .keyNotFound(let key, let context): return "'\(key.stringValue)' is missing\(place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(context.debugDescription.oneLine.cut(to: 200))\(place(context))"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty
        ? "it is no JSON" : "\(context.debugDescription.oneLine.cut(to: 200))\(place(context))"
    @unknown default: return "it is no sweep"
    }
  }

  /// The saved sweep with what is said of it.
  private struct Document: Encodable {
    let report: SweepReport

    init(_ report: SweepReport) { self.report = report }

    enum Key: String, CodingKey { case version, exitStatus, policies, changes, comparedWith }

    func encode(to encoder: any Encoder) throws {
      try SweepDocument(report.result).encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(report.version, forKey: .version)
      try container.encode(Int(report.status.rawValue), forKey: .exitStatus)
      if !report.judgements.isEmpty {
        try container.encode(report.findings.map(Finding.init), forKey: .policies)
      }
      if let comparison = report.comparison {
        try container.encode(comparison.changes.map(Change.init), forKey: .changes)
        try container.encodeIfPresent(report.comparedWith, forKey: .comparedWith)
      }
    }
  }

  private struct Finding: Encodable {
    var policy: String
    var rule: String
    var slice: String
    var requirements: [String]
    var level: String
    var standing: String
    var kinds: Int
    var violations: [String]
    var undecided: [String]
    var text: String

    init(_ finding: SweepFinding) {
      policy = finding.policy.name
      rule = finding.outcome.rule.id
      slice = finding.outcome.slice.id
      requirements = finding.requirements.map(\.id)
      level = finding.level.rawValue
      standing = finding.standing.rawValue
      kinds = finding.outcome.count
      violations = finding.outcome.violations.map(\.label)
      undecided = finding.outcome.undecided.map(\.label)
      text = finding.headline
    }
  }

  private struct Change: Encodable {
    var slice: String
    var label: String
    var before: Fate
    var after: Fate
    var text: String

    init(_ change: SweepComparison.Change) {
      slice = change.slice.id
      label = change.label
      before = change.before
      after = change.after
      text = change.text
    }
  }
}
