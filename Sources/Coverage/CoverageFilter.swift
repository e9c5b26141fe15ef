public import Suite

/// How strongly a clause binds, its prohibitions among the demands.
public enum Strength: String, Hashable, Sendable, CaseIterable {
  case must, should, may

  /// The strength of a level.
  public init(_ level: RequirementLevel) {
    switch level {
    case .must, .mustNot: self = .must
    case .should, .shouldNot: self = .should
    case .may: self = .may
    }
  }
}

/// Which clauses are shown.
public struct CoverageFilter: Hashable, Sendable {
  /// Words for states, and for several at once.
  public enum StateWord: String, Hashable, Sendable, CaseIterable {
    case covered, proved, unproved, uncovered
    case oneArm = "one-arm"
    case twoArms = "two-arms"
    case upperTester = "upper-tester"
    case notObservable = "not-observable"
    case obsolete, observed, unobserved

    /// Whether a clause is meant.
    public func covers(_ clause: ClauseCoverage) -> Bool {
      switch self {
      case .covered: clause.state.isCovered
      case .proved: clause.state == .proved
      case .unproved: clause.state == .covered
      case .uncovered: clause.state == .notCovered || clause.state == .needsTwoArms
      case .oneArm: clause.state == .notCovered
      case .twoArms: clause.state == .needsTwoArms
      case .upperTester: clause.state == .needsUpperTester
      case .notObservable: clause.state == .notObservable
      case .obsolete: clause.state == .obsolete
      case .observed: clause.isObserved
      case .unobserved: clause.state.isCovered && !clause.isObserved
      }
    }
  }

  /// Clauses that bind a target of that role; nil: of any.
  public var role: Role?
  /// Numbers of RFCs, or parts of the names of drafts; empty: all.
  public var documents: [String]
  /// Empty: all.
  public var strengths: Set<Strength>
  /// Empty: all.
  public var states: Set<StateWord>

  /// Puts the parts together.
  public init(
    role: Role? = nil,
    documents: [String] = [],
    strengths: Set<Strength> = [],
    states: Set<StateWord> = []
  ) {
    self.role = role
    self.documents = documents
    self.strengths = strengths
    self.states = states
  }

  /// Whether it leaves anything out.
  public var isEmpty: Bool { self == CoverageFilter() }

  /// Whether a clause passes, its state aside.
  public func covers(_ requirement: Requirement) -> Bool {
    if let role, !(requirement.testability?.duty ?? .any).binds(role) { return false }
    if !strengths.isEmpty, !strengths.contains(Strength(requirement.level)) { return false }
    return documents.isEmpty || documents.contains { Self.names($0, requirement.rfc) }
  }

  /// Whether a clause passes.
  public func covers(_ clause: ClauseCoverage) -> Bool {
    covers(clause.requirement) && (states.isEmpty || states.contains { $0.covers(clause) })
  }

  /// Whether a word such as `1122`, `rfc1122` or `opsec` means a document.
  public static func names(_ word: String, _ rfc: String) -> Bool {
    var word = word.lowercased()
    if word.hasPrefix("rfc") { word = String(word.dropFirst(3).drop { $0 == " " }) }
    guard !word.isEmpty else { return false }
    return rfc.allSatisfy(\.isNumber) ? rfc == word : rfc.lowercased().contains(word)
  }
}

extension CoverageTable {
  /// The table with the clauses that pass.
  public func filtered(_ filter: CoverageFilter) -> CoverageTable {
    var table = self
    table.clauses = clauses.filter { filter.covers($0) }
    return table
  }
}
