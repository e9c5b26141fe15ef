internal import Judge
internal import Suite

/// What the run knows of its path, and the trials that were judged before it knew.
struct Confirmation {
  /// How the path treated the control probes of all trials so far.
  var path = PathQuality()
  /// Trials that have landed, with all their attempts.
  var landed: [String: QueuedTrial] = [:]
}

extension Verdict {
  /// Whether the target answered nobody any more behind the stimulus.
  var isSilence: Bool { reason == .controlUnansweredAfter }
}

extension Runner {
  /// Queues the trials again whose attempts don't prove enough on the path as it turned out to be; false if there are none.
  ///
  /// A trial that was over before the path lost anything was judged as on a clean one.
  mutating func repeatsDoubtful() -> Bool {
    if confirmation.path.isClean { return false }
    let doubtful = confirmation.landed.values.filter { queued in
      // What brings the target down is known.
      log.results[queued.trial.id]?.verdict.reason != .targetStoppedAnswering
        && queued.series.decision(on: confirmation.path, retries: options.retries) == .again
    }
    for queued in doubtful.sorted(by: { $0.trial.id < $1.trial.id }) { queue.pushLater(queued) }
    return !doubtful.isEmpty
  }
}
