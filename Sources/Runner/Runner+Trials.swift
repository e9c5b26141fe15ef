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
    let suite = suites[queued.suite]
    if !suite.roles.isEmpty, !suite.roles.contains(target.role) {
      let roles = suite.roles.map(\.rawValue).joined(separator: " or ")
      let reason = "the suite is for a \(roles), the target is a \(target.role.rawValue)"
      close(queued, Verdict(.skipped, .notApplicable, reason))
      return false
    }
    var rightField = ""
    for salt in 0..<16 {
      let endpoints = endpoints(for: queued, seat: seat, salt: salt)
      do throws(CraftError) {
        let plan = try craft(queued, endpoints)
        let now = link.now()
        if let reason = errors.shortage(plan) {
          close(queued, Verdict(.skipped, .notApplicable, reason))
          return false
        }
        if let later = errors.spend(queued, plan, at: now) {
          queue.pushBack(later)
          return false
        }
        var queued = queued
        queued.seats.insert(seat)
        flights[seat] = Flight(queued, plan: plan, timing: options.timing, at: now, losses: lostSoFar)
        attribution.enter(plan, seat: seat, watchesResolution: queued.watchesResolution)
        return true
      } catch {
        switch error {
        case .faultIsRight(let field):
          rightField = field
          continue
        case .notApplicable(let reason): close(queued, Verdict(.skipped, .notApplicable, reason))
        case .invalid(let diagnostic): close(queued, Verdict(.error, .craftFailed, diagnostic.description))
        }
        return false
      }
    }
    let text = "The fault in \(rightField) is the right value, whatever the trial's identifier and port."
    close(queued, Verdict(.error, .craftFailed, text))
    return false
  }

  /// Makes a trial ready to speak as these endpoints.
  func craft(_ queued: QueuedTrial, _ endpoints: Endpoints) throws(CraftError) -> TrialPlan {
    let context = CraftContext(
      endpoints: endpoints,
      capabilities: target.capabilities,
      allowsSpoofing: target.allowsSpoofing,
      mtu: link.interface.mtu,
      hasOwnAddresses: personas.answersNeighbors
    )
    return try TrialPlan(crafting: queued.trial, requirements: queued.requirements, in: context)
  }

  /// Who speaks in an attempt, and what makes its packets its own.
  mutating func endpoints(for queued: QueuedTrial, seat: Int, salt: Int) -> Endpoints {
    let place = personas.seats[seat]
    let seed = queued.seed(options.seed, salt: salt)
    let near = target.near
    let variables = queued.trial.testCase.variables
    let network = near.ipv4.map { address in
      let mask = near.ipv4PrefixLength <= 0 ? 0 : UInt32.max << UInt32(32 - min(near.ipv4PrefixLength, 32))
      return (first: address.rawValue & mask, last: address.rawValue | ~mask)
    }
    return Endpoints(
      tester: place.tester,
      tester2: place.tester2,
      stranger: variables.contains("stranger") ? personas.nextStranger() : nil,
      stranger2: variables.contains("stranger2") ? personas.nextStranger() : nil,
      router: personas.router,
      target: targetHost,
      broadcast: network.map { IPv4Address(rawValue: $0.last) },
      network: network.map { IPv4Address(rawValue: $0.first) },
      unused: variables.contains("unused") ? personas.nextUnused() : personas.unused,
      id: UInt16(truncatingIfNeeded: seed) | 1,
      port: 0xc000 | UInt16(truncatingIfNeeded: seed >> 16) & 0x3fff,
      seed: seed
    )
  }

  /// Judges the trials that are over.
  mutating func settleFinished() {
    let finished = flights.keys.sorted().filter { flights[$0]?.isFinished ?? false }
    // Asking for the counters takes longer than all else that a landing does.
    if !finished.isEmpty { lostSoFar = link.statistics().lost }
    for seat in finished {
      guard let flight = flights[seat] else { continue }
      flights[seat] = nil
      attribution.leave(seat: seat)
      personas.release(seat)
      land(flight)
    }
  }

  private mutating func land(_ flight: Flight) {
    let now = link.now()
    if let refusal = flight.refusal {
      close(flight, Verdict(.error, .craftFailed, refusal))
      return
    }
    let judgement = judge(
      flight.plan,
      frames: flight.frames,
      until: now,
      losses: lostSoFar - flight.lossesBefore,
      timing: options.timing
    )
    for (index, role) in zip(flight.records, judgement.roles) {
      let part = flight.queued.sequence.map { "attempt with \($0.packets.count) packets, " } ?? ""
      log.annotate(index, trial: flight.plan.id, role: part + role)
    }
    log.roundTrips += judgement.roundTrips
    let verdict = judgement.verdict
    let isSilent = verdict.reason == .controlUnansweredAfter
    if flight.queued.sequence != nil { return landAttempt(flight, verdict) }
    if landInOutage(flight, verdict) { return }
    if flight.queued.isAlone { return landSuspect(flight, verdict) }
    var again = flight.queued
    again.attempt += 1
    again.earlier.append(verdict)
    if verdict.reason.isWorthARetry, verdict.outcome != .pass,
      flight.queued.attempt - flight.queued.excused < options.retries
    {
      log.noteAttempt(of: again.trial.id, from: flight.began, to: now)
      queue.pushAgain(again)
    } else if isSilent {
      log.noteAttempt(of: again.trial.id, from: flight.began, to: now)
      again.suspectedAt = flight.stimulusTime
      queue.pushSuspect(again)
    } else {
      close(flight, verdict)
    }
  }

  mutating func close(_ flight: Flight, _ verdict: Verdict) {
    let now = link.now()
    log.noteAttempt(of: flight.queued.trial.id, from: flight.began, to: now)
    log.serialWindows += flight.plan.serialWindow(options.timing)
    close(flight.queued, verdict)
  }

  /// Files a trial's final verdict.
  mutating func close(_ queued: QueuedTrial, _ verdict: Verdict) {
    let trial = queued.trial
    let weighed = verdict.weighed(level: queued.requirements.first?.level, enforcing: options.enforcement)
    let span = log.span(of: trial.id)
    let result = TrialResult(
      caseID: trial.testCase.id,
      variant: trial.variant,
      title: trial.testCase.title,
      line: trial.testCase.position.line,
      requirements: queued.requirements,
      verdict: weighed,
      earlierAttempts: queued.earlier,
      started: span?.began,
      duration: span.map { $0.ended - $0.began } ?? .zero,
      knownDeviation: deviation(of: trial, weighed)
    )
    log.results[trial.id] = result
    observer?.trialEnded(trial.id, result, done: log.results.count, of: selectedTrials)
    if options.stopsAtFirstFailure, weighed.outcome == .fail, result.knownDeviation?.match != .expected {
      halt = .firstFailure
    }
  }

  /// What the baseline says of a verdict.
  private func deviation(of trial: Trial, _ verdict: Verdict) -> KnownDeviation? {
    guard let entry = baseline?.entry(for: trial), verdict.outcome != .skipped else { return nil }
    // What could not be known, or broke, is never a known deviation unless the entry says so.
    let isListed = entry.verdicts.contains(verdict.outcome.rawValue)
    if !isListed, [.inconclusive, .error].contains(verdict.outcome) { return nil }
    let isOver = entry.until.map { !options.today.isEmpty && $0 < options.today } ?? false
    let match: KnownDeviation.Match =
      if isListed { isOver ? .expired : .expected } else {
        verdict.outcome == .pass ? .unexpectedPass : .different
      }
    return KnownDeviation(match: match, reason: entry.reason, ticket: entry.ticket)
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
