import Foundation
import Suite
import Yams

/// Why two targets differ in some trials, as somebody who looked at it wrote it down.
struct Explanation: Decodable {
  /// What a difference comes to.
  enum Class: String, Decodable, CaseIterable {
    /// The kernel departs from a clause, and a bundled case finds it: it stands in the kernel's baseline.
    case kernelDeviation = "kernel-deviation"
    /// The kernel departs from a clause that no bundled case tests.
    case untestedDeviation = "untested-deviation"
    /// Both are right: the clauses leave it open.
    case legalChoice = "legal-choice"
  }

  /// Globs over `suite.case[variant]`.
  var trials: [String]
  /// The kind of difference.
  var kind: String
  /// Glob over what the kernel does; nil: anything.
  var linux: String?
  /// Glob over what the reference device does; nil: anything.
  var reference: String?
  var `class`: Class
  /// The clauses that say so, or leave it open.
  var clauses: [String]?
  /// The reason in a sentence or two; a kernel's deviation has it in the baseline.
  var because: String?

  /// The explanations in a file.
  static func read(_ file: String) throws -> [Explanation] {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Recording.Unusable(description: "no such file: \(file)")
    }
    return try YAMLDecoder().decode([Explanation].self, from: data)
  }

  /// Whether it speaks of a difference.
  func covers(_ difference: Difference) -> Bool {
    kind == difference.kind && trials.contains { Glob($0).matches(difference.trial) }
      && Glob(linux ?? "*").matches(difference.one) && Glob(reference ?? "*").matches(difference.other)
  }
}
