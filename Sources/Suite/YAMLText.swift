/// A piece of YAML to be written: short things go on one line, long ones are broken.
public indirect enum YAMLText: Hashable, Sendable {
  /// A word or text, quoted where YAML would read it as something else.
  case scalar(String)
  /// A text of several lines, each as it is.
  case literal([String])
  /// A list, on one line if it fits.
  case list([YAMLText])
  /// A mapping, on one line if it fits.
  case mapping([Entry])
  /// A list with each item on a line of its own.
  case items([YAMLText])
  /// A mapping with each entry on a line of its own.
  case entries([Entry])
  /// Something with lines of explanation above it; an empty line sets it apart if it is said to.
  case commented([String], isApart: Bool = false, YAMLText)

  /// A key with its value.
  public struct Entry: Hashable, Sendable {
    /// The key.
    public var key: String
    /// Its value.
    public var value: YAMLText

    /// Puts key and value together.
    public init(_ key: String, _ value: YAMLText) {
      self.key = key
      self.value = value
    }

    /// A key with a single word or text.
    public init(_ key: String, _ value: String) { self.init(key, .scalar(value)) }
  }

  /// The document, with a line break at its end.
  ///
  /// ```
  /// YAMLText.entries([.init("ipv4", .mapping([.init("ttl", "64")]))]).document()   // "ipv4: { ttl: 64 }\n"
  /// ```
  public func document(width: Int = 110) -> String {
    var writer = YAMLWriter(width: width)
    writer.write(self, prefix: "", indent: 0)
    return writer.lines.map { $0 + "\n" }.joined()
  }

  /// All on one line; nil if it can't be.
  var line: String? {
    switch self {
    case .scalar(let text): return text.yamlScalar(isFlow: true)
    case .list(let items):
      let parts = items.compactMap(\.line)
      guard parts.count == items.count else { return nil }
      return parts.isEmpty ? "[]" : "[ \(parts.joined(separator: ", ")) ]"
    case .mapping(let entries):
      let parts = entries.compactMap { entry in
        entry.value.line.map { "\(entry.key.yamlScalar(isFlow: true)): \($0)" }
      }
      guard parts.count == entries.count else { return nil }
      return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
    case .literal, .items, .entries, .commented: return nil
    }
  }
}

/// Writes YAML line by line.
private struct YAMLWriter {
  let width: Int
  var lines: [String] = []

  /// Writes a value whose first line begins with a prefix, which may end in `key:` or `-`.
  mutating func write(_ value: YAMLText, prefix: String, indent: Int) {
    let lead = prefix.isEmpty || prefix.hasSuffix("- ") ? prefix : prefix + " "
    if case .scalar(let text) = value {
      lines.append(lead + text.yamlScalar(isFlow: false))
    } else if let line = value.line, lead.utf8.count + line.utf8.count <= width {
      lines.append(lead + line)
    } else {
      broken(value, prefix: prefix, lead: lead, indent: indent)
    }
  }

  private mutating func broken(_ value: YAMLText, prefix: String, lead: String, indent: Int) {
    let margin = String(repeating: " ", count: indent)
    switch value {
    case .scalar: break
    case .literal(let text):
      lines.append(lead + "|")
      lines += text.map { $0.isEmpty ? "" : margin + $0 }
    case .mapping(let entries):
      if entries.allSatisfy({ if case .scalar = $0.value { true } else { false } }) {
        wrapped(entries, lead: lead, margin: margin)
      } else {
        block(entries, prefix: prefix, indent: indent, margin)
      }
    case .entries(let entries): block(entries, prefix: prefix, indent: indent, margin)
    case .list(let items), .items(let items):
      if !prefix.isEmpty { lines.append(prefix) }
      for item in items {
        var item = item
        while case .commented(let comments, let isApart, let inner) = item {
          comment(comments, isApart: isApart, margin)
          item = inner
        }
        write(item, prefix: margin + "- ", indent: indent + 2)
      }
    case .commented(let comments, let isApart, let inner):
      comment(comments, isApart: isApart, margin)
      write(inner, prefix: prefix, indent: indent)
    }
  }

  private mutating func comment(_ comments: [String], isApart: Bool, _ margin: String) {
    if isApart, !lines.isEmpty { lines.append("") }
    lines += comments.map { "\(margin)# \($0.yamlComment)" }
  }

  /// A mapping between braces over several lines.
  private mutating func wrapped(_ entries: [YAMLText.Entry], lead: String, margin: String) {
    var line = lead + "{"
    for (index, entry) in entries.enumerated() {
      let value = entry.value.line ?? ""
      let text = "\(entry.key.yamlScalar(isFlow: true)): \(value)\(index < entries.count - 1 ? "," : " }")"
      if line.utf8.count + 1 + text.utf8.count > width, line != lead + "{" {
        lines.append(line)
        line = margin + text
      } else {
        line += " " + text
      }
    }
    lines.append(line)
  }

  private mutating func block(
    _ entries: [YAMLText.Entry],
    prefix: String,
    indent: Int,
    _ margin: String
  ) {
    // The first entry of an item stands beside its hyphen.
    var beside = prefix.hasSuffix("- ") ? prefix : nil
    if beside == nil, !prefix.isEmpty { lines.append(prefix) }
    for entry in entries {
      var value = entry.value
      while case .commented(let comments, let isApart, let inner) = value {
        if beside == nil { comment(comments, isApart: isApart, margin) }
        value = inner
      }
      write(value, prefix: "\(beside ?? margin)\(entry.key.yamlScalar(isFlow: false)):", indent: indent + 2)
      beside = nil
    }
  }
}
