internal import Yams

/// A YAML document with a position at every node and all scalars as text.
///
/// Scalars stay text because YAML 1.1 would turn a MAC address into a number and `no` into false.
struct YAMLTree {
  enum Content {
    case scalar(String)
    case sequence([YAMLTree])
    case mapping([Entry])
  }

  struct Entry {
    let key: Located<String>
    let value: YAMLTree
  }

  let content: Content
  let position: SourcePosition

  /// Documents larger than this many nodes, aliases unfolded, are refused.
  static let nodeLimit = 400_000
  /// Documents nested deeper than this are refused.
  static let depthLimit = 64

  /// What the node is, for messages.
  var kindName: String {
    switch content {
    case .scalar(let text): text.isEmpty ? "nothing" : "'\(text.prefix(40))'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  var scalar: String? { if case .scalar(let text) = content { text } else { nil } }
  var sequence: [YAMLTree]? { if case .sequence(let items) = content { items } else { nil } }
  var mapping: [(key: Located<String>, value: YAMLTree)]? {
    if case .mapping(let entries) = content { entries.map { ($0.key, $0.value) } } else { nil }
  }

  /// Parses a document; an ill-formed one throws a `SuiteError` with the parser's position.
  static func parse(_ text: String, file: String) throws(SuiteError) -> YAMLTree {
    if let place = deepNesting(in: text) {
      let position = SourcePosition(file: file, line: place.line, column: place.column)
      throw SuiteError([Diagnostic(at: position, "the document is nested deeper than \(depthLimit) levels")])
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      throw SuiteError([diagnostic(for: error, file: file)])
    }
    guard let node else {
      throw SuiteError([Diagnostic(at: SourcePosition(file: file, line: 1, column: 1), "the file is empty")])
    }
    var budget = nodeLimit
    return try YAMLTree(
      node,
      file: file,
      near: SourcePosition(file: file, line: 1, column: 1),
      depth: 0,
      budget: &budget
    )
  }

  private init(
    _ node: Node,
    file: String,
    near: SourcePosition,
    depth: Int,
    budget: inout Int
  ) throws(SuiteError) {
    position = node.mark.map { SourcePosition(file: file, line: $0.line, column: $0.column) } ?? near
    budget -= 1
    guard budget > 0 else {
      throw SuiteError([Diagnostic(at: position, "the document has more than \(Self.nodeLimit) nodes")])
    }
    guard depth < Self.depthLimit else {
      throw SuiteError([
        Diagnostic(at: position, "the document is nested deeper than \(Self.depthLimit) levels")
      ])
    }
    switch node {
    case .scalar(let scalar):
      content = .scalar(scalar.string)
    case .sequence(let sequence):
      var items: [YAMLTree] = []
      for item in sequence {
        items.append(try YAMLTree(item, file: file, near: position, depth: depth + 1, budget: &budget))
      }
      content = .sequence(items)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        let tree = try YAMLTree(key, file: file, near: position, depth: depth + 1, budget: &budget)
        guard let text = tree.scalar else {
          throw SuiteError([Diagnostic(at: tree.position, "a key must be a word, not \(tree.kindName)")])
        }
        let child = try YAMLTree(value, file: file, near: tree.position, depth: depth + 1, budget: &budget)
        entries.append(Entry(key: Located(text, at: tree.position), value: child))
      }
      content = .mapping(entries)
    case .alias:
      throw SuiteError([Diagnostic(at: position, "an alias without its anchor")])
    }
  }

  /// The YAML parser recurses; the first place where brackets are nested too deeply for it, if any.
  private static func deepNesting(in text: String) -> (line: Int, column: Int)? {
    var depth = 0
    var line = 1
    var column = 0
    var leading = 0
    var dashes = 0
    for byte in text.utf8 {
      column += 1
      switch byte {
      case UInt8(ascii: "\n"): (line, column, leading, dashes) = (line + 1, 0, 0, 0)
      case UInt8(ascii: " "): leading += 1
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: "-"), UInt8(ascii: "?"):
        // `- - - -` nests block sequences on one line.
        if leading + dashes + 1 == column { dashes += 1 }
        if dashes > depthLimit { return (line, column) }
      default: break
      }
      if depth > depthLimit * 4 { return (line, column) }
    }
    return nil
  }

  private static func diagnostic(for error: any Error, file: String) -> Diagnostic {
    func at(_ mark: Mark) -> SourcePosition {
      SourcePosition(file: file, line: mark.line, column: mark.column)
    }
    let top = SourcePosition(file: file, line: 1, column: 1)
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return Diagnostic(at: at(mark), "not YAML: \(problem)")
    case .reader(let problem, let offset, _, _):
      return Diagnostic(at: top, "not YAML: \(problem) at octet \(offset ?? 0)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
      return Diagnostic(at: at(context.mark), "the same key twice: \(names)")
    default:
      return Diagnostic(at: top, "not YAML: \(error)")
    }
  }
}
