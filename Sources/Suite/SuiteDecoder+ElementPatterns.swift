internal import Wire

extension SuiteDecoder {
  /// What must be seen of a list: `absent`, `present`, its elements, or `{ count: 2, elements: […] }`.
  mutating func listPattern(_ tree: YAMLTree, of list: ElementList, in kind: LayerKind) -> ListPattern? {
    var pattern = ListPattern(key: list.key, position: tree.position, demand: .elements([]), count: nil)
    if tree.scalar == "absent" {
      pattern.demand = .absent
    } else if tree.scalar == "present" {
      pattern.demand = .present
    } else if let items = tree.sequence {
      pattern.demand = .elements(elementPatterns(items, of: list, at: tree.position))
    } else if tree.mapping != nil {
      let entries = reader.entries(tree, Grammar.ElementTable(list, in: kind, isSent: false).conditions)
      if let count = entries["count"]?.value {
        pattern.count = valuePattern(count).map { Located($0, at: count.position) }
      }
      if let elements = entries["elements"]?.value {
        pattern.demand = .elements(
          elementPatterns(elements.sequence ?? [elements], of: list, at: elements.position)
        )
      }
    } else {
      reader.error(
        at: tree.position,
        "\(list.key) must be a list, { count: N }, 'absent' or 'present', not \(tree.kindName)"
      )
      return nil
    }
    return pattern
  }

  /// Whether the value of an expected layer is that of its list.
  func isListPattern(_ tree: YAMLTree, of list: ElementList) -> Bool {
    guard let pairs = tree.mapping else { return true }
    return pairs.contains { ["count", "elements"].contains($0.key.value) }
  }

  private mutating func elementPatterns(
    _ items: [YAMLTree],
    of list: ElementList,
    at position: SourcePosition
  ) -> [ElementPattern] {
    if items.isEmpty {
      reader.error(at: position, "an empty list demands nothing; 'absent' demands that there is none")
    }
    return items.compactMap { elementPattern($0, of: list) }
  }

  private mutating func elementPattern(_ tree: YAMLTree, of list: ElementList) -> ElementPattern? {
    guard let node = elementNode(tree, of: list, isSent: false) else { return nil }
    var element = ElementPattern(
      name: node.definition?.name ?? "",
      position: node.position,
      fields: [],
      parts: []
    )
    for (key, value) in node.settings {
      if let field = node.definition?.settableFields.first(where: { $0.name == key.value }) {
        guard let pattern = valuePattern(value) else { continue }
        check(pattern, for: [field], at: value.position)
        element.fields.append((key.value, pattern, value.position))
      } else {
        let parts = node.definition?.parts.filter { $0.key == key.value } ?? []
        guard value.scalar != "any", let pattern = partPattern(value, of: parts, key: key.value) else {
          continue
        }
        element.parts.append((key.value, pattern, value.position))
      }
    }
    return element
  }

  private mutating func check(_ pattern: ValuePattern, for fields: [Field], at position: SourcePosition) {
    for expression in pattern.expressions {
      checkLiteral(expression, for: fields, isSent: false, at: position)
    }
  }

  private mutating func partPattern(_ tree: YAMLTree, of parts: [ElementPart], key: String) -> PartPattern? {
    if tree.scalar == "absent" { return .absent }
    if tree.scalar == "present" { return .present }
    switch parts.first?.kind {
    case .entries: return entriesPattern(tree, of: parts, key: key)
    case .group, .address, .prefix:
      return .entries([entryPattern(tree, of: parts, key: key)], areFirst: false)
    case .names:
      return .names((tree.sequence ?? [tree]).compactMap { expression($0, "a name") })
    case .packet:
      reader.error(
        at: tree.position,
        "'\(key)' can only be present or absent here; the layer 'quoted' says what the packet must be"
      )
      return nil
    case .text:
      if let text = tree.scalar, !text.hasPrefix("$") { return .octets(.equals(.text(text))) }
      return dataPattern(tree).map { .octets($0) }
    case .octets, nil:
      if tree.mapping != nil { return dataPattern(tree).map { .octets($0) } }
      return octets(tree, key).map { .octets(.equals($0)) }
    }
  }

  private mutating func entriesPattern(
    _ tree: YAMLTree,
    of parts: [ElementPart],
    key: String
  ) -> PartPattern? {
    if let pairs = tree.mapping, let first = pairs.first, ["count", "starts-with"].contains(first.key.value) {
      if pairs.count > 1 {
        reader.error(at: pairs[1].key.position, "'\(key)' is held against one condition only")
      }
      if first.key.value == "count" { return valuePattern(first.value).map { .count($0) } }
      let items = first.value.sequence ?? [first.value]
      return .entries(items.map { entryPattern($0, of: parts, key: key) }, areFirst: true)
    }
    guard let items = tree.sequence else {
      reader.error(
        at: tree.position,
        "'\(key)' must be a list, { count: N } or { starts-with: […] }, not \(tree.kindName)"
      )
      return nil
    }
    return .entries(items.map { entryPattern($0, of: parts, key: key) }, areFirst: false)
  }

  private mutating func entryPattern(_ tree: YAMLTree, of parts: [ElementPart], key: String) -> EntryPattern {
    var entry = EntryPattern(position: tree.position, fields: [])
    for (name, value) in entrySettings(tree, of: parts, key: key) {
      guard let pattern = valuePattern(value) else { continue }
      check(pattern, for: parts.compactMap { $0.fields.first { $0.name == name.value } }, at: value.position)
      entry.fields.append((name.value, pattern, value.position))
    }
    return entry
  }
}
