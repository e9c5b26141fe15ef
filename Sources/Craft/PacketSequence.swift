internal import Suite
internal import Wire

/// The frames that an attempt sends, where it isn't all that its trial would: places in the plans of trials.
///
/// With the plans of the trials it says octet for octet what was to be sent.
public struct PacketSequence: Hashable, Sendable, Codable {
  /// A frame of a trial's stimuli.
  public struct Packet: Hashable, Sendable, Codable {
    /// `suite.case[variant]`.
    public var trial: String
    /// Place of the step among the plan's steps, from 0.
    public var step: Int
    /// Place of the frame among those of the step, from 0.
    public var frame: Int

    /// Puts the parts together.
    public init(trial: String, step: Int, frame: Int) {
      self.trial = trial
      self.step = step
      self.frame = frame
    }
  }

  /// The frames in the order in which they go out.
  public var packets: [Packet]

  /// Puts the parts together.
  public init(_ packets: [Packet]) { self.packets = packets }
}

extension TrialPlan {
  /// Every frame that the plan's steps send; empty if what is sent depends on answers.
  public var packetSequence: PacketSequence {
    if isCraftedLate { return PacketSequence([]) }
    return PacketSequence(
      steps.enumerated().flatMap { step, planned -> [PacketSequence.Packet] in
        guard case .send(let stimulus) = planned else { return [] }
        return stimulus.frames.indices.map { PacketSequence.Packet(trial: id, step: step, frame: $0) }
      }
    )
  }

  /// The plan of an attempt that sends these frames between two control probes, and takes whatever comes back.
  ///
  /// Frames of one step keep the time between them, and pauses of a trial stay; nothing waits for answers.
  ///
  /// - Parameters:
  ///   - sequence: What to send; frames that no plan has are left out.
  ///   - others: Plans of further trials in it, with the same tester.
  /// - Returns: The plan, under this one's name.
  public func sending(_ sequence: PacketSequence, with others: [TrialPlan] = []) -> TrialPlan {
    let plans = Dictionary(([self] + others).map { ($0.id, $0) }) { first, _ in first }
    var frames: [PlannedStimulus.Frame] = []
    var last: PacketSequence.Packet?
    var clock = Duration.zero
    var template: EncodedPacket?
    for packet in sequence.packets {
      guard let plan = plans[packet.trial], let stimulus = plan.stimulus(packet.step),
        stimulus.frames.indices.contains(packet.frame)
      else { continue }
      let frame = stimulus.frames[packet.frame]
      if let last, last.trial == packet.trial {
        clock += plan.pause(from: last, to: packet)
      }
      frames.append(PlannedStimulus.Frame(bytes: frame.bytes, offset: clock))
      last = packet
      template = template ?? stimulus.packet
    }
    var plan = self
    guard let template else { return plan }
    let anything = [
      PlannedAlternative(outcome: .pass, pattern: nil),
      PlannedAlternative(outcome: .pass, pattern: FramePattern(layers: [])),
    ]
    plan.steps = [
      .send(PlannedStimulus(frames: frames, packet: template)),
      .expect(PlannedExpectation(kind: .anyOf(anything))),
    ]
    plan.sections = PlanSections(setup: 0, steps: plan.steps.count)
    plan.late = nil
    plan.allowsOthers = true
    return plan
  }

  /// The stimulus of a step; nil if it is none.
  public func stimulus(_ step: Int) -> PlannedStimulus? {
    guard steps.indices.contains(step), case .send(let stimulus) = steps[step] else { return nil }
    return stimulus
  }

  /// How long the plan waits of its own accord between two of its frames.
  private func pause(from earlier: PacketSequence.Packet, to later: PacketSequence.Packet) -> Duration {
    if earlier.step == later.step, let stimulus = stimulus(later.step) {
      let pause = stimulus.frames[later.frame].offset - stimulus.frames[earlier.frame].offset
      return max(pause, .zero)
    }
    guard earlier.step < later.step else { return .zero }
    return steps[earlier.step..<later.step].reduce(.zero) { sum, step in
      if case .wait(let duration) = step { sum + duration } else { sum }
    }
  }
}
