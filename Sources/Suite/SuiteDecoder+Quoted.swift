internal import Wire

extension SuiteDecoder {
  mutating func quotedPattern(_ tree: YAMLTree) -> QuotedPattern? {
    let entries = reader.entries(tree, .quoted)
    guard let of = entries["of"].flatMap({ expression($0.value, "'of'") }) else { return nil }
    return QuotedPattern(
      of: of,
      atLeast: entries["at-least"].flatMap { expression($0.value, "'at-least'") },
      atMostTotal: entries["at-most-total"].flatMap { expression($0.value, "'at-most-total'") },
      asMuchAsFits: entries["as-much-as-fits"].flatMap { expression($0.value, "'as-much-as-fits'") },
      unchangedExcept: entries["unchanged-except"].map { mutableFields($0.value) } ?? []
    )
  }

  mutating func forwardedPattern(_ tree: YAMLTree) -> ForwardedPattern? {
    let entries = reader.entries(tree, .forwarded)
    guard let of = entries["of"].flatMap({ expression($0.value, "'of'") }) else { return nil }
    return ForwardedPattern(
      of: of,
      unchangedExcept: entries["unchanged-except"].map { mutableFields($0.value) } ?? []
    )
  }

  /// Fields of a quoted packet that may differ: any field's name.
  private mutating func mutableFields(_ tree: YAMLTree) -> [String] {
    reader.texts(tree, "a field").map { name in
      if !Self.fieldNames.contains(name.value) {
        let hint = reader.hint(for: name.value, among: Grammar.fieldNames)
        reader.error(at: name.position, "no layer has a field '\(name.value)'\(hint)")
      }
      return name.value
    }
  }

  private static let fieldNames = Set(Grammar.fieldNames)
}
