import Capture
import Craft
import Judge
import Testing

/// What depends on when frames came, and on when the tester's own left.
@Suite struct LatenessTests {
  private static let twoAnswers = """
    - expect: [ icmpv4: { type: echo-reply } ]
      within: 2s
    - expect: [ icmpv4: { type: echo-reply } ]
      not-before: 500ms
      since: answer
      within: 2s
    """

  @Test(arguments: [(Duration.milliseconds(510), Outcome.pass), (.milliseconds(490), .fail)])
  func `A least time may count from the answer before`(gap: Duration, outcome: Outcome) throws {
    var script = Script(started: try Scene.plan(Scene.echo + "\n" + Self.twoAnswers))
    // Late behind the stimulus, so that it would do from there.
    script.receive(Answers.echoReply(), after: .milliseconds(700))
    script.receive(Answers.echoReply(), after: gap)
    script.control()
    #expect(script.verdict().outcome == outcome)
    if outcome == .fail { #expect(script.verdict().summary.contains("490.000 ms after the one before")) }
  }

  /// A second echo that leaves late, and what comes back for it.
  private func script(late: Duration, isAnswered: Bool, times: String = "  within: 1s") throws -> Script {
    let steps = [Scene.echo, Scene.echoAnswer, Scene.echo, Scene.echoAnswer, times]
    var script = Script(started: try Scene.plan(steps.joined(separator: "\n")))
    script.receive(Answers.echoReply())
    script.wait(late)
    script.stimulus()
    if isAnswered { script.receive(Answers.echoReply()) } else { script.wait(.milliseconds(1_100)) }
    script.control()
    return script
  }

  @Test func `What is missing after a packet that left late isn't the target's fault`() throws {
    let verdict = try script(late: .milliseconds(500), isAnswered: false).verdict()
    #expect(verdict.outcome == .inconclusive)
    #expect(verdict.reason == .testerLate)
    #expect(verdict.reason.isWorthARetry)
  }

  @Test func `What is missing after a packet that left in time is`() throws {
    let verdict = try script(late: .milliseconds(300), isAnswered: false).verdict()
    #expect(verdict.outcome == .fail)
    #expect(verdict.reason == .missingAnswer)
  }

  @Test func `A packet that left late is answered all the same`() throws {
    #expect(try script(late: .milliseconds(500), isAnswered: true).verdict().outcome == .pass)
  }

  @Test func `Where no step speaks of time, being late excuses nothing`() throws {
    let verdict = try script(late: .milliseconds(500), isAnswered: false, times: "").verdict()
    #expect(verdict.outcome == .fail)
  }

  @Test func `Repetitions are due one after the other`() throws {
    let steps =
      Scene.echo + "\n  repeat: 3\n  every: 300ms\n- expect: [ icmpv4: { type: echo-reply } ]\n  within: 1s"
    let plan = try Scene.plan(steps)
    var script = Script(plan)
    script.control()
    for case .send(let stimulus) in plan.steps {
      for frame in stimulus.frames {
        script.send(frame.bytes)
        script.wait(.milliseconds(300))
      }
    }
    script.wait(.seconds(1))
    script.control()
    #expect(script.verdict().reason == .missingAnswer)
  }

  @Test func `A second answer that came because the last control probe left late isn't a failure`() throws {
    let steps = Scene.echo + "\n" + Scene.echoAnswer + "\n  within: 1s"
    var script = Script(started: try Scene.plan(steps))
    script.receive(Answers.echoReply())
    script.receive(Answers.echoReply(), after: .milliseconds(600))
    script.control()
    #expect(script.verdict().reason == .testerLate)
  }
}
