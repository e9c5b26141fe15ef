import Yams

/// A YAML document to be damaged: what a file may say, right or wrong.
indirect enum Tree {
  case scalar(String)
  case list([Tree])
  case mapping([(key: String, value: Tree)])
  /// A node that aliases may refer to.
  case anchor(String, Tree)
  case alias(String)
  /// Text that goes into the file as it is.
  case raw(String)

  /// The document of a text.
  init?(_ text: String) {
    guard let node = try? Yams.compose(yaml: text, .basic) else { return nil }
    self.init(node)
  }

  private init(_ node: Node) {
    switch node {
    case .scalar(let scalar): self = .scalar(scalar.string)
    case .sequence(let items): self = .list(items.map { Tree($0) })
    case .mapping(let pairs): self = .mapping(pairs.map { (key: $0.scalar?.string ?? "", value: Tree($1)) })
    case .alias: self = .scalar("")
    }
  }

  var items: [Tree]? { if case .list(let items) = self { items } else { nil } }
  var pairs: [(key: String, value: Tree)]? { if case .mapping(let pairs) = self { pairs } else { nil } }

  /// The value of a key.
  subscript(key: String) -> Tree? {
    get { pairs?.first { $0.key == key }?.value }
    set {
      guard case .mapping(var pairs) = self else { return }
      let place = pairs.firstIndex { $0.key == key }
      switch (place, newValue) {
      case (let place?, let value?): pairs[place].value = value
      case (nil, let value?): pairs.append((key: key, value: value))
      case (let place?, nil): pairs.remove(at: place)
      case (nil, nil): break
      }
      self = .mapping(pairs)
    }
  }

  /// The nodes below it.
  var children: [Tree] {
    switch self {
    case .scalar, .alias, .raw: []
    case .list(let items): items
    case .mapping(let pairs): pairs.map(\.value)
    case .anchor(_, let tree): [tree]
    }
  }

  /// How many nodes it has, itself among them.
  var count: Int { children.reduce(1) { $0 + $1.count } }

  /// Changes the node with this number, counted from the top.
  mutating func change(at number: Int, _ body: (inout Tree) -> Void) {
    var rest = number
    change(&rest, body)
  }

  private mutating func change(_ rest: inout Int, _ body: (inout Tree) -> Void) {
    if rest == 0 { body(&self) }
    rest -= 1
    guard rest >= 0 else { return }
    switch self {
    case .scalar, .alias, .raw: break
    case .list(var items):
      self = .raw("")
      for index in items.indices where rest >= 0 { items[index].change(&rest, body) }
      self = .list(items)
    case .mapping(var pairs):
      self = .raw("")
      for index in pairs.indices where rest >= 0 { pairs[index].value.change(&rest, body) }
      self = .mapping(pairs)
    case .anchor(let name, var tree):
      tree.change(&rest, body)
      self = .anchor(name, tree)
    }
  }
}

// MARK: - Text

extension Tree {
  /// The document as text, with a line for each entry.
  var text: String {
    var text = ""
    write(to: &text, depth: 0)
    return text + "\n"
  }

  private func write(to text: inout String, depth: Int) {
    let margin = "\n" + String(repeating: " ", count: min(depth, 20))
    switch self {
    case .scalar(let scalar): text += Self.quoted(scalar)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        text += (index > 0 ? "," : "") + margin
        item.write(to: &text, depth: depth + 1)
      }
      text += "]"
    case .mapping(let pairs):
      text += "{"
      for (index, pair) in pairs.enumerated() {
        text += (index > 0 ? "," : "") + margin + Self.quoted(pair.key) + ": "
        pair.value.write(to: &text, depth: depth + 1)
      }
      text += "}"
    case .anchor(let name, let tree):
      text += "&\(name) "
      tree.write(to: &text, depth: depth)
    case .alias(let name): text += "*\(name) "
    case .raw(let raw): text += raw
    }
  }

  /// A scalar in double quotes, with what YAML has for characters that can't be written.
  private static func quoted(_ scalar: String) -> String {
    let isPlain = scalar.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f && $0 != 0x22 && $0 != 0x5c }
    if isPlain { return "\"\(scalar)\"" }
    var text = "\""
    for unit in scalar.unicodeScalars {
      switch unit {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\0": text += "\\0"
      case "\u{1}"..<" ", "\u{7f}"..."\u{9f}":
        let digits = String(unit.value, radix: 16)
        text += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: text.unicodeScalars.append(unit)
      }
    }
    return text + "\""
  }
}
