import Craft
import Judge
import Suite
import Testing
import Wire

/// Steps beyond one packet and one answer.
@Suite struct StepTests {
  private static let second = Scene.echo.replacing("sequence: 1", with: "sequence: 2")
  private static let secondAnswer = Scene.echoAnswer.replacing("sequence: 1", with: "sequence: 2")

  private func started(_ steps: String..., others: Bool = false) throws -> Script {
    Script(started: try Scene.plan(steps.joined(separator: "\n"), others: others))
  }

  @Test(arguments: [
    (1, Outcome.fail, Reason.missingAnswer), (2, .pass, .asRequired), (3, .pass, .asRequired),
  ])
  func `A count of answers may be a range`(answers: Int, outcome: Outcome, reason: Reason) throws {
    var script = try started(Scene.echo, Scene.echoAnswer, "  times: 2..3")
    for number in 0..<answers {
      script.receive(Answers.echoReply(ip: ["identification": .given(.number(UInt64(number)))]))
    }
    script.wait(.milliseconds(251))
    script.control()
    #expect(script.verdict().outcome == outcome)
    #expect(script.verdict().reason == reason)
  }

  @Test func `One answer more than the range allows fails`() throws {
    var script = try started(Scene.echo, Scene.echoAnswer, "  times: 2..3")
    for number in 0..<4 {
      script.receive(Answers.echoReply(ip: ["identification": .given(.number(UInt64(number)))]))
    }
    script.control()
    #expect(script.verdict().outcome == .fail)
    #expect(script.verdict().reason == .duplicateAnswer)
  }

  @Test func `A range from zero accepts no answer from a target that is alive`() throws {
    var script = try started(Scene.echo, Scene.echoAnswer, "  times: 0..1")
    script.wait(.milliseconds(251))
    #expect(script.verdict().outcome == .inconclusive)
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `Many answers that came while the stimulus still left are all counted`() throws {
    let plan = try Scene.plan(
      [Scene.echo, "  repeat: 5000", Scene.echoAnswer, "  times: 5000"].joined(separator: "\n")
    )
    guard case .send(let stimulus) = plan.steps[0] else { return }
    var script = Script(plan)
    script.control()
    for number in 0..<5000 {
      script.send(stimulus.frames[number].bytes)
      script.receive(Answers.echoReply(), after: .microseconds(1))
      script.wait(.microseconds(1))
    }
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `Two packets in a row may be answered after both have left`() throws {
    var script = try started(Scene.echo, Self.second, Scene.echoAnswer, Self.secondAnswer)
    script.receive(Answers.echoReply())
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 2))
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `Answers to two packets may come in either order`() throws {
    var script = try started(Scene.echo, Self.second, Scene.echoAnswer, Self.secondAnswer)
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 2))
    script.receive(Answers.echoReply())
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `A second exchange begins when the first is over`() throws {
    var script = try started(Scene.echo, Scene.echoAnswer, Self.second, Self.secondAnswer)
    script.receive(Answers.echoReply())
    script.wait(.milliseconds(5))
    script.stimulus()
    script.receive(Answers.echoReply(sequence: 2))
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `An answer to the second packet that came before it isn't one`() throws {
    var script = try started(Scene.echo, Scene.echoAnswer, Self.second, Self.secondAnswer)
    script.receive(Answers.echoReply())
    script.receive(Answers.echoReply(sequence: 2))
    script.wait(.milliseconds(5))
    script.stimulus()
    script.wait(.milliseconds(251))
    script.control()
    #expect(script.verdict().outcome == .fail)
    #expect(script.verdict().reason == .missingAnswer)
  }

  @Test func `All of several frames may come in any order`() throws {
    let all = """
      - expect: { all-of: [ { packet: [ icmpv4: { sequence: 1 } ] }, { packet: [ icmpv4: { sequence: 2 } ] } ] }
      """
    for order in [[1, 2], [2, 1]] {
      var script = try started(Scene.echo, all)
      for sequence in order { script.receive(Answers.echoReply(sequence: UInt64(sequence))) }
      script.control()
      #expect(script.verdict().outcome == .pass)
    }
    var half = try started(Scene.echo, all)
    half.receive(Answers.echoReply(sequence: 2))
    half.wait(.milliseconds(251))
    half.control()
    #expect(half.verdict().reason == .missingAnswer)
  }

  @Test func `A frame that fits two patterns of all-of leaves the other one its own`() throws {
    let all = """
      - expect: { all-of: [ { packet: [ icmpv4: { type: 0 } ] }, { packet: [ icmpv4: { sequence: 1 } ] } ] }
      """
    for order in [[1, 2], [2, 1]] {
      var script = try started(Scene.echo, all)
      for sequence in order { script.receive(Answers.echoReply(sequence: UInt64(sequence))) }
      script.control()
      #expect(script.verdict().outcome == .pass)
    }
  }

  @Test func `A forbidden frame fails though other frames are allowed, and although the answer was right`()
    throws
  {
    let forbid = "- forbid: [ icmpv4: { type: echo-reply, sequence: 9 } ]"
    var script = try started(forbid, Scene.echo, Scene.echoAnswer, others: true)
    script.receive(Answers.echoReply())
    script.receive(Answers.echoReply(sequence: 8))
    script.receive(Answers.echoReply(sequence: 9))
    script.control()
    #expect(script.verdict().reason == .forbiddenFrame)
    #expect(script.verdict().summary.contains("sequence 9"))
  }

  @Test func `A frame is forbidden only from its step on`() throws {
    let forbid = "- forbid: [ icmpv4: { type: echo-reply } ]"
    var script = try started(Scene.echo, Scene.echoAnswer, forbid, Self.second, "- expect: nothing")
    script.receive(Answers.echoReply())
    script.wait(.milliseconds(1))
    script.stimulus()
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `An answer before its time fails`() throws {
    var script = try started(Scene.echo, Scene.echoAnswer, "  not-before: 500ms", "  within: 2s")
    script.receive(Answers.echoReply(), after: .milliseconds(499))
    script.control()
    #expect(script.verdict().outcome == .fail)
    #expect(script.verdict().reason == .wrongAnswer)
    #expect(script.verdict().summary.contains("500.000 ms"))
  }

  @Test func `An answer between not-before and within passes`() throws {
    var script = try started(Scene.echo, Scene.echoAnswer, "  not-before: 500ms", "  within: 2s")
    script.receive(Answers.echoReply(), after: .milliseconds(1999))
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `A wait lasts, and the window opens behind it`() throws {
    var script = try started(Scene.echo, "- wait: 2s", Scene.echoAnswer)
    script.receive(Answers.echoReply(), after: .milliseconds(2100))
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `An answer during a wait counts`() throws {
    var script = try started(Scene.echo, "- wait: 2s", Scene.echoAnswer)
    script.receive(Answers.echoReply())
    script.wait(.seconds(2))
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `A control step must be answered`() throws {
    for isAnswered in [true, false] {
      var script = try started(Scene.echo, Scene.echoAnswer, "- control", Self.second, Self.secondAnswer)
      script.receive(Answers.echoReply())
      script.control(answered: isAnswered)
      if isAnswered {
        script.stimulus()
        script.receive(Answers.echoReply(sequence: 2))
        script.control()
      }
      #expect(script.verdict().outcome == (isAnswered ? .pass : .inconclusive))
    }
  }
}
