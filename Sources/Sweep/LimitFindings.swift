internal import Suite

/// The rate limits that a slice shows, and what each holds for.
struct LimitFindings {
  /// A rate limit: probes of one of its members use up what the others need.
  struct Group {
    /// The member that it is measured with.
    var representative: MessageKind
    /// Probes a second that get through; nil: fewer than can be measured.
    var perSecond: Double?
    /// What it holds for.
    var members: Set<MessageKind>
  }

  private(set) var groups: [Group] = []

  /// Whether there is none.
  var isEmpty: Bool { groups.isEmpty }

  mutating func add(_ group: Group) { groups.append(group) }

  mutating func add(_ members: [MessageKind], to place: Int) {
    guard groups.indices.contains(place) else { return }
    groups[place].members.formUnion(members)
  }

  /// The limit that holds for a kind.
  func group(of kind: MessageKind) -> Group? { groups.first { $0.members.contains(kind) } }

  /// How long to rest until each limit lets at least one through again; nil: nobody knows.
  var rest: Duration? {
    var longest = Duration.zero
    for group in groups {
      guard let rate = group.perSecond, rate > 0 else { return nil }
      longest = max(longest, .nanoseconds(Int64(min(2e9 / rate, 1e12))))
    }
    return longest
  }

  /// The fate of a kind that was never seen while a limit was in the way: that of its type, if all of those that were seen have it.
  func inferred(_ kind: MessageKind, _ ledger: ProbeLedger) -> Fate? {
    var found: Fate?
    for code in UInt8.min...UInt8.max {
      let other = MessageKind(type: kind.type, code: code)
      guard let outcome = ledger.outcome(of: other) else { continue }
      guard let group = group(of: other) else { return nil }
      let fate = Fate.rateLimited(perSecond: group.perSecond, outcome)
      if found ?? fate != fate { return nil }
      found = fate
    }
    return found
  }
}
