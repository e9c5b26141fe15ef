public import Capture
public import Craft
internal import Wire

/// Follows one trial through its captured frames: says what to send next, how long to wait, and in the end the verdict.
///
/// A value without clock or I/O. The live run drives it to know what to do; the verdict comes from a second evaluator
/// that gets nothing but the recorded frames (``judge(_:frames:until:timing:)``).
public struct Evaluator: Sendable {
  /// What the trial needs now.
  public enum Want: Equatable, Sendable {
    /// Put these frames on the wire, then ask again.
    case send([OutgoingFrame])
    /// Nothing to do before this time, unless a frame arrives.
    case wait(until: Timestamp)
    /// The verdict is there.
    case finished
  }

  var plan: TrialPlan
  let timing: Timing
  var phase = Phase.finished
  /// What to put on the wire at the next opportunity.
  var outbox: [OutgoingFrame] = []
  /// Index of the step that is being worked on.
  var step = 0
  /// Set once the trial is over.
  public internal(set) var verdict: Verdict?
  /// What each frame handed in was, in order: for the annotated capture.
  public internal(set) var roles: [String] = []

  var controls = ControlLog()
  /// When the first frame of the latest stimulus left.
  var stimulusTime: Timestamp?
  /// When the last frame of the latest stimulus left: windows begin here.
  var departureTime: Timestamp?
  /// When the first stimulus left that no expectation had dealt with then: answers count from here.
  var answersCountFrom: Timestamp?
  /// Whether stimuli left that no expectation has dealt with yet.
  var isExchangeOpen = false
  /// When the frame came that a step took last.
  var answerTime: Timestamp?
  /// When the packet of the current step, or the control probe, was to be sent.
  var sendDue: Timestamp?
  /// How much later than that one left at most.
  var lateness = Duration.zero
  /// When the window of the current expectation began.
  var windowStart: Timestamp?
  /// When the trial's very first stimulus left: zero of its timeline.
  var origin: Timestamp?
  /// Connections that steps have opened.
  var talks: [Talk] = []
  /// Frames of the target that no step has taken yet.
  var pending: [Candidate] = []
  /// Fragments of the target that still wait for others.
  var held: [Candidate] = []
  /// Frames taken by steps, and the fragments of those, but for their identifications; one like them is a duplicate.
  var taken: Set<[UInt8]> = []
  var forbidden: [FramePattern] = []
  var reassembler = Reassembler()
  let keepsFragments: Bool
  var timeline: [String] = []
  /// Whether the verdict tells what happened when.
  let keepsTimeline: Bool
  private static let longestTimeline = 100
  /// What was measured so far.
  var measurements: [MeasuredValue] = []
  /// The moment in whose name things happen: that of the latest frame or deadline.
  var moment = Timestamp(nanoseconds: 0)
  /// The verdict that stands while the cleanup still runs.
  var settled: Verdict?
  /// What alternatives with the outcome warn brought.
  var warnings: [Verdict] = []
  var matchesInStep = 0
  /// Which of the step's patterns each frame taken so far meets.
  var assignment = Assignment(patterns: 0)
  /// Expectations that were checked; none is an error.
  var assertions = 0
  /// Whether a frame came that may be the trial's or another one's.
  var hasDoubts = false
  /// A frame of ours that is none of the crafted ones.
  var alteredFrame: [UInt8]?
  /// Frames of stimuli that were seen leaving; another copy of one is no altered frame.
  var departed: [[UInt8]] = []
  /// What came instead of an answer to the first control probe.
  var strayBefore: String?
  /// The time of the latest frame.
  var lastTime: Timestamp?
  /// Whether stamps went back further than different processors make them, before the verdict was there.
  var stampsWentBack = false
  /// So much they may go back.
  static let stampDisorder = Duration.milliseconds(10)

  /// A frame of the target waiting to be taken.
  struct Candidate: Sendable {
    var time: Timestamp
    var bytes: [UInt8]
    var frame: Dissection
    /// Its place in `roles`.
    var index: Int
    /// The side where it came.
    var arm = Arm.near
    /// Whether it is a segment of an open connection, which needs no step to expect it.
    var isOfConnection = false
  }

  /// What the evaluator is doing.
  enum Phase: Sendable {
    /// A control probe is due or out; the deadline comes with its departure.
    case control(ControlPurpose, attempt: Int, deadline: Timestamp?)
    /// Frames of a stimulus go out: which comes next, which weren't seen leaving yet, when the first was handed over,
    /// and until when the last must be seen.
    case sending(next: Int, unseen: [Int], start: Timestamp?, deadline: Timestamp?)
    case expecting(deadline: Timestamp)
    /// An explicit pause; then the next step.
    case waiting(until: Timestamp)
    /// A window of silence with a length of its own; then a control probe proves it.
    case listening(until: Timestamp)
    /// The control probe that closes a window was answered; late frames still count.
    case settling(until: Timestamp, then: ControlPurpose)
    /// A step on a connection: until when it must be done, from when its first segment was seen leaving.
    case conversing(deadline: Timestamp?, hasLeft: Bool)
    /// All is over; the resets of open connections go out.
    case parting(Verdict, deadline: Timestamp?)
    case finished
  }

