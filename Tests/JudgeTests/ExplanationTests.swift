import Craft
import Judge
import Suite
import Testing
import Wire

/// Every failure says what was required, by which section, what was seen and when.
@Suite struct ExplanationTests {
  private func verdict(_ expectation: String, _ frames: [[UInt8]], level: RequirementLevel = .must) throws
    -> Verdict
  {
    var script = Script(started: try Scene.plan(Scene.echo + "\n" + expectation, level: level))
    for frame in frames { script.receive(frame) }
    script.wait(.milliseconds(251))
    script.control()
    return script.verdict()
  }

  private let citation = "RFC 792 Echo (MUST): The reply repeats the identifier"

  @Test func `A missing answer says what was required and how long it was waited for`() throws {
    let verdict = try verdict(Scene.echoAnswer, [])
    #expect(verdict.summary.hasPrefix(citation))
    #expect(verdict.summary.contains("icmpv4 with type 0 (echo-reply)"))
    #expect(verdict.summary.contains("no answer within 250.000 ms"))
  }

  @Test func `A wrong answer says when it came, what it was and what is wrong with it`() throws {
    let verdict = try verdict(Scene.echoAnswer, [Answers.echoReply(identifier: 7)])
    #expect(verdict.summary.hasPrefix(citation))
    #expect(verdict.summary.contains("0.100 ms after the stimulus"))
    #expect(verdict.summary.contains("identifier must be 0x1235, is 0x0007"))
  }

  @Test func `A broken silence says that no answer was required and what came`() throws {
    let verdict = try verdict("- expect: nothing", [Answers.echoReply()])
    #expect(verdict.summary.hasPrefix(citation))
    #expect(verdict.summary.contains("Required: no answer."))
    #expect(verdict.summary.contains("echo-reply"))
  }

  @Test func `A malformed answer says which check failed`() throws {
    let verdict = try verdict(Scene.echoAnswer, [Answers.echoReply(icmp: ["checksum": .wrong])])
    #expect(verdict.summary.hasPrefix(citation))
    #expect(verdict.summary.contains("checksum is 0x"))
  }

  @Test func `A pass cites its clause too`() throws {
    #expect(try verdict(Scene.echoAnswer, [Answers.echoReply()]).summary.hasPrefix(citation))
  }

  @Test(arguments: RequirementLevel.allCases) func `The level is named`(level: RequirementLevel) throws {
    #expect(try verdict(Scene.echoAnswer, [], level: level).summary.contains("(\(level.rawValue))"))
  }

  @Test func `The timeline tells each frame of the trial with its time`() throws {
    let verdict = try verdict(Scene.echoAnswer, [Answers.echoReply(identifier: 7)])
    #expect(verdict.details.count == 2)
    #expect(verdict.details[0].hasPrefix("+0.000 ms  sent"))
    #expect(verdict.details[1].hasPrefix("+0.100 ms  received"))
  }

  @Test func `The timeline of a flood is cut short`() throws {
    var script = Script(started: try Scene.plan(Scene.echo + "\n" + Scene.echoAnswer, others: true))
    for sequence in 2..<400 {
      script.receive(Answers.echoReply(sequence: UInt64(sequence)), after: .microseconds(1))
    }
    script.wait(.milliseconds(251))
    script.control()
    #expect(script.verdict().reason == .missingAnswer)
    #expect(script.verdict().details.count == 101)
  }

  @Test func `Each step can be told in a line`() throws {
    let plan = try Scene.plan(
      Scene.echo + "\n" + Scene.echoAnswer + "\n- wait: 300ms\n- control\n- forbid: [ icmpv4: { type: 3 } ]"
    )
    let lines = plan.steps.map(\.explanation)
    #expect(lines.count == 5)
    #expect(lines[0] == "send packet: 192.0.2.16 > 192.0.2.1 ICMP echo-request id 0x1235 seq 1, 8 octets")
    #expect(lines[1].hasPrefix("expect ipv4 with source 192.0.2.1"))
    #expect(lines[2] == "wait 300.000 ms")
    #expect(lines[3] == "a control probe, which must be answered")
    #expect(lines[4] == "from here on, no icmpv4 with type 3 (destination-unreachable)")
  }
}
