import Capture
import Craft
import Judge
import Suite
import Testing
import Wire

/// A verdict is a pure function of plan and frames.
@Suite struct ReplayTests {
  private static let plans: [String] = [
    Scene.echo + "\n" + Scene.echoAnswer,
    Scene.echo + "\n- expect: nothing",
    Scene.echo + "\n- expect: nothing\n  within: 700ms",
    Scene.echo + "\n" + Scene.echoAnswer + "\n- wait: 400ms\n" + Scene.echo + "\n- expect: nothing",
    Scene.echo + "\n  repeat: 3\n  every: 1200ms\n" + Scene.echoAnswer + "\n  times: 1..3",
    Scene.echo + "\n" + Scene.echo + "\n" + Scene.echoAnswer + "\n  times: 2",
    Scene.echo + "\n- forbid: [ icmpv4: { sequence: 2 } ]\n- control\n" + Scene.echoAnswer,
    Scene.echo + """
      \n- expect:
          any-of:
            - { outcome: pass, packet: [ icmpv4: { sequence: 1 } ] }
            - { outcome: warn, nothing: true, because: Silence is worse. }
      """,
    Scene.echo + "\n" + Scene.echoAnswer + "\n  not-before: 20ms\n  within: 600ms",
  ]

  @Test(arguments: plans.indices, [nil, RequirementLevel.should])
  func `A replay of the frames of a live run reaches the same verdict`(
    index: Int,
    level: RequirementLevel?
  ) throws {
    let plan = try Scene.plan(Self.plans[index], others: level != nil)
    var outcomes: Set<Outcome> = []
    for seed in 0..<150 {
      var run = LiveRun(plan, seed: UInt64(seed))
      let verdict = run.run()
      let live = try #require(verdict, "seed \(seed) never ended")
      let replay = run.judgement()
      #expect(replay.verdict == live, "seed \(seed)")
      #expect(run.judgement().verdict == replay.verdict)
      outcomes.insert(replay.verdict.outcome)
    }
    #expect(outcomes.isSuperset(of: [.pass, .fail, .inconclusive]))
  }

  @Test(arguments: plans.indices) func `A part of a trial's frames never passes`(index: Int) throws {
    let plan = try Scene.plan(Self.plans[index])
    var passes = 0
    for seed in 0..<60 {
      var run = LiveRun(plan, seed: UInt64(seed))
      guard run.run()?.outcome == .pass else { continue }
      passes += 1
      for count in 0..<run.frames.count {
        let frames = Array(run.frames.prefix(count))
        let end = frames.last?.frame.time ?? run.clock
        #expect(judge(plan, frames: frames, until: end).verdict.outcome == .inconclusive)
        // Without a control reply at the end no wait is long enough.
        guard !Self.endsWithProof(frames, plan) else { continue }
        let verdict = judge(plan, frames: frames, until: end + .seconds(100)).verdict
        #expect(verdict.outcome != .pass && verdict.outcome != .warn)
      }
    }
    #expect(passes > 0)
  }

  /// Whether a control probe left behind everything else, and was answered.
  private static func endsWithProof(_ frames: [TrialFrame], _ plan: TrialPlan) -> Bool {
    var asked: Set<UInt16> = []
    var isProved = false
    for frame in frames {
      if let sequence = plan.control.sequence(ofRequest: frame.frame.bytes, frame.dissection) {
        asked.insert(sequence)
      } else if let sequence = plan.control.sequence(ofReply: frame.dissection) {
        isProved = isProved || asked.contains(sequence)
      } else {
        asked = []
        isProved = false
      }
    }
    return isProved
  }

  @Test func `Unrelated frames change no verdict, wherever they come`() throws {
    var generator = Generator(seed: 3)
    for text in Self.plans {
      let plan = try Scene.plan(text)
      for seed in 0..<20 {
        var run = LiveRun(plan, seed: UInt64(seed))
        _ = run.run()
        let verdict = run.judgement().verdict
        for _ in 0..<5 {
          var frames = run.frames
          for (_, bytes) in NoiseTests.all.shuffled(using: &generator) {
            let place = Int.random(in: 1...frames.count, using: &generator)
            let frame = CapturedFrame(time: frames[place - 1].frame.time, bytes: bytes)
            frames.insert(TrialFrame(frame, Dissection(bytes), isOutgoing: false), at: place)
          }
          #expect(judge(plan, frames: frames, until: run.clock).verdict == verdict)
        }
      }
    }
  }

  @Test func `A frame handed over late by the capture never makes a pass of a broken silence`() throws {
    let plan = try Scene.plan(Scene.echo + "\n- expect: nothing")
    for seed in 0..<100 {
      var run = LiveRun(plan, seed: UInt64(seed), lag: .milliseconds(4))
      _ = run.run()
      let answered = run.frames.contains { !$0.isOutgoing && $0.frame.bytes == Answers.echoReply() }
      if answered { #expect(run.judgement().verdict.outcome != .pass) }
    }
  }
}
