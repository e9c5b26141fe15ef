internal import Wire

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

  /// A part; of several with one key, each may have the fields that are said.
  private mutating func part(_ tree: YAMLTree, of parts: [ElementPart], key: String) -> PartSpecification? {
    switch parts.first?.kind {
    case .entries:
      let items = tree.sequence ?? [tree]
      return .entries(items.compactMap { entry($0, of: parts, key: key) })
    case .group, .address, .prefix: return entry(tree, of: parts, key: key).map { .entries([$0]) }
    case .names: return .names((tree.sequence ?? [tree]).compactMap { expression($0, "a name") })
    case .packet:
      var layer = LayerSpecification(.quote, at: tree.position)
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
