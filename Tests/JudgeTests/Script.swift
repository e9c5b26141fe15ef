import Capture
import Craft
import Judge
import Wire

/// The frames of one trial as a test writes them down, with a clock that only the test moves.
struct Script {
  let plan: TrialPlan
  private(set) var frames: [TrialFrame] = []
  var clock = Timestamp(nanoseconds: 1_000_000_000_000)
  private var sequence: UInt16 = 0
  private var nextStep = 0

  init(_ plan: TrialPlan) { self.plan = plan }

  /// A script in which the first control probe was answered and the first stimulus left.
  init(started plan: TrialPlan) {
    self.plan = plan
    control()
    stimulus()
  }

  mutating func wait(_ duration: Duration) { clock = clock + duration }

  /// A frame of the tester passes the observer.
  mutating func send(_ bytes: [UInt8], originalLength: Int? = nil) {
    record(bytes, originalLength, isOutgoing: true)
  }

  /// A frame of the target passes the observer.
  mutating func receive(
    _ bytes: [UInt8],
    after delay: Duration = .microseconds(100),
    originalLength: Int? = nil
  ) {
    wait(delay)
    record(bytes, originalLength, isOutgoing: false)
  }

  private mutating func record(_ bytes: [UInt8], _ originalLength: Int?, isOutgoing: Bool) {
    let frame = CapturedFrame(time: clock, bytes: bytes, originalLength: originalLength)
    frames.append(TrialFrame(frame, Dissection(bytes), isOutgoing: isOutgoing))
  }

  /// A control probe: answered at once, or asked three times in vain.
  mutating func control(answered: Bool = true) {
    wait(.microseconds(50))
    sequence += 1
    send(plan.control.request(sequence: sequence))
    if answered {
      receive(Answers.control(plan, sequence: sequence))
      return
    }
    for delay in [Duration.milliseconds(301), .milliseconds(701)] {
      wait(delay)
      sequence += 1
      send(plan.control.request(sequence: sequence))
    }
    wait(.milliseconds(1001))
  }

  /// The frames of the next `send` step leave.
  mutating func stimulus() {
    while nextStep < plan.steps.count {
      nextStep += 1
      guard case .send(let stimulus) = plan.steps[nextStep - 1] else { continue }
      for frame in stimulus.frames {
        wait(.microseconds(10))
        send(frame.bytes)
      }
      return
    }
  }

  /// What the judge says when the capture goes on for a while after the last frame.
  func judgement(after rest: Duration = .seconds(2), losses: Int = 0, clockSteps: Int = 0) -> Judgement {
    judge(plan, frames: frames, until: clock + rest, losses: losses, clockSteps: clockSteps)
  }

  func verdict(after rest: Duration = .seconds(2), losses: Int = 0, clockSteps: Int = 0) -> Verdict {
    judgement(after: rest, losses: losses, clockSteps: clockSteps).verdict
  }
}
