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

  @Test func `What hasn't come yet is told, not what has`() throws {
    let plan = try Scene.plan(
      """
      \(Scene.echo)
      - expect:
          all-of: [[icmpv4: { sequence: 1 }], [icmpv4: { sequence: 7 }]]
      """
    )
    var script = Script(started: plan)
    script.receive(Answers.echoReply(sequence: 1))
    script.wait(.milliseconds(300))
    script.control()
    let summary = script.verdict().summary
    #expect(summary.contains("Required: icmpv4 with sequence 7. Seen: no such answer"), "\(summary)")
  }

  @Test func `A layer that must not be there is a difference when it is`() throws {
    let plan = try Scene.plan(
      "\(Scene.echo)\n- expect: [icmpv4, data: absent]".replacing("data: absent", with: "udp: absent")
    )
    var script = Script(started: plan)
    script.receive(Answers.echoReply())
    script.control()
    #expect(script.verdict().outcome == .pass)
    var other = Script(started: try Scene.plan("\(Scene.echo)\n- expect: [ipv4, icmpv4: absent]"))
    other.receive(Answers.echoReply())
    other.wait(.milliseconds(300))
    other.control()
    #expect(other.verdict().differences.map(\.field) == ["icmpv4"])
  }

  @Test func `Data is held against its length and its beginning`() throws {
    let plan = try Scene.plan("\(Scene.echo)\n- expect: [data: { starts-with: $sent.data, length: 8..9 }]")
    var script = Script(started: plan)
    script.receive(Answers.echoReply(data: Answers.counter + [1]))
    script.control()
    #expect(script.verdict().outcome == .pass)
    var other = Script(started: plan)
    other.receive(Answers.echoReply(data: Answers.counter + [1, 2]))
    other.control()
    #expect(other.verdict().outcome == .fail)
  }
}
