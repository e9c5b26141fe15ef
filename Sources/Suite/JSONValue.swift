/// A JSON value whose members keep the order they were given in.
package indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// A number as it shall be written; for decimals, which binary floating point would blur.
  case decimal(String)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  /// The value as JSON text, indented by two spaces a level; with a `width` by one, and what fits it stays on a line.
  package func text(indent: Int = 0, width: Int = 0) -> String {
    if width > 0, let line = line(width: width - indent) { return line }
    let step = width > 0 ? " " : "  "
    let margin = String(repeating: step, count: indent + 1)
    let end = "\n" + String(repeating: step, count: indent)
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return "\(value)"
    case .decimal(let digits): return digits
    case .string(let value): return Self.quoted(value)
    case .array(let values) where values.isEmpty: return "[]"
    case .array(let values) where width > 0 && values.allSatisfy(\.isSingle):
      return "[\n" + Self.filled(values, margin, width: width) + end + "]"
    case .array(let values):
      return "[\n"
        + values.map { margin + $0.text(indent: indent + 1, width: width) }.joined(separator: ",\n") + end
        + "]"
    case .object(let members) where members.isEmpty: return "{}"
    case .object(let members):
      let lines = members.map { "\(margin)\(Self.quoted($0)): \($1.text(indent: indent + 1, width: width))" }
      return "{\n" + lines.joined(separator: ",\n") + end + "}"
    }
  }

  /// The value on one line; nil if it needs more columns.
  private func line(width: Int) -> String? {
    guard width > 0 else { return nil }
    let text: String
    switch self {
    case .array(let values):
      var rest = width
      let parts = values.prefix(width).compactMap { value in
        let part = value.line(width: rest)
        rest -= part?.count ?? rest
        return part
      }
      guard parts.count == values.count else { return nil }
      text = "[" + parts.joined(separator: ", ") + "]"
    case .object(let members) where !members.isEmpty:
      var rest = width
      let parts = members.prefix(width).compactMap { name, value in
        let part = value.line(width: rest).map { "\(Self.quoted(name)): \($0)" }
        rest -= part?.count ?? rest
        return part
      }
      guard parts.count == members.count else { return nil }
      text = "{" + parts.joined(separator: ", ") + "}"
    default: text = self.text()
    }
    return text.count <= width ? text : nil
  }

  /// Whether it is neither an array nor an object.
  private var isSingle: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  /// Values one after the other, as many as fit on each line.
  private static func filled(_ values: [JSONValue], _ margin: String, width: Int) -> String {
    var lines: [String] = []
    var line = margin
    for (index, value) in values.enumerated() {
      let part = value.text() + (index < values.count - 1 ? "," : "")
      if line.count > margin.count, line.count + part.count >= width {
        lines.append(line)
        line = margin
      }
      line += (line.count > margin.count ? " " : "") + part
    }
    return (lines + [line]).joined(separator: "\n")
  }

  private static func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // Also line separators, the byte-order mark, and what would end a script element.
      case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "<":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
