import Foundation
import Suite

/// Differences held against their explanations.
struct Review {
  /// An explanation with what it explains.
  struct Group {
    var explanation: Explanation
    /// Never none, else it is a fault.
    var differences: [Difference]
    /// Reasons of the baseline, where the explanation leaves it to that.
    var reasons: [String]
  }

  /// The explanations in the order of their file.
  private(set) var groups: [Group] = []
  /// What is wrong, a line each: differences without explanation, explanations without difference, or not true.
  private(set) var faults: [String] = []

  private let catalogue: RequirementCatalogue
  private let suites: [TestSuite]
  private let baseline: Baseline

  /// What the project's files say, by which explanations are checked.
  init(
    _ differences: [Difference],
    _ explanations: [Explanation],
    catalogue: RequirementCatalogue,
    suites: [TestSuite],
    baseline: Baseline
  ) {
    self.catalogue = catalogue
    self.suites = suites
    self.baseline = baseline
    groups = explanations.map { Group(explanation: $0, differences: [], reasons: []) }
    for difference in differences {
      // The first that fits, so that a narrow one may come before a wide one.
      if let place = groups.firstIndex(where: { $0.explanation.covers(difference) }) {
        groups[place].differences.append(difference)
      } else {
        faults.append(
          "not explained: \(difference.trial): \(difference.kind): Linux: \(difference.one); "
            + "reference: \(difference.other)"
        )
      }
    }
    for place in groups.indices { groups[place] = checked(groups[place]) }
  }

  private mutating func checked(_ checked: Group) -> Group {
    var group = checked
    let explanation = group.explanation
    let name = "explanation \(explanation.trials.joined(separator: " ")): \(explanation.kind)"
    if group.differences.isEmpty { faults.append("explains nothing: \(name)") }
    let clauses = explanation.clauses ?? []
    for clause in clauses where catalogue[clause] == nil { faults.append("\(name): no clause '\(clause)'") }
    switch explanation.class {
    case .kernelDeviation:
      for trial in Set(group.differences.map(\.trial)).sorted() {
        guard let reason = reason(for: trial) else {
          faults.append("\(name): \(trial) isn't in the baseline of linux-host")
          continue
        }
        if explanation.because == nil, !group.reasons.contains(reason) { group.reasons.append(reason) }
      }
      return group
    case .untestedDeviation:
      let cited = Set(suites.flatMap(\.cases).flatMap(\.requirements).map(\.value))
      for clause in clauses where cited.contains(clause) {
        faults.append("\(name): a bundled case tests \(clause), so the baseline must have it")
      }
    case .legalChoice: break
    }
    if clauses.isEmpty { faults.append("\(name): it names no clause") }
    if explanation.because?.isEmpty ?? true { faults.append("\(name): it gives no reason") }
    return group
  }

  /// Why the baseline expects a trial to fail; nil if it doesn't.
  private func reason(for id: String) -> String? {
    let trial = suites.lazy.flatMap(\.trials).first { $0.id == id }
    return trial.flatMap { baseline.entry(for: $0)?.reason }
  }
}
