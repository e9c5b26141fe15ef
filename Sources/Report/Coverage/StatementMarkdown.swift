public import Coverage
internal import Suite

/// A conformance statement as Markdown.
public enum StatementMarkdown {
  /// Who was tested how, the verdicts in numbers, and a table of clauses for each RFC.
  public static func render(_ statement: ConformanceStatement, version: String) -> String {
    var blocks = [
      "# Conformance statement: \(statement.target.markdown)",
      "What was tested, what deviates, what doesn't apply, and what can't be tested from outside. Written by Assay "
        + "\(version.markdown) from the results of the runs below; it says of the target what these runs showed, and "
        + "nothing of what they didn't try.",
      subject(statement),
      "## Runs",
      MarkdownTable.text(
        ["results", "begun", "Assay", "seed", "suites", "tested from"],
        statement.runs.map(row)
      ),
    ]
    let remarks = statement.runs.flatMap(Self.remarks)
    if !remarks.isEmpty {
      blocks.append(remarks.map { "- " + $0.markdown }.joined(separator: "\n"))
    }
    blocks += ["## Summary", summary(statement), notes(statement)]
    for group in statement.groups {
      blocks.append("## \(CoverageMarkdown.heading(group.rfc).markdown)")
      blocks.append(
        MarkdownTable.text(["clause", "level", "title", "verdict", "why"], group.entries.map(row))
      )
    }
    if !statement.uncited.isEmpty {
      blocks.append("## Cases that cite no clause")
      let rows = statement.uncited.map { [$0.id.markdown, $0.counts.words.markdown] }
      blocks.append(MarkdownTable.text(["case", "trials"], rows))
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func subject(_ statement: ConformanceStatement) -> String {
    var rows = [["target", statement.target], ["role", statement.role.rawValue]]
    var seen: Set<ObservedRun.Fact> = []
    for fact in statement.runs.flatMap(\.facts) where seen.insert(fact).inserted {
      rows.append([fact.label, fact.text])
    }
    if let capabilities = statement.capabilities {
      let claims = capabilities.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      rows.append(["claims", claims.isEmpty ? "nothing" : claims.joined(separator: ", ")])
    }
    return MarkdownTable.text(["", ""], rows.map { $0.map(\.markdown) })
  }

  private static func row(_ run: ObservedRun) -> [String] {
    let machine = ["kernel", "driver", "libpcap"].compactMap { label in
      run.environment.first { $0.label == label }?.text
    }
    return [
      run.file, time(run), run.version, run.seed, run.suites.joined(separator: ", "),
      machine.joined(separator: ", "),
    ].map(\.markdown)
  }

  /// The time to the second.
  private static func time(_ run: ObservedRun) -> String {
    run.started.contains(".") ? run.started.prefix { $0 != "." } + "Z" : run.started
  }

  private static func remarks(_ run: ObservedRun) -> [String] {
    let interrupted = run.interruptedBy.map { ["\(run.file): the run was interrupted by \($0)."] } ?? []
    return interrupted + run.remarks.map { "\(run.file): \($0)" }
  }

  private static func summary(_ statement: ConformanceStatement) -> String {
    let rows = StatementVerdict.allCases.map { verdict in
      [verdict.words] + Strength.allCases.map { "\(statement.count(verdict, $0))" }
        + ["\(statement.count(verdict))", verdict.meaning]
    }
    return MarkdownTable.text(
      ["verdict", "MUST", "SHOULD", "MAY", "all", "what it means"],
      rows.map { $0.map(\.markdown) },
      numbers: 1..<5
    )
  }

  private static func notes(_ statement: ConformanceStatement) -> String {
    var lines: [String] = []
    let partial = statement.entries.count { $0.verdict == .conforms && $0.isPartial }
    if partial > 0 {
      lines.append(
        "\(partial) of the clauses that conform were tested by a part of their trials only, as told there."
      )
    }
    lines.append(
      "A failed trial counts against every clause that its case cites: it can't tell which of them was broken."
    )
    if statement.entries.contains(where: { !$0.isCatalogued }) {
      lines.append(
        "Clauses marked with an asterisk aren't in the catalogue at hand; they are told as the results do."
      )
    }
    return lines.map { "- " + $0.markdown }.joined(separator: "\n")
  }

  private static func row(_ entry: ConformanceStatement.Entry) -> [String] {
    let trials = entry.counts.trials == 0 ? "" : " (\(entry.counts.words))"
    return [
      entry.requirement.id + (entry.isCatalogued ? "" : " *"), entry.requirement.level.rawValue,
      entry.requirement.title, entry.verdict.words + trials,
      entry.reasons.joined(separator: " ").cut(to: 1200),
    ].map(\.markdown)
  }
}
