internal import Suite

/// What the runs of one target hold for and against each clause.
struct Evidence {
  /// The cases of the runs that cite a clause, by its id.
  private var cases: [String: [ObservedCase]] = [:]
  /// Trials of each case that there are in the suites, by `suite.case`.
  private var trials: [String: Int] = [:]
  /// The cases of the suites that cite a clause, by its id.
  private var citing: [String: [String]] = [:]
  /// Names of the trials of each case that the runs had, by `suite.case`.
  private var ran: [String: Set<String>] = [:]
  /// Cases of the runs that cite no clause.
  private(set) var uncited: [ObservedCase] = []

  init(_ runs: [ObservedRun], _ suites: [TestSuite]) {
    for run in runs {
      for entry in run.cases {
        ran[entry.id, default: []].formUnion(entry.trials)
        if entry.requirements.isEmpty { uncited.append(entry) }
        for clause in Set(entry.requirements) { cases[clause, default: []].append(entry) }
      }
    }
    for suite in suites {
      for testCase in suite.cases {
        let id = "\(suite.name).\(testCase.id)"
        trials[id] = testCase.vary.combinations.count
        for clause in Set(testCase.requirements.map(\.value)) { citing[clause, default: []].append(id) }
      }
    }
  }

  /// What is said of a clause.
  func entry(for clause: Requirement, isCatalogued: Bool, role: Role) -> ConformanceStatement.Entry {
    let cases = cases[clause.id] ?? []
    var counts = OutcomeCounts()
    for entry in cases { counts += entry.counts }
    let missing = (citing[clause.id] ?? []).filter { ran[$0] == nil }
    let verdict = verdict(of: clause, counts, hasCases: !cases.isEmpty || !missing.isEmpty, role: role)
    let shortage = shortage(cases, missing)
    var reasons = reasons(for: verdict, of: clause, cases, counts)
    if counts.observed > 0 {
      reasons += remarks(cases, counts)
      if let shortage { reasons.append(shortage) }
    }
    return ConformanceStatement.Entry(
      requirement: clause,
      verdict: verdict,
      counts: counts,
      cases: cases.map(\.id),
      reasons: reasons,
      isPartial: counts.observed > 0 && shortage != nil,
      isCatalogued: isCatalogued
    )
  }

  /// The worst that its trials showed; without any, why there are none.
  private func verdict(
    of clause: Requirement,
    _ counts: OutcomeCounts,
    hasCases: Bool,
    role: Role
  ) -> StatementVerdict {
    let testability = clause.testability ?? Testability()
    if counts[.failed] + counts[.knownDeviation] > 0 {
      return Strength(clause.level) == .must ? .deviates : .notMet
    }
    if counts[.warned] + counts[.knownWarning] > 0 {
      return Strength(clause.level) == .must ? .warned : .notMet
    }
    // An error of the harness is a trial that nothing was learnt from.
    if counts[.inconclusive] + counts[.error] > 0 { return .inconclusive }
    if counts[.passed] > 0 { return .conforms }
    if counts[.notRun] > 0 { return .notRun }
    if counts[.skipped] > 0 { return .notApplicable }
    if testability.obsoletedBy != nil { return .obsolete }
    if !testability.duty.binds(role) { return .notApplicable }
    if hasCases { return .notRun }
    return testability.observability == .blackBox ? .notTested : .untestable
  }

  /// What there is that wasn't run, as a sentence; nil: nothing.
  private func shortage(_ cases: [ObservedCase], _ missing: [String]) -> String? {
    var (total, lost) = (0, 0)
    for (id, entries) in Dictionary(grouping: cases, by: \.id) {
      let had = ran[id] ?? []
      let unrun = entries.flatMap(\.notable).filter { $0.outcome == .notRun }.map(\.id)
      // The suites at hand may be others than those of the runs.
      let all = max(trials[id] ?? 0, had.union(unrun).count)
      total += all
      lost += all - had.count
    }
    var parts: [String] = []
    if lost > 0 { parts.append("\(lost) of the \(total) trials of its cases") }
    if !missing.isEmpty {
      parts.append(missing.count == 1 ? "the case \(missing[0])" : "\(missing.count) further cases")
    }
    return parts.isEmpty ? nil : "Not run: \(parts.joined(separator: " and "))."
  }
}
