import Foundation
import Suite
import Testing
import Wire

/// The reference of the language that is made from its table.
@Suite struct ReferenceTests {
  private static let file = BundledFiles.root.deletingLastPathComponent()
    .appendingPathComponent("docs/suite-reference.md")

  @Test func `The reference that is checked in is the one which the table makes`() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    #expect(text == Reference.markdown(), "`make schema` writes it anew")
  }

  @Test func `Every field of every layer is in it`() {
    let sections = Reference.markdown().components(separatedBy: "\n### ")
    for definition in Protocols.all {
      let section = sections.first { $0.hasPrefix("Layer `\(definition.kind)`") } ?? ""
      for field in definition.fields {
        #expect(
          section.contains("| `\(field.name)` | \(field.bitWidth) |"),
          "\(definition.kind).\(field.name)"
        )
      }
    }
  }

  @Test func `Every link leads somewhere`() {
    let text = Reference.markdown()
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
      line.drop { $0 == "#" }.filter { $0 != "`" }.trimmingCharacters(in: .whitespaces).lowercased()
        .replacingOccurrences(of: " ", with: "-")
    }
    let anchors = text.components(separatedBy: "<a id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }.map(
      String.init
    )
    let places = headings + anchors
    #expect(Set(places).count == places.count, "each place has a name of its own")
    for link in text.components(separatedBy: "](#").dropFirst().map({ String($0.prefix { $0 != ")" }) }) {
      #expect(places.contains(link), "\(link)")
    }
  }
}
