internal import Judge
public import Runner

/// The run in the Test Anything Protocol, version 14.
public enum TAPReport {
  /// One test point a trial, numbered in order, with a YAML block for each that isn't `ok`.
  ///
  /// A known deviation is `not ok … # TODO`, which TAP doesn't count as a failure. An interrupted run bails out at the
  /// end, after what was judged.
  public static func render(_ result: RunResult) -> String {
    let trials = result.suites.flatMap { suite in suite.trials.map { Explanation(suite: suite, trial: $0) } }
    var lines = ["TAP version 14", "1..\(trials.count)" + (trials.isEmpty ? " # nothing was selected" : "")]
    for (index, explanation) in trials.enumerated() {
      lines += point(index + 1, explanation)
    }
    if let signal = result.interruptedBy { lines.append("Bail out! interrupted by \(escaped(signal))") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func point(_ number: Int, _ explanation: Explanation) -> [String] {
    let trial = explanation.trial
    let name = escaped(explanation.suite.id(of: trial))
    switch trial.standing {
    case .passed: return ["ok \(number) - \(name)"]
    case .warned: return ["ok \(number) - \(name)"] + block(explanation)
    case .skipped: return ["ok \(number) - \(name) # SKIP \(escaped(trial.headline))"]
    case .known: return ["not ok \(number) - \(name) # TODO \(escaped(trial.headline))"]
    case .failed, .inconclusive, .error: return ["not ok \(number) - \(name)"] + block(explanation)
    }
  }

  private static func block(_ explanation: Explanation) -> [String] {
    let trial = explanation.trial
    var lines = [
      "---",
      "message: \(quoted(trial.headline))",
      "severity: \(trial.standingWord)",
      "reason: \(trial.verdict.reason.rawValue)",
      "at: \(quoted(explanation.place))",
    ]
    if !trial.requirements.isEmpty {
      lines.append("requirements:")
      lines += explanation.requirements.map { "  - \(quoted($0))" }
    }
    if !trial.verdict.differences.isEmpty {
      lines.append("differences:")
      for difference in trial.verdict.differences {
        lines.append("  - field: \(quoted(difference.field))")
        lines.append("    required: \(quoted(difference.required))")
        lines.append("    seen: \(quoted(difference.seen))")
      }
    }
    return (lines + ["..."]).map { "  " + $0 }
  }

  /// A description: `#` and `\` would begin a directive or an escape.
  private static func escaped(_ text: String) -> String {
    text.oneLine.escaped { $0 == "\\" || $0 == "#" ? "\\\($0)" : nil }
  }

  /// A YAML scalar in double quotes.
  private static func quoted(_ text: String) -> String {
    "\"" + text.oneLine.escaped { $0 == "\\" || $0 == "\"" ? "\\\($0)" : nil } + "\""
  }
}
