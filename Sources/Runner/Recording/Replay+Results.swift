internal import Capture
internal import Craft
internal import Judge
internal import Link
internal import Suite

extension Replay {
  /// Files a result for each trial of the plan.
  mutating func fileResults() {
    var courses: [String: Course] = [:]
    var byNumber: [Int: Landing] = [:]
    var path = PathQuality()
    for landing in landings {
      byNumber[landing.number] = landing
      let attempt = record.attempts[landing.number]
      let isCounted = !(attempt.isCutOff ?? false) && attempt.refusal == nil && !(attempt.metOutage ?? false)
      if isCounted, !record.isPathReliable {
        path += landing.judgement.path
      }
      guard landing.queued.sequence == nil else { continue }
      courses[landing.queued.trial.id, default: Course()].add(landing, attempt, record, path)
    }
    for (number, verdict) in log.unmade where record.attempts.indices.contains(number) {
      courses[record.attempts[number].trial, default: Course()].end(with: verdict)
    }
    let findings = findings(byNumber)
    let unrun = Set(record.ending?.unrun ?? [])
    for id in record.trials {
      guard var queued = trials[id] else { continue }
      var course = courses[id] ?? Course()
      queued.suspectedAt = course.isSuspect ? record.started : nil
      if course.verdict == nil || unrun.contains(id) { course.end(with: verdictOnTheGround(queued)) }
      if let finding = findings[id] {
        // A suspect that did nothing alone has that as an earlier attempt.
        if course.wasCleared { course.end(with: finding) } else { course.verdict = finding }
      }
      queued.earlier = course.earlier
      guard let verdict = course.verdict else { continue }
      log.results[id] = filing.result(of: queued, verdict, span: log.span(of: id))
    }
  }

  /// The verdict on a trial that has no attempt, or whose next attempt was never begun.
  private func verdictOnTheGround(_ queued: QueuedTrial) -> Verdict {
    if let ending = record.ending, ending.unrun.contains(queued.trial.id) {
      return ending.cause.verdict(ofUnrun: queued)
    }
    if let refusal = seating.refusal(of: suites[queued.suite]) { return refusal }
    do throws(Seating.Refusal) {
      var attempt = AttemptRecord(of: queued.trial.id, at: log.position, time: record.started)
      (attempt.strangers, attempt.unused, attempt.prefix) = ([1, 2], 1, 1)
      let plan = try seating.firstPlan(queued, &attempt)
      var gate = ErrorGate()
      gate.budget = record.errorBudget
      if let reason = Patience(limit: record.patience).shortage(plan) ?? gate.shortage(plan) {
        return Verdict(.skipped, .notApplicable, reason)
      }
    } catch {
      return error.verdict
    }
    return Verdict(.skipped, .notRun, "not run: the plan has no attempt at this trial")
  }

  /// What the run found, as it says now.
  func result() -> RunResult {
    var result = RunResult(
      version: record.version,
      seed: record.seed,
      started: record.started,
      duration: record.duration,
      target: TargetSummary(
        of: record.target,
        mac: record.targetHost.mac,
        on: record.interface,
        personas: personas.capacity
      ),
      suites: log.results(of: suites),
      frames: log.frames,
      statistics: record.statistics,
      roundTrip: log.roundTrip,
      remarks: record.remarks
    )
    result.errorBudget = record.errorBudget
    result.environment = record.environment
    result.command = record.command
    if case .signal? = record.ending?.cause { result.interruptedBy = record.ending?.cause.signalName }
    result.record = record
    return result
  }
}
