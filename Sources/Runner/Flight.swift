internal import Capture
internal import Craft
internal import Judge
internal import Link

/// A trial in the air.
///
/// A reference, since a plan with its evaluator is large and looked at for each frame; the run lets go of it when the
/// trial lands.
final class Flight {
  var queued: QueuedTrial
  /// What is kept of it for those who judge the run again.
  var record: AttemptRecord
  /// Its place among the run's attempts.
  var number = 0
  var plan: TrialPlan
  var evaluator: Evaluator
  var frames: [TrialFrame] = []
  /// Where each of the frames is in the run's log.
  var records: [Int] = []
  /// What the capture had counted when it began.
  var before: LinkStatistics
  /// The interface's words when it refused a frame.
  var refusal: String?
  /// Whether the latest frame was an answer to a control probe.
  private(set) var sawControlReply = false

  init(
    _ queued: QueuedTrial,
    _ record: AttemptRecord,
    plan: TrialPlan,
    timing: Timing,
    before: LinkStatistics = LinkStatistics()
  ) {
    self.queued = queued
    self.record = record
    self.plan = plan
    // The verdict that counts is made from the frames when the trial has landed.
    evaluator = Evaluator(plan, timing: timing, keepsTimeline: false)
    self.before = before
  }

  var began: Timestamp { record.began }

  var isFinished: Bool { evaluator.verdict != nil || refusal != nil }

  /// When its first stimulus left; nil if none has.
  var stimulusTime: Timestamp? {
    zip(frames, evaluator.roles).first { $1.hasSuffix("stimulus") }.map(\.0.frame.time)
  }

  func take(_ frame: TrialFrame, recordIndex: Int) {
    frames.append(frame)
    records.append(recordIndex)
    evaluator.captured(frame)
    sawControlReply = evaluator.roles.last?.hasPrefix("control reply") ?? false
  }
}

/// Keeps the rate of frames below a limit.
struct Pacer {
  private let nanosecondsPerFrame: Int64
  private var earliest = Timestamp(nanoseconds: .min)
  /// Frames may come in bursts of so many nanoseconds' worth.
  private static let burst: Int64 = 20_000_000

  init(framesPerSecond: Int) { nanosecondsPerFrame = 1_000_000_000 / Int64(max(1, framesPerSecond)) }

  /// Until when nothing more may be sent; nil if something may.
  func blockedUntil(_ now: Timestamp) -> Timestamp? {
    earliest.nanoseconds > now.nanoseconds + Self.burst
      ? Timestamp(nanoseconds: earliest.nanoseconds - Self.burst) : nil
  }

  mutating func count(_ frames: Int, at now: Timestamp) {
    earliest = max(earliest, now) + .nanoseconds(nanosecondsPerFrame * Int64(frames))
  }
}
