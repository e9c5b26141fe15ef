public import Judge
public import Suite

/// How a run is done.
public struct RunOptions: Sendable {
  /// Trials in flight at once; fewer if there are fewer personas.
  public var jobs: Int = 128
  /// Further attempts of a trial whose answer is missing, each from a fresh persona.
  public var retries: Int = 2
  /// Identifiers, ports and random data come from it.
  public var seed: UInt64 = 1
  /// The weakest level that can fail a trial.
  public var enforcement: Enforcement = .must
  /// Only trials that match one of these globs; empty: all.
  public var filters: [String] = []
  /// Run only this part: a trial belongs to the part that a hash of its name says; index from 0.
  public var shard: (index: Int, count: Int)?
  /// Stop after the first failure.
  public var stopsAtFirstFailure = false
  /// Most frames a second.
  public var rate: Int = 10_000
  /// Whether the target's limits on ICMP errors are measured before a trial that may draw one; `limits` of the target file
  /// win over that.
  public var learnsErrorBudget = true
  /// Whether the path is known to lose and repeat nothing, as in a lab: what is missing is then the target's doing.
  public var isPathReliable = false
  /// How long a target that answers nothing any more is waited for.
  public var recovery: Duration = .seconds(30)
  /// Trials of which a step may take longer are skipped; nil: none is.
  public var patience: Duration?
  /// Today, `YYYY-MM-DD`, for baseline entries with an end.
  public var today: String = ""
  /// How long the judge waits for what.
  public var timing = Timing()
  /// Whether verdicts tell what happened when, for those who read reports.
  public var keepsTimelines = true
  /// What reports say of the run before anything else.
  public var remarks: [String] = []
  /// The command that does such a run again.
  public var command: String = "assay run"
  /// Version to name in reports.
  public var version: String = "0"

  /// Puts the parts together.
  public init() {}
}

/// The weakest level whose violation fails a trial.
public enum Enforcement: String, Hashable, Codable, Sendable, CaseIterable {
  case must, should, may

  /// Whether a clause of this level fails a trial.
  public func covers(_ level: RequirementLevel) -> Bool {
    switch level {
    case .must, .mustNot: true
    case .should, .shouldNot: self != .must
    case .may: self == .may
    }
  }
}

extension Verdict {
  /// The verdict when clauses of a level aren't enforced: a failure becomes a warning, but for a target brought down.
  func weighed(level: RequirementLevel?, enforcing enforcement: Enforcement) -> Verdict {
    guard outcome == .fail, reason != .targetStoppedAnswering, let level, !enforcement.covers(level) else {
      return self
    }
    var verdict = self
    verdict.outcome = .warn
    return verdict
  }
}

/// Told how a run gets on.
public protocol RunObserver: AnyObject {
  /// Before the first trial.
  func runBegan(trials: Int)
  /// After each trial, all its attempts included.
  func trialEnded(_ id: String, _ result: TrialResult, done: Int, of total: Int)
  /// From time to time, also when nothing ended.
  func runIsWaiting(done: Int, of total: Int, inFlight: Int)
}
