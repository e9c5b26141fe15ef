internal import Wire

/// One element as written: which it is, and what is said about it.
struct ElementNode {
  /// What the table knows about it; nil for octets without type or length.
  var definition: ElementDefinition?
  var position: SourcePosition
  /// Keys with their values; a value without a key has the key that the table gives it.
  var settings: [(key: Located<String>, value: YAMLTree)] = []

  /// The element's name for messages.
  func name(in list: ElementList) -> String {
    definition.map { $0.name.isEmpty ? list.nounWithArticle : "'\($0.name)'" } ?? "octets"
  }
}

extension SuiteDecoder {
  /// Finds out which element of a list is meant, and what is said about it; nil after an error.
  mutating func elementNode(_ tree: YAMLTree, of list: ElementList, isSent: Bool) -> ElementNode? {
    guard let literal = list.literal else { return likeElement(tree, of: list, isSent) }
    if let pairs = tree.mapping, let first = pairs.first {
      let numbers = literal.fields.map(\.name).filter { ["type", "class", "c-type"].contains($0) }
      if pairs.contains(where: { numbers.contains($0.key.value) }) {
        return checked(
          ElementNode(definition: literal, position: tree.position, settings: pairs),
          of: list,
          isSent
        )
      }
      if pairs.count == 1, first.key.value == "data" {
        return ElementNode(definition: nil, position: tree.position, settings: pairs)
      }
    }
    guard let name = tree.scalar ?? tree.mapping?.first?.key.value, !name.isEmpty,
      let definition = list.definition(named: name)
    else {
      let found = tree.scalar ?? tree.mapping?.first?.key.value ?? tree.kindName
      let numbers = list.framing == .object ? "{ class: N, c-type: N, data: hex }" : "{ type: N, data: hex }"
      let hint = reader.hint(for: found, among: list.elements.map(\.name) + [numbers])
      reader.error(at: tree.position, "unknown \(list.noun) '\(found)'\(hint)")
      return nil
    }
    var node = ElementNode(definition: definition, position: tree.position)
    guard let pairs = tree.mapping, let value = pairs.first?.value else { return node }
    if pairs.count > 1 {
      let second = pairs[1].key
      reader.error(
        at: second.position,
        "\(list.nounWithArticle) is one key; put '\(second.value)' into an item of its own"
      )
    }
    if value.scalar == "" { return node }
    if let pairs = value.mapping, !isArgument(value, of: definition, isSent) {
      node.settings = pairs
    } else if let argument = definition.argument, takes(value, argument, definition, isSent) {
      node.settings = [(Located(argument, at: value.position), value)]
    } else {
      let wanted = wanted(by: definition)
      reader.error(at: value.position, "'\(name)' takes \(wanted), not \(value.kindName)")
      return node
    }
    return checked(node, of: list, isSent)
  }

  /// An element of a list in which all are alike: its fields, or its only value.
  private mutating func likeElement(_ tree: YAMLTree, of list: ElementList, _ isSent: Bool) -> ElementNode? {
    guard let definition = list.elements.first else { return nil }
    var node = ElementNode(definition: definition, position: tree.position)
    if let pairs = tree.mapping, !isArgument(tree, of: definition, isSent) {
      if pairs.count == 1, pairs[0].key.value == "data" { node.definition = nil }
      node.settings = pairs
    } else if tree.scalar != nil || !isSent, let argument = definition.argument {
      node.settings = [(Located(argument, at: tree.position), tree)]
    } else {
      reader.error(at: tree.position, "\(list.noun) must be a value or a mapping, not \(tree.kindName)")
      return nil
    }
    return node.definition == nil ? node : checked(node, of: list, isSent)
  }

  /// The node without those keys that its element doesn't have, which are reported.
  private mutating func checked(_ node: ElementNode, of list: ElementList, _ isSent: Bool) -> ElementNode {
    var node = node
    let keys = node.definition.map { isSent ? $0.keys + ["truncate"] : $0.visibleKeys } ?? []
    node.settings = node.settings.filter { key, _ in
      if keys.contains(key.value) { return true }
      let hint = reader.hint(for: key.value, among: keys)
      reader.error(at: key.position, "unknown key '\(key.value)' in \(node.name(in: list))\(hint)")
      return false
    }
    return node
  }

  /// Whether a mapping is what the element takes without a key, a packet or a condition, not its keys.
  private func isArgument(_ tree: YAMLTree, of definition: ElementDefinition, _ isSent: Bool) -> Bool {
    guard let argument = definition.argument, let pairs = tree.mapping else { return false }
    if !isSent {
      let conditions = Grammar.Mapping.condition.names + ["count", "starts-with"]
      return !pairs.isEmpty && pairs.allSatisfy { conditions.contains($0.key.value) }
    }
    let part = definition.parts.first { $0.key == argument }
    return part?.kind == .packet && pairs.contains { $0.key.value == "of" }
  }

  /// Whether a value without a key is of the kind which the element takes.
  private func takes(
    _ tree: YAMLTree,
    _ argument: String,
    _ definition: ElementDefinition,
    _ isSent: Bool
  ) -> Bool {
    if !isSent { return definition.visibleKeys.contains(argument) }
    guard let part = definition.parts.first(where: { $0.key == argument }) else { return tree.scalar != nil }
    switch part.kind {
    case .entries, .names: return tree.sequence != nil
    case .packet: return tree.scalar == nil
    case .group, .address, .prefix, .octets, .text: return tree.scalar != nil
    }
  }

  private func wanted(by definition: ElementDefinition) -> String {
    guard let argument = definition.argument else {
      return definition.keys.contains { $0 != "length" } ? "a mapping" : "no value"
    }
    switch definition.parts.first(where: { $0.key == argument })?.kind {
    case .entries: return "a list of \(argument)"
    case .names: return "a list of names"
    case .packet: return "a list of layers, or { of: $sent }"
    default: return definition.keys.count > 2 ? "one value or a mapping" : "one value"
    }
  }
}

extension ElementDefinition {
  /// All keys that an expectation may have.
  var visibleKeys: [String] { keys.filter { key in !parts.contains { $0.fill?.key == key } } }
}

extension ElementList {
  /// What one element is called, with its article.
  var nounWithArticle: String {
    (["a", "e", "i", "o", "u"].contains(noun.first) ? "an " : "a ") + noun
  }
}
