internal import Capture

/// Numbers prefixes that no trial has used, in this run or in those of the last two years: a target may keep an address that it made of
/// one for hours, and asks for it only once.
struct PrefixNumbers {
  private var latest: UInt64?

  /// The next number.
  ///
  /// - Parameter now: The time; it counts for the first one. There are sixteen for each second, so what a run uses is behind the first
  ///   one of the next.
  /// - Returns: A number of which the lower 30 bits say enough for two years.
  mutating func next(at now: Timestamp) -> UInt64 {
    let next = latest.map { $0 &+ 1 } ?? UInt64(bitPattern: now.nanoseconds / 1_000_000_000) << 4
    latest = next
    return next
  }
}
