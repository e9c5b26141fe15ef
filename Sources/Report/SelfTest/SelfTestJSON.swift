public import SelfTest
internal import Suite

/// A self-test as JSON: the whole matrix, with one line for each case and each mutant, so that a change can be read.
public enum SelfTestJSON {
  /// The document, its members in a fixed order.
  public static func render(_ result: SelfTestResult) -> String { render(ProofRecord(result)) }

  /// The same of a record.
  public static func render(_ record: ProofRecord) -> String {
    let cases = record.cases.map { entry in
      JSONValue.object([
        ("id", .string(entry.id)), ("requirements", strings(entry.requirements)),
        ("mutants", strings(entry.mutants)),
      ])
    }
    let mutants = record.mutants.map { entry in
      JSONValue.object([
        ("name", .string(entry.name)), ("requirements", strings(entry.requirements)),
        ("summary", .string(entry.summary)), ("status", .string(entry.status.rawValue)),
        ("cases", strings(entry.cases)),
      ])
    }
    let reference = JSONValue.object([
      ("seeds", .integer(record.reference.seeds)), ("failures", strings(record.reference.failures)),
      ("inconclusive", strings(record.reference.inconclusive)),
    ])
    return """
      {
      "suites": \(record.suites),
      "cases": \(lines(cases)),
      "mutants": \(lines(mutants)),
      "reference": \(line(reference))
      }

      """
  }

  private static func lines(_ values: [JSONValue]) -> String {
    values.isEmpty ? "[]" : "[\n" + values.map(line).joined(separator: ",\n") + "\n]"
  }

  private static func line(_ value: JSONValue) -> String { value.text(width: .max) }

  private static func strings(_ strings: [String]) -> JSONValue { .array(strings.map { .string($0) }) }
}
