public import Coverage
internal import Suite

/// A conformance statement in a few lines of plain text.
public enum StatementText {
  /// The verdicts in numbers, and where the statement is.
  public static func summary(_ statement: ConformanceStatement, path: String, width: Int) -> String {
    var table = TextTable(
      ["verdict", "MUST", "SHOULD", "MAY", "all"],
      alignments: [.left, .right, .right, .right, .right]
    )
    for verdict in StatementVerdict.allCases {
      let numbers = Strength.allCases.map { statement.count(verdict, $0) } + [statement.count(verdict)]
      table.rows.append([verdict.words] + numbers.map { $0 == 0 ? "·" : "\($0)" })
    }
    let sentence = "\(statement.target) (\(statement.role.rawValue)), clause by clause, in \(path)"
    return (sentence.oneLine.wrapped(indent: 0, width: width) + [""] + table.lines).joined(separator: "\n")
      + "\n"
  }
}
