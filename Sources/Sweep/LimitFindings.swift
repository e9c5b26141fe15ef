internal import Suite

/// The rate limits that a slice shows, and what they hold for.
struct LimitFindings {
  /// Kinds of which fewer get through than are sent, however few others are sent beside them.
  private(set) var kinds: Set<MessageKind> = []
  /// Probes a second that get through, of kinds that were measured; nil: fewer than can be measured.
  private var measured: [MessageKind: Double?] = [:]
  /// The rates of all kinds, once all is known.
  private var rates: [MessageKind: Double] = [:]

  /// Rates that differ by no more than this factor are taken for the same.
  private static let sameRate = 1.15

  /// Whether there is none.
  var isEmpty: Bool { kinds.isEmpty }

  /// The types that have a limited kind.
  var types: Set<UInt8> { Set(kinds.map(\.type)) }

  mutating func add(_ limited: [MessageKind]) { kinds.formUnion(limited) }

  /// Whether a kind is under a limit.
  func holds(for kind: MessageKind) -> Bool { kinds.contains(kind) }

  /// Notes how many copies of a kind get through in a second.
  mutating func note(_ rate: Double?, of kind: MessageKind) { measured[kind] = .some(rate) }

  /// Whether a kind was measured.
  func isMeasured(_ kind: MessageKind) -> Bool { measured[kind] != nil }

  /// The rate of a kind; nil: nobody knows, or fewer than can be measured.
  func rate(of kind: MessageKind) -> Double? { rates[kind] ?? measured[kind] ?? nil }

  /// How many kinds were measured.
  var measuredCount: Int { measured.count }

  /// How long to rest until the limits of these types let something through again; of types that weren't measured the
  /// slowest of all.
  func rest(for types: Set<UInt8>) -> Duration {
    let own = measured.filter { types.contains($0.key.type) }
    let slowest = (own.isEmpty ? measured : own).values.map { $0 ?? 0 }.min() ?? 0
    return .nanoseconds(Int64(slowest > 0 ? min(2e9 / slowest, Self.longestRest) : Self.longestRest))
  }

  private static let longestRest = 2.5e9

  /// The limited kinds of a type, in order.
  func kinds(of type: UInt8) -> [MessageKind] { kinds.filter { $0.type == type }.sorted() }

  /// Gives every kind a rate: that of the nearest one of its type that was measured, else the only one there is.
  ///
  /// Rates that hardly differ become one.
  mutating func settle() {
    let known = measured.compactMapValues(\.self)
    var clusters: [[Double]] = []
    for rate in known.values.sorted() {
      if let first = clusters.last?.first, rate / first <= Self.sameRate {
        clusters[clusters.count - 1].append(rate)
      } else {
        clusters.append([rate])
      }
    }
    func common(_ rate: Double) -> Double {
      guard let cluster = clusters.first(where: { $0.contains(rate) }) else { return rate }
      return cluster.reduce(0, +) / Double(cluster.count)
    }
    let only = clusters.count == 1 && measured.count == known.count ? clusters[0].first.map(common) : nil
    for type in types {
      let own = kinds(of: type)
      let isMeasured = own.contains { measured[$0] != nil }
      var latest = own.first { known[$0] != nil }.flatMap { known[$0] }
      for kind in own {
        latest = known[kind] ?? latest
        rates[kind] = latest.map(common) ?? (isMeasured ? nil : only)
      }
    }
  }

  /// The limits as reports tell them: by rate, the kinds of each.
  var groups: [(perSecond: Double?, kinds: [MessageKind])] {
    let byRate = Dictionary(grouping: kinds) { rate(of: $0) ?? 0 }
    return byRate.sorted { $0.key < $1.key }.map { ($0.key > 0 ? $0.key : nil, $0.value.sorted()) }
  }

  /// The fate of a kind that was never seen while a limit was in the way: that of its type, if all of those that were seen have it.
  func inferred(_ kind: MessageKind, _ ledger: ProbeLedger) -> Fate? {
    var found: Fate?
    for code in UInt8.min...UInt8.max {
      let other = MessageKind(type: kind.type, code: code)
      guard let outcome = ledger.outcome(of: other) else { continue }
      guard holds(for: other), !outcome.isRejection else { return nil }
      let fate = Fate.rateLimited(perSecond: rate(of: other), outcome)
      if found ?? fate != fate { return nil }
      found = fate
    }
    return found
  }
}

extension Fate {
  /// Whether it came back with an error.
  var isRejection: Bool { if case .rejected = self { true } else { false } }
}
