internal import Capture
internal import Craft
internal import Suite
internal import Wire

extension Evaluator {
  /// Sends a control probe for a purpose.
  mutating func probe(_ purpose: ControlPurpose, at now: Timestamp) {
    controls.begin()
    request(purpose, attempt: 0, at: now)
  }

  private mutating func request(_ purpose: ControlPurpose, attempt: Int, at now: Timestamp) {
    outbox.append(plan.control.request(sequence: controls.nextSequence()))
    let wait = timing.controlWaits.indices.contains(attempt) ? timing.controlWaits[attempt] : .seconds(1)
    phase = .control(purpose, attempt: attempt, deadline: now + wait)
  }

  /// Lets time pass.
  mutating func tick(at now: Timestamp) {
    while verdict == nil {
      switch phase {
      case .idle, .finished: return
      case .control(let purpose, let attempt, let deadline):
        guard now > deadline else { return }
        if attempt + 1 < timing.controlWaits.count {
          request(purpose, attempt: attempt + 1, at: now)
        } else {
          finish(unanswered(purpose))
        }
        return
      case .sending(let next, let unseen, let start, let deadline):
        if now > deadline {
          finish(notSeen())
          return
        }
        guard let stimulus = currentStimulus, next < stimulus.frames.count,
          now >= start + stimulus.frames[next].offset
        else { return }
        var index = next
        while index < stimulus.frames.count, now >= start + stimulus.frames[index].offset {
          outbox.append(stimulus.frames[index].bytes)
          index += 1
        }
        phase = .sending(next: index, unseen: unseen, start: start, deadline: now + timing.departureWait)
        return
      case .expecting(let deadline):
        guard now > deadline else { return }
        expectationTimedOut(at: now)
      case .waiting(let until):
        guard now >= until else { return }
        step += 1
        enterStep(at: max(now, until))
      case .listening(let until):
        guard now > until else { return }
        probe(.silence, at: now)
        return
      case .settling(let until, let purpose):
        guard now > until else { return }
        settled(purpose, at: now)
      }
    }
  }

  /// Begins the step at `step`, or the end of the trial.
  mutating func enterStep(at now: Timestamp) {
    matchesInStep = 0
    openPatterns = []
    guard step < plan.steps.count else {
      if case .expect(let last)? = plan.steps.last, case .nothing = last.kind {
        // The silence that was just proved ended with a control probe.
        conclude(at: now)
      } else {
        probe(.after, at: now)
      }
      return
    }
    switch plan.steps[step] {
    case .send(let stimulus):
      let unseen = Array(stimulus.frames.indices)
      let last = stimulus.frames.last?.offset ?? .zero
      stimulusTime = nil
      phase = .sending(next: 0, unseen: unseen, start: now, deadline: now + last + timing.departureWait)
      tick(at: now)
    case .wait(let duration):
      phase = .waiting(until: now + duration)
    case .forbid(let pattern):
      forbidden.append(pattern)
      assertions += 1
      step += 1
      enterStep(at: now)
    case .control:
      probe(.step, at: now)
    case .expect(let expectation):
      enter(expectation, at: now)
    }
  }

  private mutating func enter(_ expectation: PlannedExpectation, at now: Timestamp) {
    assertions += 1
    let start = departureTime ?? now
    let window = expectation.within ?? timing.answerWindow(roundTrip: controls.roundTrip)
    switch expectation.kind {
    case .nothing:
      listen(expectation, from: start, at: now)
    case .anyOf(let alternatives) where alternatives.contains(where: { $0.pattern == nil }):
      listen(expectation, from: start, at: now)
    case .allOf(let patterns):
      openPatterns = patterns
      phase = .expecting(deadline: start + window)
    case .packet, .anyOf:
      phase = .expecting(deadline: start + window)
    }
    takePending(at: now)
  }

  /// Opens a window in which silence is possible: of the given length, or until a control probe closes it.
  private mutating func listen(_ expectation: PlannedExpectation, from start: Timestamp, at now: Timestamp) {
    if let within = expectation.within {
      phase = .listening(until: start + within)
    } else {
      probe(.silence, at: now)
    }
  }

  /// The control probe was answered.
  mutating func controlAnswered(at time: Timestamp) {
    guard case .control(let purpose, _, _) = phase else { return }
    switch purpose {
    case .before:
      pending = []
      step = 0
      enterStep(at: time)
    case .step:
      step += 1
      enterStep(at: time)
    case .silence, .after, .missing:
      phase = .settling(until: time + timing.settleWindow(roundTrip: controls.roundTrip), then: purpose)
    }
  }

  /// The window behind an answered control probe is over.
  private mutating func settled(_ purpose: ControlPurpose, at now: Timestamp) {
    switch purpose {
    case .silence: silenceProved(at: now)
    case .missing(let verdict): finish(verdict)
    case .before, .step, .after: conclude(at: now)
    }
  }

