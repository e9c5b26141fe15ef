/// Writes the grammar as JSON Schema (draft 7), for editors and validators.
package struct JSONSchema {
  private var definitions: [(name: String, schema: JSONValue)] = []
  private var known: Set<String> = []

  /// The schema of files whose top is this mapping.
  package static func text(of root: Grammar.Mapping) -> String {
    var writer = JSONSchema()
    let top = JSONValue.object(writer.schema(of: root))
    var definitions = SharedSchemas.sharing([(root.name, top)] + writer.definitions)
    guard case .object(let members) = definitions.removeFirst().schema else { return "" }
    return JSONValue.object(
      [("$schema", .string("http://json-schema.org/draft-07/schema#"))] + members
        + [("definitions", .object(definitions.map { ($0.name, $0.schema) }))]
    ).text(width: 300) + "\n"
  }

  /// What references to definitions begin with.
  static let place = "#/definitions/"

  /// A reference to a definition.
  static func reference(to name: String) -> JSONValue { .object([("$ref", .string(place + name))]) }

  /// Refers to a definition, which is written when it is first met.
  private mutating func reference(
    to name: String,
    _ write: (inout JSONSchema) -> [(String, JSONValue)]
  ) -> JSONValue {
    if known.insert(name).inserted {
      let place = definitions.count
      definitions.append((name, .null))
      definitions[place].schema = .object(write(&self))
    }
    return Self.reference(to: name)
  }

  private mutating func schema(of mapping: Grammar.Mapping) -> [(String, JSONValue)] {
    // Parts of a key have nothing to say that the key doesn't.
    let summary = mapping.summary.isEmpty ? [] : [("description", JSONValue.string(mapping.summary))]
    var members: [(String, JSONValue)] = [
      ("type", .string("object")),
      ("additionalProperties", mapping.others.map { schema(of: $0) } ?? .bool(false)),
      ("properties", .object(mapping.keys.map { ($0.name, property($0)) })),
    ]
    let required = mapping.keys.filter(\.isRequired).map(\.name)
    if !required.isEmpty { members.append(("required", Self.strings(required))) }
    members += Self.needs(of: mapping)
    if mapping.exactlyOne == mapping.names {
      let one: [(String, JSONValue)] = [("minProperties", .integer(1)), ("maxProperties", .integer(1))]
      members = [("allOf", .array([.object(members), .object(one)]))]
    } else if !mapping.exactlyOne.isEmpty {
      members.append(("oneOf", .array(mapping.exactlyOne.map { Self.requiring([$0]) })))
    }
    let pairs = mapping.keys.compactMap { key in
      key.excludes.flatMap { mapping.exactlyOne.contains($0) ? nil : [key.name, $0] }
    }
    if !pairs.isEmpty { members.append(("not", .object([("anyOf", .array(pairs.map(Self.requiring)))]))) }
    return summary + members
  }

  /// A key's value with what editors show about it.
  private mutating func property(_ key: Grammar.Key) -> JSONValue {
    let example = key.example.map { " Example: `\($0)`." } ?? ""
    let description = ("description", JSONValue.string(key.summary + example))
    switch schema(of: key.shape) {
    case .object(let members) where members.first?.0 == "$ref":
      // Readers of draft 7 take no notice of what stands beside a reference.
      return .object([description, ("allOf", .array([.object(members)]))])
    case .object(let members): return .object([description] + members.filter { $0.0 != "description" })
    case let other: return other
    }
  }

  private mutating func schema(of shape: Grammar.Shape) -> JSONValue {
    switch shape {
    case .scalar(let scalar): return reference(to: scalar.name) { $0.schema(of: scalar) }
    case .choice(let words): return .object([("enum", .array(words.flatMap(Self.values)))])
    case .either:
      let forms = shape.forms.map { schema(of: $0) }
      return forms.count == 1 ? forms[0] : .object([("anyOf", .array(forms))])
    case .list(let item, let least):
      let members = [("type", JSONValue.string("array")), ("items", schema(of: item))]
      return .object(members + (least > 0 ? [("minItems", .integer(least))] : []))
    case .freeKeys(let value, let least, let most):
      var members = [("type", JSONValue.string("object")), ("additionalProperties", schema(of: value))]
      if least > 0 { members.append(("minProperties", .integer(least))) }
      if let most { members.append(("maxProperties", .integer(most))) }
      return .object(members)
    case .keys(let mapping):
      let mapping = mapping()
      return reference(to: mapping.name) { $0.schema(of: mapping) }
    case .named(let phrase):
      let phrase = phrase()
      return reference(to: phrase.name) { writer in
        guard case .object(let members) = writer.schema(of: phrase.shape) else { return [] }
        return (phrase.summary.isEmpty ? [] : [("description", .string(phrase.summary))]) + members
      }
    case .empty: return .object([("enum", .array([.null, .string("")]))])
    }
  }

  private mutating func schema(of scalar: Grammar.Scalar) -> [(String, JSONValue)] {
    let description = ("description", JSONValue.string(scalar.summary))
    if let maximum = scalar.maximum {
      // All numbers are written alike; they differ in what they may come to.
      return [
        description, ("allOf", .array([schema(of: .scalar(.number))])), ("maximum", .decimal("\(maximum)")),
      ]
    }
    let types = scalar.types.map(\.rawValue)
    var members = [description, ("type", types.count == 1 ? .string(types[0]) : Self.strings(types))]
    if !scalar.pattern.isEmpty { members.append(("pattern", .string(scalar.pattern))) }
    if scalar.types.contains(.integer) { members.append(("minimum", .integer(0))) }
    return members
  }

  /// Keys that make no sense without another one.
  private static func needs(of mapping: Grammar.Mapping) -> [(String, JSONValue)] {
    let needs = mapping.keys.compactMap { key in key.needs.map { (name: key.name, key: $0.key) } }
    guard let first = needs.first else { return [] }
    guard needs.count > 8, needs.allSatisfy({ $0.key == first.key }) else {
      return [("dependencies", .object(needs.map { ($0.name, strings([$0.key])) }))]
    }
    let free = strings(mapping.keys.filter { $0.needs == nil }.map(\.name))
    let others = JSONValue.object([("propertyNames", .object([("enum", free)]))])
    return [("anyOf", .array([requiring([first.key]), others]))]
  }

  private static func requiring(_ names: [String]) -> JSONValue { .object([("required", strings(names))]) }

  private static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  /// A word, and what typed readers of YAML take it for.
  private static func values(of word: String) -> [JSONValue] {
    switch word {
    case "true", "false": [.string(word), .bool(word == "true")]
    default: [.string(word)]
    }
  }
}
