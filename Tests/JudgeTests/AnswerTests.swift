import Capture
import Craft
import Judge
import Testing
import Wire

/// One expected answer: there, missing, wrong, malformed, twice.
@Suite struct AnswerTests {
  private func started(others: Bool = false) throws -> Script {
    Script(started: try Scene.plan(Scene.echo + "\n" + Scene.echoAnswer, others: others))
  }

  /// The verdict when one frame comes and the target stays alive.
  private func verdict(on frame: [UInt8], others: Bool = false) throws -> Verdict {
    var script = try started(others: others)
    #expect(!frame.isEmpty)
    script.receive(frame)
    script.wait(.milliseconds(251))
    script.control()
    return script.verdict()
  }

  @Test func `The right answer passes`() throws {
    var script = try started()
    script.receive(Answers.echoReply())
    script.control()
    let judgement = script.judgement()
    #expect(judgement.verdict.outcome == .pass)
    #expect(judgement.roles[3] == "step 2: as expected")
  }

  @Test func `The right answer passes only once the target has shown that it is alive`() throws {
    var script = try started()
    script.receive(Answers.echoReply())
    #expect(script.verdict(after: .milliseconds(200)).reason == .captureEnded)
    script.control(answered: false)
    #expect(script.verdict().reason == .controlUnansweredAfter)
    #expect(script.verdict().outcome == .inconclusive)
  }

  @Test func `No answer from a target that is alive fails`() throws {
    var script = try started()
    script.wait(.milliseconds(251))
    script.control()
    #expect(script.verdict().outcome == .fail)
    #expect(script.verdict().reason == .missingAnswer)
  }

  @Test func `No answer from a target that is dead is inconclusive`() throws {
    var script = try started()
    script.wait(.milliseconds(251))
    script.control(answered: false)
    #expect(script.verdict().outcome == .inconclusive)
    #expect(script.verdict().reason == .controlUnansweredAfter)
  }

  @Test func `No answer in a capture that lost frames is inconclusive`() throws {
    var script = try started()
    script.wait(.milliseconds(251))
    script.control()
    #expect(script.verdict(losses: 1).reason == .captureLostFrames)
  }

  @Test func `An answer before the stimulus isn't one`() throws {
    var script = Script(try Scene.plan(Scene.echo + "\n" + Scene.echoAnswer))
    script.control()
    script.receive(Answers.echoReply())
    script.wait(.milliseconds(1))
    script.stimulus()
    script.wait(.milliseconds(251))
    script.control()
    #expect(script.verdict().outcome == .fail)
    #expect(script.verdict().reason == .missingAnswer)
  }

  @Test func `An answer before the control probe belongs to no trial`() throws {
    var script = Script(try Scene.plan(Scene.echo + "\n" + Scene.echoAnswer))
    script.send(script.plan.control.request(sequence: 1))
    script.receive(Answers.echoReply())
    script.receive(Answers.control(script.plan, sequence: 1))
    script.stimulus()
    script.receive(Answers.echoReply())
    script.send(script.plan.control.request(sequence: 2))
    script.receive(Answers.control(script.plan, sequence: 2))
    let judgement = script.judgement()
    #expect(judgement.verdict.outcome == .pass)
    #expect(judgement.roles[1] == "before the stimulus")
  }

