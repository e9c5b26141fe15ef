public import Coverage
internal import Suite

/// The coverage of the catalogue as Markdown.
public enum CoverageMarkdown {
  /// A table of the RFCs, what the words mean, and a table of clauses for each RFC.
  public static func render(_ table: CoverageTable) -> String {
    var blocks = [
      "# Coverage of the requirement catalogue",
      "Which clauses of the RFCs the suites test, what proves that they do, and on which targets they were seen. "
        + "Written by `assay coverage --markdown`.",
      totals(table),
      documents(table),
      states(),
      CoverageText.sources(table).map { "- " + $0.markdown }.joined(separator: "\n"),
    ]
    if !table.warnings.isEmpty {
      blocks.append("Out of date, and not counted:")
      blocks.append(table.warnings.map { "- " + $0.markdown }.joined(separator: "\n"))
    }
    for group in table.groups {
      blocks.append("## \(heading(group.rfc).markdown)")
      blocks.append(clauses(group.clauses, table.areProofsKnown))
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  static func heading(_ rfc: String) -> String { rfc.allSatisfy(\.isNumber) ? "RFC \(rfc)" : rfc }

  private static func totals(_ table: CoverageTable) -> String {
    let counts = CoverageCounts(table.clauses)
    let proved = table.areProofsKnown ? "\(counts[.proved]) proved" : "proofs aren't known"
    let share =
      "\(counts.covered) of \(counts.testable) testable clauses are covered (\(counts.percentText) %)"
    return "**\(share)**, \(proved), \(counts.observed) observed. \(counts.clauses) clauses in all."
  }

  private static func documents(_ table: CoverageTable) -> String {
    let head = [
      "RFC", "clauses", "covered", "proved", "observed", "not covered, one arm", "not covered, two arms",
      "needs an upper tester", "not observable", "obsolete", "%",
    ]
    var rows = table.groups.map { group in
      [group.rfc.markdown] + CoverageColumns.cells(group.clauses, table.areProofsKnown)
    }
    rows.append(["**all**"] + CoverageColumns.cells(table.clauses, table.areProofsKnown))
    return MarkdownTable.text(head, rows, numbers: 1..<head.count)
  }

  private static func states() -> String {
    let rows = CoverageColumns(areWide: true).legend.map { [$0.0, $0.1.markdown] }
    return MarkdownTable.text(["column", "what it counts"], rows)
  }

  private static func clauses(_ clauses: [ClauseCoverage], _ areProofsKnown: Bool) -> String {
    let head = ["clause", "level", "title", "state", "cases", "proved by", "observed"]
    return MarkdownTable.text(head, clauses.map { row($0, areProofsKnown) })
  }

  private static func row(_ clause: ClauseCoverage, _ areProofsKnown: Bool) -> [String] {
    let proofs = (clause.mutants ?? []).filter { !$0.cases.isEmpty }.map(\.name)
    let state = clause.reason.isEmpty ? clause.state.words : "\(clause.state.words): \(clause.reason)"
    let seen = clause.observations.map { "\($0.target): \($0.counts.words)" }
    return [
      clause.requirement.id, clause.requirement.level.rawValue, clause.requirement.title, state,
      clause.cases.map(\.id).joined(separator: ", "),
      clause.state.isCovered && !areProofsKnown ? "?" : proofs.joined(separator: ", "),
      seen.joined(separator: "; "),
    ].map(\.markdown)
  }
}

/// A table in Markdown, of cells that are escaped already.
enum MarkdownTable {
  /// The table with these headings; columns of numbers stand to the right.
  static func text(_ head: [String], _ rows: [[String]], numbers: Range<Int> = 0..<0) -> String {
    let rule = head.indices.map { numbers.contains($0) ? "--:" : ":--" }
    return ([head, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}
