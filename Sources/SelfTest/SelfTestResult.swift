public import Suite

/// What a self-test found: whether suites pass on a strict device, and notice each way of not being one.
public struct SelfTestResult: Sendable {
  /// How much of the matrix was looked at.
  public enum Scope: String, Hashable, Sendable {
    /// All mutants over all cases.
    case whole
    /// Enough to see that each mutant is noticed and each case notices one.
    case quick
    /// Some mutants only, so that nothing is said of the cases.
    case someMutants
  }

  /// The names of the suites, in order.
  public var suites: [String]
  /// What came of the strict device.
  public var reference: ReferenceFinding
  /// What came of each mutant, by name.
  public var mutants: [MutantFinding]
  /// What is known of each case, in the order of the suites.
  public var cases: [CaseFinding]
  /// The clauses that cases cite and mutants break, by id.
  public var clauses: [String: Requirement]
  /// How much was looked at.
  public var scope: Scope
  /// Whether a survivor of a cited clause is a defect: others may be there to notice it, where not all suites were looked
  /// at.
  public var judgesMutants: Bool
  /// The signal that ended it early, for example `SIGINT`; nil if none did.
  public var interruptedBy: String?

  /// Survivors of clauses that a suite claims to test.
  public var claimedSurvivors: [MutantFinding] { mutants.filter { $0.status == .survived && $0.isClaimed } }

  /// Survivors of clauses that no suite cites.
  public var unclaimedSurvivors: [MutantFinding] {
    mutants.filter { $0.status == .survived && !$0.isClaimed }
  }

  /// The cases with a proof of this kind.
  public func cases(_ proof: CaseProof) -> [CaseFinding] { cases.filter { $0.proof == proof } }

  /// What the self-test comes to.
  public var conclusion: Conclusion {
    if cases.isEmpty { return .nothingSelected }
    if !reference.trials(.failed).isEmpty || !cases(.missing).isEmpty { return .refuted }
    if judgesMutants, !claimedSurvivors.isEmpty { return .refuted }
    // What the strict device can't be asked, it can't prove.
    let isOpen = !reference.trials(.inconclusive).isEmpty || cases.contains { $0.proof == .skipped }
    return isOpen ? .inconclusive : .proved
  }

  /// What a self-test comes to.
  public enum Conclusion: Hashable, Sendable {
    /// Everything that was looked at is as it should be.
    case proved
    /// The strict device fails, a mutant survives, or a case proves nothing.
    case refuted
    /// Not refuted, but something could not be known.
    case inconclusive
    /// There were no cases.
    case nothingSelected
  }
}

/// What came of the strict device.
public struct ReferenceFinding: Sendable {
  /// How many seeds were tried, from 1.
  public var seeds: Int
  /// The trials that didn't pass, by seed and in order.
  public var unproved: [TrialFinding]

  /// The trials with this outcome, each once whatever the number of seeds, in order.
  public func trials(_ outcome: CaseOutcome) -> [String] {
    var seen: Set<String> = []
    return unproved.filter { $0.outcome == outcome && seen.insert($0.trial).inserted }.map(\.trial)
  }
}

/// A trial that didn't pass on the strict device.
public struct TrialFinding: Hashable, Sendable {
  /// `suite.case`.
  public var caseID: String
  /// `suite.case[variant]`.
  public var trial: String
  /// The seed of the run.
  public var seed: UInt64
  /// What came of it.
  public var outcome: CaseOutcome
  /// The verdict in one sentence.
  public var summary: String
}
