public import Suite

/// How far the suites have got with a clause; each clause has exactly one state.
public enum CoverageState: String, Hashable, Sendable, CaseIterable {
  /// Cases cite it, and one of them fails on a mutant that breaks it.
  case proved = "covered-and-proved"
  /// Cases cite it.
  case covered
  /// No case cites it, although an address on the target's link is enough.
  case notCovered = "not-covered"
  /// No case cites it; the tester has to stand on two sides of the target.
  case needsTwoArms = "not-covered-two-arms"
  /// No case cites it; something on the target has to act, or to tell.
  case needsUpperTester = "needs-upper-tester"
  /// Nothing outside the target shows whether it obeys.
  case notObservable = "not-observable"
  /// A later clause replaces, contradicts or deprecates it, and no case cites it.
  case obsolete

  /// The state of a clause.
  ///
  /// What is tested is covered, whatever the catalogue thinks of it; what is no longer in force need not be tested.
  public init(of testability: Testability, isCited: Bool, isProved: Bool) {
    self =
      if isCited {
        isProved ? .proved : .covered
      } else if testability.obsoletedBy != nil {
        .obsolete
      } else {
        switch testability.observability {
        case .notObservable: .notObservable
        case .needsUpperTester: .needsUpperTester
        case .blackBox: testability.topology.needsTwoArms ? .needsTwoArms : .notCovered
        }
      }
  }

  /// Whether cases cite it.
  public var isCovered: Bool { self == .proved || self == .covered }

  /// Whether a case could be written: the clauses that a share of covered ones is of.
  public var isTestable: Bool { isCovered || self == .notCovered || self == .needsTwoArms }

  /// The state in words.
  public var words: String {
    switch self {
    case .proved: "covered and proved"
    case .covered: "covered"
    case .notCovered: "not covered"
    case .needsTwoArms: "not covered, needs two arms"
    case .needsUpperTester: "needs an upper tester"
    case .notObservable: "not observable"
    case .obsolete: "obsolete"
    }
  }
}
