internal import Capture
internal import Craft

/// What a trial is worth whose packets left late, because this machine had no time for it.
extension Evaluator {
  /// So much later than it was due a packet may leave in a trial that depends on time.
  private static let tolerated = Duration.milliseconds(400)

  /// Notes when a packet left.
  mutating func noteDeparture(at time: Timestamp, dueAfter offset: Duration = .zero) {
    if let sendDue { lateness = max(lateness, time - (sendDue + offset)) }
  }

  /// A failure of a trial that depends on time isn't the target's if the tester was late: it may have given up by then.
  func excusing(_ verdict: Verdict) -> Verdict {
    guard verdict.outcome == .fail, lateness > Self.tolerated, plan.dependsOnTime else { return verdict }
    return Verdict(
      .inconclusive,
      .testerLate,
      "A packet left \(ValueText.milliseconds(lateness)) later than it was due, as this machine was busy, and by then the "
        + "target may rightly have done something else. \(verdict.summary)",
      differences: verdict.differences,
      details: verdict.details
    )
  }
}

extension TrialPlan {
  /// Whether steps say when something has to happen.
  fileprivate var dependsOnTime: Bool {
    steps.contains { step in
      switch step {
      case .wait: true
      case .send(let stimulus): stimulus.frames.contains { $0.offset > .zero }
      case .expect(let expectation): expectation.within != nil || expectation.notBefore != nil
      case .forbid, .control, .connect, .exchange, .close: false
      }
    }
  }
}
