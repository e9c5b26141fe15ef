extension SuiteDecoder {
  /// The most trials one case may expand to.
  static let trialLimit = 4096
  /// The most variables that one case may vary.
  static let axisLimit = 32
  /// The most trials that the cases of one suite may expand to.
  static let suiteTrialLimit = 65_536
  /// The most values that all ranges and named sets of one suite may unfold to.
  static let valueLimit = 1_000_000

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
    var axes: [Variation.Axis] = []
    for (key, value) in pairs where key.value != "except" {
      checkName(key)
      let before = reader.diagnostics.count
      let all = values(value)
      if all.isEmpty, reader.diagnostics.count == before {
        reader.error(at: value.position, "'\(key.value)' has no values")
      }
      axes.append(Variation.Axis(name: key.value, values: all.map(\.value)))
    }
    if let except = pairs.first(where: { $0.key.value == "except" })?.value { take(except, outOf: &axes) }
    return Variation(combinations: product(of: axes, at: tree.position))
  }

  /// Takes the values under `except` out again.
  private mutating func take(_ tree: YAMLTree, outOf axes: inout [Variation.Axis]) {
    guard let pairs = tree.mapping else {
      reader.error(
        at: tree.position,
        "'except' must be a mapping such as { type: [1, 2] }, not \(tree.kindName)"
      )
      return
    }
    for (name, list) in pairs {
      guard let index = axes.firstIndex(where: { $0.name == name.value }) else {
        let hint = reader.hint(for: name.value, among: axes.map(\.name))
        reader.error(at: name.position, "'except' names '\(name.value)', which 'vary' doesn't\(hint)")
        continue
      }
      let excluded = values(list)
      let present = Set(axes[index].values)
      for word in excluded where !present.contains(word.value) {
        reader.error(
          at: word.position,
          "'except' takes '\(word.value)' out of '\(name.value)', which doesn't have it"
        )
      }
      let words = Set(excluded.map(\.value))
      axes[index].values.removeAll { words.contains($0) }
      if axes[index].values.isEmpty, !present.isEmpty {
        reader.error(at: list.position, "'except' leaves no value of '\(name.value)'")
      }
    }
  }

  private mutating func product(
    of axes: [Variation.Axis],
    at position: SourcePosition
  ) -> [[(name: String, value: String)]] {
    var count = 1
    for axis in axes {
      // An axis without values is a fault of its own, and must not hide that the others are too many.
      let (product, overflow) = count.multipliedReportingOverflow(by: max(1, axis.values.count))
      count = overflow ? .max : product
    }
    guard count <= Self.trialLimit else {
      let number = count == .max ? "far too many" : String(count)
      reader.error(
        at: position,
        "'vary' makes \(number) trials of this case; at most \(Self.trialLimit) are allowed"
      )
      return [axes.map { ($0.name, $0.values.first ?? "") }]
    }
    guard trialCount + count <= Self.suiteTrialLimit else {
      reader.error(at: position, "the suite makes more than \(Self.suiteTrialLimit) trials; split it")
      return [axes.map { ($0.name, $0.values.first ?? "") }]
    }
    trialCount += count
    return axes.reduce([[]]) { combinations, axis in
      combinations.flatMap { start in axis.values.map { start + [(axis.name, $0)] } }
    }
  }

  private mutating func listed(_ items: [YAMLTree], at position: SourcePosition) -> Variation {
    var combinations: [[(name: String, value: String)]] = []
    var seen: [[String]: Int] = [:]
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
      if combinations.isEmpty { for (key, _) in pairs { checkName(key, mayShadow: true) } }
      let combination = pairs.compactMap { key, tree in
        value(tree).map { (name: key.value, value: $0.value) }
      }
      if let first = combinations.first, Set(first.map(\.name)) != Set(pairs.map(\.key.value)) {
        reader.error(
          at: item.position,
          "each combination must name the same variables as the first one: "
            + first.map(\.name).joined(separator: ", ")
        )
      }
      let identity = combination.map { "\($0.name)=\($0.value)" }.sorted()
      if let line = seen.updateValue(item.position.line, forKey: identity) {
        reader.error(at: item.position, "the same combination as in line \(line)")
      }
      combinations.append(combination)
    }
    return Variation(combinations: combinations.isEmpty ? [[]] : combinations)
  }

  private mutating func checkName(_ key: Located<String>, mayShadow: Bool = false) {
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

  /// The values of one axis: scalars, ranges and named sets, without duplicates, in order.
  private mutating func values(_ tree: YAMLTree) -> [Located<String>] {
    var result: [Located<String>] = []
    var seen: Set<String> = []
    for item in tree.sequence ?? [tree] {
      guard let item = value(item) else { continue }
      for value in expanded(item) where seen.insert(value).inserted {
        result.append(Located(value, at: item.position))
      }
    }
    return result
  }

  /// One value as written; the variables in it count as used.
  private mutating func value(_ tree: YAMLTree) -> Located<String>? {
    guard let text = reader.text(tree, "a value of 'vary'") else { return nil }
    guard text.utf8.count <= 200 else {
      reader.error(
        at: tree.position,
        "a value of 'vary' has at most 200 octets: it is part of the trial's name"
      )
      return nil
    }
    variedVariables.append(Located(Expression(parsing: text).variables, at: tree.position))
    return Located(text, at: tree.position)
  }

  private mutating func expanded(_ item: Located<String>) -> [String] {
    guard valueCount <= Self.valueLimit else { return [] }
    if let set = NamedSets.all[item.value] {
      valueCount += set.count
      return set.map { String($0) }
    }
    let bounds = item.value.components(around: "..")
    guard let bounds, let low = UInt64(literal: bounds.0), let high = UInt64(literal: bounds.1) else {
      return [item.value]
    }
    guard low <= high, high - low < UInt64(Self.trialLimit) else {
      reader.error(
        at: item.position,
        low <= high
          ? "'\(item.value)' has more than \(Self.trialLimit) values"
          : "'\(item.value)' is empty: a range goes from the lower to the higher number"
      )
      return []
    }
    valueCount += Int(high - low) + 1
    if valueCount > Self.valueLimit {
      reader.error(at: item.position, "the ranges of this suite have more than \(Self.valueLimit) values")
    }
    return (low...high).map { String($0) }
  }
}

extension String {
  /// The parts before and after the first `separator`; nil also for a text longer than any that a person writes.
  func components(around separator: String) -> (String, String)? {
    guard utf8.count <= 400 else { return nil }
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(separator) {
        return (String(self[..<index]), String(self[self.index(index, offsetBy: separator.count)...]))
      }
      index = self.index(after: index)
    }
    return nil
  }
}
