/// A point in time: nanoseconds since 1970-01-01T00:00:00Z.
///
/// The kernel stamps frames with it; a simulated link counts its own.
public struct Timestamp: Hashable, Comparable, Codable, Sendable {
  /// Nanoseconds since the epoch.
  public var nanoseconds: Int64
  /// Puts the parts together.
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Nothing is later.
  public static let distantFuture = Timestamp(nanoseconds: .max)

  /// Whether one point in time is earlier than the other.
  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.nanoseconds < b.nanoseconds }
  /// A later point in time; the nearest one there is if it doesn't fit.
  public static func + (a: Timestamp, b: Duration) -> Timestamp {
    let (sum, overflow) = a.nanoseconds.addingReportingOverflow(b.wholeNanoseconds)
    return Timestamp(nanoseconds: overflow ? (a.nanoseconds < 0 ? .min : .max) : sum)
  }
  /// The time from one point to another; the longest that 64 bits of nanoseconds hold if it doesn't fit.
  public static func - (a: Timestamp, b: Timestamp) -> Duration {
    let (difference, overflow) = a.nanoseconds.subtractingReportingOverflow(b.nanoseconds)
    return .nanoseconds(overflow ? (a < b ? .min : .max) : difference)
  }
}

extension Duration {
  /// The duration in nanoseconds, clamped to what 64 bits hold.
  public var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min : .max }
    let (sum, carry) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carry ? (product < 0 ? .min : .max) : sum
  }
}
