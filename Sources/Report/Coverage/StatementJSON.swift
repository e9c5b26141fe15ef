public import Coverage
internal import Suite

/// A conformance statement as JSON.
public enum StatementJSON {
  /// The name and version of the document's shape; a change that isn't an addition changes it.
  public static let format = "assay-statement/1"

  /// The document, its members in a fixed order.
  public static func render(_ statement: ConformanceStatement, version: String) -> String {
    let document = JSONValue.object([
      ("format", .string(format)),
      ("version", .string(version)),
      ("target", .string(statement.target)),
      ("role", .string(statement.role.rawValue)),
      (
        "capabilities",
        statement.capabilities.map { claims in
          .object(claims.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        } ?? .null
      ),
      ("runs", .array(statement.runs.map(CoverageJSON.run))),
      (
        "counts",
        .object(StatementVerdict.allCases.map { ($0.rawValue, .integer(statement.count($0))) })
      ),
      ("clauses", .array(statement.entries.map(entry))),
      (
        "uncited",
        .array(
          statement.uncited.map {
            .object([("case", .string($0.id)), ("trials", .object(CoverageJSON.numbers($0.counts)))])
          }
        )
      ),
    ])
    return document.text() + "\n"
  }

  private static func entry(_ entry: ConformanceStatement.Entry) -> JSONValue {
    .object([
      ("id", .string(entry.requirement.id)),
      ("rfc", .string(entry.requirement.rfc)),
      ("section", .string(entry.requirement.section)),
      ("level", .string(entry.requirement.level.rawValue)),
      ("title", .string(entry.requirement.title)),
      ("verdict", .string(entry.verdict.rawValue)),
      ("partial", .bool(entry.isPartial)),
      ("trials", .object(CoverageJSON.numbers(entry.counts))),
      ("cases", CoverageJSON.strings(entry.cases)),
      ("reasons", CoverageJSON.strings(entry.reasons)),
    ])
  }
}
