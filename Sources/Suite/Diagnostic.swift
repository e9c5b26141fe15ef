/// One fault in a suite, target or baseline file, told like a compiler's.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable { case error, warning }

  public var severity: Severity
  public var position: SourcePosition
  /// What is wrong, what was expected there, and the nearest right spelling.
  public var message: String

  public init(_ severity: Severity = .error, at position: SourcePosition, _ message: String) {
    self.severity = severity
    self.position = position
    // A message may quote a word of the file, which may be megabytes long.
    self.message = message.utf8.count <= 2000 ? message : message.prefix(1000) + "…"
  }

  /// `FILE:LINE:COLUMN: error: …`, without the source line.
  public var description: String { "\(position): \(severity.rawValue): \(message)" }

  /// The description, the source line and a caret below the column.
  public func rendered(in source: String) -> String {
    guard position.line >= 1, position.line < .max else { return description }
    // A carriage return with a line feed is one character, so a comparison with "\n" would miss it.
    let lines = source.split(
      maxSplits: position.line,
      omittingEmptySubsequences: false,
      whereSeparator: \.isNewline
    )
    guard position.line <= lines.count else { return description }
    // A line of a hostile file may be megabytes long; a caret is of use only near its start.
    let line = String(lines[position.line - 1].prefix(160))
    let indent = String(line.prefix(max(0, position.column - 1)).map { $0 == "\t" ? "\t" : " " as Character })
    return "\(description)\n  \(line)\n  \(indent)^"
  }
}

/// A file could not be used; all its faults at once.
public struct SuiteError: Error, Hashable, Sendable, CustomStringConvertible {
  public var diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
