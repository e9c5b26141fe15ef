internal import Capture
internal import Judge
internal import Suite

/// Turns a trial's verdicts into its result: weighed by the level of its clause, held against the baseline.
struct ResultFiling {
  var enforcement: Enforcement
  var baseline: Baseline?
  /// Today, `YYYY-MM-DD`; empty: entries of the baseline don't expire.
  var today: String

  /// The result of a trial.
  func result(
    of queued: QueuedTrial,
    _ verdict: Verdict,
    span: RunLog.Span?
  ) -> TrialResult {
    let trial = queued.trial
    let weighed = verdict.weighed(level: queued.requirements.first?.level, enforcing: enforcement)
    return TrialResult(
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
  }

  /// What the baseline says of a verdict.
  private func deviation(of trial: Trial, _ verdict: Verdict) -> KnownDeviation? {
    guard let entry = baseline?.entry(for: trial), verdict.outcome != .skipped else { return nil }
    // What could not be known, or broke, is never a known deviation unless the entry says so.
    let isListed = entry.verdicts.contains(verdict.outcome.rawValue)
    if !isListed, [.inconclusive, .error].contains(verdict.outcome) { return nil }
    let isOver = entry.until.map { !today.isEmpty && $0 < today } ?? false
    let match: KnownDeviation.Match =
      if isListed { isOver ? .expired : .expected } else {
        verdict.outcome == .pass ? .unexpectedPass : .different
      }
    return KnownDeviation(match: match, reason: entry.reason, ticket: entry.ticket)
  }
}
