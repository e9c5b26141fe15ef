import Foundation
import Suite
import Testing

/// The JSON Schema that is made from the table of the language.
@Suite struct SchemaTests {
  private static let file = BundledFiles.root.appendingPathComponent("schema/suite.schema.json")

  @Test func `The schema that is checked in is the one which the table makes`() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    #expect(text == JSONSchema.text(of: .suite), "`make schema` writes it anew")
  }

  @Test func `So is that of policies`() throws {
    let file = BundledFiles.root.appendingPathComponent("schema/policy.schema.json")
    #expect(try String(contentsOf: file, encoding: .utf8) == JSONSchema.text(of: .policy))
    for file in try BundledFiles.files(below: "policies") {
      #expect(
        file.text.hasPrefix("# yaml-language-server: $schema=../schema/policy.schema.json\n"),
        "\(file.path)"
      )
    }
  }

  @Test(.enabled(if: SchemaOracle.policy != nil, "needs the Python packages jsonschema and PyYAML"))
  func `Every bundled policy is valid, read as text and typed`() throws {
    let oracle = try #require(SchemaOracle.policy)
    for file in try BundledFiles.files(below: "policies") {
      #expect(oracle.answers(to: file.text) == [.valid, .valid], "\(file.path)")
    }
  }

  @Test func `Every bundled suite begins by naming the schema`() throws {
    for file in try BundledFiles.suiteFiles() {
      let line = "# yaml-language-server: $schema=../schema/suite.schema.json\n"
      #expect(file.text.hasPrefix(line), "\(file.path)")
    }
  }

  @Test(.enabled(if: SchemaOracle.suite != nil, "needs the Python packages jsonschema and PyYAML"))
  func `Every bundled suite is valid, read as text and typed`() throws {
    let oracle = try #require(SchemaOracle.suite)
    for file in try BundledFiles.suiteFiles() {
      #expect(oracle.answers(to: file.text) == [.valid, .valid], "\(file.path)")
    }
  }

  @Test(.enabled(if: SchemaOracle.baseline != nil, "needs the Python packages jsonschema and PyYAML"))
  func `Every bundled baseline is valid`() throws {
    let oracle = try #require(SchemaOracle.baseline)
    for file in try BundledFiles.files(below: "baselines") {
      #expect(oracle.answers(to: file.text) == [.valid, .valid], "\(file.path)")
    }
  }

  @Test func `Every key has a description, and every reference a definition`() throws {
    for root in [Grammar.Mapping.suite, .target, .baseline, .policy] {
      let text = JSONSchema.text(of: root)
      let schema = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      )
      let definitions = try #require(schema["definitions"] as? [String: Any])
      var references: Set<String> = []
      func check(_ value: Any) {
        if let values = value as? [Any] { values.forEach(check) }
        guard let members = value as? [String: Any] else { return }
        if let reference = members["$ref"] as? String { references.insert(reference) }
        if let properties = members["properties"] as? [String: Any] {
          for (name, property) in properties {
            let summary = Self.description(of: property, in: definitions)
            #expect(summary?.isEmpty == false, "\(name)")
          }
          #expect(members["additionalProperties"] != nil)
        }
        members.values.forEach(check)
      }
      check(schema)
      #expect(references == Set(definitions.keys.map { "#/definitions/\($0)" }))
    }
  }

  /// What editors show of a property: its own description, or that of the definition which it is.
  private static func description(of property: Any, in definitions: [String: Any]) -> String? {
    guard let members = property as? [String: Any] else { return nil }
    guard let target = members["$ref"] as? String else { return members["description"] as? String }
    let definition = definitions[String(target.dropFirst("#/definitions/".count))] as? [String: Any]
    return definition?["description"] as? String
  }

  @Test func `What repeats itself is written once, so that editors load it quickly`() {
    #expect(JSONSchema.text(of: .suite).utf8.count < 256 << 10)
  }

  @Test func `No two shapes have the same name`() {
    var known: [String: [String]] = [:]
    func check(_ name: String, _ contents: [String]) -> Bool {
      defer { known[name] = contents }
      guard let other = known[name] else { return true }
      #expect(other == contents, "\(name)")
      return false
    }
    func visit(_ shape: Grammar.Shape) {
      switch shape {
      case .scalar(let scalar): _ = check(scalar.name, [scalar.summary, scalar.pattern])
      case .either(let shapes): shapes.forEach(visit)
      case .list(let item, _), .freeKeys(let item, _, _): visit(item)
      case .keys(let mapping): visit(mapping())
      case .named(let phrase):
        let phrase = phrase()
        if check(phrase.name, ["phrase", phrase.summary]) { visit(phrase.shape) }
      case .choice, .empty: break
      }
    }
    func visit(_ mapping: Grammar.Mapping) {
      guard check(mapping.name, mapping.keys.map { "\($0.name): \($0.summary)" }) else { return }
      mapping.keys.map(\.shape).forEach(visit)
      if let others = mapping.others { visit(others) }
    }
    [Grammar.Mapping.suite, .target, .baseline, .policy].forEach(visit)
    #expect(known.count > 300)
  }
}
