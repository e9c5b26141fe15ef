internal import Capture
internal import Suite
internal import Wire

/// Rate limits: a kind is under one if too few of many copies of it get through, whatever else is sent.
extension SliceSweep {
  /// Copies of a probe at once: more than most limits let through.
  private static let copies = 64
  /// A suspicion is confirmed by so many more.
  private static let confirmingCopies = 256
  /// So many kinds are looked at without a reason.
  private static let mostSuspects = 96
  /// So many kinds are measured when they are found, and so many in all.
  private static let mostMeasuredAtOnce = 6
  private static let mostMeasured = 24
  /// So many kinds are looked at in one pass.
  private static let kindsOfPass = 512

  /// Kinds that are looked at although nothing is suspicious: all that have a name, and the first of each range.
  var representatives: [MessageKind] {
    var kinds = Set(AssignedKinds.all(slice.version).filter { ledger.isSeen($0) })
    var last: Fate?
    for kind in ledger.kinds {
      let outcome = ledger.outcome(of: kind)
      if let outcome, outcome != last, kinds.count < Self.mostSuspects { kinds.insert(kind) }
      last = outcome
    }
    return kinds.sorted()
  }

  /// Looks whether some of these kinds are under limits.
  mutating func lookForLimits(among kinds: [MessageKind]) throws(SweepError) {
    let suspects = Self.spread(kinds.filter { !limits.holds(for: $0) }, Self.mostSuspects)
    try note(limited: try limited(suspects))
  }

  /// Some of many, evenly spread.
  private static func spread(_ kinds: [MessageKind], _ most: Int) -> [MessageKind] {
    guard kinds.count > most else { return kinds }
    return (0..<most).map { kinds[$0 * kinds.count / most] }
  }

  /// Notes limited kinds; the first that are found make what vanished before meaningless.
  private mutating func note(limited kinds: [MessageKind]) throws(SweepError) {
    guard !kinds.isEmpty else { return }
    if limits.isEmpty { ledger.forgetMisses() }
    let known = limits.types
    limits.add(kinds)
    // How long to rest depends on the rates; those of one type are mostly under the same.
    var types: Set<UInt8> = []
    for kind in kinds where !known.contains(kind.type) && types.insert(kind.type).inserted {
      if limits.measuredCount < Self.mostMeasuredAtOnce { limits.note(try measure(kind), of: kind) }
    }
  }

  /// Those of which fewer copies come to anything than the path accounts for.
  private mutating func limited(_ kinds: [MessageKind]) throws(SweepError) -> [MessageKind] {
    var found: [MessageKind] = []
    for first in stride(from: 0, to: kinds.count, by: Self.kindsOfPass) where !wire.isInterrupted {
      let part = Array(kinds[first..<min(first + Self.kindsOfPass, kinds.count)])
      let suspects = try limited(part, copies: Self.copies)
      // Where nothing gets lost, few missing copies say enough.
      let isSure = options.isPathReliable && path.lost == 0
      found += isSure || suspects.isEmpty ? suspects : try limited(suspects, copies: Self.confirmingCopies)
    }
    return found
  }

  private mutating func limited(_ kinds: [MessageKind], copies: Int) throws(SweepError) -> [MessageKind] {
    for _ in 0..<3 where !kinds.isEmpty {
      let pass = try ask(kinds.flatMap { repeatElement($0, count: copies) })
      if wire.isInterrupted { return [] }
      guard pass.isComplete else { continue }
      let loss = min(path.loss, PathTally.greatestLoss)
      let tolerated = Int(3 * loss * Double(copies)) + 2
      return kinds.filter { copies - pass.arrivals(of: $0) > tolerated }
    }
    return []
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
}

// MARK: - What vanished because of limits

extension SliceSweep {
  /// Asks what vanished again, after rests that let every limit recover.
  ///
  /// What vanishes even then, and nothing beside it comes through, is under no limit. Then finds out what of the rest is.
  mutating func askBelowLimits() throws(SweepError) {
    let deadline = wire.now() + options.patience
    try clearTypes(until: deadline)
    try clearKinds(until: deadline)
    let types = limits.types
    let others = ledger.seen.filter { types.contains($0.type) && !limits.holds(for: $0) }
    try note(limited: try limited(others))
    try measureTypes(until: wire.now() + options.patience)
    limits.settle()
  }

  /// Types of which nothing seems limited: all of them at once, and halves of them where something comes through that had vanished.
  private mutating func clearTypes(until deadline: Timestamp) throws(SweepError) {
    var blocks = [Array(Set(ledger.missing.map(\.type)).subtracting(limits.types)).sorted()]
    while !blocks.isEmpty, !wire.isInterrupted, wire.now() < deadline, let needed {
      let block = blocks.removeFirst()
      let types = Set(block)
      let open = ledger.missing.filter { types.contains($0.type) && ledger.misses(of: $0) < needed }
      if open.isEmpty { continue }
      try recover(limits.types)
      let pass = try ask(dice.shuffled(open))
      if pass.news.isEmpty {
        credit(pass, to: open)
        blocks.append(block)
        continue
      }
      try lookForLimits(among: pass.news)
      let rest = block.filter { !limits.types.contains($0) }
      // What came through without a limit got lost before.
      let halves = [rest.prefix(rest.count / 2), rest.suffix(rest.count - rest.count / 2)]
      blocks += (rest.count == block.count ? [rest[...]] : halves).filter { !$0.isEmpty }.map { Array($0) }
    }
  }

  /// Types of which something is limited, one by one, the fastest limits first: all that vanished, until nothing comes through
  /// any more.
  private mutating func clearKinds(until deadline: Timestamp) throws(SweepError) {
    let types = limits.types.sorted { (limits.rest(for: [$0]), $0) < (limits.rest(for: [$1]), $1) }
    for type in types {
      while !wire.isInterrupted, wire.now() < deadline, let needed {
        let open = ledger.missing.filter { $0.type == type && ledger.misses(of: $0) < needed }
        if open.isEmpty { break }
        try recover([type])
        let pass = try ask(dice.shuffled(open))
        // Where something came through, it may have used up what others needed.
        if pass.news.isEmpty { credit(pass, to: open) }
      }
    }
  }

  /// Rests until limits let something through again.
  private mutating func recover(_ types: Set<UInt8>) throws(SweepError) {
    try rest(for: max(limits.rest(for: types), options.isPathReliable ? .zero : Self.spacing))
  }

  /// Measures the first and the last limited kind of each type; between two that differ, also the middle.
  private mutating func measureTypes(until deadline: Timestamp) throws(SweepError) {
    for type in limits.types.sorted() { try measure(limits.kinds(of: type)[...], until: deadline) }
  }

  private mutating func measure(
    _ kinds: ArraySlice<MessageKind>,
    until deadline: Timestamp
  ) throws(SweepError) {
    guard let first = kinds.first, let last = kinds.last else { return }
    for kind in [first, last] where !limits.isMeasured(kind) && !wire.isInterrupted {
      // One that takes long to measure is measured once.
      if kind == last, let rate = limits.rate(of: first), rate < 5 { continue }
      guard limits.measuredCount < Self.mostMeasured, wire.now() < deadline else { return }
      limits.note(try measure(kind), of: kind)
    }
    guard kinds.count > 2, let one = limits.rate(of: first), let other = limits.rate(of: last),
      max(one, other) / min(one, other) > 1.3
    else { return }
    let middle = kinds.startIndex + kinds.count / 2
    try measure(kinds[kinds.startIndex...middle], until: deadline)
    try measure(kinds[middle...], until: deadline)
  }
}
