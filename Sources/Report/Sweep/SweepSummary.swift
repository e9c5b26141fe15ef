internal import Suite
internal import Sweep

/// What a user reads at the end of a sweep: maps and ranges, what breaks a policy, what changed; what matters most last.
public struct SweepSummary {
  /// Whether the terminal shows colours.
  public var style: TerminalSummary.Style
  /// Columns that text is broken at.
  public var width: Int
  /// Paths of the reports written.
  public var reports: [String]

  /// Creates a summary's settings.
  public init(style: TerminalSummary.Style = .plain, width: Int = 100, reports: [String] = []) {
    self.style = style
    self.width = max(60, width)
    self.reports = reports
  }

  /// The text.
  public func render(_ report: SweepReport) -> String {
    let table = SweepTable(style: style, width: width)
    let pictures = SweepPicture.all(of: report.result)
    var sections = pictures.map { table.lines(of: $0) }
    if !pictures.isEmpty { sections.append([table.legend]) }
    sections += policies(report)
    if let comparison = report.comparison { sections.append(changes(comparison, report.comparedWith)) }
    sections.append(closing(report))
    sections.append([verdict(report)])
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// The last line alone.
  public func verdict(_ report: SweepReport) -> String {
    var parts: [String] = []
    if !report.judgements.isEmpty {
      let standings = report.findings.map(\.standing)
      parts = [
        ("passed", .passed), ("failed", .failed), ("warned", .warned), ("inconclusive", .inconclusive),
        ("skipped", .skipped),
      ].compactMap { (word: String, standing: Standing) in
        let count = standings.count { $0 == standing }
        return count > 0 || word == "failed" ? "\(count) \(word)" : nil
      }
    }
    if let comparison = report.comparison {
      let count = comparison.changes.reduce(0) { $0 + $1.count }
      parts.append(
        count == 0
          ? "nothing changed" : "\(count) \(count == 1 ? "kind of message" : "kinds of message") changed"
      )
    }
    if parts.isEmpty {
      let asked = report.result.slices.reduce(0) { $0 + $1.map.askedCount }
      let open = report.unproved.reduce(0) { $0 + $1.count }
      parts = ["\(asked) fates", open == 0 ? "all proved" : "\(open) of them not proved"]
    }
    return parts.joined(separator: ", ")
  }

  private func policies(_ report: SweepReport) -> [[String]] {
    let marks: [(Standing, String, String)] = [
      (.failed, "FAIL", "31;1"), (.inconclusive, "INCONCLUSIVE", "33;1"), (.warned, "WARN", "33;1"),
    ]
    var sections = marks.flatMap { standing, mark, colour in
      groups(report.findings.filter { $0.standing == standing }).map { group in
        section(group, styled(mark, colour))
      }
    }
    for judgement in report.judgements {
      sections.append(table(of: judgement, report))
    }
    return sections
  }

  /// Findings of one rule after the other.
  private func groups(_ findings: [SweepFinding]) -> [[SweepFinding]] {
    var groups: [[SweepFinding]] = []
    for finding in findings {
      if let last = groups.last?.last, last.policy.name == finding.policy.name,
        last.outcome.rule.id == finding.outcome.rule.id
      {
        groups[groups.count - 1].append(finding)
      } else {
        groups.append([finding])
      }
    }
    return groups
  }

  /// A rule that isn't kept: what it wants, and what was seen in each slice.
  private func section(_ group: [SweepFinding], _ mark: String) -> [String] {
    guard let first = group.first else { return [] }
    let rule = first.outcome.rule
    let name = "\(first.policy.name).\(rule.id)"
    var lines = [mark + "  " + styled(name.oneLine, "1")]
    lines += "\(rule.title): \(rule.expectation).".oneLine.wrapped(indent: 2, width: width)
    for clause in first.requirements {
      let text = "\(clause.citation) (\(clause.level.rawValue)): \(clause.text)"
      lines += text.oneLine.wrapped(indent: 2, width: width)
    }
    for finding in group {
      lines += "\(finding.outcome.slice.title): \(finding.seen)".oneLine.wrapped(indent: 4, width: width)
    }
    lines.append("  at     \(rule.position.file):\(rule.position.line)")
    return lines
  }

  /// A policy's rules, a line each.
  private func table(of judgement: PolicyJudgement, _ report: SweepReport) -> [String] {
    let findings = report.findings.filter { $0.policy.name == judgement.policy.name }
    var table = TextTable(["rule", "wants", "passed", "failed", "warned", "inconclusive", "skipped"])
    table.alignments = [.left, .left, .right, .right, .right, .right, .right]
    for rule in judgement.policy.allRules {
      let own = findings.filter { $0.outcome.rule.id == rule.id }.map(\.standing)
      let counts = [Standing.passed, .failed, .warned, .inconclusive, .skipped].map { standing in
        own.count { $0 == standing }
      }
      table.rows.append([rule.id, rule.expectation] + counts.map { $0 == 0 ? "·" : "\($0)" })
    }
    var lines = [styled("\(judgement.policy.name): \(judgement.policy.title)".oneLine, "1")]
    lines += table.lines.map { "  " + $0 }
    let uncovered = judgement.uncovered.reduce(0) { $0 + $1.count }
    if uncovered > 0 { lines.append("  No rule speaks of \(uncovered) of the fates.") }
    if !judgement.unswept.isEmpty {
      let names = judgement.unswept.map(\.id).joined(separator: ", ")
      lines.append("  Not swept, though rules speak of it: \(names).")
    }
    return lines
  }

  private func changes(_ comparison: SweepComparison, _ file: String?) -> [String] {
    var lines = [styled("CHANGES" + (file.map { " since \($0)" } ?? ""), "1")]
    if comparison.changes.isEmpty { lines.append("  none in \(comparison.comparedCount) maps") }
    for change in comparison.changes { lines += change.text.oneLine.wrapped(indent: 2, width: width) }
    for change in comparison.undecided {
      lines += ("not comparable: " + change.text).oneLine.wrapped(indent: 2, width: width)
    }
    for slice in comparison.onlyBefore { lines.append("  only in the earlier sweep: \(slice.title)") }
    for slice in comparison.onlyAfter { lines.append("  not in the earlier sweep: \(slice.title)") }
    return lines
  }

  private func closing(_ report: SweepReport) -> [String] {
    let result = report.result
    var lines: [String] = []
    for swept in result.slices {
      if let reason = swept.skipped { lines.append("\(swept.slice.title): \(reason).") }
      for remark in swept.evidence.remarks { lines.append("\(swept.slice.title): \(remark).") }
    }
    for slice in result.unswept { lines.append("\(slice.title): not swept, the sweep was interrupted.") }
    lines += result.remarks.map { $0 + "." }
    let path = result.slices.reduce(into: PathTally()) { $0 += $1.evidence.path }
    let attempts = result.slices.compactMap(\.evidence.attemptsNeeded).max()
    let lost = result.slices.reduce(0) { $0 + $1.evidence.captureLost }
    if path.sent > 0 {
      lines.append(
        "Witnesses among the probes: \(path.sent), \(path.lost) lost on the path"
          + (attempts.map { "; what is called dropped vanished at least \($0) times beside them." } ?? ".")
      )
    }
    lines.append("Capture: \(lost == 0 ? "nothing lost" : "\(lost) frames lost").")
    lines.append("Took \(Duration.nanoseconds(result.nanoseconds).spoken), \(result.framesSent) frames sent.")
    if !reports.isEmpty { lines.append("Reports: " + reports.joined(separator: " ")) }
    return lines.flatMap { $0.oneLine.wrapped(indent: 0, width: width) }
  }

  private func styled(_ text: String, _ code: String) -> String {
    style == .ansi ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
