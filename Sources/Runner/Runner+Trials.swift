internal import Capture
internal import Craft
internal import Judge
internal import Link
internal import Suite
internal import Wire

extension Runner {
  /// Begins some trials, if there are free personas; few at a time, so that those in the air aren't kept waiting.
  mutating func beginTrials() {
    guard health.outage == nil else { return }
    if flights.isEmpty {
      if inquiry == nil, queue.isEmpty { settleCleared() }
      if inquiry != nil { return inquire() }
    }
    let now = link.now()
    errors.beginRound(at: now)
    guard inquiry == nil else { return }
    let limit = min(max(1, options.jobs), personas.capacity, flights.count + 16)
    while halt == nil, flights.count < limit, !flights.values.contains(where: \.queued.needsEmptyAir),
      let queued = queue.pop(
        isAirEmpty: flights.isEmpty,
        held: flights.values.reduce(into: []) { $0.formUnion($1.queued.locks) },
        isReady: { [errors] in errors.admits($0, at: now) }
      )
    {
      guard let seat = seat(for: queued, at: now) else {
        queue.pushAgain(queued)
        return
      }
      if !begin(queued, seat: seat) { personas.release(seat) }
    }
  }

  /// A free persona that the trial hasn't spoken as and that the target would send errors to; nil when there is none.
  private mutating func seat(for queued: QueuedTrial, at now: Timestamp) -> Int? {
    let isFit = { [errors] (seat: Personas.Seat) in errors.hasRoom(seat, for: queued, at: now) }
    // Another attempt speaks as somebody else, unless there is nobody else.
    if let seat = personas.acquire(avoiding: queued.seats, where: isFit) { return seat }
    if flights.isEmpty, let seat = personas.acquire(where: isFit) { return seat }
    // Budgets come back with time, personas when a trial lands.
    if errors.pacer != nil, queued.mayDrawErrors, personas.hasFree {
      errors.hold(until: now + .milliseconds(20))
    }
    return nil
  }

  /// Crafts a trial and lets it fly; false if it ended on the ground.
  private mutating func begin(_ queued: QueuedTrial, seat: Int) -> Bool {
    if let refusal = seating.refusal(of: suites[queued.suite]) { return ground(queued, refusal) }
    var record = record(of: queued, seat: seat)
    let plan: TrialPlan
    do throws(Seating.Refusal) {
      plan = try seating.firstPlan(queued, &record) { [attribution] in attribution.isTaken($0) }
    } catch {
      return ground(queued, error.verdict)
    }
    if let reason = Patience(limit: options.patience).shortage(plan) ?? errors.shortage(plan) {
      return ground(queued, Verdict(.skipped, .notApplicable, reason))
    }
    if let later = errors.spend(queued, plan, at: link.now()) {
      queue.pushBack(later)
      return false
    }
    var queued = queued
    queued.seats.insert(seat)
    takeOff(queued, record, plan)
    return true
  }

  /// An attempt begins.
  mutating func takeOff(_ queued: QueuedTrial, _ record: AttemptRecord, _ plan: TrialPlan) {
    let flight = Flight(queued, record, plan: plan, timing: options.timing, before: counted)
    flight.number = log.began(record)
    flights[record.seat] = flight
    attribution.enter(plan, seat: record.seat, watchesLink: queued.watchesLink)
  }

  /// Ends a trial before anything was sent.
  private mutating func ground(_ queued: QueuedTrial, _ verdict: Verdict) -> Bool {
    log.grounded.append(queued.trial.id)
    close(queued, verdict)
    return false
  }

