internal import Coverage
internal import Suite

/// The columns of the table of RFCs.
struct CoverageColumns {
  /// Columns of a terminal that the long headings need.
  static let wide = 110

  /// Whether headings are long; short ones fit 80 columns.
  var areWide: Bool

  private var headings: [String] {
    areWide
      ? [
        "RFC", "clauses", "covered", "proved", "observed", "not covered, one arm", "not covered, two arms",
        "upper tester", "not observable", "obsolete", "%",
      ] : ["RFC", "all", "covered", "proved", "seen", "1 arm", "2 arms", "upper", "never", "old", "%"]
  }

  /// What the headings mean.
  var legend: [(String, String)] {
    zip(headings.dropFirst(2), Self.meanings).map { heading, meaning in
      (heading.replacing("not covered, ", with: ""), meaning)
    }
  }

  private static let meanings = [
    "cited by a case",
    "and a case that cites it fails on a mutant of the reference device that breaks it",
    "trials of its cases ran on a target",
    "not covered, though an address or two on the target's link are enough",
    "not covered, and the tester has to stand on both sides of the target",
    "needs an upper tester: something on the target must send, or tell what an application sees",
    "not observable from outside",
    "obsolete: replaced or deprecated by a later document, and cited by no case",
    "covered, of what can be tested without anything on the target",
  ]

  /// A row for each RFC, and one for all.
  func table(_ table: CoverageTable) -> [String] {
    var text = TextTable(
      headings,
      alignments: [.left] + headings.dropFirst().map { _ in .right },
      columnLimit: areWide ? 11 : 16
    )
    for group in table.groups {
      text.rows.append([Self.name(of: group.rfc)] + Self.cells(group.clauses, table.areProofsKnown))
    }
    if table.groups.count > 1 { text.rows.append(["all"] + Self.cells(table.clauses, table.areProofsKnown)) }
    return text.lines
  }

  /// The numbers of a row; `?` where they aren't known.
  static func cells(_ clauses: [ClauseCoverage], _ areProofsKnown: Bool) -> [String] {
    let counts = CoverageCounts(clauses)
    let numbers = [
      counts.clauses, counts.covered, counts[.proved], counts.observed, counts[.notCovered],
      counts[.needsTwoArms], counts[.needsUpperTester], counts[.notObservable], counts[.obsolete],
    ]
    var cells = numbers.map { $0 == 0 ? "·" : "\($0)" }
    if !areProofsKnown { cells[2] = "?" }
    return cells + [counts.percentText]
  }

  /// `1122`, or a draft's working group.
  private static func name(of rfc: String) -> String {
    let parts = rfc.split(separator: "-").filter { $0 != "draft" && $0 != "ietf" }
    return rfc.hasPrefix("draft-") ? "\(parts.first ?? "") draft".cut(to: 12) : rfc.cut(to: 12)
  }
}
