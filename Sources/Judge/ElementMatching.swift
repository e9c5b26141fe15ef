internal import Craft
internal import Wire

extension ListMatcher {
  /// What in a layer's list isn't as the pattern requires; empty if it matches.
  func differences(in view: LayerView) -> [FieldDifference] {
    let list = view.list?.key == key ? view.list : nil
    let path = list?.isLayer == true ? "\(view.kind)" : "\(view.kind).\(key)"
    let all = list == nil ? [] : view.elements
    var result: [FieldDifference] = []
    switch demand {
    case .absent where !all.isEmpty:
      result.append(FieldDifference(field: path, required: "absent", seen: Self.text(of: all)))
    case .present where all.isEmpty:
      result.append(FieldDifference(field: path, required: "present", seen: "absent"))
    case .absent, .present: break
    case .elements(let patterns): result += Self.differences(patterns, in: all, path)
    }
    if let count {
      let number = all.count { !$0.isPadding }
      if !count.accepts(.number(UInt64(number))) {
        result.append(
          FieldDifference(field: "\(path).count", required: count.text(for: nil), seen: "\(number)")
        )
      }
    }
    return result
  }

  /// Whether it is met where the layer that is nothing but this list isn't there.
  var isMetByNoLayer: Bool {
    if case .absent = demand { return true }
    if case .elements(let patterns) = demand, patterns.isEmpty { return count?.accepts(.number(0)) ?? false }
    return false
  }

  /// Each pattern takes the first element behind the one before it that matches; taking the first leaves most to
  /// those that follow.
  private static func differences(
    _ patterns: [ElementMatcher],
    in all: [ElementView],
    _ path: String
  ) -> [FieldDifference] {
    var result: [FieldDifference] = []
    var cursor = 0
    for pattern in patterns {
      let candidates = all.indices.dropFirst(cursor).filter { pattern.speaks(of: all[$0]) }
      var nearest: (index: Int, differences: [FieldDifference], rank: Int)?
      for index in candidates {
        let differences = pattern.differences(in: all[index], path)
        // The field named first is most likely the one that says which element is meant.
        let rank = 2 * differences.count + (pattern.isMeant(by: all[index]) ? 0 : 1)
        if rank < nearest?.rank ?? .max { nearest = (index, differences, rank) }
        if differences.isEmpty { break }
      }
      guard let nearest else {
        let seen = all.isEmpty ? "absent" : "only " + text(of: all)
        result.append(
          FieldDifference(field: "\(path).\(pattern.title)", required: "present", seen: seen)
        )
        continue
      }
      result += nearest.differences
      cursor = nearest.index + 1
    }
    return result
  }

  /// The names of elements.
  private static func text(of elements: [ElementView]) -> String {
    elements.prefix(8).map { element in
      element.name.isEmpty ? element.description : element.name
    }.joined(separator: ", ") + (elements.count > 8 ? ", …" : "")
  }
}

extension ElementMatcher {
  private static let numbers = ["type", "class", "c-type"]

  /// What it is called where it is missed.
  var title: String {
    if !name.isEmpty { return name }
    let numbers = fields.filter { Self.numbers.contains($0.name) }
    if numbers.isEmpty { return "octets" }
    return numbers.map { "\($0.name) \($0.predicate.text(for: nil))" }.joined(separator: " ")
  }

  /// Whether an element is the one that is meant, whatever it holds.
  func speaks(of element: ElementView) -> Bool {
    if !name.isEmpty { return element.name == name }
    if fields.isEmpty { return true }
    guard let view = element.byNumbers else { return false }
    return fields.allSatisfy {
      !Self.numbers.contains($0.name) || $0.predicate.accepts(view.value(of: $0.name))
    }
  }

  /// Whether an element has what the pattern names first.
  func isMeant(by element: ElementView) -> Bool {
    fields.first.map { $0.predicate.accepts(element.value(of: $0.name)) } ?? true
  }

  func differences(in element: ElementView, _ path: String) -> [FieldDifference] {
    let path = "\(path).\(title)"
    if name.isEmpty, fields.isEmpty {
      guard case .octets(let data)? = parts.first?.matcher else { return [] }
      return data.differences(in: Array(element.bytes), named: path)
    }
    let view = name.isEmpty ? element.byNumbers ?? element : element
    let bound = fields.map { $0.bound { own in view.value(of: own.field) } }
    var result = bound.compactMap { matcher in
      matcher.difference(view.value(of: matcher.name), view.fields.first { $0.name == matcher.name }, path)
    }
    for (key, matcher) in parts {
      let part = view.parts.first { $0.part.key == key }
      result += matcher.differences(in: part?.value, part?.part, "\(path).\(key)")
    }
    return result
  }
}

extension FieldMatcher {
  /// The difference of one value, if there is one.
  fileprivate func difference(_ value: FieldValue?, _ field: Field?, _ path: String) -> FieldDifference? {
    guard !predicate.accepts(value) else { return nil }
    return FieldDifference(
      field: "\(path).\(name)",
      required: predicate.text(for: field),
      seen: value.map { ValueText.text($0, for: field) } ?? "absent"
    )
  }
}

extension PartMatcher {
  func differences(in value: ElementValue?, _ part: ElementPart?, _ path: String) -> [FieldDifference] {
    func difference(_ required: String, _ seen: String) -> [FieldDifference] {
      [FieldDifference(field: path, required: required, seen: seen)]
    }
    let text = value.flatMap { value in part?.text(of: value) }
    switch (self, value) {
    case (.absent, nil), (.present, .some): return []
    case (.absent, .some(let value)): return value.isEmpty ? [] : difference("absent", text ?? "present")
    case (_, nil): return difference("present", "absent")
    case (.octets(let data), .octets(let octets)?): return data.differences(in: octets, named: path)
    case (.names(let required), .names(let names)?):
      guard required.map(Self.folded) != names.map(Self.folded) else { return [] }
      return difference("[\(required.joined(separator: ", "))]", text ?? "")
    case (.count(let count), .entries(let entries)?):
      if count.accepts(.number(UInt64(entries.count))) { return [] }
      return difference("\(count.text(for: nil)) of them", "\(entries.count)")
    case (.entries(let patterns, let areFirst), .entries(let entries)?):
      if areFirst ? entries.count < patterns.count : entries.count != patterns.count {
        return difference((areFirst ? "at least " : "") + "\(patterns.count) of them", text ?? "")
      }
      return zip(patterns, entries).enumerated().flatMap { index, pair in
        let place = part?.kind == .entries ? "\(path)[\(index)]" : path
        return pair.0.compactMap { matcher in
          matcher.difference(pair.1[matcher.name], part?.fields.first { $0.name == matcher.name }, place)
        }
      }
    case (.octets, _), (.names, _), (.count, _), (.entries, _):
      return difference("of another form", text ?? "")
    }
  }

  /// A domain name in lower case and without a dot at its end: upper and lower case are the same in it.
  private static func folded(_ name: String) -> String {
    let lower = name.lowercased()
    return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
  }
}
