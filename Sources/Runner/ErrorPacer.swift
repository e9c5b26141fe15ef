internal import Capture
internal import Suite
internal import Wire

/// Keeps what trials may draw inside the target's error budget, with room to spare.
///
/// It holds for each address, and for all together, the tokens that the target is thought to have left.
struct ErrorPacer {
  private let limits: [Family: FamilyErrorBudget]
  private var peers: [FieldValue: TokenBucket] = [:]
  private var overall: [Family: TokenBucket] = [:]
  /// Whether both versions of IP draw on one budget.
  private let isShared: Bool

  /// A pacer for a budget of which nothing is left, where it is limited; nil when there is no limit.
  ///
  /// - Parameters:
  ///   - budget: What the target sends.
  ///   - now: When its budget for all peers was used up.
  init?(_ budget: ErrorBudget, exhaustedAt now: Timestamp) {
    guard budget.isLimited else { return nil }
    limits = budget.families
    let rates = budget.families.values.compactMap { $0.overall.limit?.perSecond }
    // Two limits that are about the same are most likely one.
    isShared = rates.count == 2 && (rates.max() ?? 0) < 1.5 * (rates.min() ?? 0)
    for (family, limits) in budget.families {
      overall[family] = limits.overall.limit.map {
        // Linux takes tokens out by chance, so that a burst is sometimes half of what was seen.
        TokenBucket(ErrorLimit(burst: $0.burst / 2, perSecond: $0.perSecond), level: 0, at: now)
      }
    }
    if isShared, let least = overall.values.min(by: { $0.perSecond < $1.perSecond }) {
      for family in overall.keys { overall[family] = least }
    }
  }

  /// Notes errors that were drawn from an address's budget before the first trial.
  mutating func note(_ count: Int, to peer: FieldValue, at now: Timestamp) {
    guard let bucket = bucket(of: peer, at: now) else { return }
    // What came back while it was drawn can't be missing.
    take(min(count, Int(bucket.capacity)), from: peer, at: now)
  }

  private mutating func take(_ count: Int, from peer: FieldValue, at now: Timestamp) {
    guard var bucket = bucket(of: peer, at: now) else { return }
    bucket.take(count, at: now)
    peers[peer] = bucket
  }

  /// When a demand is inside the budget: now, or later.
  func ready(_ demand: ErrorDemand, at now: Timestamp) -> Timestamp {
    demand.peers.reduce(now) { ready, need in
      max(ready, bucket(of: need.key, at: now)?.time(for: need.value, at: now) ?? now)
    }.later(overallReady(demand, at: now))
  }

  /// When all peers' budget has room for a demand.
  func overallReady(_ demand: ErrorDemand, at now: Timestamp) -> Timestamp {
    total(demand).reduce(now) { ready, need in
      max(ready, overall[need.key]?.time(for: need.value, at: now) ?? now)
    }
  }

  /// When addresses may be sent so many errors.
  func ready(_ count: Int, to addresses: [FieldValue], at now: Timestamp) -> Timestamp {
    addresses.reduce(now) { max($0, bucket(of: $1, at: now)?.time(for: count, at: now) ?? now) }
  }

  /// Takes a demand out of the budget.
  mutating func take(_ demand: ErrorDemand, at now: Timestamp) {
    for (peer, count) in demand.peers { take(count, from: peer, at: now) }
    for (family, count) in total(demand) {
      for place in isShared ? Array(overall.keys) : [family] { overall[place]?.take(count, at: now) }
    }
  }

  private func total(_ demand: ErrorDemand) -> [Family: Int] {
    demand.peers.reduce(into: [:]) { $0[$1.key.family, default: 0] += $1.value }
  }

  private func bucket(of peer: FieldValue, at now: Timestamp) -> TokenBucket? {
    if let bucket = peers[peer] { return bucket }
    guard let limit = limits[peer.family]?.peer.limit else { return nil }
    return TokenBucket(limit, level: .infinity, at: now)
  }
}

/// The tokens left of a limit, as far as can be known from outside.
struct TokenBucket {
  let capacity: Double
  let perSecond: Double
  private var level: Double
  private var time: Timestamp
  /// The part of a limit that is used: the target's own clock is coarse, and it counts what others draw.
  private static let margin = 0.8

  init(_ limit: ErrorLimit, level: Double, at now: Timestamp) {
    capacity = max(1, (Double(limit.burst) * Self.margin).rounded(.down))
    perSecond = max(limit.perSecond, 0.05) * Self.margin
    self.level = min(level, capacity)
    time = now
  }

  private func level(at now: Timestamp) -> Double {
    min(capacity, level + max(0, Double((now - time).wholeNanoseconds) / 1e9) * perSecond)
  }

  /// When so many tokens are there; more than the bucket holds are never there, so a full one must do.
  func time(for count: Int, at now: Timestamp) -> Timestamp {
    let missing = min(Double(count), capacity) - level(at: now)
    guard missing > 1e-9 else { return now }
    return now + .nanoseconds(Int64(min(missing / perSecond * 1e9, 1e15)) + 1)
  }

  /// Takes tokens out, also ones that aren't there.
  mutating func take(_ count: Int, at now: Timestamp) {
    level = level(at: now) - Double(count)
    time = max(time, now)
  }
}

extension FieldValue {
  /// The version of IP whose address it is.
  fileprivate var family: Family { if case .ipv6 = self { .ipv6 } else { .ipv4 } }
}

extension Timestamp {
  fileprivate func later(_ other: Timestamp) -> Timestamp { max(self, other) }
}
