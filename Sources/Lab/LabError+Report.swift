/// What the process that holds a lab tells the one that started it, when it can't make it.
extension LabError {
  private static let separator: Character = "\u{1f}"

  /// Words that the other process reads back; which of them it is matters for exit statuses.
  var report: String {
    let fields =
      switch self {
      case .forbidden(let reason, let remedies): ["forbidden", reason] + remedies
      case .lacking(let reason, let remedies): ["lacking", reason] + remedies
      case .failed(let step, let reason): ["failed", step, reason]
      default: ["failed", "hold it", description]
      }
    return fields.joined(separator: String(Self.separator))
  }

  /// Reads a report; nil if it isn't one.
  init?(report: String) {
    let fields = report.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
    switch (fields.first, fields.count) {
    case ("forbidden", 2...): self = .forbidden(reason: fields[1], remedies: Array(fields[2...]))
    case ("lacking", 2...): self = .lacking(reason: fields[1], remedies: Array(fields[2...]))
    case ("failed", 3): self = .failed(step: fields[1], reason: fields[2])
    default: return nil
    }
  }
}
