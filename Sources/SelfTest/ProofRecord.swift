/// What a self-test found, as `Suites/proofs.json` keeps it.
///
/// A quick self-test learns from it where to look first; it is never believed.
public struct ProofRecord: Codable, Hashable, Sendable {
  /// A case with the mutants that prove it.
  public struct Case: Codable, Hashable, Sendable {
    /// `suite.case`.
    public var id: String
    /// The clauses it cites.
    public var requirements: [String]
    /// The mutants that prove it: of its own clauses, else of others.
    public var mutants: [String]
  }

  /// A mutant with the cases that fail on it.
  public struct Deviation: Codable, Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The clauses it breaks.
    public var requirements: [String]
    /// What it does.
    public var summary: String
    /// What came of it.
    public var status: MutantStatus
    /// The cases that fail on it.
    public var cases: [String]
  }

  /// What came of the strict device.
  public struct Reference: Codable, Hashable, Sendable {
    /// How many seeds were tried.
    public var seeds: Int
    /// The trials that failed.
    public var failures: [String]
    /// The trials whose outcome could not be known.
    public var inconclusive: [String]
  }

  /// How many suites there were.
  public var suites: Int
  /// All cases, in the order of the suites.
  public var cases: [Case]
  /// All mutants, by name.
  public var mutants: [Deviation]
  /// The strict device.
  public var reference: Reference

  /// What is worth keeping of a self-test.
  public init(_ result: SelfTestResult) {
    suites = result.suites.count
    cases = result.cases.map { Case(id: $0.id, requirements: $0.requirements, mutants: $0.mutants) }
    mutants = result.mutants.map {
      Deviation(
        name: $0.name,
        requirements: $0.requirements,
        summary: $0.summary,
        status: $0.status,
        cases: $0.cases
      )
    }
    reference = Reference(
      seeds: result.reference.seeds,
      failures: result.reference.trials(.failed),
      inconclusive: result.reference.trials(.inconclusive)
    )
  }
}
