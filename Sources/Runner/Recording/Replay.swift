public import Capture
internal import Craft
internal import Judge
internal import Link
public import Suite
internal import Wire

/// Judges a run again from its plan and a capture: the same frames, the same judge, the same verdicts.
///
/// The capture may be the run's own, or another one of the same wire: then attempts are found in it by time.
public struct Replay: TrialTraffic {
  var attribution: Attribution
  var flights: [Int: Flight] = [:]
  var log: RunLog
  var targetHost: Host { record.targetHost }

  let record: RunRecord
  let suites: [TestSuite]
  private let frames: [CapturedFrame]
  let filing: ResultFiling
  let seating: Seating
  let trials: [String: QueuedTrial]
  /// When the trial in each seat wants something again.
  private var wakes: [Int: Timestamp] = [:]
  /// Verdicts of each trial's attempts, in order.
  var verdicts: [String: [Verdict]] = [:]

  /// Prepares to judge.
  ///
  /// - Parameters:
  ///   - record: The plan of the run.
  ///   - suites: What was run, decoded.
  ///   - frames: The captured frames, in the order of the capture.
  ///   - isOwnCapture: Whether it is the run's own capture, frame for frame.
  ///   - baseline: The target's known deviations.
  ///   - enforcement: The weakest level that can fail a trial; nil: the run's own.
  ///   - today: `YYYY-MM-DD`, for baseline entries with an end.
  /// - Throws: A `ReplayError` if the suites lack a trial of the plan.
  public init(
    _ record: RunRecord,
    suites: [TestSuite],
    frames: [CapturedFrame],
    isOwnCapture: Bool,
    baseline: Baseline? = nil,
    enforcement: Enforcement? = nil,
    today: String = ""
  ) throws(ReplayError) {
    var record = record
    if !isOwnCapture { record.findPlaces(in: frames) }
    let catalogue = RequirementCatalogue(record.requirements)
    let queue = TrialQueue(suites, catalogue: catalogue, options: RunOptions())
    trials = Dictionary(queue.waiting.map { ($0.trial.id, $0) }) { first, _ in first }
    for id in record.trials where trials[id] == nil { throw ReplayError.unknownTrial(id) }
    let personas = record.personas
    attribution = Attribution(personas, interfaceMAC: record.interface.mac)
    seating = Seating(
      personas: personas,
      target: record.target,
      targetHost: record.targetHost,
      mtu: record.interface.mtu,
      seed: record.seed
    )
    filing = ResultFiling(enforcement: enforcement ?? record.enforcement, baseline: baseline, today: today)
    log = RunLog(started: record.started)
    self.record = record
    self.suites = suites
    self.frames = frames
  }

  /// Judges all attempts, and says what the run found.
  public mutating func run() -> RunResult {
    var next = 0
    for index in 0...frames.count {
      // What was over is out of the way for those that begin.
      leave(before: index)
      while next < record.attempts.count, record.attempts[next].begin.frames <= index {
        enter(record.attempts[next])
        next += 1
      }
      leave(before: index)
      if index < frames.count { hear(frames[index]) }
    }
    for seat in flights.keys.sorted() { leave(seat) }
    fileResults()
    return result()
  }

  private mutating func enter(_ attempt: AttemptRecord) {
    leave(attempt.seat)
    guard var queued = trials[attempt.trial] else { return }
    queued.attempt = attempt.attempt
    queued.isAlone = attempt.isAlone ?? false
    let plan: TrialPlan
    do throws(CraftError) { plan = try seating.plan(queued, attempt) } catch {
      // The suite was changed, or the record was.
      let text = "The trial's packets can't be crafted as they were: \(error)."
      verdicts[attempt.trial, default: []].append(Verdict(.error, .craftFailed, text))
      return
    }
    flights[attempt.seat] = Flight(queued, attempt, plan: plan, timing: record.timing)
    attribution.enter(plan, seat: attempt.seat, watchesResolution: queued.watchesResolution)
    wakes[attempt.seat] = attempt.began
  }

  private mutating func leave(before index: Int) {
    for seat in flights.keys.sorted() where flights[seat].map({ $0.record.end.frames <= index }) ?? false {
      leave(seat)
    }
  }

  /// A trial is over: its verdict.
  private mutating func leave(_ seat: Int) {
    guard let flight = flights.removeValue(forKey: seat) else { return }
    wakes[seat] = nil
    attribution.leave(seat: seat)
    let attempt = flight.record
    log.noteAttempt(of: attempt.trial, from: attempt.began, to: attempt.ended)
    if let refusal = attempt.refusal {
      verdicts[attempt.trial, default: []].append(Verdict(.error, .craftFailed, refusal))
      return
    }
    let judgement = settle(flight, attempt, timing: record.timing)
    if attempt.isCutOff ?? false {
      let left = record.ending?.cause.verdict(ofUnrun: flight.queued)
      verdicts[attempt.trial, default: []].append(judgement.verdict.ofCutOff ?? left ?? judgement.verdict)
      return
    }
    log.roundTrips += judgement.roundTrips
    verdicts[attempt.trial, default: []].append(judgement.verdict.ofAttempt(alone: flight.queued.isAlone))
  }

  /// A frame was captured: what was to be sent before it is known, and it finds its trial.
  private mutating func hear(_ frame: CapturedFrame) {
    for seat in wakes.filter({ $0.value <= frame.time }).keys.sorted() { advance(seat, to: frame.time) }
    if let seat = file(frame, Dissection(frame.bytes)).seat { advance(seat, to: frame.time) }
  }

  private mutating func advance(_ seat: Int, to time: Timestamp) {
    while let want = want(of: seat, at: time) {
      switch want {
      case .send: continue
      case .wait(let until): wakes[seat] = until
      case .finished: wakes[seat] = nil
      }
      return
    }
  }
}

/// Why a run can't be judged again.
public enum ReplayError: Error, Hashable, Sendable {
  /// The suites have no trial of that name, which the plan speaks of.
  case unknownTrial(String)
}
