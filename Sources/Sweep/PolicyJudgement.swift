public import Suite
internal import Wire

/// What a sweep says of a policy: rule by rule, slice by slice.
public struct PolicyJudgement: Sendable {
  /// Whether a rule is kept in a slice.
  public enum Verdict: String, Hashable, Codable, Sendable {
    /// Every message that it speaks of met with a fate that it allows.
    case kept
    /// At least one didn't.
    case broken
    /// None was seen to break it, but not all have a proved fate.
    case undecided
    /// Nothing of the kind could be sent.
    case skipped
  }

  /// A rule in a slice.
  public struct Outcome: Sendable {
    /// The rule.
    public var rule: FilterPolicy.Rule
    /// The slice.
    public var slice: SweepSlice
    /// Whether it is kept there.
    public var verdict: Verdict
    /// How many kinds of message it speaks of there.
    public var count: Int
    /// Kinds with a fate that it forbids.
    public var violations: [FateRange]
    /// Kinds without a proved fate.
    public var undecided: [FateRange]
    /// Why nothing could be sent; nil: it could.
    public var reason: String?
  }

  /// The policy.
  public var policy: FilterPolicy
  /// Its rules in the slices that were swept, rule by rule.
  public private(set) var outcomes: [Outcome] = []
  /// Slices that it speaks of and that weren't swept.
  public private(set) var unswept: [SweepSlice] = []
  /// Kinds that were swept and that no rule speaks of, by slice.
  public private(set) var uncovered: [(slice: SweepSlice, count: Int)] = []

  /// Holds a sweep against a policy.
  public init(_ policy: FilterPolicy, _ result: SweepResult) {
    self.policy = policy
    unswept = policy.slices.filter { result[$0] == nil }
    var found: [Outcome] = []
    for swept in result.slices where swept.slice.version == policy.version {
      found += judge(swept, result)
    }
    // Rule by rule, as they are written.
    let order = Dictionary(
      policy.allRules.enumerated().map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    outcomes = found.enumerated().sorted { one, other in
      let (a, b) = (order[one.element.rule.id] ?? 0, order[other.element.rule.id] ?? 0)
      return (a, one.offset) < (b, other.offset)
    }.map(\.element)
  }

  private mutating func judge(_ swept: SliceResult, _ result: SweepResult) -> [Outcome] {
    struct Tally {
      var count = 0
      var violations = FateMap()
      var undecided = FateMap()
    }
    var tallies: [String: Tally] = [:]
    var alone = 0
    for (kind, fate) in swept.map.entries {
      let rules = policy.rules(for: kind, in: swept.slice)
      if rules.isEmpty { alone += 1 }
      for rule in rules {
        var tally = tallies[rule.id] ?? Tally()
        tallies[rule.id] = nil
        tally.count += 1
        if !rule.fates.contains(.any) {
          if fate.isInconclusive {
            tally.undecided[kind] = fate
          } else if !rule.allows(fate, from: result.addresses[swept.slice.direction.sender] ?? []) {
            tally.violations[kind] = fate
          }
        }
        tallies[rule.id] = tally
      }
    }
    if let reason = swept.skipped { return skipped(swept.slice, reason) }
    if alone > 0 { uncovered.append((swept.slice, alone)) }
    return policy.allRules.compactMap { rule in
      guard let tally = tallies[rule.id] else { return nil }
      let (violations, undecided) = (tally.violations.ranges, tally.undecided.ranges)
      return Outcome(
        rule: rule,
        slice: swept.slice,
        verdict: !violations.isEmpty ? .broken : undecided.isEmpty ? .kept : .undecided,
        count: tally.count,
        violations: violations,
        undecided: undecided
      )
    }
  }
}

extension PolicyJudgement {
  /// Rules that speak of a slice in which nothing could be sent.
  private func skipped(_ slice: SweepSlice, _ reason: String) -> [Outcome] {
    let counts = slice.kinds.flatMap { policy.rules(for: $0, in: slice) }.reduce(into: [:]) { counts, rule in
      counts[rule.id, default: 0] += 1
    }
    return policy.allRules.compactMap { rule in
      counts[rule.id].map { count in
        Outcome(
          rule: rule,
          slice: slice,
          verdict: .skipped,
          count: count,
          violations: [],
          undecided: [],
          reason: reason
        )
      }
    }
  }
}

extension FilterPolicy.Rule {
  /// Whether a proved fate is one that the rule allows.
  ///
  /// - Parameters:
  ///   - fate: The fate.
  ///   - addresses: The target's own addresses on the sender's side.
  /// - Returns: Whether it is allowed; nothing that isn't proved is.
  func allows(_ fate: Fate, from addresses: [String]) -> Bool {
    switch fate {
    case .delivered: !fates.isDisjoint(with: [.delivered, .passed])
    case .changed(let fields):
      !fates.isDisjoint(with: [.changed, .passed]) && (changes?.allow(fields) ?? true)
    case .rejected(let error):
      !fates.isDisjoint(with: [.rejected, .blocked]) && (rejection?.allows(error, from: addresses) ?? true)
    case .dropped: !fates.isDisjoint(with: [.dropped, .blocked])
    case .rateLimited: fates.contains(.rateLimited)
    case .inconclusive: false
    }
  }

  /// The fates that it allows, in words.
  public var expectation: String {
    let words = FilterPolicy.FateWord.allCases.filter(fates.contains).map(\.rawValue)
    return words.joined(separator: " or ")
  }
}

extension FilterPolicy.Changes {
  fileprivate func allow(_ fields: [String]) -> Bool {
    guard required.allSatisfy(fields.contains) else { return false }
    guard let allowed else { return true }
    return fields.allSatisfy { allowed.contains($0) || required.contains($0) }
  }
}

extension FilterPolicy.Rejection {
  fileprivate func allows(_ error: Fate.Rejection, from addresses: [String]) -> Bool {
    if let type, type != error.kind.type { return false }
    if let code, code != error.kind.code { return false }
    return isFromTarget != true || addresses.contains(error.source)
  }
}
