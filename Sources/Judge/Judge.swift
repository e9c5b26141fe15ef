public import Capture
public import Craft
public import Wire

/// A frame of one trial, for judging.
public struct TrialFrame: Sendable {
  public var frame: CapturedFrame
  public var dissection: Dissection
  /// Whether Assay sent it.
  public var isOutgoing: Bool

  public init(_ frame: CapturedFrame, _ dissection: Dissection, isOutgoing: Bool) {
    self.frame = frame
    self.dissection = dissection
    self.isOutgoing = isOutgoing
  }
}

/// What the judge says of a trial.
public struct Judgement: Sendable {
  public var verdict: Verdict
  /// What each frame was, in order.
  public var roles: [String]
  /// Round trips of the trial's control probes.
  public var roundTrips: [Duration]
}

/// Judges a trial from its plan and its captured frames alone.
///
/// - Parameters:
///   - plan: What was to be sent and expected.
///   - frames: The trial's frames, sent and received, in the order of their stamps.
///   - end: Until when the capture went on.
///   - timing: How long to wait for what.
/// - Returns: The verdict, what each frame was, and the round trips of the control probes.
public func judge(
  _ plan: TrialPlan,
  frames: [TrialFrame],
  until end: Timestamp,
  timing: Timing = Timing()
) -> Judgement {
  var evaluator = Evaluator(plan, timing: timing)
  if let first = frames.first {
    evaluator.start(at: first.frame.time)
    for frame in frames {
      evaluator.captured(frame.frame, frame.dissection, isOutgoing: frame.isOutgoing)
    }
    // Windows that were still open end with the capture.
    _ = evaluator.next(at: end)
  }
  let verdict =
    evaluator.verdict
    ?? Verdict(
      .inconclusive,
      .captureEnded,
      frames.isEmpty ? "No frame of the trial was captured." : "The capture ended before the trial did."
    )
  return Judgement(verdict: verdict, roles: evaluator.roles, roundTrips: evaluator.controls.roundTrips)
}
