public import Suite

/// What is known of one clause: who tests it, what proves that, and what was seen of it.
public struct ClauseCoverage: Sendable {
  /// A case that cites the clause.
  public struct Case: Hashable, Sendable {
    /// `suite.case`.
    public var id: String
    /// The rule that it tests, in one line.
    public var title: String
    /// Number of its trials.
    public var trials: Int
  }

  /// A mutant of the reference device that breaks the clause.
  public struct Mutant: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// What it does.
    public var summary: String
    /// What became of it.
    public var status: ProofMatrix.Status
    /// Cases citing the clause that fail on it.
    public var cases: [String]
  }

  /// What a target did in trials of cases that cite the clause.
  public struct Observation: Hashable, Sendable {
    /// The target's name.
    public var target: String
    /// How the trials came out.
    public var counts: OutcomeCounts
  }

  /// A deviation that a baseline lists for a case that cites the clause.
  public struct KnownDeviation: Hashable, Sendable {
    /// The target's name.
    public var target: String
    /// The trials, as the baseline names them.
    public var trial: String
    /// Why the target deviates.
    public var reason: String
  }

  /// The clause.
  public var requirement: Requirement
  /// How far the suites have got with it.
  public var state: CoverageState
  /// Why it isn't covered, or isn't proved; empty where there is nothing to say.
  public var reason: String
  /// The cases that cite it, in the order of the suites.
  public var cases: [Case]
  /// The mutants that break it; nil: proofs aren't known.
  public var mutants: [Mutant]?
  /// What was seen, a target each.
  public var observations: [Observation]
  /// What baselines say of its cases.
  public var knownDeviations: [KnownDeviation]

  /// What the catalogue says of how it can be tested.
  public var testability: Testability { requirement.testability ?? Testability() }

  /// Whether a target was asked.
  public var isObserved: Bool { observations.contains { $0.counts.observed > 0 } }
}

extension CoverageState {
  /// Why a clause is in this state; empty where the state says all.
  func reason(_ testability: Testability, _ mutants: [ClauseCoverage.Mutant]?) -> String {
    switch self {
    case .proved: return ""
    case .covered:
      guard let mutants else { return "" }
      if mutants.isEmpty { return "No mutant breaks it." }
      return mutants.allSatisfy({ $0.status == .silenced })
        ? "The mutants that break it leave its cases inconclusive."
        : "No case that cites it fails on a mutant that breaks it."
    case .notCovered, .needsTwoArms: return "The tester needs \(testability.topology.need)."
    case .needsUpperTester, .notObservable:
      return testability.reason.isEmpty ? testability.observability.meaning : testability.reason
    case .obsolete: return testability.succession
    }
  }
}

extension Testability {
  /// What took a clause's place, as a sentence.
  var succession: String { "Replaced, contradicted or deprecated by \(obsoletedBy ?? "nothing")." }
}

extension Topology {
  /// What the tester needs.
  var need: String {
    switch self {
    case .onLinkHost: "one address on the target's link"
    case .twoTesterAddresses: "two addresses, or a gateway, on the target's link"
    case .routerBetween: "an arm on each side of a router"
    case .natBetween: "an arm on each side of a NAT"
    case .translatorBetween: "an IPv4 host and an IPv6 host with a translator between them"
    }
  }
}
