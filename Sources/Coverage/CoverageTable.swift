public import Suite

/// Which clauses of the catalogue the suites cover, requirement by requirement.
public struct CoverageTable: Sendable {
  /// All that is known, in the order of RFCs and then of the catalogue.
  public var clauses: [ClauseCoverage]
  /// The runs that observations come from.
  public var runs: [ObservedRun]
  /// Whether a matrix of proofs was there.
  public var areProofsKnown: Bool
  /// What in proofs, observations and baselines is out of date and wasn't counted.
  public var warnings: [String]

  /// Compares the catalogue with what there is.
  ///
  /// - Parameters:
  ///   - catalogue: The clauses.
  ///   - suites: The suites whose cases count.
  ///   - areAllSuites: Whether these are all suites, so that every other case is one that is gone.
  ///   - proofs: The matrix of proofs; nil: not known.
  ///   - runs: What was observed.
  ///   - baselines: Known deviations of targets.
  public init(
    catalogue: RequirementCatalogue,
    suites: [TestSuite],
    areAllSuites: Bool = true,
    proofs: ProofMatrix? = nil,
    runs: [ObservedRun] = [],
    baselines: [Baseline] = []
  ) {
    let cases = CaseIndex(suites, areAllSuites: areAllSuites)
    areProofsKnown = proofs != nil
    self.runs = runs
    let (mutants, staleProofs) = proofs.map { cases.mutants(in: $0, catalogue) } ?? ([:], [])
    let (observed, staleRuns) = cases.observations(in: runs)
    let (known, staleBaselines) = cases.knownDeviations(in: baselines, suites)
    warnings = staleProofs + staleRuns + staleBaselines
    clauses = catalogue.clauses.map { requirement in
      let testability = requirement.testability ?? Testability()
      let cited = cases.citing[requirement.id] ?? []
      let breaking = proofs == nil ? nil : mutants[requirement.id] ?? []
      let state = CoverageState(
        of: testability,
        isCited: !cited.isEmpty,
        isProved: breaking?.contains { !$0.cases.isEmpty } ?? false
      )
      return ClauseCoverage(
        requirement: requirement,
        state: state,
        reason: state.reason(testability, breaking),
        cases: cited,
        mutants: breaking,
        observations: observed[requirement.id] ?? [],
        knownDeviations: known[requirement.id] ?? []
      )
    }
    .inOrderOfDocuments { $0.requirement.rfc }
  }

  /// The clauses of one RFC or draft.
  public struct Group: Sendable {
    /// `1122`, or the name of a draft.
    public var rfc: String
    /// Its clauses, in the order of the catalogue.
    public var clauses: [ClauseCoverage]
  }

  /// The clauses by document, RFCs by number and then drafts.
  public var groups: [Group] {
    var groups: [Group] = []
    for clause in clauses {
      if groups.last?.rfc == clause.requirement.rfc {
        groups[groups.count - 1].clauses.append(clause)
      } else {
        groups.append(Group(rfc: clause.requirement.rfc, clauses: [clause]))
      }
    }
    return groups
  }
}

extension Sequence {
  /// The elements by document: RFCs by number, then drafts by name; what belongs to one document stays in order.
  func inOrderOfDocuments(_ document: (Element) -> String) -> [Element] {
    enumerated().map { offset, element in
      let name = document(element)
      return (number: Int(name) ?? .max, name: name, offset: offset, element: element)
    }
    .sorted { ($0.number, $0.name, $0.offset) < ($1.number, $1.name, $1.offset) }
    .map(\.element)
  }
}
