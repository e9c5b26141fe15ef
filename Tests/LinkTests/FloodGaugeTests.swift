import Capture
import Testing

@testable import Link

@Suite struct FloodGaugeTests {
  private let start = Timestamp(nanoseconds: 1_000_000_000)

  /// A gauge through which so many frames went in each of ten milliseconds, and the time then.
  private func flooded(framesPerMillisecond: Int) -> (gauge: FloodGauge, now: Timestamp) {
    var gauge = FloodGauge()
    var now = start
    for _ in 0..<10 {
      _ = gauge.pause(at: now, by: .distantFuture)
      for _ in 0..<framesPerMillisecond { gauge.received() }
      now = now + .microseconds(1001)
    }
    return (gauge, now)
  }

  @Test(arguments: [0, 1, 10, 50])
  func `Few frames are looked at as they come`(count: Int) {
    var (gauge, now) = flooded(framesPerMillisecond: count)
    let pause = gauge.pause(at: now, by: .distantFuture)
    #expect(pause == nil)
  }

  @Test(arguments: [60, 500])
  func `In a flood frames pile up for a moment`(count: Int) throws {
    var (gauge, now) = flooded(framesPerMillisecond: count)
    let pause = gauge.pause(at: now, by: .distantFuture)
    #expect(1...1_000_000 ~= (try #require(pause)))
  }

  @Test func `Who has just sent something isn't kept waiting`() {
    var (gauge, now) = flooded(framesPerMillisecond: 500)
    gauge.sent()
    let first = gauge.pause(at: now, by: .distantFuture)
    let second = gauge.pause(at: now, by: .distantFuture)
    #expect(first == nil)
    #expect(second != nil)
  }

  @Test func `No pause goes beyond the deadline`() {
    var (gauge, now) = flooded(framesPerMillisecond: 500)
    let pauses = [now + .microseconds(100), now].map { gauge.pause(at: now, by: $0) }
    #expect(pauses == [nil, nil])
  }

  @Test func `A flood that is over is forgotten`() {
    var (gauge, now) = flooded(framesPerMillisecond: 500)
    _ = gauge.pause(at: now, by: .distantFuture)
    let pause = gauge.pause(at: now + .milliseconds(2), by: .distantFuture)
    #expect(pause == nil)
  }
}
