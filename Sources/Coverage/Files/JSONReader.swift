internal import Suite

/// An object of a JSON document, and what it is for messages.
struct JSONObject {
  var members: [String: JSONTree]
  var offset: Int
  var what: String
}

/// Takes typed values from a JSON document, collecting faults with their places.
///
/// Members that nobody asks for are no faults: later versions may add some.
struct JSONReader {
  let document: JSONDocument
  private(set) var faults: [Diagnostic] = []

  /// More faults than this help nobody.
  static let faultLimit = 20
  /// Numbers above this are nobody's counts, and would overflow sums.
  static let countLimit = 1_000_000_000

  init(_ document: JSONDocument) { self.document = document }

  /// What was asked for, unless something was wrong.
  func finish<Value>(_ value: Value) throws(SuiteError) -> Value {
    if !faults.isEmpty { throw SuiteError(faults) }
    return value
  }

  mutating func error(at offset: Int, _ message: String) {
    guard faults.count < Self.faultLimit else { return }
    faults.append(Diagnostic(at: document.position(of: offset), message))
  }

  /// The value as an object.
  mutating func object(_ tree: JSONTree, _ what: String) -> JSONObject? {
    if case .object(let members) = tree.content {
      return JSONObject(members: members, offset: tree.offset, what: what)
    }
    error(at: tree.offset, "\(what) must be an object, not \(tree.kindName)")
    return nil
  }

  /// A member that is an object; nil if it is missing or null.
  mutating func object(_ name: String, of owner: JSONObject) -> JSONObject? {
    guard let tree = value(name, of: owner) else { return nil }
    return object(tree, "'\(name)'")
  }

  /// A member; nil if it is missing or null.
  private func value(_ name: String, of owner: JSONObject) -> JSONTree? {
    guard let tree = owner.members[name] else { return nil }
    if case .null = tree.content { return nil }
    return tree
  }

  /// A member that must be there.
  private mutating func member(_ name: String, of owner: JSONObject) -> JSONTree? {
    if let tree = owner.members[name] { return tree }
    error(at: owner.offset, "\(owner.what) lacks '\(name)'")
    return nil
  }

  /// A member that must be a string.
  mutating func text(_ name: String, of owner: JSONObject) -> String {
    guard let tree = member(name, of: owner) else { return "" }
    if case .string(let text) = tree.content { return text }
    error(at: tree.offset, "'\(name)' must be a string, not \(tree.kindName)")
    return ""
  }

  /// A member that is a string, or missing or null.
  mutating func optionalText(_ name: String, of owner: JSONObject) -> String? {
    value(name, of: owner) == nil ? nil : text(name, of: owner)
  }

  /// A member that must be one of some words.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String,
    of owner: JSONObject,
    as type: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    guard let tree = member(name, of: owner) else { return nil }
    if case .string(let word) = tree.content, let choice = Choice(rawValue: word) { return choice }
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    error(at: tree.offset, "'\(name)' must be one of: \(words)")
    return nil
  }

  /// A member that is a count; 0 if it is missing.
  mutating func count(_ name: String, of owner: JSONObject) -> Int {
    guard let tree = value(name, of: owner) else { return 0 }
    if case .number(let digits) = tree.content, let number = Int(digits),
      (0...Self.countLimit).contains(number)
    {
      return number
    }
    error(at: tree.offset, "'\(name)' must be a count, not \(tree.kindName)")
    return 0
  }

  /// A member that must be a list of objects.
  mutating func objects(_ name: String, of owner: JSONObject, each what: String) -> [JSONObject] {
    items(name, of: owner).compactMap { object($0, what) }
  }

  /// A member that is a list of strings, or missing or null.
  mutating func optionalTexts(_ name: String, of owner: JSONObject) -> [String] {
    value(name, of: owner) == nil ? [] : texts(name, of: owner)
  }

  /// A member that must be a list of strings.
  mutating func texts(_ name: String, of owner: JSONObject) -> [String] {
    items(name, of: owner).compactMap { item in
      if case .string(let text) = item.content { return text }
      error(at: item.offset, "'\(name)' must hold strings, not \(item.kindName)")
      return nil
    }
  }

  private mutating func items(_ name: String, of owner: JSONObject) -> [JSONTree] {
    guard let tree = member(name, of: owner) else { return [] }
    if case .array(let items) = tree.content { return items }
    error(at: tree.offset, "'\(name)' must be a list, not \(tree.kindName)")
    return []
  }
}
