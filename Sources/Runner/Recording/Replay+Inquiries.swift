internal import Craft
internal import Judge
internal import Suite

extension Replay {
  /// What searches for lethal packets found, by the trial to blame.
  func findings(_ landings: [Int: Landing]) -> [String: Verdict] {
    var findings: [String: Verdict] = [:]
    for search in record.inquiries {
      guard let (blamed, verdict) = finding(of: search, landings) else { continue }
      findings[blamed] = verdict
    }
    return findings
  }

  /// Goes through a search again: the same attempts, judged by their frames, lead to the same sequence.
  private func finding(of search: InquiryRecord, _ landings: [Int: Landing]) -> (String, Verdict)? {
    // The attempt that made the culprit one: its last one alone.
    let alone = landings.values.filter { landing in
      landing.queued.trial.id == search.culprit && landing.queued.isAlone && landing.queued.sequence == nil
        && search.attempts.first.map { landing.number < $0 } ?? true
    }.max { $0.number < $1.number }
    let companions = search.companions.compactMap { trials[$0] }
    let plans = landings.values.filter { landing in
      landing.queued.sequence == nil && search.companions.contains(landing.queued.trial.id)
    }.sorted { $0.number < $1.number }.map(\.plan)
    var inquiry = Inquiry(
      search,
      culprit: alone?.queued,
      verdict: alone?.judgement.verdict,
      companions: companions,
      plans: plans + [alone?.plan].compactMap(\.self),
      at: record.started
    )
    for number in search.attempts {
      guard record.attempts.indices.contains(number), let landing = landings[number] else { break }
      let attempt = record.attempts[number]
      // What couldn't be crafted was tried in vain.
      while let next = inquiry.nextAttempt(at: record.started), next.sequence != attempt.sequence {
        inquiry.investigation.learn(isLethal: false)
      }
      inquiry.plans = companionPlans(attempt) + [landing.plan(of: seating, attempt)].compactMap(\.self)
      inquiry.investigation.learn(isLethal: landing.judgement.verdict.reason == .controlUnansweredAfter)
    }
    if search.isAbandoned { inquiry.investigation.abandon() }
    guard inquiry.culprit != nil || inquiry.investigation.shortest != nil, let blamed = inquiry.blamed else {
      return nil
    }
    return (blamed, inquiry.finding())
  }
}

extension Replay.Landing {
  /// The whole plan of the trial that a part of was tried.
  fileprivate func plan(of seating: Seating, _ attempt: AttemptRecord) -> TrialPlan? {
    try? seating.plan(queued, attempt)
  }
}
