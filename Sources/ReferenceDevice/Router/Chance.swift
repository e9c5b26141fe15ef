/// Numbers that look random and are the same in each run.
struct Chance: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A duration between none and the longest, evenly spread.
  mutating func duration(upTo longest: Duration) -> Duration {
    longest * Double(next() >> 33) / Double(UInt32.max >> 1)
  }

  /// So many octets.
  mutating func octets(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 40) }
  }

  private mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}