  enum ControlPurpose: Sendable, Equatable {
    /// Before the first step.
    case before
    /// Proves the silence demanded by the current step.
    case silence
    /// Written in the suite.
    case step
    /// After the last step.
    case after
    /// Decides between a missing answer and a dead target.
    case missing(Verdict)
  }

  /// Makes ready to follow a plan, which begins with a control probe.
  ///
  /// - Parameters:
  ///   - plan: What is to be sent and expected.
  ///   - timing: How long to wait for what.
  ///   - keepsTimeline: Whether the verdict's details tell what happened when; without need where another evaluator
  ///     judges.
  public init(_ plan: TrialPlan, timing: Timing = Timing(), keepsTimeline: Bool = true) {
    self.plan = plan
    self.keepsTimeline = keepsTimeline
    self.timing = timing
    keepsFragments = plan.patterns.contains(where: \.looksAtFragments)
    probe(.before)
  }

  /// What to do now; call it after each event.
  public mutating func next(at now: Timestamp) -> Want {
    tick(at: now)
    handOver(at: now)
    if !outbox.isEmpty {
      defer { outbox = [] }
      return .send(outbox)
    }
    guard let time = timeToLook(at: now) else { return .finished }
    return .wait(until: min(time, nextTalkDeadline.map { $0 + .nanoseconds(1) } ?? time))
  }

  /// When the current phase has something to do; nil when all is over.
  ///
  /// A window includes its last moment, so the time to look again is the one after it.
  private func timeToLook(at now: Timestamp) -> Timestamp? {
    let moment = Duration.nanoseconds(1)
    switch phase {
    case .control(_, _, let deadline), .conversing(let deadline, _), .parting(_, let deadline):
      return (deadline ?? now) + moment
    case .sending(let next, _, let start, let deadline):
      if let deadline { return deadline + moment }
      guard let start, let stimulus = currentStimulus, next < stimulus.frames.count else {
        return now + moment
      }
      return start + stimulus.frames[next].offset
    case .waiting(let until): return until
    case .expecting(let until), .listening(let until), .settling(let until, _): return until + moment
    case .finished: return nil
    }
  }

  /// Whether it waits for the answer to a control probe.
  public var isProbing: Bool { if case .control = phase { true } else { false } }

  /// Whether a control probe's first request got no answer in its time.
  public var isProbeOverdue: Bool {
    if case .control(_, let attempt, _) = phase { attempt > 0 } else { false }
  }

  /// Whether a frame of a stimulus was seen leaving.
  public var hasSentStimulus: Bool { origin != nil }

  var currentStimulus: PlannedStimulus? {
    guard step < plan.steps.count, case .send(let stimulus) = plan.steps[step] else { return nil }
    return stimulus
  }

  var currentExpectation: PlannedExpectation? {
    guard step < plan.steps.count, case .expect(let expectation) = plan.steps[step] else { return nil }
    return expectation
  }

  /// Ends the case: what is left is its cleanup.
  mutating func finish(_ verdict: Verdict) {
    guard !isOver else { return }
    if var settled {
      // What goes wrong in the cleanup is told, and changes nothing.
      settled.details.append("cleanup: \(verdict.summary)")
      return end(settled)
    }
    var verdict = step < plan.sections.caseStart ? verdict.ofSetup : excusing(verdict)
    verdict.details = timeline + verdict.details
    verdict.measurements = measurements
    guard plan.sections.cleanupStart < plan.steps.count, verdict.leavesTargetAlive else {
      return end(verdict)
    }
    settled = verdict
    outbox = []
    (forbidden, isExchangeOpen) = ([], false)
    step = plan.sections.cleanupStart
    enterStep(at: moment)
  }

  /// Whether nothing that comes changes the verdict any more.
  var isOver: Bool { if case .parting = phase { true } else { verdict != nil } }

  /// Ends the trial, when connections that are still open have been reset.
  mutating func end(_ verdict: Verdict) {
    if !breakOff(before: verdict) { conclude(with: verdict) }
  }

  mutating func conclude(with verdict: Verdict) {
    self.verdict = verdict
    phase = .finished
    outbox = []
  }

  /// A line of the timeline: time since the first stimulus, direction, what.
  mutating func log(_ time: Timestamp, _ text: @autoclosure () -> String) {
    guard keepsTimeline else { return }
    guard timeline.count < Self.longestTimeline else {
      if timeline.count == Self.longestTimeline { timeline.append("and more frames, which the capture has") }
      return
    }
    let reference = origin ?? time
    let offset = time - reference
    let sign = offset < .zero ? "" : "+"
    timeline.append("\(sign)\(ValueText.milliseconds(offset))  \(text())")
  }
}
