internal import Suite

/// What a slice comes to.
extension SliceSweep {
  func conclusion() -> SliceResult {
    var map = FateMap()
    for kind in ledger.kinds { map[kind] = fate(of: kind) }
    var evidence = evidence
    evidence.witness = witness?.title
    evidence.path = path
    evidence.attemptsNeeded = witness == nil ? nil : needed
    evidence.altered = ledger.altered.count
    evidence.limits = limits.groups.map { group in
      SliceEvidence.Limit(
        perSecond: group.perSecond,
        kinds: KindText.labels(group.kinds)
      )
    }
    var result = SliceResult(slice: slice, map: map, evidence: evidence)
    for (fate, differences) in ledger.examples where !differences.isEmpty {
      result.examples[fate] = differences.map {
        SliceResult.Change(field: $0.name, sent: $0.sent, seen: $0.seen)
      }
    }
    return result
  }

  private func fate(of kind: MessageKind) -> Fate {
    if ledger.conflicts.contains(kind) { return .inconclusive(.conflict) }
    if let outcome = ledger.outcome(of: kind) {
      // An error that isn't sent each time is no other fate: the probe is refused all the same.
      if outcome.isRejection || !limits.holds(for: kind) { return outcome }
      return .rateLimited(perSecond: limits.rate(of: kind), outcome)
    }
    if ledger.altered.contains(kind) { return .inconclusive(.notSent) }
    guard witness != nil else { return .inconclusive(wire.isInterrupted ? .interrupted : .noWitness) }
    guard let needed else { return .inconclusive(.lossyPath) }
    if ledger.misses(of: kind) >= needed { return .dropped }
    if wire.isInterrupted { return .inconclusive(.interrupted) }
    if !limits.isEmpty { return limits.inferred(kind, ledger) ?? .inconclusive(.rateLimit) }
    if evidence.captureLost > 0 { return .inconclusive(.captureLost) }
    return .inconclusive(path.lost > 0 ? .lossyPath : .notSent)
  }
}
