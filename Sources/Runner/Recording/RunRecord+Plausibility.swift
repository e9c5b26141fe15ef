internal import Capture
internal import Judge
internal import Link

extension RunRecord {
  /// The first number that no run can have had; nil if all can be reckoned with.
  ///
  /// A plan comes from a file that anybody may have written.
  public var implausibleNumber: String? {
    let durations: [(String, [Duration])] = [
      ("duration", [duration]), ("patience", [patience ?? .zero]), ("timing", timing.durations),
      ("silences", inquiries.flatMap(\.silences)),
    ]
    for (name, values) in durations where !values.allSatisfy(Self.longest.contains) { return name }
    let counts: [(String, [Int])] = [
      ("frames", [frames]), ("retries", [retries]), ("mtu", [interface.mtu]),
      (
        "statistics",
        [
          statistics.received, statistics.droppedByKernel, statistics.droppedByInterface,
          statistics.clockSteps,
        ]
      ),
      ("attempts", attempts.flatMap(\.counts)),
    ]
    for (name, values) in counts where !values.allSatisfy(Self.most.contains) { return name }
    if !timing.factors.allSatisfy(Self.mostRoundTrips.contains) { return "timing" }
    let stamps = [started] + attempts.flatMap { [$0.began, $0.ended, $0.begin.stamp, $0.end.stamp] }
    return stamps.allSatisfy(Self.era.contains) ? nil : "time"
  }

  private static let longest = Duration.zero...Duration.seconds(1_000_000_000)
  private static let most = 0...1_000_000_000_000
  private static let mostRoundTrips = 0...1_000_000
  /// From 1970 to 2116.
  private static let era =
    Timestamp(nanoseconds: 0)...Timestamp(nanoseconds: Int64.max / 2)
}

extension AttemptRecord {
  fileprivate var counts: [Int] {
    [attempt, seat, salt, begin.frames, end.frames, lost, clockSteps ?? 0]
      + (companions ?? []).flatMap(\.counts)
  }
}

extension Timing {
  /// All that is a duration.
  fileprivate var durations: [Duration] {
    controlWaits + [departureWait, answerFloor, answerCap, settleFloor, settleCap, stampSlack]
  }

  /// All that durations are multiplied with.
  fileprivate var factors: [Int] { [Int(clamping: answerFactor), Int(clamping: settleFactor)] }
}
