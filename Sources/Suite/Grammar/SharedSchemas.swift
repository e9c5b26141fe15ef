/// Writes parts of a JSON Schema that stand in several places once, as definitions.
///
/// Equal parts become one node. A node's places are then counted without those in parents that are themselves written
/// only once, so they say what a definition saves.
struct SharedSchemas {
  typealias Definition = (name: String, schema: JSONValue)

  /// A part whose own parts are nodes.
  private enum Form {
    case leaf(JSONValue)
    case array([Int])
    case object([(String, Int)])
    /// A schema and what editors show about it.
    case described(String, Int)
  }

  /// What stands at a place of a schema.
  private enum Role {
    case schema, schemas, other

    /// What the value of a key is.
    func below(_ key: String) -> Role {
      switch (self, key) {
      case (.schema, "items"), (.schema, "additionalProperties"), (.schema, "not"), (.schemas, _): .schema
      case (.schema, "properties"), (.schema, "anyOf"), (.schema, "allOf"), (.schema, "oneOf"): .schemas
      default: .other
      }
    }
  }

  private var nodes: [(form: Form, size: Int, places: Int)] = []
  private var known: [String: Int] = [:]
  private var names: [Int: String] = [:]
  private var shared: [Definition] = []
  private var taken: Set<String>

  /// The same definitions, the first of them the schema's top, with others for what repeats itself.
  static func sharing(_ definitions: [Definition]) -> [Definition] {
    let definitions = merged(definitions)
    var writer = SharedSchemas(taken: Set(definitions.map(\.name)))
    let ids = definitions.map { writer.node(of: $0.schema, .schema) }
    for id in ids { writer.nodes[id].places += 1 }
    for (id, definition) in zip(ids, definitions).dropFirst() { writer.names[id] = definition.name }
    var written: [Definition] = []
    for (id, definition) in zip(ids, definitions) {
      written.append((definition.name, writer.contents(of: id, .schema, at: definition.name)))
      written += writer.shared
      writer.shared = []
    }
    return written
  }

  private init(taken: Set<String>) { self.taken = taken }
}

// MARK: - Equal definitions

extension SharedSchemas {
  /// Without definitions that say the same as an earlier one.
  private static func merged(_ definitions: [Definition]) -> [Definition] {
    var definitions = definitions
    while true {
      var first: [String: String] = [:]
      var replaced: [String: String] = [:]
      for (name, schema) in definitions {
        let text = schema.text()
        if let other = first[text] { replaced[name] = other } else { first[text] = name }
      }
      if replaced.isEmpty { return definitions }
      definitions = definitions.filter { replaced[$0.name] == nil }.map {
        ($0.name, redirected($0.schema, replaced))
      }
    }
  }

  private static func redirected(_ value: JSONValue, _ names: [String: String]) -> JSONValue {
    switch value {
    case .array(let items): return .array(items.map { redirected($0, names) })
    case .object(let members):
      let changed = members.map { key, value -> (String, JSONValue) in
        guard key == "$ref", case .string(let target) = value,
          let name = names[String(target.dropFirst(JSONSchema.place.count))]
        else { return (key, redirected(value, names)) }
        return (key, .string(JSONSchema.place + name))
      }
      return .object(changed)
    default: return value
    }
  }
}

// MARK: - Equal parts

extension SharedSchemas {
  private mutating func node(of value: JSONValue, _ role: Role) -> Int {
    switch value {
    case .array(let items):
      let children = items.map { node(of: $0, role.below("")) }
      return node(.array(children), key: "[\(children)]", children, size: 2)
    case .object(let members):
      if role == .schema, members.count > 1, members[0].0 == "description",
        case .string(let text) = members[0].1
      {
        let rest = node(of: .object(Array(members.dropFirst())), .schema)
        return node(
          .described(text, rest),
          key: "described \(rest) \(text)",
          [rest],
          size: text.utf8.count + 20
        )
      }
      let children = members.map { ($0, node(of: $1, role.below($0))) }
      let size = children.reduce(2) { $0 + $1.0.utf8.count + 4 }
      return node(.object(children), key: "{\(children)}", children.map(\.1), size: size)
    default:
      let text = value.text()
      return node(.leaf(value), key: text, [], size: text.utf8.count)
    }
  }

  private mutating func node(_ form: Form, key: String, _ children: [Int], size: Int) -> Int {
    if let id = known[key] { return id }
    for child in children { nodes[child].places += 1 }
    nodes.append((form, children.reduce(size) { $0 + nodes[$1].size + 2 }, 0))
    known[key] = nodes.count - 1
    return nodes.count - 1
  }

  /// A part, or the reference to it.
  private mutating func written(_ id: Int, _ role: Role, at path: String) -> JSONValue {
    guard role == .schema else { return contents(of: id, role, at: path) }
    let name = names[id] ?? freeName(for: path)
    if names[id] == nil, isWorthSharing(id, as: name) {
      taken.insert(name)
      names[id] = name
      let place = shared.count
      shared.append((name, .null))
      shared[place].schema = contents(of: id, .schema, at: name)
    }
    return names[id] == nil ? contents(of: id, .schema, at: path) : JSONSchema.reference(to: name)
  }

  /// The key under which a part is met first, with a number if others have it too.
  private func freeName(for path: String) -> String {
    let key = path.split(separator: ".").last.map(String.init) ?? path
    var (name, number) = (key, 1)
    while taken.contains(name) {
      number += 1
      name = "\(key)-\(number)"
    }
    return name
  }

  /// Whether the text of a definition and of the references to it is shorter than that of all its places.
  private func isWorthSharing(_ id: Int, as name: String) -> Bool {
    let (form, size, places) = nodes[id]
    switch form {
    case .leaf: return false
    // A reference already, or the form that it has beside a description.
    case .object(let members) where members.count == 1 && ["$ref", "allOf"].contains(members[0].0):
      return false
    default: break
    }
    let reference = "{\"$ref\": \"#/definitions/\"}".utf8.count + name.utf8.count
    let least = 60
    return (places - 1) * size > places * reference + name.utf8.count + least
  }

  private mutating func contents(of id: Int, _ role: Role, at path: String) -> JSONValue {
    switch nodes[id].form {
    case .leaf(let value): return value
    case .array(let items): return .array(items.map { written($0, role.below(""), at: path) })
    case .object(let members):
      return .object(
        members.map { key, child in
          let isKeyword = role == .schema && !["items", "additionalProperties"].contains(key)
          return (key, written(child, role.below(key), at: isKeyword ? path : "\(path).\(key)"))
        }
      )
    case .described(let text, let rest):
      let description = ("description", JSONValue.string(text))
      let value = written(rest, .schema, at: path)
      guard case .object(let members) = value else { return value }
      // Readers of draft 7 take no notice of what stands beside a reference.
      return .object([description] + (members.first?.0 == "$ref" ? [("allOf", .array([value]))] : members))
    }
  }
}
