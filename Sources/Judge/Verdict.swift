/// The outcome of one trial.
public enum Outcome: String, Hashable, Sendable, CaseIterable {
  case pass
  /// A SHOULD was not met, or the legal answer seen is the discouraged one.
  case warn
  case fail
  /// It could not be known, for the stated reason; never a pass.
  case inconclusive
  /// The harness's own fault.
  case error
  /// Not applicable to this target, or not run.
  case skipped
}

/// Why a trial ended as it did; one word a machine can count.
public enum Reason: String, Hashable, Sendable, CaseIterable {
  case asRequired = "as-required"
  case missingAnswer = "missing-answer"
  case forbiddenFrame = "forbidden-frame"
  case wrongAnswer = "wrong-answer"
  case malformedAnswer = "malformed-answer"
  case discouragedAnswer = "discouraged-answer"
  /// Silence, where it is legal and an answer is better.
  case discouragedSilence = "discouraged-silence"
  /// The right answer came more often than asked for, the same but for its identification: the target's fault, or the
  /// network's, which may have repeated the question.
  case duplicateAnswer = "duplicate-answer"
  case controlUnansweredBefore = "control-unanswered-before"
  case controlUnansweredAfter = "control-unanswered-after"
  /// The first control probe after the stimulus was not answered, a later one was.
  case controlLate = "control-late"
  /// It was silent after this trial alone, time and again.
  case targetStoppedAnswering = "target-stopped-answering"
  case stimulusNotSeen = "stimulus-not-seen"
  case stimulusAltered = "stimulus-altered"
  case captureLostFrames = "capture-lost-frames"
  /// The capture kept the beginning of a frame only.
  case frameCutShort = "frame-cut-short"
  /// A frame may be the trial's or another one's.
  case doubtfulFrame = "doubtful-frame"
  /// A packet left so late that the target may rightly have done something else by then.
  case testerLate = "tester-late"
  /// The clock of the stamps was set meanwhile.
  case clockStepped = "clock-stepped"
  case captureEnded = "capture-ended"
  /// The target didn't get into the state that the case needs.
  case setupFailed = "setup-failed"
  /// A fault made from an answer came out right by accident.
  case faultIsRight = "fault-is-right"
  /// The path loses or repeats frames, and the attempts don't tell what is its doing.
  case badPath = "bad-path"
  case linkFailed = "link-failed"
  case craftFailed = "craft-failed"
  case notApplicable = "not-applicable"
  case notRun = "not-run"
}

extension Reason {
  /// Whether another attempt may end otherwise; an observed violation is final.
  public var isWorthARetry: Bool {
    switch self {
    case .missingAnswer, .discouragedSilence, .duplicateAnswer, .controlUnansweredBefore,
      .controlUnansweredAfter, .controlLate,
      .stimulusNotSeen, .testerLate,
      .captureLostFrames, .clockStepped, .doubtfulFrame, .captureEnded, .setupFailed,
      .faultIsRight:
      true
    default: false
    }
  }
}

/// One field which isn't as required.
public struct FieldDifference: Hashable, Sendable {
  /// Layer and field, for example `icmpv4.identifier`.
  public var field: String
  /// What was required, as text.
  public var required: String
  /// What was seen, as text.
  public var seen: String

  /// Puts the parts together.
  public init(field: String, required: String, seen: String) {
    self.field = field
    self.required = required
    self.seen = seen
  }
}

/// Something measured, not judged.
public struct MeasuredValue: Hashable, Sendable {
  /// What was measured, for example `ipv4.ttl`.
  public var name: String
  /// The value as text.
  public var value: String

  /// Puts the parts together.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// What a trial's frames prove, with the explanation.
public struct Verdict: Hashable, Sendable {
  /// What it came to.
  public var outcome: Outcome
  /// Why, in one word.
  public var reason: Reason
  /// One sentence: what was required, by which section, what was seen and when.
  public var summary: String
  /// The field-by-field difference to the nearest expectation; may be empty.
  public var differences: [FieldDifference]
  /// The timeline and further remarks, a line each.
  public var details: [String]
  /// What the case asked to be measured, in order.
  public var measurements: [MeasuredValue] = []

  /// Puts the parts together.
  public init(
    _ outcome: Outcome,
    _ reason: Reason,
    _ summary: String,
    differences: [FieldDifference] = [],
    details: [String] = []
  ) {
    self.outcome = outcome
    self.reason = reason
    self.summary = summary
    self.differences = differences
    self.details = details
  }
}
