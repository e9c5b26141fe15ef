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
  var targetHost: Host
  var farTarget: Host? { record.farTarget }
  var hasMeasuredErrors: Bool { record.errorBudget?.origin == .measured }

  let record: RunRecord
  let suites: [TestSuite]
  let filing: ResultFiling
  let trials: [String: QueuedTrial]
  let personas: Personas
  /// What each attempt came to, by its number; in the order in which they landed.
  var landings: [Landing] = []
  private let frames: [CapturedFrame]
  /// When the trial in each seat wants something again.
  private var wakes: [Int: Timestamp] = [:]

  /// An attempt that is over.
  struct Landing {
    var number: Int
    var queued: QueuedTrial
    var plan: TrialPlan
    var judgement: Judgement
  }

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
    personas = record.personas
    let interfaces = [record.interface, record.farInterface].compactMap { $0?.mac }
    attribution = Attribution(personas, interfaceMACs: interfaces)
    filing = ResultFiling(enforcement: enforcement ?? record.enforcement, baseline: baseline, today: today)
    log = RunLog(started: record.started)
    targetHost = record.targetHost
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
        enter(next)
        next += 1
      }
      leave(before: index)
      if index < frames.count { hear(frames[index]) }
    }
    for seat in flights.keys.sorted() { leave(seat) }
    fileResults()
    return result()
  }

  /// Makes the plans of attempts.
  var seating: Seating {
    Seating(
      personas: personas,
      target: record.target,
      targetHost: targetHost,
      farTarget: farTarget,
      passing: Set(record.passing ?? []),
      mtu: record.interface.mtu,
      seed: record.seed
    )
  }

  private mutating func enter(_ number: Int) {
    let attempt = record.attempts[number]
    leave(attempt.seat)
    if let mac = attempt.targetMAC { targetHost.mac = mac }
    guard let queued = queued(attempt) else { return }
    let flight: Flight
    do throws(CraftError) {
      flight = Flight(queued, attempt, plan: try plan(queued, attempt), timing: record.timing)
    } catch {
      // The suite was changed, or the record was.
      let text = "The trial's packets can't be crafted as they were: \(error)."
      log.unmade[number] = Verdict(.error, .craftFailed, text)
      return
    }
    flight.number = number
    flights[attempt.seat] = flight
    attribution.enter(flight.plan, seat: attempt.seat, watchesLink: queued.watchesLink)
    wakes[attempt.seat] = attempt.began
  }

  /// A trial as it was queued for an attempt.
  private func queued(_ attempt: AttemptRecord) -> QueuedTrial? {
    guard var queued = trials[attempt.trial] else { return nil }
    queued.attempt = attempt.attempt
    queued.isAlone = attempt.isAlone ?? false
    queued.sequence = attempt.sequence
    return queued
  }

  private func plan(_ queued: QueuedTrial, _ attempt: AttemptRecord) throws(CraftError) -> TrialPlan {
    let own = try seating.plan(queued, attempt)
    guard let sequence = attempt.sequence else { return own }
    return own.sending(sequence, with: companionPlans(attempt))
  }

  /// The plans of further trials whose packets an attempt sends.
  func companionPlans(_ attempt: AttemptRecord) -> [TrialPlan] {
    (attempt.companions ?? []).compactMap { part in
      queued(part).flatMap { companion in try? seating.plan(companion, part) }
    }
  }

  private mutating func leave(before index: Int) {
    let over = flights.filter { $0.value.record.end.frames <= index }
    // In the order in which they landed.
    for (seat, _) in over.sorted(by: { ($0.value.record.ended, $0.key) < ($1.value.record.ended, $1.key) }) {
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
    var judgement = settle(flight, attempt, timing: record.timing)
    if let refusal = attempt.refusal { judgement.verdict = Verdict(.error, .craftFailed, refusal) }
    if !(attempt.isCutOff ?? false) { log.roundTrips += judgement.roundTrips }
    landings.append(
      Landing(number: flight.number, queued: flight.queued, plan: flight.plan, judgement: judgement)
    )
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
