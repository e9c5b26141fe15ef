public import Runner

/// How many trials stand how.
public struct ResultCounts: Hashable, Sendable {
  /// Passed without a warning.
  public var passed = 0
  /// Passed with a warning.
  public var warned = 0
  /// Trials that fail, and that deviate otherwise than the baseline allows.
  public var failed = 0
  /// Trials whose outcome could not be known.
  public var inconclusive = 0
  /// The harness erred.
  public var errors = 0
  /// Deviate as the baseline expects.
  public var known = 0
  /// Not applicable or not run.
  public var skipped = 0
  /// Passed only after a retry; these are among `passed`.
  public var flaky = 0
  /// Never run, because the run ended early; these are among `skipped`.
  public var notRun = 0

  /// Counts of nothing.
  public init() {}

  /// Counts of a suite.
  public init(_ suite: SuiteResult) {
    for trial in suite.trials { count(trial) }
  }

  /// Counts of a whole run.
  public init(_ result: RunResult) {
    for suite in result.suites {
      for trial in suite.trials { count(trial) }
    }
  }

  /// All trials.
  public var trials: Int { passed + warned + failed + inconclusive + errors + known + skipped }
  /// Passed, with or without a warning.
  public var allPassed: Int { passed + warned }
  /// Skipped, or known to deviate.
  public var allSkipped: Int { known + skipped }

  /// The last line of a run, for example `118 passed, 2 failed, 4 skipped`.
  public var line: String { "\(allPassed) passed, \(failed) failed, \(allSkipped) skipped" }

  private mutating func count(_ trial: TrialResult) {
    switch trial.standing {
    case .passed: passed += 1
    case .warned: warned += 1
    case .failed: failed += 1
    case .inconclusive: inconclusive += 1
    case .error: errors += 1
    case .known: known += 1
    case .skipped: skipped += 1
    }
    if trial.isFlaky { flaky += 1 }
    if trial.standingWord == "not-run" { notRun += 1 }
  }
}
