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
  /// A list of elements for a packet that is sent.
  mutating func elements(_ tree: YAMLTree, of list: ElementList) -> ListSpecification {
    guard let items = tree.sequence else {
      reader.error(at: tree.position, "\(list.key) must be a list, not \(tree.kindName)")
      return ListSpecification(key: list.key, elements: [])
    }
    return ListSpecification(key: list.key, elements: items.compactMap { element($0, of: list) })
  }

  private mutating func element(_ tree: YAMLTree, of list: ElementList) -> ElementSpecification? {
    guard let node = elementNode(tree, of: list, isSent: true) else { return nil }
    var element = ElementSpecification(
      name: node.definition?.name ?? "",
      position: node.position,
      fields: [],
      parts: []
    )
    for (key, value) in node.settings {
      if key.value == "truncate" {
        element.truncate = expression(value, "'truncate'")
      } else if let field = node.definition?.settableFields.first(where: { $0.name == key.value }) {
        guard let setting = expression(value, "'\(key.value)'") else { continue }
        checkLiteral(setting.value, for: [field], isSent: true, at: setting.position)
        element.fields.append((key.value, setting))
      } else if node.definition?.parts.contains(where: { $0.fill?.key == key.value }) == true {
        let part = node.definition?.parts.first { $0.fill?.key == key.value }?.key ?? ""
        if let number = expression(value, "'\(key.value)'") { element.parts.append((part, .fill(number))) }
      } else {
        let parts = node.definition?.parts.filter { $0.key == key.value } ?? []
        if let part = part(value, of: parts, key: key.value) { element.parts.append((key.value, part)) }
      }
    }
    return element
  }

  // MARK: Which element it is

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

  // MARK: What follows the fields

  /// A part; of several with one key, each may have the fields that are said.
  private mutating func part(_ tree: YAMLTree, of parts: [ElementPart], key: String) -> PartSpecification? {
    switch parts.first?.kind {
    case .entries:
      let items = tree.sequence ?? [tree]
      return .entries(items.compactMap { entry($0, of: parts, key: key) })
    case .group, .address, .prefix: return entry(tree, of: parts, key: key).map { .entries([$0]) }
    case .names: return .names((tree.sequence ?? [tree]).compactMap { expression($0, "a name") })
    case .packet:
      var layer = LayerSpecification(kind: .quote, position: tree.position, fields: [], lists: [])
      quote(tree, into: &layer)
      return .packet(layer)
    case .text:
      if let text = tree.scalar, !text.hasPrefix("$") { return .octets(.text(text)) }
      return data(tree).map { .octets($0) }
    case .octets, nil: return octets(tree, key).map { .octets($0) }
    }
  }

  /// Octets by their digits, or in one of the forms of data.
  mutating func octets(_ tree: YAMLTree, _ key: String) -> DataSpecification? {
    guard let text = tree.scalar, !text.hasPrefix("$") else { return data(tree) }
    guard let octets = [UInt8](hex: text) else {
      reader.error(at: tree.position, "'\(key)' is pairs of hexadecimal digits")
      return nil
    }
    return .hex(octets)
  }

  private mutating func entry(_ tree: YAMLTree, of parts: [ElementPart], key: String) -> EntrySpecification? {
    var entry = EntrySpecification(position: tree.position, fields: [])
    for (name, value) in entrySettings(tree, of: parts, key: key) {
      guard let setting = expression(value, "'\(name.value)'") else { continue }
      let fields = parts.compactMap { $0.fields.first { $0.name == name.value } }
      checkLiteral(setting.value, for: fields, isSent: true, at: setting.position)
      entry.fields.append((name.value, setting))
    }
    return entry
  }

  /// The fields of an entry as written: a mapping, or its only value.
  mutating func entrySettings(
    _ tree: YAMLTree,
    of parts: [ElementPart],
    key: String
  ) -> [(key: Located<String>, value: YAMLTree)] {
    let isAddress = parts.first?.kind == .address
    let names = parts.flatMap { $0.fields.map(\.name) } + (isAddress ? ["address"] : [])
    let only = isAddress ? "address" : parts.lazy.compactMap { $0.onlyField?.name }.first
    let conditions = Grammar.Mapping.condition.names
    if let pairs = tree.mapping,
      only == nil || pairs.isEmpty || !pairs.allSatisfy({ conditions.contains($0.key.value) })
    {
      return pairs.filter { name, _ in
        if names.contains(name.value) { return true }
        let hint = reader.hint(for: name.value, among: names)
        reader.error(at: name.position, "unknown key '\(name.value)' in '\(key)'\(hint)")
        return false
      }
    }
    if let only { return [(Located(only, at: tree.position), tree)] }
    reader.error(
      at: tree.position,
      "an entry of '\(key)' is a mapping of \(names.joined(separator: ", ")), not \(tree.kindName)"
    )
    return []
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
