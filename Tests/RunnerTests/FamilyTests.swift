import Capture
import Judge
import Runner
import Suite
import Testing
import Wire

/// Trials of other shapes than one IPv4 echo.
@Suite struct FamilyTests {
  private func outcomes(_ steps: String, spoofing: Bool = false) throws -> Bench.Outcome {
    var bench = Bench()
    bench.target.allowsSpoofing = spoofing
    return try bench.run(
      Bench.testCase(
        "many",
        steps.replacing("{ counter: 8 }", with: "{ counter: $n }"),
        head: ["vary: { n: [1..30] }"]
      )
    )
  }

  @Test func `Trials over IPv6 have IPv6 control probes`() throws {
    let outcome = try outcomes(
      """
      - send: [ ipv6, icmpv6: { type: echo-request, identifier: $id, sequence: 1 }, data: { counter: 8 } ]
      - expect: [ ipv6: { source: $target, destination: $tester }, icmpv6: { type: echo-reply, identifier: $id }, data: $sent.data ]
      """
    )
    #expect(outcome.count(.pass) == 30)
    let frames = outcome.result.frames.filter { $0.role == "control reply 1" }
    #expect(frames.count == 30)
    #expect(frames.allSatisfy { Dissection($0.frame.bytes).layer(.ipv6) != nil })
  }

  @Test func `A stranger's answers come back through the gateway and find their trial`() throws {
    let outcome = try outcomes(
      """
      - send: [ ipv4: { source: $stranger }, icmpv4: { type: echo-request, identifier: $id, sequence: 1 }, data: { counter: 8 } ]
      - expect: [ ipv4: { source: $target, destination: $stranger }, icmpv4: { type: echo-reply, identifier: $id }, data: $sent.data ]
      """,
      spoofing: true
    )
    #expect(outcome.count(.pass) == 30)
  }

  @Test func `A second tester's answers find their trial`() throws {
    let outcome = try outcomes(
      """
      - send: [ ipv4: { source: $tester2 }, icmpv4: { type: echo-request, identifier: $id, sequence: 1 }, data: { counter: 8 } ]
      - expect: [ ipv4: { source: $target, destination: $tester2 }, icmpv4: { type: echo-reply, identifier: $id }, data: $sent.data ]
      """
    )
    #expect(outcome.count(.pass) == 30)
  }
}
