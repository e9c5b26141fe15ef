public import Runner
public import Suite
public import Sweep

/// A sweep with all that is to be said of it: what reports are made from.
public struct SweepReport: Sendable {
  /// What was found out.
  public var result: SweepResult
  /// The policies that it was held against.
  public var judgements: [PolicyJudgement]
  /// What became otherwise since an earlier sweep; nil: there was none.
  public var comparison: SweepComparison?
  /// The file of the earlier sweep.
  public var comparedWith: String?
  /// The clauses that policies cite.
  public var catalogue: RequirementCatalogue
  /// The weakest level that fails a rule.
  public var enforcement: Enforcement
  /// Assay's version.
  public var version: String
  /// The signal that ended it; nil: it came to its end.
  public var interruptedBy: String?

  /// Puts the parts together.
  public init(
    _ result: SweepResult,
    judgements: [PolicyJudgement] = [],
    comparison: SweepComparison? = nil,
    comparedWith: String? = nil,
    catalogue: RequirementCatalogue = RequirementCatalogue(),
    enforcement: Enforcement = .must,
    version: String = "",
    interruptedBy: String? = nil
  ) {
    self.result = result
    self.judgements = judgements
    self.comparison = comparison
    self.comparedWith = comparedWith
    self.catalogue = catalogue
    self.enforcement = enforcement
    self.version = version
    self.interruptedBy = interruptedBy
  }

  /// What each policy's rules come to in each slice.
  public var findings: [SweepFinding] {
    judgements.flatMap { judgement in judgement.outcomes.map { finding($0, judgement.policy) } }
  }

  private func finding(_ outcome: PolicyJudgement.Outcome, _ policy: FilterPolicy) -> SweepFinding {
    let requirements = outcome.rule.requirements.compactMap { catalogue[$0.value] }
    let level = requirements.first?.level ?? .must
    let standing: Standing =
      switch outcome.verdict {
      case .kept: .passed
      case .broken: enforcement.covers(level) ? .failed : .warned
      case .undecided: .inconclusive
      case .skipped: .skipped
      }
    return SweepFinding(
      policy: policy,
      outcome: outcome,
      requirements: requirements,
      level: level,
      standing: standing
    )
  }

  /// The slices of which not every probe has a proved fate, and how many.
  public var unproved: [(slice: SweepSlice, count: Int)] {
    result.slices.compactMap { swept in
      let count = swept.map.counts.filter(\.fate.isInconclusive).reduce(0) { $0 + $1.count }
      return count > 0 ? (swept.slice, count) : nil
    }
  }

  /// The exit status of the command; the worst wins.
  ///
  /// With policies it is theirs, with a comparison also that there is none; alone, it says whether every fate is proved.
  public var status: ExitStatus {
    switch interruptedBy {
    case "SIGTERM": return .terminated
    case "SIGHUP": return .hungUp
    case .some: return .interrupted
    case nil: break
    }
    let standings = findings.map(\.standing)
    if result.slices.allSatisfy({ $0.map.askedCount == 0 }) { return .nothingSelected }
    if !judgements.isEmpty, standings.allSatisfy({ $0 == .skipped }) { return .nothingSelected }
    if let comparison, comparison.comparedCount == 0 { return .nothingSelected }
    if standings.contains(.failed) || comparison?.changes.isEmpty == false { return .failed }
    let isUndecided =
      standings.contains(.inconclusive) || comparison?.undecided.isEmpty == false
      || judgements.contains { !$0.unswept.isEmpty }
      || judgements.isEmpty && comparison == nil && !unproved.isEmpty
    return isUndecided ? .inconclusive : .conforming
  }
}

/// What a rule of a policy comes to in one slice, weighed by the level of its clause.
public struct SweepFinding: Sendable {
  /// The policy.
  public var policy: FilterPolicy
  /// What was found.
  public var outcome: PolicyJudgement.Outcome
  /// The clauses that the rule cites.
  public var requirements: [Requirement]
  /// The level that counts: that of the first clause, MUST without one.
  public var level: RequirementLevel
  /// How it counts.
  public var standing: Standing

  /// `rule[ipv4.inbound.related-udp]`, unique in its policy.
  public var name: String { "\(outcome.rule.id)[\(outcome.slice.id)]" }

  /// One sentence on what was wanted and what was seen.
  public var headline: String {
    if outcome.verdict == .skipped { return seen }
    return "\(outcome.rule.title): \(outcome.slice.title), \(outcome.rule.expectation). \(seen)"
  }

  /// What was seen, in one sentence.
  public var seen: String {
    let version = outcome.slice.version
    func count(_ ranges: [FateRange]) -> Int { ranges.reduce(0) { $0 + $1.count } }
    switch outcome.verdict {
    case .kept: return "So it is, for all \(outcome.count)."
    case .skipped: return outcome.reason ?? ""
    case .broken:
      let list = Self.list(outcome.violations, version)
      return "\(count(outcome.violations)) of \(outcome.count) aren't: \(list)."
    case .undecided:
      let list = Self.list(outcome.undecided, version)
      return "Of \(count(outcome.undecided)) of \(outcome.count) nothing is proved: \(list)."
    }
  }

  /// Everything that breaks the rule, a line each, then what isn't proved.
  public var details: [String] {
    (outcome.violations + outcome.undecided).map { "\($0.label): \($0.fate.text(outcome.slice.version))" }
  }

  /// The first few ranges in words.
  private static func list(_ ranges: [FateRange], _ version: IPVersion) -> String {
    var text = ranges.prefix(6).map { "\($0.label) \($0.fate.text(version))" }.joined(separator: "; ")
    if ranges.count > 6 { text += "; and \(ranges.count - 6) ranges more" }
    return text
  }
}
