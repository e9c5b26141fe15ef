internal import Capture
internal import Suite
internal import Wire

/// Rate limits: found by bursts, measured by what trickles through, and told from drops by asking after a rest.
extension SliceSweep {
  /// Copies of a probe at once: more than most limits let through.
  private static let copies = 64
  /// A suspicion is confirmed by so many more.
  private static let confirmingCopies = 256
  /// So many suspects are looked at in one go.
  private static let mostSuspects = 96
  private static let mostGroups = 16

  /// Kinds that are looked at although nothing is suspicious: all that have a name, and the first of each range.
  var representatives: [MessageKind] {
    let named = AssignedKinds.all(slice.version).filter { ledger.isSeen($0) }
    var kinds = Set(named)
    var last: Fate?
    for kind in ledger.kinds {
      let outcome = ledger.outcome(of: kind)
      if let outcome, outcome != last, kinds.count < Self.mostSuspects { kinds.insert(kind) }
      last = outcome
    }
    return kinds.sorted()
  }

  /// Sends each of these many times at once; those of which too few come to anything are under a limit.
  mutating func lookForLimits(among kinds: [MessageKind]) throws(SweepError) {
    let known = kinds.filter { limits.group(of: $0) == nil }
    let suspects = Self.spread(known, Self.mostSuspects)
    guard !suspects.isEmpty else { return }
    var limited = try limited(suspects, copies: Self.copies)
    if !limited.isEmpty { limited = try self.limited(limited, copies: Self.confirmingCopies) }
    if limited.isEmpty { return }
    if limits.isEmpty { ledger.forgetMisses() }
    try group(limited)
  }

  /// Some of many, evenly spread.
  private static func spread(_ kinds: [MessageKind], _ most: Int) -> [MessageKind] {
    guard kinds.count > most else { return kinds }
    return (0..<most).map { kinds[$0 * kinds.count / most] }
  }

  /// Those of which fewer copies come to anything than the path accounts for.
  private mutating func limited(_ kinds: [MessageKind], copies: Int) throws(SweepError) -> [MessageKind] {
    for _ in 0..<3 {
      let pass = try ask(kinds.flatMap { repeatElement($0, count: copies) })
      if wire.isInterrupted { return [] }
      guard pass.isComplete else { continue }
      let loss = min(path.loss, PathTally.greatestLoss)
      let tolerated = Int(3 * loss * Double(copies)) + 2
      return kinds.filter { copies - pass.arrivals(of: $0) > tolerated }
    }
    return []
  }

  /// Sorts kinds that are under limits by which limit it is, and measures each.
  private mutating func group(_ kinds: [MessageKind]) throws(SweepError) {
    var open = kinds
    for (place, group) in limits.groups.enumerated() {
      let same = try drained(open, by: group.representative)
      limits.add(same, to: place)
      open.removeAll { same.contains($0) }
    }
    while let first = open.first, limits.groups.count < Self.mostGroups, !wire.isInterrupted {
      let rate = try measure(first)
      let same = try drained(open.dropFirst().map { $0 }, by: first)
      limits.add(LimitFindings.Group(representative: first, perSecond: rate, members: [first]))
      limits.add(same, to: limits.groups.count - 1)
      open.removeAll { $0 == first || same.contains($0) }
    }
  }

  /// Those that come to nothing while another one uses up its limit: they share it.
  private mutating func drained(
    _ kinds: [MessageKind],
    by representative: MessageKind
  ) throws(SweepError) -> [MessageKind] {
    guard !kinds.isEmpty else { return [] }
    var failures: [MessageKind: Int] = [:]
    var open = kinds
    var rounds = 0
    // Whatever vanished in one of two rounds is asked three times more.
    while rounds < 5, !open.isEmpty, !wire.isInterrupted {
      let drain = [MessageKind](repeating: representative, count: Self.copies)
      let order = drain + open.flatMap { [representative, $0] }
      let pass = try ask(order)
      guard pass.isComplete else {
        rounds += 1
        continue
      }
      for kind in open where pass.arrivals(of: kind) == 0 { failures[kind, default: 0] += 1 }
      rounds += 1
      if rounds == 2 { open = open.filter { failures[$0] != nil } }
    }
    return kinds.filter { failures[$0, default: 0] * 2 > rounds }
  }

  /// How many copies of a kind get through in a second; nil: fewer than can be measured.
  private mutating func measure(_ kind: MessageKind) throws(SweepError) -> Double? {
    _ = try ask([MessageKind](repeating: kind, count: Self.copies))
    var start = wire.now()
    var arrived = 0
    var copies = 8
    while !wire.isInterrupted {
      let elapsed = wire.now() - start
      let isEnough = arrived >= 40 && elapsed >= .milliseconds(200) || elapsed >= .milliseconds(500)
      if isEnough && arrived >= 10 || elapsed >= .seconds(2) { break }
      let pass = try ask([MessageKind](repeating: kind, count: copies))
      arrived += pass.arrivals(of: kind)
      // Too few were asked to show the limit: begin again with more.
      if pass.arrivals(of: kind) * 2 > copies, copies < 4096 {
        copies *= 2
        _ = try ask([MessageKind](repeating: kind, count: copies))
        (start, arrived) = (wire.now(), 0)
      }
    }
    let seconds = (wire.now() - start) / .seconds(1)
    return arrived > 0 && seconds > 0 ? Double(arrived) / seconds : nil
  }

  /// Asks what vanished again, after rests that let every limit recover, until a whole pass brings nothing new: what still vanishes
  /// is under none of them. Then finds out what of the rest is.
  mutating func askBelowLimits() throws(SweepError) {
    let deadline = wire.now() + options.patience
    while !wire.isInterrupted, wire.now() < deadline, let needed, let rest = limits.rest {
      let open = ledger.missing.filter { ledger.misses(of: $0) < needed }
      if open.isEmpty { break }
      try self.rest(for: max(rest, options.isPathReliable ? .zero : Self.spacing))
      let pass = try ask(inOrder(open))
      // Where something came through, it may have used up what others needed.
      if pass.news.isEmpty { credit(pass, to: open) }
    }
    // What is under limits that were found later shows in one of each run.
    let known = limits.groups.count
    try assignMembers(from: 0)
    try lookForLimits(among: firstsOfRuns(ledger.seen.filter { limits.group(of: $0) == nil }))
    try assignMembers(from: known)
  }

  /// Finds out what the limits from this one on hold for.
  private mutating func assignMembers(from first: Int) throws(SweepError) {
    for (place, group) in limits.groups.enumerated().dropFirst(first) where !wire.isInterrupted {
      let others = ledger.seen.filter { limits.group(of: $0) == nil }
      let members = try drained(others, by: group.representative)
      limits.add(members, to: place)
    }
  }

  /// By chance, but with one of each type of which nothing was seen yet in front.
  private mutating func inOrder(_ kinds: [MessageKind]) -> [MessageKind] {
    let seenTypes = Set(ledger.seen.map(\.type))
    var front: [UInt8: MessageKind] = [:]
    var rest: [MessageKind] = []
    for kind in dice.shuffled(kinds) {
      if seenTypes.contains(kind.type) || front[kind.type] != nil {
        rest.append(kind)
      } else {
        front[kind.type] = kind
      }
    }
    return dice.shuffled(Array(front.values.sorted())) + rest
  }

  /// The first of each run of neighbours.
  private func firstsOfRuns(_ kinds: [MessageKind]) -> [MessageKind] {
    var last = -2
    return kinds.filter { kind in
      defer { last = kind.number }
      return kind.number != last + 1
    }
  }
}
