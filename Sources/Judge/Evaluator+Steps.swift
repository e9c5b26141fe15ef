internal import Capture
internal import Craft
internal import Suite

/// How time and control probes lead from step to step.
///
/// What happens at a deadline happens in the name of that deadline, not of the moment in which somebody looked: so
/// the live run, which looks often, and a replay, which looks when a frame comes, go the same way.
extension Evaluator {
  /// Begins a control probe for a purpose.
  mutating func probe(_ purpose: ControlPurpose) {
    controls.begin()
    request(purpose, attempt: 0)
  }

  private mutating func request(_ purpose: ControlPurpose, attempt: Int) {
    sendDue = purpose == .before ? nil : moment
    outbox.append(OutgoingFrame(plan.control.request(sequence: controls.nextSequence())))
    phase = .control(purpose, attempt: attempt, deadline: nil)
  }

  /// The wait for an answer to a control probe's request.
  func controlWait(_ attempt: Int) -> Duration {
    timing.controlWaits.indices.contains(attempt) ? timing.controlWaits[attempt] : .seconds(1)
  }

  /// Gives out what is due.
  ///
  /// Waits for it begin now, and begin again when it is seen leaving.
  mutating func handOver(at now: Timestamp) {
    switch phase {
    case .control(let purpose, let attempt, nil):
      phase = .control(purpose, attempt: attempt, deadline: now + controlWait(attempt))
    case .sending(var next, let unseen, let start, nil):
      guard let stimulus = currentStimulus else { return }
      let frames = stimulus.frames
      let start = start ?? now
      while next < frames.count, now >= start + frames[next].offset {
        outbox.append(OutgoingFrame(frames[next].bytes, from: stimulus.arm))
        next += 1
      }
      let deadline = next < frames.count ? nil : now + timing.departureWait
      phase = .sending(next: next, unseen: unseen, start: start, deadline: deadline)
    case .conversing(nil, false):
      phase = .conversing(deadline: now + timing.departureWait, hasLeft: false)
    case .parting(let verdict, nil): phase = .parting(verdict, deadline: now + timing.departureWait)
    default: return
    }
  }

  /// When the current phase ends by itself; nil when it doesn't.
  private var phaseDeadline: Timestamp? {
    switch phase {
    case .control(_, _, let deadline), .sending(_, _, _, let deadline), .conversing(let deadline, _),
      .parting(_, let deadline):
      deadline
    case .expecting(let until), .waiting(let until), .listening(let until), .settling(let until, _): until
    case .finished: nil
    }
  }

  /// Lets time pass.
  mutating func tick(at now: Timestamp) {
    while verdict == nil {
      // Whatever ends first comes first.
      if let deadline = nextTalkDeadline, now > deadline, deadline <= phaseDeadline ?? .distantFuture {
        moment = deadline
        expireTalks(at: deadline)
        continue
      }
      switch phase {
      case .finished: return
      case .control(let purpose, let attempt, let deadline):
        guard let deadline, now > deadline else { return }
        moment = deadline
        if attempt + 1 < timing.controlWaits.count {
          request(purpose, attempt: attempt + 1)
        } else {
          finish(unanswered(purpose))
        }
      case .sending(_, _, _, let deadline):
        guard let deadline, now > deadline else { return }
        moment = deadline
        finish(notSeen())
      case .expecting(let deadline):
        guard now > deadline else { return }
        moment = deadline
        expectationTimedOut(at: deadline)
      case .waiting(let until):
        guard now >= until else { return }
        moment = until
        step += 1
        enterStep(at: until)
      case .listening(let until):
        guard now > until else { return }
        moment = until
        probe(.silence)
      case .conversing(let deadline, let hasLeft):
        guard let deadline, now > deadline else { return }
        moment = deadline
        hasLeft ? conversationTimedOut() : finish(notSeen())
      case .parting(let verdict, let deadline):
        guard let deadline, now > deadline else { return }
        conclude(with: verdict)
      case .settling(let until, let purpose):
        guard now > until else { return }
        moment = until
        settled(purpose, at: until)
      }
    }
  }

