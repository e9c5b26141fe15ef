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
    for root in [Grammar.Mapping.suite, .target, .baseline] {
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
            let summary = (property as? [String: Any])?["description"] as? String
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
}
