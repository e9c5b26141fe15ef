public import Suite

/// What runs showed of one target, clause by clause: tested, failed, not applicable, untestable.
///
/// It says of a target what results say, and nothing more; the suites only tell what else there is to run.
public struct ConformanceStatement: Sendable {
  /// What is said of one clause.
  public struct Entry: Sendable {
    /// The clause.
    public var requirement: Requirement
    /// What the runs showed.
    public var verdict: StatementVerdict
    /// How the trials of its cases came out.
    public var counts: OutcomeCounts
    /// The cases that ran and cite it, `suite.case`.
    public var cases: [String]
    /// Why, a sentence each; empty where the verdict says all.
    public var reasons: [String]
    /// Whether it is said by a part of the trials that there are.
    public var isPartial: Bool
    /// Whether the catalogue has the clause; others come from the results.
    public var isCatalogued: Bool
  }

  /// The target's name.
  public var target: String
  /// Its role.
  public var role: Role
  /// What it claims to implement, where its target file was given.
  public var capabilities: [String: String]?
  /// The runs, in the order in which they were given.
  public var runs: [ObservedRun]
  /// All clauses, RFC by RFC.
  public var entries: [Entry]
  /// Cases of the runs that cite no clause.
  public var uncited: [ObservedCase]

  /// Judges each clause by the runs of one target.
  ///
  /// - Parameters:
  ///   - target: The target's name; runs of others are left out.
  ///   - role: What it is.
  ///   - capabilities: What it claims, where that is known.
  ///   - runs: Results in full.
  ///   - catalogue: The clauses.
  ///   - suites: The suites that there are.
  public init(
    of target: String,
    role: Role,
    capabilities: [String: String]? = nil,
    runs: [ObservedRun],
    catalogue: RequirementCatalogue,
    suites: [TestSuite]
  ) {
    self.target = target
    self.role = role
    self.capabilities = capabilities
    self.runs = runs.filter { $0.target == target }
    let evidence = Evidence(self.runs, suites)
    uncited = evidence.uncited
    var clauses = catalogue.clauses.map { ($0, true) }
    var seen: Set<String> = []
    for run in self.runs {
      for (id, clause) in run.clauses.sorted(by: { $0.key < $1.key })
      where catalogue[id] == nil && seen.insert(id).inserted {
        clauses.append((clause, false))
      }
    }
    entries = clauses.map { clause, isCatalogued in
      evidence.entry(for: clause, isCatalogued: isCatalogued, role: role)
    }
    .inOrderOfDocuments(\.requirement.rfc)
  }

  /// The entries that a filter lets pass.
  public func filtered(_ filter: CoverageFilter) -> ConformanceStatement {
    var statement = self
    statement.entries = entries.filter { filter.covers($0.requirement) }
    return statement
  }

  /// How many clauses of a strength have a verdict; nil: of any strength.
  public func count(_ verdict: StatementVerdict, _ strength: Strength? = nil) -> Int {
    entries.count { entry in
      entry.verdict == verdict && strength.map { $0 == Strength(entry.requirement.level) } ?? true
    }
  }

  /// The entries by document, RFCs by number and then drafts.
  public var groups: [(rfc: String, entries: [Entry])] {
    var groups: [(rfc: String, entries: [Entry])] = []
    for entry in entries {
      if groups.last?.rfc == entry.requirement.rfc {
        groups[groups.count - 1].entries.append(entry)
      } else {
        groups.append((entry.requirement.rfc, [entry]))
      }
    }
    return groups
  }
}
