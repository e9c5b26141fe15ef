public import Runner

/// The run as Markdown, for step summaries and merge requests.
public enum MarkdownReport {
  /// Most cases told in full; GitHub drops a summary of more than 1 MiB whole.
  static let detailLimit = 50

  /// A heading, the counts, a table of the suites and what needs attention, folded.
  public static func render(_ result: RunResult) -> String {
    let counts = ResultCounts(result)
    var blocks = ["## Assay: \(escaped(Judgement.sentence(result)))"]
    var line = "**\(counts.line)**"
    if counts.inconclusive + counts.errors > 0 {
      line += ", \(counts.inconclusive) inconclusive, \(counts.errors) errors"
    }
    line += " in \(result.duration.spoken)"
    if result.serialWindows > result.duration { line += " (serially \(result.serialWindows.spoken))" }
    blocks.append(line + ". Seed \(result.seed), Assay \(escaped(result.version)).")
    if counts.flaky > 0 { blocks.append("\(counts.flaky) of them passed only after a retry.") }
    let budget = (result.errorBudget?.facts ?? []).map { "- \(escaped($0.key)): \(escaped($0.value))" }
    if !budget.isEmpty { blocks.append(budget.joined(separator: "\n")) }
    if let signal = result.interruptedBy {
      blocks.append("Interrupted by \(escaped(signal)): \(counts.notRun) trials were not run.")
    }
    if !result.remarks.isEmpty {
      blocks.append(result.remarks.map { "- " + escaped($0) }.joined(separator: "\n"))
    }
    blocks.append(table(result))
    blocks += attention(result)
    let measured = Measurements(result).rows.prefix(detailLimit)
    if !measured.isEmpty {
      let rows = measured.map { "| \(escaped($0.caseID)) | \(escaped($0.name)) | \(escaped($0.text)) |" }
      blocks.append(
        (["### Measured", "", "| case | measured | values |", "| :-- | :-- | :-- |"] + rows).joined(
          separator: "\n"
        )
      )
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func table(_ result: RunResult) -> String {
    var lines = [
      "| suite | trials | pass | warn | fail | inconclusive | error | known | skipped |",
      "| :-- | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for suite in result.suites {
      let counts = ResultCounts(suite)
      let numbers = [
        counts.trials, counts.passed, counts.warned, counts.failed, counts.inconclusive, counts.errors,
        counts.known, counts.skipped,
      ]
      lines.append("| \(escaped(suite.name)) | " + numbers.map(String.init).joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }

  private static func attention(_ result: RunResult) -> [String] {
    let groups = TrialGroup.groups(of: result)
    let sections: [(Standing, String)] = [
      (.error, "Errors of the harness"), (.failed, "Failed"), (.inconclusive, "Inconclusive"),
      (.warned, "Warnings"), (.known, "Known deviations"),
    ]
    var left = detailLimit
    return sections.flatMap { standing, title in
      let members = groups.filter { $0.standing == standing }
      guard !members.isEmpty else { return [String]() }
      let shown = members.prefix(left)
      left -= shown.count
      var blocks = ["### \(title)"] + shown.map(details)
      if members.count > shown.count { blocks.append("… and \(members.count - shown.count) more cases.") }
      return blocks
    }
  }

  private static func details(_ group: TrialGroup) -> String {
    var name = group.first.id.oneLine
    if group.members.count > 1 { name += " and \(group.members.count - 1) more variants" }
    let text = group.explanation.text.cut(to: 8000)
    return
      "<details><summary>\(html(name)): \(html(group.first.trial.headline.oneLine.cut(to: 300)))</summary>"
      + "\n\n<pre>\(html(text))</pre>\n\n</details>"
  }

  private static func escaped(_ text: String) -> String { text.markdown }

  /// Text for an HTML element on one line of Markdown.
  private static func html(_ text: String) -> String {
    text.escaped { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\n": "&#10;"
      case "\r": "&#13;"
      default: nil
      }
    }
  }
}
