internal import Wire

extension SuiteDecoder {
  mutating func options(_ tree: YAMLTree, of kind: LayerKind) -> [OptionSpecification] {
    guard let items = tree.sequence else {
      reader.error(at: tree.position, "options must be a list, not \(tree.kindName)")
      return []
    }
    return items.compactMap { option($0, of: kind) }
  }

  private mutating func option(_ tree: YAMLTree, of kind: LayerKind) -> OptionSpecification? {
    var option = OptionSpecification(name: "", position: tree.position, arguments: [:], list: [])
    if let pairs = tree.mapping, pairs.contains(where: { $0.key.value == "type" }) {
      option.name = "type"
      for (name, entry) in reader.entries(tree, .octetOption) {
        option.arguments[name] = expression(entry.value, "'\(name)'")
      }
      return option
    }
    let table = Grammar.Mapping.option(of: kind)
    guard let name = tree.scalar ?? tree.mapping?.first?.key.value, let key = table[name] else {
      let found = tree.scalar ?? tree.mapping?.first?.key.value ?? tree.kindName
      let hint = reader.hint(for: found, among: table.names.sorted() + ["{ type: N, data: hex }"])
      reader.error(at: tree.position, "unknown option '\(found)' of \(kind)\(hint)")
      return nil
    }
    option.name = name
    guard let pairs = tree.mapping, let value = pairs.first?.value else { return option }
    if pairs.count > 1 {
      let second = pairs[1].key
      reader.error(at: second.position, "an option is one key; put '\(second.value)' into an item of its own")
    }
    arguments(value, key.shape, into: &option)
    return option
  }

  /// What stands behind an option's name: a value, a list of addresses, or arguments with names.
  private mutating func arguments(
    _ tree: YAMLTree,
    _ shape: Grammar.Shape,
    into option: inout OptionSpecification
  ) {
    let forms = shape.forms
    let takesList = forms.contains { if case .list = $0 { true } else { false } }
    let takesValue = forms.contains { if case .scalar = $0 { true } else { false } }
    if takesList, let items = tree.sequence {
      option.list = items.compactMap { expression($0, "an address") }
    } else if takesValue, tree.scalar != nil {
      option.arguments["value"] = expression(tree, "the value of '\(option.name)'")
    } else if tree.mapping != nil, let mapping = shape.mapping {
      for (key, entry) in reader.entries(tree, mapping) {
        if key == "addresses" {
          option.list = (entry.value.sequence ?? [entry.value]).compactMap { expression($0, "an address") }
        } else {
          option.arguments[key] = expression(entry.value, "'\(key)'")
        }
      }
    } else {
      let wanted =
        if takesList {
          "a list of addresses"
        } else {
          shape.mapping != nil ? "a mapping" : takesValue ? "one value" : "no value"
        }
      reader.error(at: tree.position, "'\(option.name)' takes \(wanted), not \(tree.kindName)")
    }
  }
}
