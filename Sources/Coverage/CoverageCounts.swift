/// How many clauses are in which state.
public struct CoverageCounts: Hashable, Sendable {
  private var states: [CoverageState: Int] = [:]
  /// Clauses of which a target was asked.
  public private(set) var observed = 0

  /// Counts clauses.
  public init(_ clauses: some Sequence<ClauseCoverage>) {
    for clause in clauses {
      states[clause.state, default: 0] += 1
      if clause.isObserved { observed += 1 }
    }
  }

  /// The clauses in one state.
  public subscript(state: CoverageState) -> Int { states[state] ?? 0 }

  /// All clauses.
  public var clauses: Int { states.values.reduce(0, +) }
  /// Clauses that cases cite, proved or not.
  public var covered: Int { self[.proved] + self[.covered] }
  /// Clauses that cases could be written for, those that are covered among them.
  public var testable: Int { states.reduce(0) { $0 + ($1.key.isTestable ? $1.value : 0) } }

  /// The covered share of the testable clauses, in percent; nil if none is testable.
  public var percent: Double? { testable == 0 ? nil : 100 * Double(covered) / Double(testable) }

  /// The share in whole percent, rounded down so that 100 means all; `-` if none is testable.
  public var percentText: String {
    testable == 0 ? "-" : "\(100 * covered / testable)"
  }
}
