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

  @Test func `Every element of every list is in it, with its keys`() {
    let text = Reference.markdown()
    for definition in Protocols.all {
      for list in definition.lists {
        for element in list.elements {
          let start = list.isNamed ? "| `\(element.name)` | \(element.number ?? 0) |" : "| "
          let rows = text.split(separator: "\n").filter { row in
            row.hasPrefix(start)
              && element.keys.allSatisfy { $0 == "length" || row.contains("`\($0)`") }
          }
          #expect(!rows.isEmpty, "\(definition.kind).\(list.key).\(element.name)")
        }
      }
    }
  }

  @Test func `Every name of a value is in it`() {
    let text = Reference.markdown()
    for definition in Protocols.all {
      let elements = definition.lists.flatMap(\.elements)
      let fields =
        definition.variants.flatMap(\.fields)
        + elements.flatMap { $0.settableFields + $0.parts.flatMap(\.fields) }
      for field in fields {
        for name in field.names?.names ?? [] {
          let number = field.names?.number(named: name) ?? 0
          #expect(text.contains("`\(name)` \(number)"), "\(definition.kind).\(field.name)")
        }
      }
    }
  }

  @Test func `Every step is in it under its word`() {
    for step in Grammar.Mapping.steps {
      #expect(Reference.markdown().contains("\n### `\(step.name)`\n\n\(step.summary)"))
    }
  }

  @Test func `Every row of a table has as many cells as its head`() {
    var columns = 0
    for line in Reference.markdown().split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = 0
        continue
      }
      let cells = line.replacingOccurrences(of: "\\|", with: "").count { $0 == "|" }
      if columns > 0 { #expect(cells == columns, "\(line)") }
      columns = cells
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
