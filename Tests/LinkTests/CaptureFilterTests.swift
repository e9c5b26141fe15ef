import Link
import Testing

@Suite struct CaptureFilterTests {
  private let echo: [UInt8] =
    [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0] + [
      0x45, 0, 0, 28, 0, 1, 0, 0, 64, 1, 0, 0, 192, 0, 2, 7, 192, 0, 2, 1,
    ]
    + [8, 0, 0, 0, 0, 1, 0, 2]

  @Test(arguments: [
    ("icmp", true), ("src host 192.0.2.7", true), ("udp", false), ("icmp[icmptype] == icmp-echo", true),
    ("", true), ("greater 100", false),
  ]) func `A filter passes what its expression means`(expression: String, passes: Bool) throws {
    let filter = try CaptureFilter(expression, linkType: 1)
    let result = filter.matches(echo, originalLength: echo.count)
    #expect(result == passes)
  }

  @Test func `A frame that is too short passes no test of what isn't there`() throws {
    let filter = try CaptureFilter("icmp", linkType: 1)
    let passing = (0...echo.count).filter {
      filter.matches(Array(echo.prefix($0)), originalLength: echo.count)
    }
    #expect(passing == Array(24...echo.count))
  }

  @Test(arguments: ["hose", "icmp[", "port 99999999"])
  func `What is no expression is refused in libpcap's words`(
    expression: String
  ) {
    do {
      _ = try CaptureFilter(expression, linkType: 1)
      Issue.record("'\(expression)' was taken")
    } catch {
      #expect(!"\(error)".isEmpty)
    }
  }
}
