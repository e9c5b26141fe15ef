import Craft
import Judge
import Testing
import Wire

/// Answers in an order, answers that are measured, and quotes that are as long as can be.
@Suite struct MeasurementTests {
  private static let sequence = """
    \(Scene.echo)
    - expect:
        sequence:
          - [icmpv4: { sequence: 1 }]
          - [icmpv4: { sequence: 2 }]
    """

  @Test func `A sequence passes in its order`() throws {
    var script = Script(started: try Scene.plan(Self.sequence))
    script.receive(Answers.echoReply(sequence: 1))
    script.receive(Answers.echoReply(sequence: 2))
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `A sequence fails in another order`() throws {
    var script = Script(started: try Scene.plan(Self.sequence))
    script.receive(Answers.echoReply(sequence: 2))
    script.receive(Answers.echoReply(sequence: 1))
    script.control()
    #expect(script.verdict().outcome == .fail)
  }

  @Test func `What is recorded is measured and judges nothing`() throws {
    let plan = try Scene.plan(
      """
      \(Scene.echo)
      - expect: [icmpv4]
        record: [ipv4.ttl, packet.length, data.length, answer.delay, icmpv4.mtu]
      """
    )
    var script = Script(started: plan)
    script.receive(Answers.echoReply(ip: ["ttl": .given(.number(63))]), after: .microseconds(250))
    script.control()
    let verdict = script.verdict()
    #expect(verdict.outcome == .pass)
    #expect(
      verdict.measurements.map { "\($0.name) \($0.value)" } == [
        "ipv4.ttl 63", "packet.length 36 octets", "data.length 8 octets", "answer.delay 0.250 ms",
        "icmpv4.mtu absent",
      ]
    )
  }

  @Test(arguments: [true, false]) func `An alternative that is recorded passes either way`(answers: Bool)
    throws
  {
    let plan = try Scene.plan(
      """
      \(Scene.echo)
      - expect:
          any-of:
            - { outcome: record, packet: [icmpv4], because: it answers }
            - { outcome: record, nothing: true, because: it is silent }
      """
    )
    var script = Script(started: plan)
    if answers { script.receive(Answers.echoReply()) }
    script.control()
    script.wait(.milliseconds(20))
    script.control()
    let verdict = script.verdict()
    #expect(verdict.outcome == .pass)
    #expect(verdict.measurements.map(\.value) == [answers ? "it answers" : "it is silent"])
  }

  @Test(arguments: [(28, false), (92, true), (60, false), (48, true)])
  func `A quote that is as long as fits is whole or fills its limit`(octets: Int, passes: Bool) throws {
    // The datagram has 92 octets; an error of 76 has room for 48 of them.
    let plan = try Scene.plan(
      """
      \(Scene.datagram)
      - expect:
          - icmpv4: { type: destination-unreachable }
          - quoted: { of: $sent, as-much-as-fits: 76 }
      """
    )
    var script = Script(started: plan)
    script.receive(Answers.portUnreachable(plan, octets: octets))
    script.control()
    #expect((script.verdict().outcome == .pass) == passes)
  }
}
