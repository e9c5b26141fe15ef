import Capture
import Craft
import Judge
import Testing
import Wire

/// Silence is proved, never assumed.
@Suite struct SilenceTests {
  private func plan(_ within: String = "") throws -> TrialPlan {
    try Scene.plan(Scene.echo + "\n- expect: nothing" + within)
  }

  @Test func `Silence between two answered control probes passes`() throws {
    var script = Script(started: try plan())
    script.control()
    let judgement = script.judgement()
    #expect(judgement.verdict.outcome == .pass)
    #expect(judgement.verdict.reason == .asRequired)
    #expect(
      judgement.roles == [
        "control request 1", "control reply 1", "step 1: stimulus", "control request 2", "control reply 2",
      ]
    )
    #expect(judgement.roundTrips == [.microseconds(100), .microseconds(100)])
  }

  @Test func `An answer inside the window fails`() throws {
    var script = Script(started: try plan())
    script.receive(Answers.echoReply())
    script.control()
    #expect(script.verdict().outcome == .fail)
    #expect(script.verdict().reason == .forbiddenFrame)
  }

  @Test func `An answer after the closing control reply still fails while late frames count`() throws {
    var script = Script(started: try plan())
    script.control()
    script.receive(Answers.echoReply(), after: .milliseconds(9))
    #expect(script.verdict().reason == .forbiddenFrame)
  }

  @Test func `An answer after the trial is over doesn't count`() throws {
    var script = Script(started: try plan())
    script.control()
    script.receive(Answers.echoReply(), after: .milliseconds(11))
    let judgement = script.judgement()
    #expect(judgement.verdict.outcome == .pass)
    #expect(judgement.roles.last == "after the verdict")
  }

  @Test func `Without an answered control probe before it nothing is proved`() throws {
    var script = Script(try plan())
    script.control(answered: false)
    let verdict = script.verdict()
    #expect(verdict.outcome == .inconclusive)
    #expect(verdict.reason == .controlUnansweredBefore)
  }

  @Test func `What came instead of the first control reply is told`() throws {
    var script = Script(try plan())
    script.send(script.plan.control.request(sequence: 1))
    script.receive(Answers.echoReply(icmp: ["checksum": .wrong]))
    script.wait(.milliseconds(300))
    script.send(script.plan.control.request(sequence: 2))
    script.wait(.milliseconds(701))
    script.send(script.plan.control.request(sequence: 3))
    let verdict = script.verdict()
    #expect(verdict.reason == .controlUnansweredBefore)
    #expect(verdict.summary.contains("checksum"))
  }

  @Test func `Without an answered control probe after it nothing is proved`() throws {
    var script = Script(started: try plan())
    script.control(answered: false)
    #expect(script.verdict().outcome == .inconclusive)
    #expect(script.verdict().reason == .controlUnansweredAfter)
  }

  @Test func `The second or third request of a control probe may be the one that is answered`() throws {
    for answered in [2, 3] {
      var script = Script(try plan())
      for number in 1...answered {
        if number > 1 { script.wait(number == 2 ? .milliseconds(301) : .milliseconds(701)) }
        script.send(script.plan.control.request(sequence: UInt16(number)))
      }
      script.receive(Answers.control(script.plan, sequence: UInt16(answered)))
      script.stimulus()
      script.send(script.plan.control.request(sequence: UInt16(answered + 1)))
      script.receive(Answers.control(script.plan, sequence: UInt16(answered + 1)))
      #expect(script.verdict().outcome == .pass)
    }
  }

  @Test func `A reply to a control probe from before the stimulus doesn't close the window`() throws {
    var script = Script(try plan())
    script.send(script.plan.control.request(sequence: 1))
    script.wait(.milliseconds(301))
    script.send(script.plan.control.request(sequence: 2))
    script.receive(Answers.control(script.plan, sequence: 1))
    script.stimulus()
    script.receive(Answers.control(script.plan, sequence: 2))
    #expect(script.verdict(after: .milliseconds(200)).outcome == .inconclusive)
  }

  @Test func `A control reply that nobody asked for proves nothing`() throws {
    var script = Script(started: try plan())
    script.receive(Answers.control(script.plan, sequence: 2))
    #expect(script.verdict().outcome == .inconclusive)
  }

  @Test func `A stimulus that wasn't seen leaving proves nothing`() throws {
    var script = Script(try plan())
    script.control()
    let verdict = script.verdict()
    #expect(verdict.outcome == .inconclusive)
    #expect(verdict.reason == .stimulusNotSeen)
  }

  @Test func `One fragment of the stimulus that wasn't seen leaving is enough to prove nothing`() throws {
    let plan = try Scene.plan(Scene.echo + "\n  fragment: { size: 8 }\n- expect: nothing")
    guard case .send(let stimulus) = plan.steps[0] else { return }
    #expect(stimulus.frames.count == 2)
    var script = Script(plan)
    script.control()
    script.send(stimulus.frames[1].bytes)
    #expect(script.verdict().reason == .stimulusNotSeen)
  }

  @Test func `A stimulus that left other than crafted is the harness's fault`() throws {
    var script = Script(try plan())
    script.control()
    guard case .send(let stimulus) = script.plan.steps[0] else { return }
    var bytes = stimulus.frames[0].bytes
    bytes[bytes.count - 1] ^= 1
    script.send(bytes)
    let verdict = script.verdict()
    #expect(verdict.outcome == .error)
    #expect(verdict.reason == .stimulusAltered)
  }

  @Test func `A control probe that left other than crafted is the harness's fault, not the target's`() throws
  {
    for isFirst in [true, false] {
      var script = isFirst ? Script(try plan()) : Script(started: try plan())
      var bytes = script.plan.control.request(sequence: isFirst ? 1 : 2)
      bytes[bytes.count - 1] ^= 1
      script.send(bytes)
      script.receive(
        Answers.frame([Answers.ipv4(), Answers.icmpv4(0), Answers.data(Array(bytes.suffix(34)))])
      )
      #expect(script.verdict().outcome == .error)
      #expect(script.verdict().reason == .stimulusAltered)
    }
  }

  @Test func `A stimulus that the capture kept only in part proves nothing`() throws {
    var script = Script(try plan())
    script.control()
    guard case .send(let stimulus) = script.plan.steps[0] else { return }
    let bytes = stimulus.frames[0].bytes
    script.send(Array(bytes.prefix(30)), originalLength: bytes.count)
    #expect(script.verdict().outcome == .inconclusive)
    #expect(script.verdict().reason == .frameCutShort)
  }

  @Test func `An answer that the capture kept only in part can't be judged`() throws {
    var script = Script(started: try plan())
    let reply = Answers.echoReply()
    script.receive(Array(reply.prefix(30)), originalLength: reply.count)
    #expect(script.verdict().outcome == .inconclusive)
    #expect(script.verdict().reason == .frameCutShort)
  }

  @Test func `A capture that ends early proves nothing, wherever it ends`() throws {
    var script = Script(started: try plan())
    script.control()
    for count in 0...script.frames.count {
      let frames = Array(script.frames.prefix(count))
      let end = frames.last?.frame.time ?? script.clock
      let verdict = judge(script.plan, frames: frames, until: end).verdict
      #expect(verdict.outcome == .inconclusive)
      #expect(verdict.reason == .captureEnded)
    }
  }

  @Test func `Lost frames make silence inconclusive`() throws {
    var script = Script(started: try plan())
    script.control()
    #expect(script.verdict(losses: 1).outcome == .inconclusive)
    #expect(script.verdict(losses: 1).reason == .captureLostFrames)
  }

  @Test func `Lost frames don't undo a violation that was seen`() throws {
    var script = Script(started: try plan())
    script.receive(Answers.echoReply())
    script.control()
    #expect(script.verdict(losses: 5).reason == .forbiddenFrame)
  }

  @Test func `A wait that the suite asks for isn't closed early`() throws {
    var script = Script(started: try plan("\n  within: 2s"))
    script.receive(Answers.echoReply(), after: .milliseconds(1900))
    #expect(script.verdict().reason == .forbiddenFrame)

    var hasty = Script(started: try plan("\n  within: 2s"))
    hasty.control()
    #expect(hasty.verdict(after: .seconds(1)).outcome == .inconclusive)

    var patient = Script(started: try plan("\n  within: 2s"))
    patient.wait(.milliseconds(2001))
    patient.control()
    #expect(patient.verdict().outcome == .pass)
  }

  @Test func `A single fragment of an answer breaks the silence`() throws {
    var script = Script(started: try plan())
    script.receive(Answers.fragments(of: Answers.echoReply(), size: 8)[0])
    script.control()
    #expect(script.verdict().outcome == .fail)
    #expect(script.verdict().reason == .forbiddenFrame)
  }

  @Test func `Allowing other frames doesn't lift an explicit demand for silence`() throws {
    for frame in [Answers.echoReply(), Answers.fragments(of: Answers.echoReply(), size: 8)[0]] {
      var script = Script(started: try Scene.plan(Scene.echo + "\n- expect: nothing", others: true))
      script.receive(frame)
      script.control()
      #expect(script.verdict().reason == .forbiddenFrame)
    }
  }

  @Test func `What stamps say counts for nothing when their clock was set meanwhile`() throws {
    var script = Script(started: try Scene.plan("\(Scene.echo)\n- expect: nothing"))
    script.control()
    #expect(script.verdict().outcome == .pass)
    #expect(script.verdict(clockSteps: 1).reason == .clockStepped)
  }

  @Test func `Stamps that go back make a verdict inconclusive`() throws {
    var script = Script(started: try Scene.plan("\(Scene.echo)\n- expect: [icmpv4: { type: echo-reply }]"))
    script.wait(.milliseconds(-20))
    script.receive(Answers.echoReply())
    script.control()
    #expect(script.verdict().reason == .clockStepped)
  }

  @Test(arguments: [(1, Outcome.inconclusive), (0, Outcome.pass)])
  func `Silence is no proof when the target was away until a later control probe`(
    unanswered: Int,
    outcome: Outcome
  ) throws {
    let plan = try Scene.plan("\(Scene.echo)\n- expect: nothing")
    var script = Script(started: plan)
    for sequence in 2..<(2 + unanswered) {
      script.send(plan.control.request(sequence: UInt16(sequence)))
      script.wait(.milliseconds(301))
    }
    let last = UInt16(2 + unanswered)
    script.send(plan.control.request(sequence: last))
    script.receive(Answers.control(plan, sequence: last))
    let verdict = script.verdict()
    #expect(verdict.outcome == outcome)
    #expect((verdict.reason == .controlLate) == (unanswered > 0))
  }
}
