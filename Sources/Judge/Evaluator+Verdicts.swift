internal import Capture
internal import Craft
internal import Suite
internal import Wire

extension Evaluator {
  /// `RFC 1122 3.2.2.6 (MUST): Echo data is returned entire`.
  var obligation: String {
    guard let first = plan.requirements.first else {
      return plan.title.isEmpty ? "The case requires it" : plan.title
    }
    return "\(first.citation) (\(first.level.rawValue)): \(first.title)"
  }

  /// Where something was seen, for trials with two sides.
  func place(_ arm: Arm) -> String { plan.control.isThrough ? " on the \(arm.rawValue) side" : "" }

  private func when(_ time: Timestamp) -> String {
    guard let origin = stimulusTime ?? origin else { return "" }
    return " \(ValueText.milliseconds(time - origin)) after the stimulus"
  }

  func passed() -> Verdict {
    Verdict(.pass, .asRequired, "\(obligation). Seen as required.")
  }

  func unanswered(_ purpose: ControlPurpose) -> Verdict {
    let tries = timing.controlWaits.count
    switch purpose {
    case .before:
      return Verdict(
        .inconclusive,
        .controlUnansweredBefore,
        "The target answered none of \(tries) control probes before the stimulus, so nothing was tested."
          + (strayBefore.map { " What came instead: \($0)." } ?? "")
      )
    case .silence, .after, .step, .missing:
      return Verdict(
        .inconclusive,
        .controlUnansweredAfter,
        "The target answered the control probe before the stimulus, but none of \(tries) after it: silence proves nothing."
      )
    }
  }

  func controlLate() -> Verdict {
    Verdict(
      .inconclusive,
      .controlLate,
      "The control probe sent behind the stimulus stayed unanswered, and only a later one was answered: the target may have "
        + "been away meanwhile, so its silence proves nothing."
    )
  }

  func altered(_ what: String, crafted: [UInt8] = [], captured: [UInt8] = []) -> Verdict {
    Verdict(
      .error,
      .stimulusAltered,
      "The \(what) left the interface other than it was crafted: an offload or a driver changed it.",
      differences: crafted.isEmpty ? [] : Alteration.differences(crafted: crafted, captured: captured)
    )
  }

  /// The verdict on a stimulus that left changed beyond recognition: held against the frame it comes nearest to.
  private func altered(_ what: String, _ captured: [UInt8]) -> Verdict {
    let crafted = currentStimulus?.frames.map(\.bytes) ?? []
    let nearest = crafted.min { abs($0.count - captured.count) < abs($1.count - captured.count) }
    return altered(what, crafted: nearest ?? [], captured: captured)
  }

  func notSeen() -> Verdict {
    if let alteredFrame { return altered("stimulus", alteredFrame) }
    return Verdict(
      .inconclusive,
      .stimulusNotSeen,
      "The stimulus was handed to the interface, but the capture never saw it leave."
    )
  }

  /// Whether something is to be seen leaving.
  private var isSending: Bool {
    switch phase {
    case .sending, .conversing(_, false): true
    default: false
    }
  }

  /// Why a trial whose frames end here has no verdict.
  func cutOff(at end: Timestamp) -> Verdict {
    if case .parting(let verdict, _) = phase { return verdict }
    if isSending, alteredFrame != nil || end > (lastTime ?? end) + timing.departureWait {
      return notSeen()
    }
    let text =
      lastTime == nil ? "No frame of the trial was captured." : "The capture ended before the trial did."
    return Verdict(.inconclusive, .captureEnded, text, details: timeline)
  }

  func cutShort(_ frame: CapturedFrame, _ what: String) -> Verdict {
    Verdict(
      .inconclusive,
      .frameCutShort,
      "The capture kept \(frame.bytes.count) of \(frame.originalLength) octets of \(what), so it can't be judged."
    )
  }

  func malformed(_ frame: Dissection, _ remark: Remark, at time: Timestamp) -> Verdict {
    Verdict(
      .fail,
      .malformedAnswer,
      "\(obligation). Seen\(when(time)): \(frame.summary), which is malformed: \(remark.text).",
      differences: [FieldDifference(field: "\(remark.layer)", required: "well-formed", seen: remark.text)]
    )
  }

  func forbiddenFrame(_ candidate: Candidate, _ pattern: FramePattern? = nil) -> Verdict {
    let required: String =
      if let pattern {
        "no \(pattern.text)"
      } else if let expectation = currentExpectation,
        case .nothing = expectation.kind
      { "no answer" } else { "no other frame than the expected ones" }
    return Verdict(
      .fail,
      .forbiddenFrame,
      "\(obligation). Required: \(required). Seen\(when(candidate.time)): \(candidate.frame.summary)\(place(candidate.arm)).",
      differences: [FieldDifference(field: "frame", required: "none", seen: candidate.frame.summary)]
    )
  }

