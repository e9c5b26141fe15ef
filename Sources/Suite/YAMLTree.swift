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

  /// Files with more octets than this are refused.
  static let sizeLimit = 16 << 20
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
    let top = SourcePosition(file: file, line: 1, column: 1)
    if let refusal = refusal(of: text, file: file) { throw SuiteError([refusal]) }
    let node: Node?
    do {
      // Without rules for scalars: two keys are the same if their text is.
      node = try Yams.compose(yaml: text, .basic)
    } catch {
      throw SuiteError([diagnostic(for: error, file: file)])
    }
    guard let node else { throw SuiteError([Diagnostic(at: top, "the file is empty")]) }
    var budget = nodeLimit
    return try YAMLTree(node, file: file, near: top, depth: 0, budget: &budget)
  }

  init(content: Content, position: SourcePosition) {
    self.content = content
    self.position = position
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
}
