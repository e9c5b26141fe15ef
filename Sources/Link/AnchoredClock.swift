public import Capture
internal import Glibc

/// Monotonic time, counted from the wall clock's time at one moment: it looks like wall time and is never set.
public struct AnchoredClock: Sendable {
  /// What to add to the monotonic clock, in nanoseconds.
  let offset: Int64

  /// Anchored to the wall clock now.
  public init() { offset = Self.currentOffset() }

  /// The time now.
  public func now() -> Timestamp {
    Timestamp(nanoseconds: Self.nanoseconds(of: CLOCK_MONOTONIC) &+ offset)
  }

  /// What to add to the monotonic clock to get the wall clock, by the tightest of a few readings.
  static func currentOffset() -> Int64 {
    var best = (width: Int64.max, offset: Int64(0))
    for _ in 0..<5 {
      let before = nanoseconds(of: CLOCK_MONOTONIC)
      let wall = nanoseconds(of: CLOCK_REALTIME)
      let after = nanoseconds(of: CLOCK_MONOTONIC)
      if after - before < best.width { best = (after - before, wall - (before + (after - before) / 2)) }
    }
    return best.offset
  }

  private static func nanoseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
