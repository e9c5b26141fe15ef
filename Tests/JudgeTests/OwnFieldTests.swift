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

  /// What an advertisement's prefix has otherwise than a pattern that wants no address preferred longer than valid.
  private func differences(preferred: UInt64, valid: UInt64) throws -> [FieldDifference] {
    let steps = """
      - send: [ipv6, icmpv6: { type: router-solicitation }]
      - expect:
          - icmpv6: { type: router-advertisement }
          - ndp-options: [{ prefix-information: { preferred-lifetime: { at-most: $this.valid-lifetime } } }]
      """
    let option = ElementTemplate(
      "prefix-information",
      [
        "prefix": .given(.ipv6(IPv6Address(high: 0x2001_0db8_0007_0000, low: 0))),
        "preferred-lifetime": .given(.number(preferred)), "valid-lifetime": .given(.number(valid)),
      ]
    )
    let options = LayerTemplate(.ndpOptions, lists: ["options": [option]])
    let frame = Answers.frame([Answers.ipv6(), Answers.icmpv6(134), options])
    guard case .expect(let expectation)? = try Scene.plan(steps).steps.last,
      case .packet(let pattern, _) = expectation.kind
    else { throw CancellationError() }
    return pattern.differences(in: Dissection(frame))
  }

  @Test(arguments: [(5, 5), (5, 6), (0, 0xffff_ffff)] as [(UInt64, UInt64)])
  func `A field of a list's element may be bounded by another one of it`(pair: (UInt64, UInt64)) throws {
    #expect(try differences(preferred: pair.0, valid: pair.1).isEmpty)
  }

  @Test func `A field beyond another one of its element is told with that one's value`() throws {
    let found = try differences(preferred: 7, valid: 6)
    #expect(found.map(\.field) == ["ndp-options.prefix-information.preferred-lifetime"])
    #expect(found.map(\.required) == ["at most 6"])
    #expect(found.map(\.seen) == ["7"])
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
