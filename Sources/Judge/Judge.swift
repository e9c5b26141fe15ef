public import Capture
public import Craft
public import Wire

/// A frame of one trial, for judging.
public struct TrialFrame: Sendable {
  /// As captured.
  public var frame: CapturedFrame
  /// The same frame, taken apart.
  public var dissection: Dissection
  /// Whether Assay sent it.
  public var isOutgoing: Bool
  /// Whether it may be another trial's, and nothing tells.
  public var isDoubtful: Bool

  /// What a doubtful frame is to the trial.
  public static let doubtfulRole = "may be another trial's"

  /// Puts the parts together.
  public init(_ frame: CapturedFrame, _ dissection: Dissection, isOutgoing: Bool, isDoubtful: Bool = false) {
    self.isDoubtful = isDoubtful
    self.frame = frame
    self.dissection = dissection
    self.isOutgoing = isOutgoing
  }
}

/// What the judge says of a trial.
public struct Judgement: Sendable {
  /// The verdict with its explanation.
  public var verdict: Verdict
  /// What each frame was, in order.
  public var roles: [String]
  /// Round trips of the trial's control probes.
  public var roundTrips: [Duration]
  /// How the path treated the control probes.
  public var path: PathQuality
  /// Frames of the trial, besides its control probes: so many could get lost.
  public var frameCount: Int
}

/// Judges a trial from its plan and its captured frames alone.
///
/// - Parameters:
///   - plan: What was to be sent and expected.
///   - frames: The trial's frames, sent and received, in the order of their stamps.
///   - end: Until when the capture went on.
///   - losses: How many frames the capture lost meanwhile, whosever they were.
///   - clockSteps: How often the clock of the stamps was set meanwhile.
///   - timing: How long to wait for what.
///   - keepsTimeline: Whether the verdict's details tell what happened when.
/// - Returns: The verdict, what each frame was, and the round trips of the control probes.
public func judge(
  _ plan: TrialPlan,
  frames: [TrialFrame],
  until end: Timestamp,
  losses: Int = 0,
  clockSteps: Int = 0,
  timing: Timing = Timing(),
  keepsTimeline: Bool = true
) -> Judgement {
  var evaluator = Evaluator(plan, timing: timing, keepsTimeline: keepsTimeline)
  for frame in frames {
    evaluator.captured(frame)
  }
  // Windows that were still open end with the capture.
  evaluator.tick(at: end)
  var verdict = evaluator.verdict ?? evaluator.settled ?? evaluator.cutOff(at: end)
  if losses > 0, !verdict.standsDespiteLosses {
    verdict = Verdict(
      .inconclusive,
      .captureLostFrames,
      "The capture lost \(losses) frames while the trial ran, so it can't be known what was among them.",
      details: verdict.details
    )
  }
  if evaluator.hasDoubts, [.pass, .warn].contains(verdict.outcome) || !verdict.standsDespiteLosses {
    verdict = Verdict(
      .inconclusive,
      .doubtfulFrame,
      "The target sent a frame while the trial ran that may be its answer or another trial's, and nothing tells.",
      details: verdict.details
    )
  }
  if clockSteps > 0 || evaluator.stampsWentBack, !verdict.standsDespiteSteps {
    verdict = Verdict(
      .inconclusive,
      .clockStepped,
      "The clock of the frames' stamps was set while the trial ran, so they don't say how much time passed.",
      details: verdict.details
    )
  }
  return Judgement(
    verdict: verdict,
    roles: evaluator.roles,
    roundTrips: evaluator.controls.roundTrips,
    path: evaluator.controls.path,
    frameCount: evaluator.roles.count { !$0.hasPrefix("control ") }
  )
}

extension Verdict {
  /// Whether it rests on no time at all.
  fileprivate var standsDespiteSteps: Bool {
    switch reason {
    case .malformedAnswer, .stimulusAltered, .craftFailed, .notApplicable: true
    default: false
    }
  }

  /// Whether it rests on what was seen, not on what wasn't.
  fileprivate var standsDespiteLosses: Bool {
    switch outcome {
    case .fail: reason != .missingAnswer
    case .error: true
    case .pass, .warn, .inconclusive, .skipped: false
    }
  }
}
