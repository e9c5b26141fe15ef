public import Coverage
internal import Suite

/// The coverage of the catalogue as plain text.
public struct CoverageText {
  /// Columns that text is broken at.
  public var width: Int

  /// Creates a text's settings.
  public init(width: Int = 100) { self.width = max(60, width) }

  /// The table by RFC, what its columns mean, and where observations come from.
  public func summary(_ table: CoverageTable) -> String {
    let columns = CoverageColumns(areWide: width >= CoverageColumns.wide)
    var lines = columns.table(table) + [""]
    let column = (columns.legend.map(\.0.count).max() ?? 0) + 2
    for (name, meaning) in columns.legend {
      lines += hanging(name, meaning, indent: 0, column: column)
    }
    lines.append("")
    lines += Self.sources(table).flatMap { $0.wrapped(indent: 0, width: width) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A paragraph for each clause of the table.
  public func list(_ table: CoverageTable) -> String {
    table.clauses.map { clause in
      var lines = [
        "\(clause.requirement.id.oneLine)  \(clause.requirement.level.rawValue)  \(clause.state.words)"
      ]
      lines += clause.requirement.title.oneLine.wrapped(indent: 4, width: width)
      if !clause.reason.isEmpty { lines += hanging("why", clause.reason) }
      if !clause.cases.isEmpty {
        lines += hanging("cases", Self.some(clause.cases.map(\.words), separator: ", "))
      }
      let mutants = clause.mutants ?? []
      if !mutants.isEmpty { lines += hanging("mutants", Self.some(mutants.map(\.words), separator: "; ")) }
      for observation in clause.observations {
        lines += hanging("seen", "\(observation.target): \(observation.counts.words)")
      }
      return lines.joined(separator: "\n") + "\n"
    }
    .joined(separator: "\n")
  }

  /// The first few of a list, and how many more there are.
  private static func some(_ words: [String], separator: String) -> String {
    let more = words.count > 4 ? " and \(words.count - 3) more" : ""
    return words.prefix(more.isEmpty ? 4 : 3).joined(separator: separator) + more
  }

  /// Everything on one clause.
  public func details(_ clause: ClauseCoverage, areProofsKnown: Bool) -> String {
    let requirement = clause.requirement
    let testability = clause.testability
    var lines = ["\(requirement.id), \(requirement.citation), \(requirement.level.rawValue)".oneLine]
    lines += requirement.title.oneLine.wrapped(indent: 2, width: width)
    lines += requirement.text.oneLine.wrapped(indent: 6, width: width) + [""]
    lines += field("state", clause.state.words + (clause.reason.isEmpty ? "" : ": \(clause.reason)"))
    lines += field("binds", testability.duty.bound)
    lines += field(
      "to see it",
      "\(testability.observability.rawValue), \(testability.topology.rawValue)"
    )
    let texts = [
      ("stimulus", testability.stimulus), ("expected", testability.expected), ("notes", testability.notes),
    ]
    for (name, text) in texts where !Self.placeholders.contains(text) { lines += field(name, text) }
    if let later = testability.obsoletedBy, clause.state != .obsolete { lines += field("obsolete", later) }
    lines += section("cases", clause.cases.map { ($0.words, $0.title) }, otherwise: "none cites it")
    lines += section(
      "mutants that break it",
      (clause.mutants ?? []).map { ($0.words, $0.summary) },
      otherwise: areProofsKnown ? "none" : "proofs aren't known"
    )
    lines += section(
      "observed",
      clause.observations.map { ("\($0.target): \($0.counts.words)", "") },
      otherwise: "on no target"
    )
    if !clause.knownDeviations.isEmpty {
      let known = clause.knownDeviations.map { ("\($0.target): \($0.trial)", $0.reason) }
      lines += section("known deviations", known, otherwise: "")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How the catalogue says that there is nothing to say.
  private static let placeholders: Set<String> = ["", "-", "None", "None."]

  /// Where proofs and observations come from, a sentence each.
  static func sources(_ table: CoverageTable) -> [String] {
    var lines: [String] = []
    if !table.areProofsKnown {
      lines.append("Proofs aren't known: there is no matrix of them, as 'assay selftest --json' writes it.")
    }
    if table.runs.isEmpty { lines.append("No observation of a target is known.") }
    var seen: Set<String> = []
    for target in table.runs.map(\.target) where seen.insert(target).inserted {
      let runs = table.runs.filter { $0.target == target }
      let counts = table.clauses.flatMap(\.observations)
        .filter { $0.target == target && $0.counts.observed > 0 }.map(\.counts)
      let deviating = counts.count { $0[.failed] + $0[.knownDeviation] > 0 }
      lines.append(
        "Seen: \(target) (\(runs.first?.role.rawValue ?? "")), \(runs.map(\.words).joined(separator: "; ")): "
          + "\(counts.count) clauses, \(deviating) of them with failed trials."
      )
    }
    return lines
  }

  // MARK: Layout

  private func hanging(_ name: String, _ text: String, indent: Int = 4, column: Int = 13) -> [String] {
    let margin = String(repeating: " ", count: column)
    let head = String(repeating: " ", count: indent) + name
    return text.oneLine.broken(at: max(20, width - column)).enumerated().map { index, line in
      index > 0
        ? margin + line : head + String(repeating: " ", count: max(1, column - head.count)) + line
    }
  }

  private func field(_ name: String, _ text: String) -> [String] {
    hanging(name, text, indent: 2, column: 13)
  }

  private func section(_ name: String, _ items: [(String, String)], otherwise: String) -> [String] {
    ["", "  \(name)"]
      + (items.isEmpty ? ["    \(otherwise)"] : [])
      + items.flatMap { head, text in
        head.oneLine.wrapped(indent: 4, width: width)
          + (text.isEmpty ? [] : text.oneLine.wrapped(indent: 8, width: width))
      }
  }
}

extension ClauseCoverage.Case {
  /// Its name, with the number of its trials where that isn't one.
  var words: String { trials == 1 ? id : "\(id) (\(trials) trials)" }
}

extension ClauseCoverage.Mutant {
  /// Its name, and what became of it.
  var words: String {
    switch status {
    case .caught:
      if cases.isEmpty {
        "\(name), caught by other cases only"
      } else {
        "\(name), caught by \(cases.prefix(3).joined(separator: ", "))"
          + (cases.count > 3 ? " and \(cases.count - 3) more" : "")
      }
    case .silenced: "\(name), which leaves its cases inconclusive"
    case .survived: "\(name), which survives"
    case .notRun: "\(name), which wasn't tried"
    }
  }
}

extension ObservedRun {
  /// When and from where a target was observed.
  fileprivate var words: String {
    "\(day)\(kernel.map { " from a machine with \($0)" } ?? "") by Assay \(version), seed \(seed)"
  }
}
