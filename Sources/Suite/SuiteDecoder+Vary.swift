extension SuiteDecoder {
  /// The most trials one case may expand to.
  static let trialLimit = 4096

  /// Decodes `vary`: a mapping is a product, a list names its combinations.
  mutating func variation(_ tree: YAMLTree?) -> Variation {
    guard let tree else { return Variation(combinations: [[]]) }
    if let items = tree.sequence { return listed(items) }
    guard let pairs = tree.mapping else {
      reader.error(
        at: tree.position,
        "'vary' must be a mapping of names to lists, or a list of mappings, not \(tree.kindName)"
      )
      return Variation(combinations: [[]])
    }
    var excluded: [String: Set<String>] = [:]
    var axes: [Variation.Axis] = []
    for (key, value) in pairs {
      if key.value == "except" {
        for (name, list) in value.mapping ?? [] {
          excluded[name.value] = Set(values(list))
        }
        continue
      }
      if SuiteDecoder.builtInVariables.contains(key.value) || !SuiteDecoder.isWord(key.value) {
        reader.error(at: key.position, "'\(key.value)' can't be the name of a variable")
      }
      let all = values(value)
      if all.isEmpty { reader.error(at: value.position, "'\(key.value)' has no values") }
      axes.append(Variation.Axis(name: key.value, values: all))
    }
    for (name, words) in excluded.sorted(by: { $0.key < $1.key }) {
      guard let index = axes.firstIndex(where: { $0.name == name }) else {
        reader.error(at: tree.position, "'except' names '\(name)', which 'vary' doesn't")
        continue
      }
      for word in words.subtracting(axes[index].values).sorted() {
        reader.error(at: tree.position, "'except' takes '\(word)' out of '\(name)', which doesn't have it")
      }
      axes[index].values.removeAll { words.contains($0) }
      if axes[index].values.isEmpty {
        reader.error(at: tree.position, "'except' leaves no value of '\(name)'")
      }
    }
    var count = 1
    for axis in axes {
      let (product, overflow) = count.multipliedReportingOverflow(by: axis.values.count)
      count = overflow ? .max : product
    }
    guard count <= Self.trialLimit else {
      reader.error(
        at: tree.position,
        "'vary' makes \(count) trials of this case; at most \(Self.trialLimit) are allowed"
      )
      return Variation(combinations: [[]])
    }
    var combinations: [[(name: String, value: String)]] = [[]]
    for axis in axes {
      combinations = combinations.flatMap { start in axis.values.map { start + [(axis.name, $0)] } }
    }
    return Variation(combinations: combinations)
  }

  private mutating func listed(_ items: [YAMLTree]) -> Variation {
    var combinations: [[(name: String, value: String)]] = []
    for item in items {
      guard let pairs = item.mapping else {
        reader.error(at: item.position, "a combination must be a mapping, not \(item.kindName)")
        continue
      }
      let combination = pairs.compactMap { key, value in
        reader.text(value, "'\(key.value)'").map { (name: key.value, value: $0) }
      }
      if let first = combinations.first, Set(first.map(\.name)) != Set(combination.map(\.name)) {
        reader.error(at: item.position, "each combination must name the same variables as the first one")
      }
      combinations.append(combination)
    }
    if combinations.isEmpty { return Variation(combinations: [[]]) }
    return Variation(combinations: combinations)
  }

  /// The values of one axis: scalars, ranges and named sets, without duplicates, in order.
  private mutating func values(_ tree: YAMLTree) -> [String] {
    var result: [String] = []
    var seen: Set<String> = []
    for item in reader.texts(tree, "a value of 'vary'") {
      for value in expanded(item) where seen.insert(value).inserted { result.append(value) }
    }
    return result
  }

  private mutating func expanded(_ item: Located<String>) -> [String] {
    if let set = NamedSets.all[item.value] { return set.map { String($0) } }
    let bounds = item.value.components(around: "..")
    guard let bounds, let low = UInt64(literal: bounds.0), let high = UInt64(literal: bounds.1) else {
      return [item.value]
    }
    guard low <= high, high - low < UInt64(Self.trialLimit) else {
      reader.error(at: item.position, "'\(item.value)' is not a range of at most \(Self.trialLimit) values")
      return []
    }
    return (low...high).map { String($0) }
  }
}

extension String {
  /// The parts before and after the first `separator`.
  func components(around separator: String) -> (String, String)? {
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
