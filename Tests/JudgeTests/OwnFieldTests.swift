import Craft
import Testing
import Wire

@testable import Judge

/// Fields that have to equal another one of the same frame.
@Suite struct OwnFieldTests {
  private static let pattern = """
    - send: [ipv6, icmpv6: { type: echo-request }]
    - expect:
        - ipv6: { source: $this.icmpv6.target, destination: $this.icmpv6.target.solicited-node }
        - icmpv6: { type: neighbor-advertisement }
    """

  private func differences(target: String, source: String, destination: String) throws -> [FieldDifference] {
    func field(_ text: String) throws -> FieldSetting { .given(.ipv6(try #require(IPv6Address(text)))) }
    var ip = Answers.ipv6()
    ip.fields["source"] = try field(source)
    ip.fields["destination"] = try field(destination)
    let frame = Answers.frame([ip, Answers.icmpv6(136, ["target": try field(target)])])
    guard case .expect(let expectation)? = try Scene.plan(Self.pattern).steps.last,
      case .packet(let pattern, _) = expectation.kind
    else { throw CancellationError() }
    return pattern.differences(in: Dissection(frame))
  }

  @Test func `Frames in which they are the same match`() throws {
    let found = try differences(
      target: "2001:db8::12:3456",
      source: "2001:db8::12:3456",
      destination: "ff02::1:ff12:3456"
    )
    #expect(found.isEmpty, "\(found)")
  }

  @Test func `What they are and what they had to be is told`() throws {
    let found = try differences(
      target: "2001:db8::12:3456",
      source: "2001:db8::1",
      destination: "ff02::1:ff12:3457"
    )
    #expect(found.map(\.field) == ["ipv6.source", "ipv6.destination"])
    #expect(found.map(\.required) == ["2001:db8::12:3456", "ff02::1:ff12:3456"])
  }
}
