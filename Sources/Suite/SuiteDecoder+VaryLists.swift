/// `vary` as a list: its combinations one by one.
extension SuiteDecoder {
  mutating func listed(_ items: [YAMLTree], at position: SourcePosition) -> Variation {
    var combinations: [[Binding]] = []
    var seen: [[String]: Int] = [:]
    var rowNames: Set<String> = []
    if items.isEmpty { reader.error(at: position, "'vary' has no combinations") }
    if items.count > Self.trialLimit {
      reader.error(
        at: position,
        "'vary' makes \(items.count) trials of this case; at most \(Self.trialLimit) are allowed"
      )
      return Variation(combinations: [[]])
    }
    for item in items {
      guard let pairs = item.mapping else {
        reader.error(at: item.position, "a combination must be a mapping, not \(item.kindName)")
        continue
      }
      let variables = pairs.filter { $0.key.value != Binding.rowName }
      if combinations.isEmpty { for (key, _) in variables { checkName(key, mayShadow: true) } }
      var combination = variables.compactMap { key, tree in
        value(tree).map { Binding(name: key.value, value: $0.value.text, label: $0.value.label) }
      }
      let names = (combinations.first ?? []).map(\.name).filter { $0 != Binding.rowName }
      if !combinations.isEmpty, Set(names) != Set(variables.map(\.key.value)) {
        reader.error(
          at: item.position,
          "each combination must name the same variables as the first one: \(names.joined(separator: ", "))"
        )
      }
      if let tree = pairs.first(where: { $0.key.value == Binding.rowName })?.value, let name = rowName(tree) {
        if !rowNames.insert(name).inserted {
          reader.error(at: tree.position, "a second combination called '\(name)'")
        }
        combination.append(Binding(name: Binding.rowName, value: name))
      }
      let identity = combination.filter { $0.name != Binding.rowName }.map { "\($0.name)=\($0.value)" }
        .sorted()
      if let line = seen.updateValue(item.position.line, forKey: identity) {
        reader.error(at: item.position, "the same combination as in line \(line)")
      }
      combinations.append(combination)
    }
    return Variation(combinations: combinations.isEmpty ? [[]] : combinations)
  }

  /// The name that a combination of a list has in its trial's name.
  private mutating func rowName(_ tree: YAMLTree) -> String? {
    guard let name = reader.text(tree, "'as'") else { return nil }
    guard Self.isWord(name) else {
      reader.error(
        at: tree.position,
        "'\(name)' can't be the name of a combination: lower-case words, digits and hyphens"
      )
      return nil
    }
    return name
  }
}
