import Craft
import Judge
import Suite
import Testing
import Wire

/// Several legal answers of different weight.
@Suite struct AlternativeTests {
  private func started(_ steps: String..., others: Bool = false) throws -> Script {
    Script(started: try Scene.plan(steps.joined(separator: "\n"), others: others))
  }

  private static let anyOf = """
    - expect:
        any-of:
          - { outcome: pass, packet: [ icmpv4: { sequence: 1 } ] }
          - { outcome: warn, packet: [ icmpv4: { sequence: 2 } ], because: It is better to count. }
          - { outcome: fail, packet: [ icmpv4: { sequence: 3 } ], because: Three is too much. }
    """

  @Test(arguments: [
    (1, Outcome.pass, Reason.asRequired, "required"),
    (2, .warn, .discouragedAnswer, "It is better to count."),
    (3, .fail, .wrongAnswer, "Three is too much."), (4, .fail, .wrongAnswer, "sequence"),
  ])
  func `The alternative that matches decides`(
    sequence: Int,
    outcome: Outcome,
    reason: Reason,
    text: String
  ) throws {
    var script = try started(Scene.echo, Self.anyOf)
    script.receive(Answers.echoReply(sequence: UInt64(sequence)))
    script.wait(.milliseconds(251))
    script.control()
    let verdict = script.verdict()
    #expect(verdict.outcome == outcome)
    #expect(verdict.reason == reason)
    #expect(verdict.summary.contains(text))
  }

  private static func orSilence(_ outcome: String) -> String {
    """
    - expect:
        any-of:
          - { outcome: pass, packet: [ icmpv4: { sequence: 1 } ] }
          - { outcome: \(outcome), nothing: true, because: Silence is worse. }
    """
  }

  @Test(arguments: [
    ("pass", Outcome.pass, Reason.asRequired), ("warn", .warn, .discouragedSilence),
    ("fail", .fail, .missingAnswer),
  ])
  func `Silence as an alternative is proved, and is tried again where it isn't the best`(
    word: String,
    outcome: Outcome,
    reason: Reason
  ) throws {
    var script = try started(Scene.echo, Self.orSilence(word))
    #expect(script.verdict().outcome == .inconclusive)
    script.control()
    script.wait(.milliseconds(20))
    script.control()
    #expect(script.verdict().outcome == outcome)
    #expect(script.verdict().reason == reason)
    #expect(reason == .asRequired || reason.isWorthARetry)
    #expect(script.verdict(losses: 1).reason == .captureLostFrames)

    var answered = try started(Scene.echo, Self.orSilence(word))
    answered.receive(Answers.echoReply())
    // The probe that would have proved the silence was out already.
    answered.control()
    answered.control()
    #expect(answered.verdict().outcome == .pass)

    var wrong = try started(Scene.echo, Self.orSilence(word))
    wrong.receive(Answers.echoReply(sequence: 2))
    wrong.control()
    #expect(wrong.verdict().reason == .wrongAnswer)
  }

  @Test func `A frame that fits no alternative leaves silence where other frames are allowed`() throws {
    var script = try started(Scene.echo, Self.orSilence("pass"), others: true)
    script.receive(Answers.echoReply(sequence: 2))
    script.control()
    script.wait(.milliseconds(20))
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test(arguments: [(10, Outcome.fail), (40, .warn), (80, .pass)])
  func `When an answer comes decides which alternative it is`(milliseconds: Int, outcome: Outcome) throws {
    let plan = try Scene.plan(
      """
      \(Scene.echo)
      - expect:
          any-of:
            - { outcome: pass, packet: [icmpv4], not-before: 60ms, within: 120ms }
            - { outcome: warn, packet: [icmpv4], not-before: 20ms, because: It is early. }
            - { outcome: fail, packet: [icmpv4] }
      """
    )
    var script = Script(started: plan)
    script.receive(Answers.echoReply(), after: .milliseconds(milliseconds))
    script.control()
    #expect(script.verdict().outcome == outcome)
  }

  @Test func `An answer at a time that no alternative takes is told with their times`() throws {
    let plan = try Scene.plan(
      """
      \(Scene.echo)
      - expect:
          any-of: [{ outcome: pass, packet: [icmpv4], not-before: 60ms, within: 120ms }]
      """
    )
    var script = Script(started: plan)
    script.receive(Answers.echoReply(), after: .milliseconds(10))
    let verdict = script.verdict()
    #expect(verdict.outcome == .fail)
    #expect(verdict.summary.contains("not before 60.000 ms, within 120.000 ms"), "\(verdict.summary)")
  }
}
