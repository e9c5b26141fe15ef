import Foundation
import Testing

/// The results of a run or of `assay judge`, by trial.
struct Results {
  /// What one trial came to.
  struct Trial: Equatable {
    var outcome: String
    var reason: String
    var attempts: Int
    var standing: String
    /// Times in it are those of the frames.
    var summary: String
  }

  let trials: [String: Trial]

  init(_ file: String) throws {
    let data = try Data(contentsOf: URL(filePath: file))
    let top = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let suites = try #require(top["suites"] as? [[String: Any]])
    var trials: [String: Trial] = [:]
    for trial in suites.flatMap({ $0["trials"] as? [[String: Any]] ?? [] }) {
      let verdict = try #require(trial["verdict"] as? [String: Any])
      trials[try #require(trial["id"] as? String)] = Trial(
        outcome: try #require(verdict["outcome"] as? String),
        reason: try #require(verdict["reason"] as? String),
        attempts: try #require(trial["attempts"] as? Int),
        standing: try #require(trial["standing"] as? String),
        summary: try #require(verdict["summary"] as? String)
      )
    }
    self.trials = trials
  }

  /// The trials that came to something else there; without what they say of times when `isExact` is false.
  func differences(from other: Results, isExact: Bool = true) -> [String] {
    Set(trials.keys).union(other.trials.keys).filter { id in
      guard var one = trials[id], var another = other.trials[id] else { return true }
      if !isExact { (one.summary, another.summary) = ("", "") }
      return one != another
    }.sorted()
  }
}
