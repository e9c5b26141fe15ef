internal import Capture
internal import Craft
internal import Suite
internal import Wire

/// Setup, cleanup, and steps that are crafted when the answers are there.
extension Evaluator {
  /// Crafts the step at `step` with the answers so far; false if that ended the case.
  mutating func craftLateStep() -> Bool {
    guard plan.late?.isLate(step) ?? false else { return true }
    do throws(CraftError) {
      if let planned = try plan.late?.craft(step) { plan.steps[step] = planned }
      return true
    } catch {
      switch error {
      case .invalid(let diagnostic): finish(Verdict(.error, .craftFailed, diagnostic.description))
      case .notApplicable(let reason): finish(Verdict(.skipped, .notApplicable, reason))
      case .faultIsRight: finish(Verdict(.inconclusive, .faultIsRight, "By accident, \(error)."))
      }
      return false
    }
  }

  /// Whether the case itself is under way: neither its setup nor its cleanup.
  var isInCase: Bool { settled == nil && step >= plan.sections.caseStart }

  /// Measures what a step wants to know of the answer that it took.
  mutating func measure(_ candidate: Candidate, _ record: [Measurement]) {
    for measurement in record {
      let value: String
      switch (measurement.subject, measurement.property) {
      case ("answer", _): value = ValueText.milliseconds(candidate.time - (stimulusTime ?? candidate.time))
      case ("packet", _):
        let network = candidate.frame.layers.first { $0.kind == .ipv4 || $0.kind == .ipv6 }
        value = network.map { "\($0.payload.upperBound - $0.header.lowerBound) octets" } ?? "absent"
      case ("data", "length"): value = "\(candidate.frame.layer(.data)?.bytes.count ?? 0) octets"
      case ("quoted", "length"):
        value = candidate.frame.layer(.quote).map { "\($0.payload.count) octets" } ?? "absent"
      default:
        let view = candidate.frame.layer(LayerKind(rawValue: measurement.subject))
        let field = view?.fields.first { $0.name == measurement.property }
        value = field.flatMap { view?.value(of: $0) }.map { ValueText.text($0, for: field) } ?? "absent"
      }
      measurements.append(MeasuredValue(name: "\(measurement)", value: value))
    }
  }
}

extension Verdict {
  /// The verdict on a trial whose setup went wrong: the case itself was never tried.
  var ofSetup: Verdict {
    guard outcome == .fail || outcome == .warn else { return self }
    var verdict = self
    verdict.outcome = .inconclusive
    verdict.reason = .setupFailed
    verdict.summary =
      "The setup didn't bring the target where the case needs it, so nothing was tested. \(summary)"
    return verdict
  }

  /// Whether there is somebody for whom to clean up.
  var leavesTargetAlive: Bool {
    switch reason {
    case .controlUnansweredBefore, .controlUnansweredAfter, .captureEnded, .stimulusNotSeen: false
    default: true
    }
  }
}

extension PlannedExpectation {
  /// Whether no answer at all may be right.
  var acceptsSilence: Bool {
    switch kind {
    case .nothing: true
    case .anyOf(let alternatives): alternatives.contains { $0.pattern == nil }
    case .packet, .allOf, .sequence: false
    }
  }
}

extension PlannedAlternative {
  /// Whether an answer so long after the stimulus is in its time.
  func counts(after delay: Duration) -> Bool {
    delay >= notBefore ?? .zero && within.map { delay <= $0 } ?? true
  }
}
