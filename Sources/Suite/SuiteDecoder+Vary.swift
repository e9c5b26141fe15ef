extension SuiteDecoder {
  /// The most trials one case may expand to.
  static let trialLimit = 4096
  /// The most variables that one case may vary.
  static let axisLimit = 32
  /// The most trials that the cases of one suite may expand to.
  static let suiteTrialLimit = 65_536
  /// The most values that all ranges and named sets of one suite may unfold to.
  static let valueLimit = 1_000_000

  /// Names that go through their values together; a single variable of a product is a dimension of one name.
  struct Dimension {
    var names: [String]
    /// For each combination the values of all names.
    var rows: [[Binding]]
  }

  /// Decodes `vary`: a mapping is a product, a list names its combinations.
  mutating func variation(_ tree: YAMLTree?) -> Variation {
    variedVariables = []
    axisNames = []
    guard let tree else { return Variation(combinations: [[]]) }
    if let items = tree.sequence { return listed(items, at: tree.position) }
    guard let pairs = tree.mapping else {
      reader.error(
        at: tree.position,
        "'vary' must be a mapping of names to lists, or a list of mappings, not \(tree.kindName)"
      )
      return Variation(combinations: [[]])
    }
    guard pairs.count <= Self.axisLimit else {
      for (key, _) in pairs { axisNames.insert(key.value) }
      reader.error(
        at: tree.position,
        "'vary' has \(pairs.count) variables; at most \(Self.axisLimit) are allowed"
      )
      return Variation(combinations: [[]])
    }
    var dimensions: [Dimension] = []
    for (key, value) in pairs {
      switch key.value {
      case "except": continue
      case "zip": dimensions += zipped(value)
      default: dimensions.append(Dimension(names: [key.value], rows: axis(key, value).map { [$0] }))
      }
    }
    let except = pairs.first { $0.key.value == "except" }?.value
    // Single values go before the product is made, combinations when it is there.
    if let except, except.sequence == nil { take(except, outOf: &dimensions) }
    var combinations = product(of: dimensions, at: tree.position)
    if let items = except?.sequence { take(items, outOf: &combinations) }
    return Variation(combinations: combinations)
  }

  /// One variable with its values.
  private mutating func axis(
    _ key: Located<String>,
    _ tree: YAMLTree,
    keepsRepetitions: Bool = false
  ) -> [Binding] {
    checkName(key)
    let before = reader.diagnostics.count
    let all = values(tree, keepsRepetitions: keepsRepetitions)
    if all.isEmpty, reader.diagnostics.count == before {
      reader.error(at: tree.position, "'\(key.value)' has no values")
    }
    return all.map { Binding(name: key.value, value: $0.value.text, label: $0.value.label) }
  }

  /// Decodes `zip`: variables that go through their values in step; a list has several such groups.
  private mutating func zipped(_ tree: YAMLTree) -> [Dimension] {
    (tree.sequence ?? [tree]).compactMap { group in
      guard let pairs = group.mapping, pairs.count > 1 else {
        reader.error(at: group.position, "'zip' must be a mapping of at least two names to lists")
        return nil
      }
      let columns = pairs.map { axis($0.key, $0.value, keepsRepetitions: true) }
      let length = columns.first?.count ?? 0
      for (pair, column) in zip(pairs, columns) where column.count != length {
        reader.error(
          at: pair.value.position,
          "'\(pair.key.value)' has \(column.count) values, '\(pairs[0].key.value)' has \(length): those of 'zip' go in step"
        )
        return nil
      }
      let rows = (0..<length).map { row in columns.map { $0[row] } }
      var seen: Set<[Binding]> = []
      if let row = rows.first(where: { !seen.insert($0).inserted }) {
        let text = row.map { "\($0.name)=\($0.text)" }.joined(separator: ",")
        reader.error(at: group.position, "'zip' has the combination \(text) twice")
      }
      return Dimension(names: pairs.map(\.key.value), rows: rows)
    }
  }

  /// Takes the values under `except` out again.
  private mutating func take(_ tree: YAMLTree, outOf dimensions: inout [Dimension]) {
    guard let pairs = tree.mapping else {
      reader.error(
        at: tree.position,
        "'except' must be a mapping such as { type: [1, 2] }, or a list of such, not \(tree.kindName)"
      )
      return
    }
    for (name, list) in pairs {
      guard let index = dimensions.firstIndex(where: { $0.names.contains(name.value) }),
        let column = dimensions[index].names.firstIndex(of: name.value)
      else {
        unknownException(name, among: dimensions.flatMap(\.names))
        continue
      }
      let excluded = values(list)
      let present = Set(dimensions[index].rows.flatMap { [$0[column].value, $0[column].text] })
      for word in excluded where !present.contains(word.value.text) {
        reader.error(
          at: word.position,
          "'except' takes '\(word.value.text)' out of '\(name.value)', which doesn't have it"
        )
      }
      let words = Set(excluded.map(\.value.text))
      dimensions[index].rows.removeAll { words.contains($0[column].value) || words.contains($0[column].text) }
      if dimensions[index].rows.isEmpty, !present.isEmpty {
        reader.error(at: list.position, "'except' leaves no value of '\(name.value)'")
      }
    }
  }

  /// Takes combinations out again that match all names of an item.
  private mutating func take(_ items: [YAMLTree], outOf combinations: inout [[Binding]]) {
    for item in items {
      guard let pairs = item.mapping, !pairs.isEmpty else {
        reader.error(
          at: item.position,
          "'except' must be a list of mappings such as { type: 3, code: [4, 5] }"
        )
        continue
      }
      var excluded: [(name: String, words: Set<String>)] = []
      for (name, list) in pairs {
        if !axisNames.contains(name.value) { unknownException(name, among: axisNames.sorted()) }
        excluded.append((name.value, Set(values(list).map(\.value.text))))
      }
      let before = combinations.count
      combinations.removeAll { combination in
        excluded.allSatisfy { rule in
          combination.contains {
            $0.name == rule.name && (rule.words.contains($0.value) || rule.words.contains($0.text))
          }
        }
      }
      if combinations.count == before {
        reader.error(at: item.position, "'except' takes out a combination that 'vary' doesn't have")
      }
    }
    if combinations.isEmpty, let first = items.first {
      reader.error(at: first.position, "'except' leaves no combination")
    }
  }

  private mutating func unknownException(_ name: Located<String>, among names: [String]) {
    let hint = reader.hint(for: name.value, among: names)
    reader.error(at: name.position, "'except' names '\(name.value)', which 'vary' doesn't\(hint)")
  }

  private mutating func product(of dimensions: [Dimension], at position: SourcePosition) -> [[Binding]] {
    var count = 1
    for dimension in dimensions {
      // An axis without values is a fault of its own, and must not hide that the others are too many.
      let (product, overflow) = count.multipliedReportingOverflow(by: max(1, dimension.rows.count))
      count = overflow ? .max : product
    }
    guard count <= Self.trialLimit else {
      let number = count == .max ? "far too many" : String(count)
      reader.error(
        at: position,
        "'vary' makes \(number) trials of this case; at most \(Self.trialLimit) are allowed"
      )
      return [dimensions.flatMap { $0.rows.first ?? [] }]
    }
    guard trialCount + count <= Self.suiteTrialLimit else {
      reader.error(at: position, "the suite makes more than \(Self.suiteTrialLimit) trials; split it")
      return [dimensions.flatMap { $0.rows.first ?? [] }]
    }
    trialCount += count
    return dimensions.reduce([[]]) { combinations, dimension in
      combinations.flatMap { start in dimension.rows.map { start + $0 } }
    }
  }

  mutating func checkName(_ key: Located<String>, mayShadow: Bool = false) {
    axisNames.insert(key.value)
    if !mayShadow, SuiteDecoder.builtInVariables.contains(key.value) {
      reader.error(at: key.position, "'\(key.value)' is a variable of Assay's; 'vary' needs another name")
    } else if !SuiteDecoder.isWord(key.value) {
      reader.error(
        at: key.position,
        "'\(key.value)' can't be the name of a variable: lower-case words, digits and hyphens"
      )
    }
  }
}
