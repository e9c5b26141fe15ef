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

  /// The value as JSON text, indented by two spaces a level; what fits a line of `width` columns stays on one.
  package func text(indent: Int = 0, width: Int = 0) -> String {
    if width > 0, let line = line(width: width - 2 * indent) { return line }
    let margin = String(repeating: "  ", count: indent + 1)
    let end = "\n" + String(repeating: "  ", count: indent)
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return "\(value)"
    case .decimal(let digits): return digits
    case .string(let value): return Self.quoted(value)
    case .array(let values) where values.isEmpty: return "[]"
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
      text = "{ " + parts.joined(separator: ", ") + " }"
    default: text = self.text()
    }
    return text.count <= width ? text : nil
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
