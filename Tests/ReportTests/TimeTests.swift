import Capture
import Foundation
import Report
import Runner
import Testing

@Suite struct TimeTests {
  /// The start of a run as its JSON says it.
  private func started(_ nanoseconds: Int64) throws -> String {
    var result = SampleRun.run([])
    result.started = Timestamp(nanoseconds: nanoseconds)
    let json = Data(JSONReport.render(result).utf8)
    let document = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    return try #require(document["started"] as? String)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000000Z"),
    (951_782_399_999_999_999, "2000-02-28T23:59:59.999999999Z"),
    (951_782_400_000_000_000, "2000-02-29T00:00:00.000000000Z"),
    (4_107_542_400_000_000_001, "2100-03-01T00:00:00.000000001Z"),
    (-1, "1969-12-31T23:59:59.999999999Z"),
    (Int64.max, "2262-04-11T23:47:16.854775807Z"),
    (Int64.min, "1677-09-21T00:12:43.145224192Z"),
  ])
  func `times are UTC to the nanosecond`(nanoseconds: Int64, text: String) throws {
    #expect(try started(nanoseconds) == text)
  }

  @Test func `dates agree with Foundation over four centuries`() throws {
    let formatter = ISO8601DateFormatter()
    for day in stride(from: -100_000, through: 100_000, by: 97) {
      let seconds = Int64(day) * 86_400
      let text = formatter.string(from: Date(timeIntervalSince1970: TimeInterval(seconds)))
      #expect(try started(seconds * 1_000_000_000).prefix(19) == text.prefix(19))
    }
  }

  @Test(arguments: [
    (Duration.zero, "0.000"), (.microseconds(499), "0.000"), (.microseconds(500), "0.001"),
    (.milliseconds(74), "0.074"), (.seconds(3661), "3661.000"), (.seconds(-1), "0.000"),
    (.nanoseconds(1), "0.000"),
  ])
  func `durations are decimals without exponents or signs`(duration: Duration, text: String) {
    var result = SampleRun.run([])
    result.duration = duration
    #expect(JUnitReport.render(result).contains("time=\"\(text)\""))
  }

  @Test(arguments: [
    (Duration.microseconds(41), "41 µs"), (.microseconds(999), "999 µs"), (.microseconds(1240), "1.2 ms"),
    (.milliseconds(99), "99 ms"), (.milliseconds(250), "250 ms"), (.milliseconds(3120), "3.1 s"),
    (.seconds(3), "3 s"), (.milliseconds(74_400), "74 s"),
  ])
  func `durations are told in a fitting unit`(duration: Duration, text: String) {
    var result = SampleRun.run([])
    (result.duration, result.serialWindows) = (duration, .zero)
    #expect(TerminalSummary().render(result).contains("Took \(text).\n"))
  }
}
