internal import Glibc

/// How a path treated the witnesses of a sweep, and how often a probe must vanish on it until that means anything.
public struct PathTally: Hashable, Codable, Sendable {
  /// Witnesses that were seen leaving.
  public var sent = 0
  /// Those that weren't seen on the other side.
  public var lost = 0

  /// Nothing was sent.
  public init(sent: Int = 0, lost: Int = 0) {
    self.sent = sent
    self.lost = lost
  }

  /// Adds what other witnesses met with.
  public static func += (sum: inout PathTally, part: PathTally) {
    sum.sent += part.sent
    sum.lost += part.lost
  }

  /// The share of frames that get lost, at most, as far as the witnesses show: two more are counted than were lost, since
  /// few witnesses may have been lucky.
  public var loss: Double { min(Double(lost + 2) / Double(max(1, sent)), 1) }

  /// The chance that is left to the path of having eaten a single one of all the probes that count as dropped.
  public static let residualDoubt = 1e-6

  /// On a path that loses more, nothing counts as dropped.
  public static let greatestLoss = 0.25

  /// How often each probe must vanish, with witnesses around it that don't, so that it counts as dropped.
  ///
  /// - Parameters:
  ///   - probes: How many probes are asked.
  ///   - isReliable: Whether nothing gets lost uncounted, as on a cable inside this machine: then twice, the second time to
  ///     tell from rate limits.
  /// - Returns: A number of attempts; nil when no number proves anything.
  public func attemptsNeeded(probes: Int, isReliable: Bool) -> Int? {
    if isReliable, lost == 0 { return 2 }
    guard loss <= Self.greatestLoss else { return nil }
    let perProbe = Self.residualDoubt / Double(max(1, probes))
    return max(2, Int((log(perProbe) / log(loss)).rounded(.up)))
  }
}
