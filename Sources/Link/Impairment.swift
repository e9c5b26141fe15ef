/// What is wrong with a path on purpose: which share of its frames, in each direction, suffers what.
///
/// `Impairment(parsing: "loss=2%,duplicate=2%,delay=1ms,seed=7")` reads it as the command line writes it.
public struct Impairment: Hashable, Sendable {
  /// Frames that never arrive.
  public var loss = Share.none
  /// Frames that arrive twice.
  public var duplication = Share.none
  /// Frames that others overtake.
  public var reordering = Share.none
  /// Frames of which an octet or a few arrive changed.
  public var corruption = Share.none
  /// What every frame takes longer.
  public var delay = Duration.zero
  /// What a frame takes longer than that, at most; none overtakes another because of it.
  public var jitter = Duration.zero
  /// Chooses the frames: the same seed and the same frames give the same fates.
  public var seed: UInt64 = 1

  /// A frame that is overtaken waits at most so long for others to do it.
  public static let longestHold = Duration.milliseconds(5)
  /// So many others overtake it at most.
  public static let mostOvertaking = 3

  /// Nothing is wrong.
  public init() {}

  /// A share of frames, in parts per million.
  public struct Share: Hashable, Sendable {
    /// From 0 to 1,000,000.
    public var perMillion: Int

    /// No frame at all.
    public static let none = Share(perMillion: 0)

    /// Clamps the number.
    public init(perMillion: Int) { self.perMillion = min(max(perMillion, 0), 1_000_000) }

    /// So many in a hundred.
    public static func percent(_ percent: Int) -> Share {
      Share(perMillion: min(max(percent, 0), 100) * 10_000)
    }
  }
}

extension Impairment: CustomStringConvertible {
  /// As the command line writes it; what doesn't happen is left out.
  public var description: String {
    let shares = [
      ("loss", loss), ("duplicate", duplication), ("reorder", reordering), ("corrupt", corruption),
    ]
    let times = [("delay", delay), ("jitter", jitter)]
    let parts =
      shares.filter { $0.1 != .none }.map { "\($0.0)=\($0.1)" }
      + times.filter { $0.1 != .zero }.map { "\($0.0)=\(Self.text(of: $0.1))" }
    return (parts + ["seed=\(seed)"]).joined(separator: ",")
  }

  private static func text(of duration: Duration) -> String {
    let microseconds =
      duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
    if microseconds % 1_000_000 == 0 { return "\(microseconds / 1_000_000)s" }
    return microseconds % 1000 == 0 ? "\(microseconds / 1000)ms" : "\(microseconds)us"
  }
}

extension Impairment.Share: CustomStringConvertible {
  /// In percent, for example `2%` or `0.5%`.
  public var description: String {
    let (whole, rest) = perMillion.quotientAndRemainder(dividingBy: 10_000)
    if rest == 0 { return "\(whole)%" }
    var digits = String(String(rest + 10_000).dropFirst())
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)%"
  }
}
