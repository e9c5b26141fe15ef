/// Walks a YAML tree, collecting every fault instead of stopping at the first.
struct TreeReader {
  private(set) var diagnostics: [Diagnostic] = []

  /// More faults than this help nobody.
  static let faultLimit = 200

  mutating func error(at position: SourcePosition, _ message: String) {
    let diagnostic = Diagnostic(at: position, message)
    // What is named once and used often is wrong once.
    guard diagnostics.count < Self.faultLimit, !diagnostics.contains(diagnostic) else { return }
    diagnostics.append(diagnostic)
  }

  /// What was probably meant, as the end of a message; see ``Spelling``.
  func hint(for word: String, among candidates: @autoclosure () -> [String]) -> String {
    diagnostics.count < Self.faultLimit ? Spelling.hint(for: word, among: candidates()) : ""
  }

  /// The entries of a mapping; keys that the table doesn't know, misses or doesn't want together are reported.
  mutating func entries(
    _ tree: YAMLTree,
    _ mapping: Grammar.Mapping
  ) -> [String: (key: Located<String>, value: YAMLTree)] {
    guard let pairs = tree.mapping else {
      error(at: tree.position, "\(mapping.title) must be a mapping, not \(tree.kindName)")
      return [:]
    }
    var found: [String: (key: Located<String>, value: YAMLTree)] = [:]
    var isKnown = true
    for (key, value) in pairs {
      if mapping[key.value] != nil {
        found[key.value] = (key, value)
      } else {
        let hint = hint(for: key.value, among: mapping.names)
        error(at: key.position, "unknown key '\(key.value)' in \(mapping.title)\(hint)")
        isKnown = false
      }
    }
    for key in mapping.keys {
      guard let entry = found[key.name] else {
        if key.isRequired { error(at: tree.position, "\(mapping.title) lacks '\(key.name)'") }
        continue
      }
      if let (needed, why) = key.needs, found[needed] == nil {
        error(at: entry.key.position, "'\(key.name)' needs '\(needed)': \(why)")
      }
      if let other = key.excludes, found[other] != nil {
        error(at: entry.key.position, "'\(key.name)' and '\(other)' exclude each other")
      }
    }
    if isKnown, !mapping.exactlyOne.isEmpty { checkChoice(found, of: mapping, at: tree.position) }
    return found
  }

  private mutating func checkChoice(
    _ found: [String: (key: Located<String>, value: YAMLTree)],
    of mapping: Grammar.Mapping,
    at position: SourcePosition
  ) {
    let present = mapping.exactlyOne.filter { found[$0] != nil }
    let isTold = present.contains { mapping[$0]?.excludes.map(present.contains) ?? false }
    guard present.count != 1, !isTold else { return }
    let names = mapping.exactlyOne.joined(separator: ", ")
    error(at: position, mapping.otherwise ?? "\(mapping.title) is exactly one of \(names)")
  }

  /// A scalar's text.
  mutating func text(_ tree: YAMLTree, _ what: String) -> String? {
    if let text = tree.scalar, !text.isEmpty { return text }
    error(at: tree.position, "\(what) must be a word or a number, not \(tree.kindName)")
    return nil
  }

  /// A scalar, or each scalar of a list, which isn't empty.
  mutating func texts(_ tree: YAMLTree, _ what: String) -> [Located<String>] {
    guard let items = tree.sequence else {
      return text(tree, what).map { [Located($0, at: tree.position)] } ?? []
    }
    if items.isEmpty { error(at: tree.position, "the list is empty; it needs \(what)") }
    return items.compactMap { item in text(item, what).map { Located($0, at: item.position) } }
  }

  /// One of the cases of a raw-valued enumeration.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ tree: YAMLTree,
    _ what: String,
    as type: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    guard let word = text(tree, what) else { return nil }
    if let choice = Choice(rawValue: word) { return choice }
    let hint = hint(for: word, among: Choice.allCases.map(\.rawValue))
    error(at: tree.position, "'\(word)' is not \(what)\(hint)")
    return nil
  }

  /// A non-negative whole number, decimal or hexadecimal.
  mutating func number(_ tree: YAMLTree, _ what: String) -> Int? {
    guard let word = text(tree, what) else { return nil }
    if let number = UInt64(literal: word), let value = Int(exactly: number) { return value }
    error(at: tree.position, "\(what) must be a whole number, not '\(word)'")
    return nil
  }

  /// A duration such as `1s`, `250ms`, `50us`.
  mutating func duration(_ tree: YAMLTree, _ what: String) -> Duration? {
    guard let word = text(tree, what) else { return nil }
    if let duration = Duration(literal: word) { return duration }
    error(at: tree.position, "\(what) must be a time such as 250ms or 2s, not '\(word)'")
    return nil
  }

  /// A scalar as an expression with its place.
  mutating func expression(_ tree: YAMLTree, _ what: String) -> Located<Expression>? {
    text(tree, what).map { Located(Expression(parsing: $0), at: tree.position) }
  }
}

extension UInt64 {
  /// Reads `64`, `0x40` or `0b1000000`; underscores may group digits.
  public init?(literal text: String) {
    guard text.utf8.count <= 100 else { return nil }
    var digits = text.filter { $0 != "_" }[...]
    var radix = 10
    switch digits.prefix(2) {
    case "0x", "0X": (digits, radix) = (digits.dropFirst(2), 16)
    case "0b", "0B": (digits, radix) = (digits.dropFirst(2), 2)
    default: break
    }
    // The library would take a sign here.
    guard digits.first?.isHexDigit == true, let parsed = UInt64(digits, radix: radix) else { return nil }
    self = parsed
  }
}

extension Duration {
  /// Reads `2s`, `250ms`, `50us`, `0.5s`; at most a day.
  public init?(literal text: String) {
    let units: [(suffix: String, nanoseconds: Double)] = [("ms", 1e6), ("us", 1e3), ("ns", 1), ("s", 1e9)]
    guard text.utf8.count <= 100 else { return nil }
    for unit in units where text.hasSuffix(unit.suffix) {
      let digits = text.dropLast(unit.suffix.count)
      guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let value = Double(digits) else {
        return nil
      }
      guard value.isFinite, value >= 0, value * unit.nanoseconds <= 86_400e9 else { return nil }
      self = .nanoseconds(Int64(value * unit.nanoseconds))
      return
    }
    return nil
  }
}
