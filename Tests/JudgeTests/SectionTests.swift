import Craft
import Judge
import Suite
import Testing
import Wire

/// Setup before a case and cleanup behind it.
@Suite struct SectionTests {
  /// An echo in each section; those of setup and cleanup have their own sequence numbers.
  private func plan() throws -> TrialPlan {
    func echo(_ sequence: Int) -> String {
      "[{ send: [ipv4, { icmpv4: { type: echo-request, sequence: \(sequence) } }, { data: { counter: 8 } }] }, "
        + "{ expect: [{ icmpv4: { type: echo-reply, sequence: \(sequence) } }] }]"
    }
    let text = """
      suite: test.judge
      cases:
        - id: it
          title: It does what it must
          setup: \(echo(7))
          steps: \(echo(8))
          cleanup: \(echo(9))
      """
    let suite = try TestSuite(decoding: text, file: "judge.yaml")
    let context = CraftContext(endpoints: Scene.endpoints, capabilities: [:], allowsSpoofing: false)
    return try TrialPlan(crafting: suite.trials[0], requirements: [], in: context)
  }

  @Test func `What goes wrong in the setup fails nothing`() throws {
    var script = Script(started: try plan())
    script.wait(.milliseconds(300))
    script.control()
    let verdict = script.verdict()
    #expect(verdict.outcome == .inconclusive)
    #expect(verdict.reason == .setupFailed)
    #expect(verdict.reason.isWorthARetry)
  }

  @Test func `Cleanup is done behind a pass, and its answers are nobody's business`() throws {
    var script = Script(started: try plan())
    script.receive(Answers.echoReply(sequence: 7))
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 8))
    script.control()
    script.wait(.milliseconds(20))
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 1000))
    script.receive(Answers.echoReply(sequence: 9))
    let verdict = script.verdict()
    #expect(verdict.outcome == .pass)
  }

  @Test func `Cleanup is done behind a failure, which stands`() throws {
    var script = Script(started: try plan())
    script.receive(Answers.echoReply(sequence: 7))
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 8, icmp: ["checksum": .wrong]))
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 9))
    let judgement = script.judgement()
    #expect(judgement.verdict.outcome == .fail)
    #expect(judgement.roles.suffix(2) == ["step 5: stimulus", "step 6: as expected"])
  }

  @Test func `A cleanup that goes wrong is told and changes nothing`() throws {
    var script = Script(started: try plan())
    script.receive(Answers.echoReply(sequence: 7))
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 8))
    script.control()
    script.wait(.milliseconds(20))
    script.stimulus()
    script.wait(.milliseconds(400))
    script.control()
    let verdict = script.verdict()
    #expect(verdict.outcome == .pass)
    #expect(verdict.details.last?.hasPrefix("cleanup: ") ?? false)
  }

  @Test func `A frame that the setup stirred up late doesn't fail the case`() throws {
    var script = Script(started: try plan())
    script.receive(Answers.echoReply(sequence: 1000))
    script.receive(Answers.echoReply(sequence: 7))
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 8))
    script.control()
    script.wait(.milliseconds(20))
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 9))
    #expect(script.verdict().outcome == .pass)
  }

  /// A case with an echo in its cleanup, and these steps and setup.
  private func plan(setup: String = "[wait: 1ms]", steps: String) throws -> TrialPlan {
    let echo = "{ send: [ipv4, icmpv4: { type: echo-request, sequence: 9 }, data: { counter: 8 }] }"
    let text = """
      suite: test.judge
      cases:
        - id: it
          title: It does what it must
          setup: \(setup)
          steps: \(steps)
          cleanup: [\(echo), { expect: [icmpv4: { sequence: 9 }] }]
      """
    let suite = try TestSuite(decoding: text, file: "judge.yaml")
    let context = CraftContext(endpoints: Scene.endpoints, capabilities: [:], allowsSpoofing: false)
    return try TrialPlan(crafting: suite.trials[0], requirements: [], in: context)
  }

  private static let request =
    "{ send: [ipv4, icmpv4: { type: echo-request, sequence: 1 }, data: { counter: 8 }] }"

  @Test(arguments: ["packet: [icmpv4: { sequence: 1 }]", "nothing: true"])
  func `Cleanup begins with its first step when an alternative is a failure`(alternative: String) throws {
    let plan = try plan(
      steps: "[\(Self.request), { expect: { any-of: [{ outcome: fail, \(alternative) }] } }]"
    )
    var script = Script(plan)
    script.control()
    script.wait(.milliseconds(2))
    script.stimulus()
    if alternative.hasPrefix("packet") {
      script.receive(Answers.echoReply(sequence: 1))
    } else {
      script.control()
    }
    script.wait(.milliseconds(20))
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 9))
    let judgement = script.judgement()
    #expect(judgement.verdict.outcome == .fail)
    #expect(judgement.roles.suffix(2) == ["step 4: stimulus", "step 5: as expected"])
  }

  @Test func `A warning in the setup is none of the case's`() throws {
    let warned = "{ expect: { any-of: [{ outcome: warn, packet: [icmpv4: { sequence: 1 }] }] } }"
    let plan = try plan(
      setup: "[\(Self.request), \(warned)]",
      steps: "[\(Self.request), { expect: [icmpv4: { sequence: 1 }] }]"
    )
    var script = Script(started: plan)
    script.receive(Answers.echoReply(sequence: 1))
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 1, ip: ["identification": .given(.number(2))]))
    script.control()
    script.wait(.milliseconds(20))
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 9))
    #expect(script.verdict().outcome == .pass)
  }
}