  @Test func `An answer stamped a little before its stimulus by another processor counts`() throws {
    var script = Script(try Scene.plan(Scene.echo + "\n" + Scene.echoAnswer))
    script.control()
    script.receive(Answers.echoReply())
    script.wait(.microseconds(20))
    script.stimulus()
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `An answer after the window is a missing one`() throws {
    var script = try started()
    script.receive(Answers.echoReply(), after: .milliseconds(251))
    script.control()
    #expect(script.verdict().reason == .missingAnswer)
  }

  @Test func `An answer at the last moment of the window is in time`() throws {
    var script = try started()
    script.receive(Answers.echoReply(), after: .milliseconds(250))
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test(arguments: [
    (Answers.echoReply(identifier: 0x1236), "icmpv4.identifier", "0x1235", "0x1236"),
    (Answers.echoReply(sequence: 2), "icmpv4.sequence", "1", "2"),
    (Answers.echoReply(data: [0, 1, 2, 3, 4, 5, 6, 9]), "data", "8 octets, at 7: 07", "8 octets, at 7: 09"),
    (Answers.echoReply(data: [0, 1]), "data", "8 octets, at 2: 02 03 04 05 06 07", "2 octets, nothing at 2"),
    (
      Answers.echoReply(ip: ["source": .given(.ipv4(IPv4Address(rawValue: 0xc000_0202)))]), "ipv4.source",
      "192.0.2.1", "192.0.2.2"
    ),
    (Answers.echoReply(icmp: ["code": .given(.number(1))]), "icmpv4.code", "0", "1"),
  ])
  func `A wrong answer fails and the wrong field is named`(
    frame: [UInt8],
    field: String,
    required: String,
    seen: String
  ) throws {
    let verdict = try verdict(on: frame)
    #expect(verdict.outcome == .fail)
    #expect(verdict.reason == .wrongAnswer)
    #expect(verdict.differences == [FieldDifference(field: field, required: required, seen: seen)])
    #expect(!verdict.reason.isWorthARetry)
  }

  @Test func `A wrong answer is a missing one where other frames are allowed`() throws {
    let verdict = try verdict(on: Answers.echoReply(sequence: 2), others: true)
    #expect(verdict.outcome == .fail)
    #expect(verdict.reason == .missingAnswer)
    #expect(verdict.reason.isWorthARetry)
  }

  @Test func `A wrong answer beside the right one fails`() throws {
    var script = try started()
    script.receive(Answers.echoReply(sequence: 2))
    script.receive(Answers.echoReply())
    script.control()
    #expect(script.verdict().reason == .forbiddenFrame)
    #expect(script.judgement().roles[3] == "not expected by any step")
  }

  @Test func `A further frame beside the right answer passes where other frames are allowed`() throws {
    var script = try started(others: true)
    script.receive(Answers.echoReply(sequence: 2))
    script.receive(Answers.echoReply())
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test(arguments: [
    Answers.echoReply(icmp: ["checksum": .wrong]),
    Answers.echoReply(icmp: ["checksum": .given(.number(0))]),
    Answers.echoReply(ip: ["header-checksum": .offByOne]),
    Answers.echoReply(ip: ["total-length": .computedPlus(1)]),
    Answers.echoReply(ip: ["total-length": .given(.number(19))]),
    Answers.echoReply(ip: ["version": .given(.number(5))]),
    Answers.echoReply(ip: ["header-length": .given(.number(4))]),
  ])
  func `A malformed answer fails even in what no step looks at`(frame: [UInt8]) throws {
    for others in [false, true] {
      let verdict = try verdict(on: frame, others: others)
      #expect(verdict.outcome == .fail)
      #expect(verdict.reason == .malformedAnswer)
      #expect(!verdict.reason.isWorthARetry)
    }
  }

  @Test func `A copy of the right answer fails, and is tried again because it may be the network's doing`()
    throws
  {
    var script = try started()
    script.receive(Answers.echoReply())
    script.receive(Answers.echoReply())
    script.control()
    #expect(script.verdict().outcome == .fail)
    #expect(script.verdict().reason == .duplicateAnswer)
    #expect(script.verdict().reason.isWorthARetry)
  }

  @Test func `A copy of an earlier answer isn't held against a later step`() throws {
    let second = Scene.echo.replacing("sequence: 1", with: "sequence: 2")
    let answer = Scene.echoAnswer.replacing("sequence: 1", with: "sequence: 2")
    var script = Script(
      started: try Scene.plan([Scene.echo, Scene.echoAnswer, second, answer].joined(separator: "\n"))
    )
    script.receive(Answers.echoReply())
    script.receive(Answers.echoReply())
    script.stimulus()
    script.wait(.milliseconds(251))
    script.control()
    #expect(script.verdict().reason == .missingAnswer)
  }

  @Test func `A trial that checks nothing is an error`() throws {
    var plan = try Scene.plan(Scene.echo + "\n" + Scene.echoAnswer)
    plan.steps.removeLast()
    var script = Script(started: plan)
    script.control()
    #expect(script.verdict().outcome == .error)
    #expect(script.verdict().reason == .craftFailed)
  }

  @Test func `A trial without frames is inconclusive`() throws {
    let plan = try Scene.plan(Scene.echo + "\n" + Scene.echoAnswer)
    let verdict = judge(plan, frames: [], until: Timestamp(nanoseconds: 0)).verdict
    #expect(verdict.outcome == .inconclusive)
    #expect(verdict.reason == .captureEnded)
  }
}
