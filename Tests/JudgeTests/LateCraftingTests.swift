import Capture
import Craft
import Judge
import Suite
import Testing
import Wire

/// Steps whose octets depend on what the target answered.
@Suite struct LateCraftingTests {
  /// An echo, its answer, and a second echo with the first answer's TTL as its sequence number.
  private static let steps = """
    \(Scene.echo)
    - expect:
        - icmpv4: { type: echo-reply }
      as: first
    - send:
        - ipv4: { ttl: $received.ipv4.ttl }
        - icmpv4: { type: echo-request, identifier: $id, sequence: $first.icmpv4.identifier }
        - data: $first.data
    - expect:
        - ipv4: { ttl: $first.ipv4.ttl }
        - icmpv4: { type: echo-reply, sequence: $sent.icmpv4.sequence }
    """

  /// The script of a target that answers with this TTL.
  private func script(ttl: UInt64, secondTTL: UInt64) throws -> Script {
    let plan = try Scene.plan(Self.steps)
    var script = Script(started: plan)
    script.receive(Answers.echoReply(ip: ["ttl": .given(.number(ttl))]))
    var late = try #require(plan.late)
    if case .send(let stimulus) = plan.steps[0] { late.sent(stimulus) }
    late.received(Dissection(Answers.echoReply(ip: ["ttl": .given(.number(ttl))])), as: "first")
    guard case .send(let second) = try #require(try late.craft(2)) else { return script }
    script.wait(.microseconds(10))
    script.send(second.frames[0].bytes)
    script.receive(Answers.echoReply(sequence: 0x1235, ip: ["ttl": .given(.number(secondTTL))]))
    script.control()
    return script
  }

  @Test func `A step takes values from the answer before it`() throws {
    #expect(try script(ttl: 77, secondTTL: 77).verdict().outcome == .pass)
  }

  @Test func `An expectation is held against the answer that really came`() throws {
    let verdict = try script(ttl: 77, secondTTL: 64).verdict()
    #expect(verdict.outcome == .fail)
    #expect(verdict.differences.map(\.field) == ["ipv4.ttl"])
    #expect(verdict.differences.map(\.required) == ["77"])
  }

  @Test func `A packet crafted for another answer isn't the stimulus`() throws {
    let plan = try Scene.plan(Self.steps)
    var script = Script(started: plan)
    script.receive(Answers.echoReply(ip: ["ttl": .given(.number(77))]))
    // The plan's own stand-in, made before the answer was there.
    script.stimulus()
    let verdict = script.verdict()
    #expect(verdict.outcome != .pass && verdict.outcome != .fail)
  }

  @Test func `The plan shows such a step with the answer that is expected`() throws {
    let plan = try Scene.plan(
      """
      \(Scene.echo)
      - expect:
          - ipv4: { ttl: 99 }
          - icmpv4: { type: echo-reply }
      - send:
          - ipv4: { ttl: $received.ipv4.ttl }
          - icmpv4
      - expect: nothing
      """
    )
    guard case .send(let stimulus) = plan.steps[2] else {
      Issue.record("step 3 sends")
      return
    }
    #expect(Dissection(stimulus.frames[0].bytes).layer(.ipv4)?.number("ttl") == 99)
  }

  @Test func `An answer that lacks what the step asks of it is an error, not a pass`() throws {
    let plan = try Scene.plan(
      """
      \(Scene.echo)
      - expect:
          any-of:
            - { outcome: pass, packet: [udp] }
            - { outcome: pass, packet: [icmpv4] }
      - send:
          - ipv4
          - icmpv4: { sequence: $received.udp.source-port }
      - expect: nothing
      """
    )
    var script = Script(started: plan)
    script.receive(Answers.echoReply())
    let verdict = script.verdict()
    #expect(verdict.outcome == .error)
    #expect(verdict.reason == .craftFailed)
    #expect(verdict.summary.contains("the packet '$received' has no layer 'udp'"))
  }

  @Test func `An expectation that isn't met by a frame leaves the answer before it`() throws {
    let plan = try Scene.plan(
      """
      \(Scene.echo)
      - expect: [icmpv4: { type: echo-reply }]
      - send: [ipv4: { ttl: $received.ipv4.ttl }, icmpv4: { sequence: 2 }]
      - expect:
          any-of:
            - { outcome: fail, packet: [ipv4: { ttl: $received.ipv4.ttl }] }
            - { outcome: pass, nothing: true }
      - send: [ipv4: { ttl: $received.ipv4.ttl }, icmpv4: { sequence: 3 }]
      - expect: nothing
      """
    )
    var late = try #require(plan.late)
    late.received(Dissection(Answers.echoReply(ip: ["ttl": .given(.number(77))])), as: nil)
    _ = try late.craft(2)
    _ = try late.craft(3)
    guard case .send(let third) = try #require(try late.craft(4)) else { return }
    #expect(Dissection(third.frames[0].bytes).layer(.ipv4)?.number("ttl") == 77)
  }
}
