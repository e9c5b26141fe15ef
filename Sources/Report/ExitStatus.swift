public import Runner

/// What the command's exit status says.
public enum ExitStatus: Int32, Hashable, Sendable, CaseIterable {
  /// Every selected case passes or is skipped for a stated reason.
  case conforming = 0
  /// A required case fails.
  case failed = 1
  /// Nothing failed, but something is inconclusive or was never run.
  case inconclusive = 2
  /// The harness itself erred.
  case harnessError = 3
  /// No case was selected.
  case nothingSelected = 4
  /// The command line is wrong.
  case usage = 64
  /// A suite, target or capture file is wrong.
  case badInput = 65
  /// A file isn't there.
  case noInput = 66
  /// The target can't be reached.
  case unavailable = 69
  /// A report can't be written.
  case cannotWrite = 73
  /// Privileges are missing.
  case noPermission = 77
  /// The terminal was closed; reports are written.
  case hungUp = 129
  /// Interrupted by the user; reports are written.
  case interrupted = 130
  /// Ended by another program; reports are written.
  case terminated = 143

  /// The exit status of a run; the worst wins.
  ///
  /// Known deviations that stand as expected don't count against the target. A run that was cut short says so
  /// before anything else, as its silence on the rest isn't consent.
  public init(_ result: RunResult) {
    let counts = ResultCounts(result)
    self =
      switch result.interruptedBy {
      case "SIGTERM": .terminated
      case "SIGHUP": .hungUp
      case .some: .interrupted
      case nil:
        if counts.trials == 0 {
          .nothingSelected
        } else if counts.errors > 0 || result.isBlind {
          .harnessError
        } else if counts.failed > 0 {
          .failed
        } else if counts.inconclusive + counts.notRun > 0 {
          .inconclusive
        } else {
          .conforming
        }
      }
  }
}