  /// What is known of an attempt when it begins.
  mutating func record(of queued: QueuedTrial, seat: Int) -> AttemptRecord {
    let variables = queued.trial.testCase.variables
    var record = AttemptRecord(
      of: queued.trial.id,
      attempt: queued.attempt,
      seat: seat,
      at: log.position,
      time: link.now()
    )
    if variables.contains("stranger2") {
      record.strangers = [personas.nextStranger(), personas.nextStranger()]
    } else if !variables.isDisjoint(with: ["stranger", "far-stranger"]) {
      record.strangers = [personas.nextStranger()]
    }
    if variables.contains("unused") { record.unused = personas.nextUnused() }
    if variables.contains("fresh-prefix") { record.prefix = prefixNumbers.next(at: link.now()) }
    if queued.isAlone { record.isAlone = true }
    record.sequence = queued.sequence
    if targetHost.mac != target.near.mac { record.targetMAC = targetHost.mac }
    return record
  }

  /// Judges the trials that are over.
  mutating func settleFinished() {
    let finished = flights.keys.filter { flights[$0]?.isFinished ?? false }.sorted()
    // Asking for the counters takes longer than all else that a landing does.
    if !finished.isEmpty { counted = link.statistics() }
    for seat in finished {
      guard let flight = flights[seat] else { continue }
      flights[seat] = nil
      attribution.leave(seat: seat)
      personas.release(seat)
      land(flight)
    }
  }

  private mutating func land(_ flight: Flight) {
    let record = log.ended(flight, at: link.now(), counted)
    if let refusal = flight.refusal {
      let verdict = Verdict(.error, .craftFailed, refusal)
      return flight.queued.sequence == nil ? close(flight, verdict) : landAttempt(flight, verdict)
    }
    let judgement = settle(
      flight,
      record,
      timing: options.timing,
      keepsTimeline: options.keepsTimelines
    )
    log.roundTrips += judgement.roundTrips
    // What a target that was away didn't answer says nothing of the path.
    if health.wasOut(since: flight.began) {
      log.metOutage(flight.number)
    } else if !options.isPathReliable {
      confirmation.path += judgement.path
    }
    let verdict = judgement.verdict
    if flight.queued.sequence != nil { return landAttempt(flight, verdict) }
    if landInOutage(flight, verdict) { return }
    var again = flight.queued
    again.attempt += 1
    again.earlier.append(verdict)
    again.series.add(verdict, frameCount: judgement.frameCount)
    confirmation.landed[again.trial.id] = again
    // On a bad path an attempt alone is one of many.
    if flight.queued.isAlone, verdict.isSilence || confirmation.path.isClean {
      return landSuspect(flight, verdict)
    }
    switch again.series.decision(on: confirmation.path, retries: options.retries) {
    case .again:
      confirmation.path.isClean ? queue.pushAgain(again) : queue.pushLater(again)
    case .final where verdict.isSilence:
      again.suspectedAt = flight.stimulusTime
      log.suspected(flight.number, again)
      queue.pushSuspect(again)
    case .final(let verdict): close(flight, verdict)
    }
  }

  mutating func close(_ flight: Flight, _ verdict: Verdict) {
    log.serialWindows += flight.plan.serialWindow(options.timing)
    close(flight.queued, verdict)
  }

  /// Files a trial's final verdict.
  mutating func close(_ queued: QueuedTrial, _ verdict: Verdict) {
    let id = queued.trial.id
    let result = filing.result(of: queued, verdict, span: log.span(of: id))
    log.results[id] = result
    observer?.trialEnded(id, result, done: log.results.count, of: selectedTrials)
    if options.stopsAtFirstFailure, result.verdict.outcome == .fail, result.knownDeviation?.match != .expected
    {
      halt = .firstFailure
    }
  }
}

extension TrialPlan {
  /// What a tool that sleeps would have waited: every window in full, one after the other.
  func serialWindow(_ timing: Timing) -> Duration {
    steps.reduce(.zero) { sum, step in
      switch step {
      case .expect(let expectation): sum + (expectation.within ?? timing.answerCap)
      case .wait(let duration): sum + duration
      case .connect(let connection): sum + (connection.within ?? timing.controlWaits.reduce(.zero, +))
      case .exchange(let exchange): sum + (exchange.within ?? timing.controlWaits.reduce(.zero, +))
      case .close(let close): sum + (close.within ?? timing.controlWaits.reduce(.zero, +))
      case .send, .forbid, .control: sum
      }
    }
  }
}