  private mutating func silenceProved(at now: Timestamp) {
    guard let expectation = currentExpectation else { return }
    if case .anyOf(let alternatives) = expectation.kind,
      let silent = alternatives.first(where: { $0.pattern == nil })
    {
      if let nearest = pending.first(where: isAfterStimulus) {
        finish(wrongAnswer(nearest, expectation))
        return
      }
      take(silent, text: "silence, proved by the control probe after it", at: now)
      if verdict != nil { return }
    } else if let frame = pending.first, !plan.allowsOthers {
      finish(unexpected(frame))
      return
    }
    completeStep(at: now)
  }

  /// Whether a frame can be an answer to what was sent since the last expectation.
  func isAfterStimulus(_ candidate: Candidate) -> Bool {
    exchangeTime.map { candidate.time + timing.stampSlack >= $0 } ?? true
  }

  /// Holds the frames that wait against the current expectation.
  mutating func takePending(at now: Timestamp) {
    guard let expectation = currentExpectation else { return }
    switch phase {
    case .expecting, .listening, .settling(_, .silence), .control(.silence, _, _): break
    default: return
    }
    var index = 0
    while index < pending.count, verdict == nil {
      let candidate = pending[index]
      let isInTime: Bool =
        if case .expecting(let deadline) = phase { candidate.time <= deadline } else { true }
      guard isInTime, isAfterStimulus(candidate),
        tryTaking(candidate, expectation, at: candidate.time)
      else {
        index += 1
        continue
      }
      // Taking it may have begun another step, which has looked at the rest.
      return
    }
    if case .nothing = expectation.kind, verdict == nil, let frame = pending.first, !plan.allowsOthers {
      finish(unexpected(frame))
    }
  }

  /// Lets the expectation take a frame; true if it did.
  private mutating func tryTaking(
    _ candidate: Candidate,
    _ expectation: PlannedExpectation,
    at now: Timestamp
  ) -> Bool {
    let label = "step \(step + 1): as expected"
    switch expectation.kind {
    case .nothing: return false
    case .packet(let pattern, let times):
      guard pattern.differences(in: candidate.frame).isEmpty else { return false }
      remove(candidate, role: label)
      if tooEarly(candidate, expectation) { return true }
      matchesInStep += 1
      if matchesInStep >= times.upperBound { completeStep(at: now) } else { takePending(at: now) }
      return true
    case .allOf:
      guard let index = openPatterns.firstIndex(where: { $0.differences(in: candidate.frame).isEmpty }) else {
        return false
      }
      openPatterns.remove(at: index)
      remove(candidate, role: label)
      if tooEarly(candidate, expectation) { return true }
      if openPatterns.isEmpty { completeStep(at: now) } else { takePending(at: now) }
      return true
    case .anyOf(let alternatives):
      let match = alternatives.first { $0.pattern?.differences(in: candidate.frame).isEmpty ?? false }
      guard let match else { return false }
      let label =
        match.outcome == .pass ? "as expected" : "an alternative that counts as \(match.outcome.rawValue)"
      remove(candidate, role: "step \(step + 1): \(label)")
      if tooEarly(candidate, expectation) { return true }
      take(match, text: candidate.frame.summary, at: candidate.time)
      if verdict == nil { completeStep(at: now) }
      return true
    }
  }

  private mutating func completeStep(at now: Timestamp) {
    exchangeTime = nil
    step += 1
    enterStep(at: now)
  }

  private mutating func tooEarly(_ candidate: Candidate, _ expectation: PlannedExpectation) -> Bool {
    guard let notBefore = expectation.notBefore, let start = stimulusTime, candidate.time < start + notBefore
    else {
      return false
    }
    finish(early(candidate, after: candidate.time - start, notBefore: notBefore))
    return true
  }

  /// An alternative was seen: its outcome counts.
  private mutating func take(_ alternative: PlannedAlternative, text: String, at time: Timestamp) {
    switch alternative.outcome {
    case .pass: break
    case .warn: warnings.append(alternative.because ?? "the discouraged alternative was seen: \(text)")
    case .fail: finish(badAlternative(alternative, text: text, at: time))
    }
  }

  private mutating func remove(_ candidate: Candidate, role: String) {
    pending.removeAll { $0.index == candidate.index }
    taken.append(candidate.bytes)
    roles[candidate.index] = role
  }

  private mutating func expectationTimedOut(at now: Timestamp) {
    guard let expectation = currentExpectation else { return }
    if case .packet(_, let times) = expectation.kind, matchesInStep >= times.lowerBound, matchesInStep > 0 {
      completeStep(at: now)
      return
    }
    if let nearest = nearestMiss(to: expectation) {
      finish(wrongAnswer(nearest, expectation))
    } else {
      probe(.missing(missingAnswer(expectation)), at: now)
    }
  }

  /// All steps are done and the last control probe was answered.
  private mutating func conclude(at now: Timestamp) {
    if !plan.allowsOthers, let frame = pending.first(where: { !taken.contains($0.bytes) }) ?? pending.first {
      finish(unexpected(frame))
    } else if assertions == 0 {
      finish(Verdict(.error, .craftFailed, "The trial checked nothing."))
    } else if let warning = warnings.first {
      finish(Verdict(.warn, .discouragedAnswer, warning))
    } else {
      finish(passed())
    }
  }
}
