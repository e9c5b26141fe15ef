import Capture
import Craft
import Judge
import Wire

/// What must be among the frames of a trial that passes.
struct Proof {
  private let plan: TrialPlan
  private let sent: Set<[UInt8]>
  /// Numbers of the frames with which control probes were answered, and of those with which they were asked.
  private var probes: [(asked: Int, answered: Int)] = []
  /// Numbers of the frames that are stimuli.
  private var stimuli: [Int] = []

  init(_ plan: TrialPlan, _ frames: [TrialFrame]) {
    self.plan = plan
    sent = Set(frames.filter(\.isOutgoing).map(\.frame.bytes))
    var asked: [UInt16: Int] = [:]
    let crafted = Set(Self.stimuli(of: plan))
    for (number, frame) in frames.enumerated() {
      let octets = frame.frame.bytes
      if frame.isOutgoing {
        if let sequence = plan.control.sequence(ofRequest: octets, frame.dissection) {
          if asked[sequence] == nil { asked[sequence] = number }
        } else if crafted.contains(octets) {
          stimuli.append(number)
        }
      } else if let sequence = plan.control.sequence(ofReply: frame.dissection), let start = asked[sequence] {
        probes.append((asked: start, answered: number))
        asked[sequence] = nil
      }
    }
  }

  /// Silence and answers alike stand between two control probes, both answered, and the stimuli were seen leaving.
  func check(_ verdict: Verdict) throws(BrokenProperty) {
    try require(probes.count >= 2, "\(verdict.outcome) with \(probes.count) answered control probes")
    for stimulus in Self.stimuli(of: plan) {
      try require(sent.contains(stimulus), "\(verdict.outcome), but a stimulus is missing")
    }
    guard !stimuli.isEmpty else { return }
    // A setup may send something before the first probe of the case; copies of stimuli may be anywhere.
    let isBetween = stimuli.contains { stimulus in
      probes.contains { $0.answered < stimulus } && probes.contains { $0.asked > stimulus }
    }
    try require(isBetween, "\(verdict.outcome) without answered control probes around a stimulus")
  }

  /// The frames of setup and case whose octets don't depend on answers.
  private static func stimuli(of plan: TrialPlan) -> [[UInt8]] {
    plan.steps.prefix(plan.sections.cleanupStart).enumerated().flatMap { place, step -> [[UInt8]] in
      guard case .send(let stimulus) = step, plan.late?.isLate(place) != true else { return [] }
      return stimulus.frames.map(\.bytes)
    }
  }
}
