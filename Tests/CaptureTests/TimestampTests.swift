import Capture
import Testing

/// Points in time of capture files may be anywhere in 64 bits.
@Suite struct TimestampTests {
  private static let first = Timestamp(nanoseconds: .min)

  @Test func `A sum that doesn't fit is the nearest point in time`() {
    #expect(Timestamp.distantFuture + .seconds(1) == .distantFuture)
    #expect(Self.first + .seconds(-1) == Self.first)
    #expect(Self.first + .nanoseconds(1) > Self.first)
  }

  @Test func `A difference that doesn't fit keeps its sign`() {
    #expect(Timestamp.distantFuture - Self.first > .seconds(9_000_000_000))
    #expect(Self.first - .distantFuture < .seconds(-9_000_000_000))
    #expect(Timestamp(nanoseconds: 5) - Timestamp(nanoseconds: 7) == .nanoseconds(-2))
  }
}
