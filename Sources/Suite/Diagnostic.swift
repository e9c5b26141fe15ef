/// One fault in a suite, target or baseline file, told like a compiler's.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable { case error, warning }

  /// How bad it is.
  public var severity: Severity
  /// Where it is.
  public var position: SourcePosition
  /// What is wrong, what was expected there, and the nearest right spelling.
  public var message: String

  /// Puts the parts together.
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
    let newline = UInt8(ascii: "\n")
    let lines = source.utf8.split(
      separator: newline,
      maxSplits: position.line,
      omittingEmptySubsequences: false
    )
    guard position.line <= lines.count else { return description }
    // A line of a hostile file may be megabytes long; a caret is of use only near its start.
    let line = String(Substring(lines[position.line - 1].prefix(640)).prefix { !$0.isNewline }.prefix(160))
    let indent = line.unicodeScalars.prefix(max(1, position.column) - 1).map { $0 == "\t" ? "\t" : " " }
      .joined()
    return "\(description)\n  \(line)\n  \(indent)^"
  }
}

/// A file could not be used; all its faults at once.
public struct SuiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The faults, file by file in the order of their places.
  public var diagnostics: [Diagnostic]

  /// Puts the faults in the order of their places; files stay in the order in which they were met.
  public init(_ diagnostics: [Diagnostic]) {
    var files: [String: Int] = [:]
    for diagnostic in diagnostics where files[diagnostic.position.file] == nil {
      files[diagnostic.position.file] = files.count
    }
    func key(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
      (files[diagnostic.position.file] ?? 0, diagnostic.position.line, diagnostic.position.column)
    }
    self.diagnostics = diagnostics.enumerated()
      .sorted { left, right in
        let (a, b) = (key(left.element), key(right.element))
        return a == b ? left.offset < right.offset : a < b
      }
      .map(\.element)
  }

  /// The faults, a line each.
  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
