internal import Suite

/// The cases that count, and what proofs, runs and baselines say of them.
///
/// What speaks of cases that are gone, or that cite something else now, is told and not counted.
struct CaseIndex {
  /// The cases that cite a clause, by its id.
  private(set) var citing: [String: [ClauseCoverage.Case]] = [:]
  /// The clauses that a case cites, by `suite.case`.
  private var citations: [String: Set<String>] = [:]
  private let order: [String]
  private let suites: Set<String>
  private let areAllSuites: Bool

  init(_ suites: [TestSuite], areAllSuites: Bool) {
    self.areAllSuites = areAllSuites
    self.suites = Set(suites.map(\.name))
    var order: [String] = []
    for suite in suites {
      for testCase in suite.cases {
        let entry = ClauseCoverage.Case(
          id: "\(suite.name).\(testCase.id)",
          title: testCase.title,
          trials: testCase.vary.combinations.count
        )
        order.append(entry.id)
        for citation in testCase.requirements
        where citations[entry.id, default: []].insert(citation.value).inserted {
          citing[citation.value, default: []].append(entry)
        }
      }
    }
    self.order = order
  }

  /// Whether a case that isn't there is one that is gone, and not one of a suite that wasn't asked for.
  private func isGone(_ id: String) -> Bool {
    guard citations[id] == nil else { return false }
    if areAllSuites { return true }
    return suites.contains { id.hasPrefix($0 + ".") }
  }

  // MARK: Proofs

  /// The mutants that break each clause, with the cases that prove so, and what is out of date.
  func mutants(
    in proofs: ProofMatrix,
    _ catalogue: RequirementCatalogue
  ) -> ([String: [ClauseCoverage.Mutant]], warnings: [String]) {
    var mutants: [String: [ClauseCoverage.Mutant]] = [:]
    var unknown: [String] = []
    for mutant in proofs.mutants {
      for clause in mutant.requirements {
        if catalogue[clause] == nil { unknown.append("\(mutant.name) (\(clause))") }
        mutants[clause, default: []].append(
          ClauseCoverage.Mutant(
            name: mutant.name,
            summary: mutant.summary,
            status: mutant.status,
            cases: (citing[clause] ?? []).map(\.id).filter { id in
              proofs.citations[id]?.contains(clause) == true && proofs.hasFailed(id, on: mutant)
            }
          )
        )
      }
    }
    let listed = proofs.citations.keys.sorted()
    let changed = listed.filter { id in
      citations[id].map { $0 != Set(proofs.citations[id] ?? []) } ?? false
    }
    let missing = order.filter { proofs.citations[$0] == nil }
    let contradictions = contradictions(in: proofs)
    return (
      mutants,
      [
        warning(proofs.file, listed.filter(isGone), "names", "that the suites don't have any more"),
        warning(proofs.file, changed, "has", "with other clauses than the suites"),
        warning(proofs.file, missing, "doesn't have", "that the suites have"),
        warning(proofs.file, contradictions, "contradicts itself on", "and mutants that they fail on"),
        unknown.isEmpty
          ? nil : "\(proofs.file): clauses that the catalogue doesn't have: \(Self.list(unknown))",
      ].compactMap(\.self)
    )
  }

  /// Cases that claim to fail on mutants which don't say so.
  private func contradictions(in proofs: ProofMatrix) -> [String] {
    var told: [String: Set<String>] = [:]
    for mutant in proofs.mutants {
      for id in mutant.cases { told[id, default: []].insert(mutant.name) }
    }
    return proofs.failures.filter { !$0.value.isSubset(of: told[$0.key] ?? []) }.keys.sorted()
  }

  // MARK: Observations

  /// What targets did in trials of each clause's cases, and what is out of date.
  func observations(
    in runs: [ObservedRun]
  ) -> ([String: [ClauseCoverage.Observation]], warnings: [String]) {
    var observed: [String: [ClauseCoverage.Observation]] = [:]
    var warnings: [String] = []
    for run in runs {
      var gone: [String] = []
      var changed: [String] = []
      for entry in run.cases {
        guard let cited = citations[entry.id] else {
          if isGone(entry.id) { gone.append(entry.id) }
          continue
        }
        if cited != Set(entry.requirements) { changed.append(entry.id) }
        for clause in cited.intersection(entry.requirements) {
          var list = observed[clause] ?? []
          let place = list.firstIndex { $0.target == run.target } ?? list.count
          if place == list.count { list.append(.init(target: run.target, counts: OutcomeCounts())) }
          list[place].counts += entry.counts
          observed[clause] = list
        }
      }
      warnings += [
        warning(run.file, gone, "names", "that the suites don't have any more"),
        warning(run.file, changed, "has", "with other clauses than the suites"),
      ].compactMap(\.self)
    }
    return (observed, warnings)
  }

  // MARK: Baselines

  /// What baselines list for each clause's cases, and entries that speak of no trial.
  func knownDeviations(
    in baselines: [Baseline],
    _ suites: [TestSuite]
  ) -> ([String: [ClauseCoverage.KnownDeviation]], warnings: [String]) {
    var known: [String: [ClauseCoverage.KnownDeviation]] = [:]
    let trials = suites.flatMap(\.trials)
    for baseline in baselines {
      for entry in baseline.entries {
        var clauses: Set<String> = []
        for trial in trials where entry.covers(trial) {
          clauses.formUnion(trial.testCase.requirements.map(\.value))
        }
        for clause in clauses {
          known[clause, default: []].append(
            .init(target: baseline.target, trial: entry.trial, reason: entry.reason)
          )
        }
      }
    }
    guard areAllSuites else { return (known, []) }
    return (known, baselines.flatMap { $0.unmatched(in: suites) }.map { "\($0.position): \($0.message)" })
  }

  // MARK: Words

  private func warning(_ file: String, _ cases: [String], _ verb: String, _ rest: String) -> String? {
    if cases.isEmpty { return nil }
    let count = cases.count == 1 ? "a case" : "\(cases.count) cases"
    return "\(file) \(verb) \(count) \(rest): \(Self.list(cases))"
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
  }
}