  /// Begins the step at `step`, or the end of the trial.
  mutating func enterStep(at now: Timestamp) {
    matchesInStep = 0
    if let settled {
      if step >= plan.steps.count { return end(settled) }
    } else if step >= min(plan.sections.cleanupStart, plan.steps.count) {
      if step > plan.sections.caseStart, case .expect(let last) = plan.steps[step - 1],
        case .nothing = last.kind
      {
        // The silence that was just proved ended with a control probe.
        conclude()
      } else {
        probe(.after)
      }
      return
    }
    if step == plan.sections.caseStart, settled == nil, step > 0 {
      // What the setup stirred up is none of the case's business.
      (pending, held) = ([], [])
    }
    noteTalks()
    guard craftLateStep() else { return }
    switch plan.steps[step] {
    case .send(let stimulus):
      plan.late?.sent(stimulus)
      stimulusTime = nil
      sendDue = now
      phase = .sending(next: 0, unseen: Array(stimulus.frames.indices), start: nil, deadline: nil)
    case .wait(let duration):
      phase = .waiting(until: now + duration)
    case .forbid(let pattern):
      forbidden.append(pattern)
      if isInCase { assertions += 1 }
      step += 1
      enterStep(at: now)
    case .control:
      probe(.step)
    case .connect, .exchange, .close:
      converse(at: now)
    case .expect(let expectation):
      enter(expectation, at: now)
    }
  }

  /// Opens the window of an expectation: from the last frame sent, or from the step before if that ended later.
  private mutating func enter(_ expectation: PlannedExpectation, at now: Timestamp) {
    if isInCase { assertions += 1 }
    assignment = Assignment(patterns: expectation.patterns.count)
    let start = departureTime.map { max($0, now) } ?? now
    windowStart = start
    if expectation.acceptsSilence {
      // Silence is proved: by a control probe at once, or after the wait that the suite asks for.
      if let within = expectation.within {
        phase = .listening(until: start + within)
      } else {
        probe(.silence)
      }
    } else {
      let window = expectation.within ?? timing.answerWindow(roundTrip: controls.roundTrip)
      phase = .expecting(deadline: start + window)
    }
    takePending(from: 0)
  }

  /// The control probe was answered.
  mutating func controlAnswered(at time: Timestamp) {
    guard case .control(let purpose, _, _) = phase else { return }
    switch purpose {
    case .before:
      step = 0
      enterStep(at: time)
    case .step:
      step += 1
      enterStep(at: time)
    case .silence, .after, .missing:
      phase = .settling(
        until: time + timing.settleWindow(roundTrip: controls.longestRoundTrip),
        then: purpose
      )
    }
  }

  /// The window behind an answered control probe is over.
  private mutating func settled(_ purpose: ControlPurpose, at time: Timestamp) {
    switch purpose {
    case .silence: silenceProved(at: time)
    case .missing(let verdict): finish(verdict)
    case .before, .step, .after: conclude()
    }
  }

  private mutating func silenceProved(at time: Timestamp) {
    guard let expectation = currentExpectation else { return }
    if let intruder = intruder(in: expectation) {
      if case .anyOf = expectation.kind {
        finish(wrongAnswer(intruder, expectation))
      } else {
        finish(unexpected(intruder))
      }
      return
    }
    // A target that was away for a moment would have been silent, whatever it does when it is there.
    if controls.answered[controls.first] == nil { return finish(controlLate()) }
    if case .anyOf(let alternatives) = expectation.kind,
      let silent = alternatives.first(where: { $0.pattern == nil })
    {
      guard take(silent, text: "silence, proved by the control probe after it", at: time) else { return }
    }
    completeStep(at: time)
  }

  mutating func completeStep(at time: Timestamp) {
    isExchangeOpen = false
    step += 1
    enterStep(at: time)
  }

  private mutating func expectationTimedOut(at time: Timestamp) {
    guard let expectation = currentExpectation else { return }
    if case .packet(_, let times) = expectation.kind, matchesInStep >= times.lowerBound {
      completeStep(at: time)
    } else if !plan.allowsOthers, settled == nil, let nearest = nearestMiss(to: expectation) {
      finish(wrongAnswer(nearest, expectation))
    } else {
      probe(.missing(missingAnswer(expectation)))
    }
  }

  /// All steps are done and the last control probe was answered.
  private mutating func conclude() {
    if !plan.allowsOthers, let frame = leftover {
      finish(unexpected(frame))
    } else if assertions == 0 {
      finish(Verdict(.error, .craftFailed, "The trial checked nothing."))
    } else if let warning = warnings.first {
      finish(warning)
    } else {
      finish(passed())
    }
  }
}
