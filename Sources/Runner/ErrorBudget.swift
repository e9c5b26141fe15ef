public import Suite

/// How many ICMP errors a target sends, per IP version; families that weren't measured are left out.
public struct ErrorBudget: Hashable, Codable, Sendable {
  /// Where the numbers come from.
  public enum Origin: String, Hashable, Codable, Sendable {
    /// Seen on the wire before the first trial.
    case measured
    /// Said in the target file, under `limits`.
    case stated
  }

  /// Where the numbers come from.
  public var origin: Origin
  /// What holds for each version of IP.
  public var families: [Family: FamilyErrorBudget]

  /// Puts the parts together.
  public init(_ origin: Origin, families: [Family: FamilyErrorBudget]) {
    self.origin = origin
    self.families = families
  }

  /// Whether any limit was seen or stated.
  public var isLimited: Bool { families.values.contains { $0.peer.limit != nil || $0.overall.limit != nil } }

  /// The budget of a target whose file states it: so many a second, whoever they go to.
  ///
  /// Nothing is said of bursts, so one lasts no longer than 50 ms at that rate.
  public init(stating perSecond: Int, for families: [Family]) {
    let limit = ErrorLimit(burst: max(1, perSecond / 20), perSecond: Double(perSecond))
    let budget = FamilyErrorBudget(peer: ErrorAllowance(), overall: ErrorAllowance(limit: limit))
    self.init(.stated, families: Dictionary(families.map { ($0, budget) }) { first, _ in first })
  }

  /// A label and a text for each version of IP, in order: what every report shows.
  public var facts: [KeyValue] {
    Family.allCases.compactMap { family in
      guard let budget = families[family] else { return nil }
      let name = family == .ipv4 ? "ICMPv4 errors" : "ICMPv6 errors"
      let texts =
        origin == .stated ? [budget.overall.text + " in all, as the target file says"] : budget.texts
      return KeyValue(name, texts.joined(separator: "; "))
    }
  }
}

/// How many ICMP errors of one IP version a target sends.
public struct FamilyErrorBudget: Hashable, Codable, Sendable {
  /// To one peer.
  public var peer: ErrorAllowance
  /// To all peers together.
  public var overall: ErrorAllowance

  /// Puts the parts together.
  public init(peer: ErrorAllowance, overall: ErrorAllowance) {
    self.peer = peer
    self.overall = overall
  }

  var texts: [String] {
    guard peer.limit != nil || peer.seen > 0 else { return ["none seen, so no limit is known"] }
    return [peer.text + " to one peer"]
      + (overall.limit != nil || overall.seen > 0 ? [overall.text + " in all"] : [])
  }
}

/// What is known of one limit.
public struct ErrorAllowance: Hashable, Codable, Sendable {
  /// The limit; nil: none was seen.
  public var limit: ErrorLimit?
  /// How many errors came in answer to stimuli sent at once.
  public var seen: Int

  /// Puts the parts together.
  public init(limit: ErrorLimit? = nil, seen: Int = 0) {
    self.limit = limit
    self.seen = seen
  }

  var text: String { limit.map { "\($0)" } ?? "no limit up to \(seen) at once" }
}

/// A token bucket: so many at once, and then so many a second.
public struct ErrorLimit: Hashable, Codable, Sendable, CustomStringConvertible {
  /// Errors that come at once after a rest.
  public var burst: Int
  /// Errors a second when there is no rest.
  public var perSecond: Double

  /// Puts the parts together.
  public init(burst: Int, perSecond: Double) {
    self.burst = burst
    self.perSecond = perSecond
  }

  /// For example `6 at once, then 1.0 a second`.
  public var description: String {
    let tenths = Int((min(max(perSecond, 0), 1e9) * 10).rounded())
    let rate = perSecond < 10 ? "\(tenths / 10).\(tenths % 10)" : "\((tenths + 5) / 10)"
    return "\(burst) at once, then \(rate) a second"
  }
}
