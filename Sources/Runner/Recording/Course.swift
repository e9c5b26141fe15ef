internal import Judge

/// The attempts at one trial on their way to a verdict, when a run is judged again.
struct Course {
  /// The verdict so far.
  var verdict: Verdict?
  /// What each attempt came to that counts as one, but for the one that gave the verdict.
  var earlier: [Verdict] { isVerdictOfLast ? Array(attempts.dropLast()) : attempts }
  /// Whether the target stopped answering behind it once.
  private(set) var isSuspect = false
  /// Whether it did nothing when it flew alone.
  private(set) var wasCleared = false

  private var attempts: [Verdict] = []
  private var series = AttemptSeries()
  private var isVerdictOfLast = true

  /// An attempt is over.
  ///
  /// - Parameters:
  ///   - landing: What its frames prove.
  ///   - attempt: What is recorded of it.
  ///   - record: The run.
  ///   - path: How the path had treated control probes by then.
  mutating func add(
    _ landing: Replay.Landing,
    _ attempt: AttemptRecord,
    _ record: RunRecord,
    _ path: PathQuality
  ) {
    let judged = landing.judgement.verdict
    if attempt.isSuspect ?? false { isSuspect = true }
    if attempt.isCutOff ?? false {
      var queued = landing.queued
      queued.suspectedAt = isSuspect ? attempt.began : nil
      return end(with: judged.ofCutOff ?? record.ending?.cause.verdict(ofUnrun: queued) ?? judged)
    }
    switch attempt.excuse {
    case .untried: return
    case .outage: note(judged, as: judged)
    case nil where attempt.refusal != nil: note(judged, as: judged)
    case nil:
      series.add(judged, frameCount: landing.judgement.frameCount)
      let isAlone = landing.queued.isAlone
      wasCleared = isAlone && !judged.isSilence
      if isAlone, judged.isSilence || path.isClean { return note(judged, as: judged) }
      switch series.decision(on: path, retries: record.retries) {
      case .final(let verdict): note(judged, as: verdict)
      case .again: note(judged, as: verdict ?? judged)
      }
    }
  }

  /// What comes last is no attempt's verdict.
  mutating func end(with latest: Verdict) {
    verdict = latest
    isVerdictOfLast = false
  }

  private mutating func note(_ attempt: Verdict, as verdict: Verdict) {
    attempts.append(attempt)
    self.verdict = verdict
    isVerdictOfLast = true
  }
}
