internal import Judge
internal import Runner

/// What the cases of a run measured, alike results of a case's variants told once.
struct Measurements {
  /// One thing measured by one case.
  struct Row: Hashable {
    /// `suite.case`.
    var caseID: String
    /// What was measured, for example `ipv4.ttl`.
    var name: String
    /// The different values in the order in which they came, with how many trials saw each.
    var values: [Value]
  }

  /// A value and how many trials saw it.
  struct Value: Hashable {
    var text: String
    var trials: Int
  }

  /// In the order of the suites.
  private(set) var rows: [Row] = []

  init(_ result: RunResult) {
    for suite in result.suites {
      for trial in suite.trials {
        for measured in trial.verdict.measurements {
          add(measured, caseID: "\(suite.name).\(trial.caseID)")
        }
      }
    }
  }

  private mutating func add(_ measured: MeasuredValue, caseID: String) {
    let value = Value(text: measured.value.oneLine, trials: 1)
    let name = measured.name.oneLine
    guard let row = rows.lastIndex(where: { $0.caseID == caseID && $0.name == name }) else {
      rows.append(Row(caseID: caseID, name: name, values: [value]))
      return
    }
    if let index = rows[row].values.firstIndex(where: { $0.text == value.text }) {
      rows[row].values[index].trials += 1
    } else {
      rows[row].values.append(value)
    }
  }

  /// A line for each row: `icmpv4.echo.fingerprint  ipv4.ttl  64 (12 trials), 255`.
  func lines(limit: Int) -> [String] {
    guard !rows.isEmpty else { return [] }
    var table = TextTable(["case", "measured", "values"], columnLimit: 72)
    for row in rows.prefix(limit) { table.rows.append([row.caseID, row.name, row.text]) }
    return table.lines
      + (rows.count > limit ? ["and \(rows.count - limit) more, which the reports have"] : [])
  }
}

extension Measurements.Row {
  /// The values in one line.
  var text: String {
    let shown = values.prefix(8).map { $0.trials == 1 ? $0.text : "\($0.text) (\($0.trials) trials)" }
    return shown.joined(separator: ", ") + (values.count > 8 ? ", and \(values.count - 8) more" : "")
  }
}
