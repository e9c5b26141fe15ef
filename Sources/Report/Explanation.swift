internal import Judge
internal import Runner
internal import Suite

/// The parts of a trial's explanation as text, for every report alike.
struct Explanation {
  let suite: SuiteResult
  let trial: TrialResult
  /// The command that runs this trial again; empty where it isn't known.
  var rerun = ""

  /// The cited clauses, a line each: `MUST RFC1122-3.2.2.6-c (RFC 1122 3.2.2.6): The reply carries…`.
  var requirements: [String] {
    trial.requirements.map { "\($0.level.rawValue) \($0.id) (\($0.citation)): \($0.text)".oneLine }
  }

  /// The field-by-field difference as an aligned table; no lines if there is none.
  func difference(columnLimit: Int = 64) -> [String] {
    guard !trial.verdict.differences.isEmpty else { return [] }
    var table = TextTable(["field", "required", "seen"], columnLimit: columnLimit)
    for difference in trial.verdict.differences {
      table.rows.append([difference.field, difference.required, difference.seen])
    }
    return table.lines
  }

  /// What the attempts before the last came to, a line each.
  var earlierAttempts: [String] {
    trial.earlierAttempts.enumerated().map { index, verdict in
      "\(index + 1): \(verdict.outcome.rawValue), \(verdict.reason.rawValue): \(verdict.summary)".oneLine
    }
  }

  /// Where the case stands, for example `Suites/icmpv4/echo.yaml:31`.
  var place: String { "\(suite.file):\(trial.line)".oneLine }

  /// All of it: the sentence, clauses, difference, timeline, attempts, place.
  var text: String {
    var blocks = [[trial.headline.visible]]
    if trial.headline != trial.verdict.summary, !trial.headline.hasSuffix(trial.verdict.summary) {
      blocks.append([trial.verdict.summary.visible])
    }
    if !trial.requirements.isEmpty { blocks.append(requirements) }
    if !trial.verdict.differences.isEmpty { blocks.append(difference()) }
    if !trial.verdict.measurements.isEmpty {
      blocks.append(trial.verdict.measurements.map { "measured \($0.name): \($0.value)".oneLine })
    }
    if !trial.verdict.details.isEmpty { blocks.append(["Timeline:"] + trial.verdict.details.map(\.visible)) }
    if !trial.earlierAttempts.isEmpty { blocks.append(["Earlier attempts:"] + earlierAttempts) }
    blocks.append(
      ["\(suite.id(of: trial)) at \(place)".oneLine] + (rerun.isEmpty ? [] : ["run again: " + rerun])
    )
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }
}

extension RunResult {
  /// The command that runs a trial again, for a shell.
  func rerun(_ id: String, of suite: SuiteResult) -> String {
    let filter = id.oneLine.escaped { $0 == "'" ? "'\\''" : nil }
    return "\(command) \(suite.file.oneLine) --filter '\(filter)' --seed \(seed)"
  }
}
