extension SuiteDecoder {
  /// One value of a variable: its text, and how it is called in the trial's name.
  struct VariedValue: Sendable {
    var text: String
    var label: String?
  }

  /// The values of one axis: scalars, ranges and named sets, in order; those that go in step with others may repeat.
  mutating func values(_ tree: YAMLTree, keepsRepetitions: Bool = false) -> [Located<VariedValue>] {
    var result: [Located<VariedValue>] = []
    var seen: Set<String> = []
    for item in tree.sequence ?? [tree] {
      guard let item = value(item) else { continue }
      guard item.value.label == nil else {
        if seen.insert(item.value.text).inserted || keepsRepetitions { result.append(item) }
        continue
      }
      for text in expanded(Located(item.value.text, at: item.position))
      where seen.insert(text).inserted || keepsRepetitions {
        result.append(Located(VariedValue(text: text), at: item.position))
      }
    }
    return result
  }

  /// One value as written, or `{ label: value }`; the variables in it count as used.
  mutating func value(_ tree: YAMLTree) -> Located<VariedValue>? {
    if let pairs = tree.mapping, let first = pairs.first, pairs.count == 1 {
      guard Self.isWord(first.key.value) else {
        reader.error(
          at: first.key.position,
          "'\(first.key.value)' can't be the name of a value: lower-case words, digits and hyphens"
        )
        return nil
      }
      guard let value = value(first.value), value.value.label == nil else { return nil }
      return Located(VariedValue(text: value.value.text, label: first.key.value), at: value.position)
    }
    guard let text = reader.text(tree, "a value of 'vary'") else { return nil }
    guard text.utf8.count <= 200 else {
      reader.error(
        at: tree.position,
        "a value of 'vary' has at most 200 octets: it is part of the trial's name"
      )
      return nil
    }
    variedVariables.append(Located(Expression(parsing: text).variables, at: tree.position))
    return Located(VariedValue(text: text), at: tree.position)
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
