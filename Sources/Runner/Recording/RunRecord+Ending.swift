internal import Judge

extension RunRecord.Ending.Cause {
  /// The verdict on a trial that the run left.
  func verdict(ofUnrun queued: QueuedTrial) -> Verdict {
    switch self {
    case .signal:
      Verdict(.skipped, .notRun, "not run: the run was interrupted by \(signalName)")
    case .firstFailure:
      Verdict(.skipped, .notRun, "not run: the run ends at the first failure")
    case .link(let reason):
      Verdict(.inconclusive, .linkFailed, "The link failed before the trial was over: \(reason).")
    case .silence:
      Verdict(
        .inconclusive,
        queued.suspectedAt != nil ? .controlUnansweredAfter : .controlUnansweredBefore,
        queued.suspectedAt != nil
          ? "The target stopped answering while this trial was in the air; it couldn't be run again."
          : "The target stopped answering control probes; nothing was learnt from this trial."
      )
    }
  }

  /// Says in a result why the run ended early.
  func tell(result: inout RunResult, silence: String) {
    switch self {
    case .signal: result.interruptedBy = signalName
    case .link(let reason): result.remarks.append("The link failed: \(reason).")
    case .silence: result.remarks.append(silence)
    case .firstFailure: result.remarks.append("The run ended at the first failure.")
    }
  }

  var signalName: String {
    switch self {
    case .signal(1): "SIGHUP"
    case .signal(2): "SIGINT"
    default: "SIGTERM"
    }
  }
}

extension Verdict {
  /// The verdict that stands although the run ended while its trial was in the air: a violation that was seen is final,
  /// whatever ended the run.
  var ofCutOff: Verdict? { outcome == .fail && !reason.isWorthARetry ? self : nil }
}