  /// The verdict on a frame that no step took: a copy of a right answer may be the network's doing.
  func unexpected(_ candidate: Candidate) -> Verdict {
    taken.contains(candidate.likeness) ? duplicateAnswer() : forbiddenFrame(candidate)
  }

  func early(
    _ candidate: Candidate,
    after: Duration,
    _ origin: Expectation.Origin,
    notBefore: Duration
  ) -> Verdict {
    Verdict(
      .fail,
      .wrongAnswer,
      "\(obligation). The answer came \(ValueText.milliseconds(after)) after the "
        + "\(origin == .answer ? "one before" : "stimulus"), before the "
        + "\(ValueText.milliseconds(notBefore)) that must pass."
    )
  }

  /// The verdict on an alternative that is a failure; one that is silence is a missing answer, to be tried again.
  func badAlternative(_ alternative: PlannedAlternative, text: String, at time: Timestamp) -> Verdict {
    let because = alternative.because.map { " \($0)" } ?? ""
    return Verdict(
      .fail,
      alternative.pattern == nil ? .missingAnswer : .wrongAnswer,
      "\(obligation). Seen\(when(time)): \(text).\(because)"
    )
  }

  func discouraged(_ alternative: PlannedAlternative, text: String) -> Verdict {
    Verdict(
      .warn,
      alternative.pattern == nil ? .discouragedSilence : .discouragedAnswer,
      alternative.because ?? "\(obligation). The discouraged alternative was seen: \(text)."
    )
  }

  func duplicateAnswer() -> Verdict {
    Verdict(
      .fail,
      .duplicateAnswer,
      "\(obligation). The right answer came more often than asked for, the same but for its identification."
    )
  }

  func missingAnswer(_ expectation: PlannedExpectation) -> Verdict {
    let window = expectation.within ?? timing.answerWindow(roundTrip: controls.roundTrip)
    let fragments = held.isEmpty ? "" : " Fragments came that never made a whole."
    let some: String =
      if case .packet(_, let times) = expectation.kind, times != 1...1 {
        "\(matchesInStep) of at least \(times.lowerBound) answers"
      } else {
        openPatterns(of: expectation).count < expectation.patterns.count ? "no such answer" : "no answer"
      }
    return Verdict(
      .fail,
      .missingAnswer,
      "\(obligation). Required: \(openText(of: expectation)). Seen: \(some) within \(ValueText.milliseconds(window)), "
        + "while the control probes before and after were answered.\(fragments)"
    )
  }

  func wrongAnswer(_ candidate: Candidate, _ expectation: PlannedExpectation) -> Verdict {
    let differences =
      openPatterns(of: expectation).map { $0.differences(in: candidate) }.min { $0.count < $1.count }
      ?? []
    let fields = differences.prefix(3).map { "\($0.field) must be \($0.required), is \($0.seen)" }
    var what = fields.isEmpty ? "" : " \(fields.joined(separator: "; "))."
    if differences.isEmpty, case .anyOf = expectation.kind {
      // It is what an alternative wants, but not when.
      what = " No alternative takes it at that time: \(expectation.explanation)."
    }
    return Verdict(
      .fail,
      .wrongAnswer,
      "\(obligation). \(isOneOfSeveral(expectation) ? "Required: \(openText(of: expectation)). " : "")"
        + "Seen\(when(candidate.time)): \(candidate.frame.summary)\(place(candidate.arm)).\(what)",
      differences: differences
    )
  }
}

extension PlannedExpectation {
  /// All frames that would do.
  var patterns: [FramePattern] {
    switch kind {
    case .packet(let pattern, _): [pattern]
    case .allOf(let patterns), .sequence(let patterns): patterns
    case .anyOf(let alternatives): alternatives.compactMap(\.pattern)
    case .nothing: []
    }
  }
}

extension Evaluator {
  /// The frames of the current expectation that haven't come yet.
  func openPatterns(of expectation: PlannedExpectation) -> [FramePattern] {
    switch expectation.kind {
    case .allOf(let patterns): assignment.open.filter(patterns.indices.contains).map { patterns[$0] }
    case .sequence(let patterns): Array(patterns.dropFirst(matchesInStep).prefix(1))
    default: expectation.patterns
    }
  }

  /// What hasn't come yet, in words.
  private func openText(of expectation: PlannedExpectation) -> String {
    let texts = openPatterns(of: expectation).map(\.text)
    switch expectation.kind {
    case .sequence(let patterns):
      return "number \(matchesInStep + 1) of \(patterns.count) answers in order, \(texts.joined())"
    case .allOf: return texts.joined(separator: ", and ")
    default: return texts.joined(separator: ", or ")
    }
  }

  private func isOneOfSeveral(_ expectation: PlannedExpectation) -> Bool {
    switch expectation.kind {
    case .allOf, .sequence: true
    default: false
    }
  }
}
