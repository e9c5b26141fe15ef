internal import Capture
internal import Judge
internal import Link
internal import Suite

/// What a run has gathered so far.
struct RunLog {
  let started: Timestamp
  private(set) var frames: [RecordedFrame] = []
  var results: [String: TrialResult] = [:]
  var roundTrips: [Duration] = []
  var serialWindows: Duration = .zero
  private var spans: [String: Span] = [:]
  /// All attempts, in the order in which they began.
  var attempts: [AttemptRecord] = []
  /// Trials that ended before anything was sent.
  var grounded: [String] = []
  /// Attempts that couldn't be crafted again, by number.
  var unmade: [Int: Verdict] = [:]
  /// Searches for what brings the target down.
  var inquiries: [InquiryRecord] = []
  /// Why and with what left the run ended early.
  var ending: RunRecord.Ending?
  private var latest = Timestamp(nanoseconds: 0)

  /// From when to when a trial was tried, all its attempts included.
  typealias Span = (began: Timestamp, ended: Timestamp)

  init(started: Timestamp) { self.started = started }

  /// Keeps a frame; returns its index.
  mutating func add(_ frame: CapturedFrame, role: String) -> Int {
    frames.append(RecordedFrame(frame: frame, role: role))
    latest = max(latest, frame.time)
    return frames.count - 1
  }

  mutating func annotate(_ index: Int, trial: String, role: String) {
    guard frames.indices.contains(index) else { return }
    frames[index].trial = trial
    frames[index].role = role
  }

  /// Notes when an attempt took place.
  mutating func noteAttempt(of trial: String, from began: Timestamp, to ended: Timestamp) {
    spans[trial] = (min(spans[trial]?.began ?? began, began), ended)
  }

  func span(of trial: String) -> Span? { spans[trial] }

  /// Notes that an attempt began; returns its number.
  mutating func began(_ record: AttemptRecord) -> Int {
    attempts.append(record)
    return attempts.count - 1
  }

  /// Notes that an attempt is over.
  ///
  /// - Parameters:
  ///   - flight: The attempt.
  ///   - now: When.
  ///   - statistics: What the capture has counted until then.
  ///   - isCutOff: Whether the run ends while it is in the air.
  /// - Returns: All that is recorded of it.
  mutating func ended(
    _ flight: Flight,
    at now: Timestamp,
    _ statistics: LinkStatistics,
    isCutOff: Bool = false
  ) -> AttemptRecord {
    var record = flight.record
    record.end = position
    record.ended = now
    record.lost = statistics.lost - flight.before.lost
    let steps = statistics.clockSteps - flight.before.clockSteps
    if steps > 0 { record.clockSteps = steps }
    record.refusal = flight.refusal
    if isCutOff { record.isCutOff = true }
    noteAttempt(of: record.trial, from: record.began, to: now)
    if attempts.indices.contains(flight.number) { attempts[flight.number] = record }
    return record
  }

  /// Notes that the target answered nobody while an attempt was in the air.
  mutating func excused(_ number: Int, _ queued: QueuedTrial, isUntried: Bool) {
    guard attempts.indices.contains(number) else { return }
    attempts[number].excuse = isUntried ? .untried : .outage
    suspected(number, queued)
  }

  /// Notes that the target answered nobody for a part of an attempt.
  mutating func metOutage(_ number: Int) {
    if attempts.indices.contains(number) { attempts[number].metOutage = true }
  }

  /// Notes that the target may have stopped answering because of an attempt.
  mutating func suspected(_ number: Int, _ queued: QueuedTrial) {
    guard attempts.indices.contains(number), queued.suspectedAt != nil else { return }
    attempts[number].isSuspect = true
  }

  /// Behind all frames so far.
  var position: AttemptRecord.Position { AttemptRecord.Position(frames: frames.count, stamp: latest) }

  /// Median and largest round trip of the control probes.
  var roundTrip: RoundTrip? {
    let sorted = roundTrips.sorted()
    guard let largest = sorted.last else { return nil }
    return RoundTrip(median: sorted[sorted.count / 2], largest: largest, samples: sorted.count)
  }

  /// The results of the trials that were selected, suite by suite.
  func results(of suites: [TestSuite]) -> [SuiteResult] {
    suites.compactMap { suite in
      let trials = suite.trials.compactMap { results[$0.id] }
      return trials.isEmpty
        ? nil : SuiteResult(name: suite.name, title: suite.title, file: suite.file, trials: trials)
    }
  }
}
