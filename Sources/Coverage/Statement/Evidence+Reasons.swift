internal import Suite

extension Evidence {
  /// Most trials, and most different causes, that are told one by one.
  private static let limit = 3

  /// Why a clause has its verdict, a sentence each.
  func reasons(
    for verdict: StatementVerdict,
    of clause: Requirement,
    _ cases: [ObservedCase],
    _ counts: OutcomeCounts
  ) -> [String] {
    let testability = clause.testability ?? Testability()
    switch verdict {
    case .conforms: return []
    case .deviates, .notMet, .warned:
      return causes(cases, [.failed, .knownDeviation], of: counts.trials)
        + causes(cases, [.warned, .knownWarning], of: counts.trials)
        + causes(cases, [.inconclusive, .error], of: counts.trials)
    case .inconclusive: return causes(cases, [.inconclusive, .error], of: counts.trials)
    case .notApplicable:
      if !cases.isEmpty { return causes(cases, [.skipped], of: counts.trials) }
      return ["It binds \(testability.duty.bound)."]
    case .notRun:
      return cases.isEmpty ? [] : causes(cases, [.notRun], of: counts.trials)
    case .notTested:
      return testability.topology.needsTwoArms ? ["The tester needs \(testability.topology.need)."] : []
    case .untestable:
      return [testability.reason.isEmpty ? testability.observability.meaning : testability.reason]
    case .obsolete: return [testability.succession]
    }
  }

  /// What else is to be said where trials ran.
  func remarks(_ cases: [ObservedCase], _ counts: OutcomeCounts) -> [String] {
    var remarks: [String] = []
    let flaky = cases.reduce(0) { $0 + $1.flaky }
    if flaky > 0 { remarks.append("\(flaky) of \(counts.trials) trials passed only after a retry.") }
    return remarks + causes(cases, [.skipped], of: counts.trials)
  }

  /// Trials with these outcomes, put together where the cause is the same.
  private func causes(_ cases: [ObservedCase], _ outcomes: [ObservedOutcome], of total: Int) -> [String] {
    var order: [String] = []
    var trials: [String: [NotableTrial]] = [:]
    for trial in cases.flatMap(\.notable) where outcomes.contains(trial.outcome) {
      if trials[trial.why] == nil { order.append(trial.why) }
      trials[trial.why, default: []].append(trial)
    }
    var sentences = order.prefix(Self.limit).map { why in
      let group = trials[why] ?? []
      let names = group.prefix(Self.limit).map(\.id).joined(separator: ", ")
      let more = group.count > Self.limit ? " and \(group.count - Self.limit) more" : ""
      let known = group.first.map { $0.outcome == .knownDeviation || $0.outcome == .knownWarning } ?? false
      let word = group.first?.outcome.told ?? ""
      return
        "\(group.count) of \(total) \(total == 1 ? "trial" : "trials") \(word)\(known ? ", as known" : ""): "
        + "\(names)\(more): \(why)"
    }
    if order.count > Self.limit {
      let rest = order.dropFirst(Self.limit).reduce(0) { $0 + (trials[$1]?.count ?? 0) }
      sentences.append("\(rest) further trials for other causes.")
    }
    return sentences
  }
}

extension ObservedOutcome {
  /// What became of trials, as a verb or adjective behind their number.
  fileprivate var told: String {
    switch self {
    case .passed: "passed"
    case .warned, .knownWarning: "warned"
    case .failed, .knownDeviation: "failed"
    case .inconclusive: "inconclusive"
    case .error: "ended by an error of the harness"
    case .skipped: "not applicable"
    case .notRun: "not run"
    }
  }
}
