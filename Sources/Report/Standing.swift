internal import Judge
public import Runner

/// How a trial counts, once the baseline has had its say.
public enum Standing: String, Hashable, Sendable, CaseIterable {
  case passed
  /// Passed, with a warning.
  case warned
  /// Failed, or deviates otherwise than the baseline allows.
  case failed
  case inconclusive
  /// The harness erred.
  case error
  /// Deviates as the baseline expects.
  case known
  case skipped
}

extension TrialResult {
  /// How the trial counts: its verdict, unless the baseline has an entry for it.
  ///
  /// What a baseline says excuses a target, never the harness: errors stay errors, and what couldn't be known
  /// isn't a failure because something else was expected.
  public var standing: Standing {
    switch (verdict.outcome, knownDeviation?.match) {
    case (.error, _): .error
    case (.skipped, _): .skipped
    case (.pass, .unexpectedPass), (.pass, .different): .failed
    case (.pass, _): .passed
    case (_, .expected): .known
    case (.inconclusive, _): .inconclusive
    case (.fail, _): .failed
    case (.warn, .some): .failed
    case (.warn, nil): .warned
    }
  }

  /// The standing in one word that tells causes apart, for machines: `fail`, `inconclusive`, `harness-error`,
  /// `unexpected-pass`, `deviation-expired`, `deviation-changed`, `known-failure`, `not-applicable`, `not-run`,
  /// `pass`, `warn`.
  public var standingWord: String {
    switch standing {
    case .passed: "pass"
    case .warned: "warn"
    case .inconclusive: "inconclusive"
    case .error: "harness-error"
    case .known: "known-failure"
    case .skipped: verdict.reason == .notRun ? "not-run" : "not-applicable"
    case .failed:
      switch knownDeviation?.match {
      case .unexpectedPass: "unexpected-pass"
      case .expired: "deviation-expired"
      case .different: "deviation-changed"
      case .expected, nil: "fail"
      }
    }
  }

  /// One sentence on why the trial stands as it does.
  public var headline: String {
    guard let known = knownDeviation else { return verdict.summary }
    // The sentence that it becomes part of has a full stop of its own.
    let reason =
      known.reason.hasSuffix(".") && !known.reason.hasSuffix("..")
      ? String(known.reason.dropLast()) : known.reason
    let listed = known.ticket.isEmpty ? reason : "\(reason) (\(known.ticket))"
    switch standingWord {
    case "known-failure": return listed
    case "unexpected-pass":
      return
        "It passes now, but is listed as a known deviation: \(listed). Take the entry out of the baseline."
    case "deviation-expired":
      return "The date of its entry in the baseline is over: \(listed). \(verdict.summary)"
    case "deviation-changed":
      return "It deviates otherwise than its entry in the baseline says: \(listed). \(verdict.summary)"
    default: return verdict.summary
    }
  }

  /// How often it was run: 0 if it never began.
  public var attempts: Int {
    verdict.outcome == .skipped && started == nil ? 0 : earlierAttempts.count + 1
  }
}

extension SuiteResult {
  /// `suite.case[variant]`, as filters, captures and evidence name a trial.
  public func id(of trial: TrialResult) -> String { "\(name).\(trial.name)" }
}
