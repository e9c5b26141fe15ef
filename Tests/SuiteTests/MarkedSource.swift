import Suite
import Testing

/// The text of a file with marks where faults must be reported.
///
/// The mark `«` stands in front of the octet that the caret must be under; it isn't part of the text.
struct MarkedSource {
  static let file = "test.yaml"

  let text: String
  let places: [SourcePosition]

  init(_ marked: String) {
    var text = ""
    var places: [SourcePosition] = []
    var line = 1
    var column = 1
    for character in marked.unicodeScalars {
      if character == "«" {
        places.append(SourcePosition(file: Self.file, line: line, column: column))
        continue
      }
      text.unicodeScalars.append(character)
      (line, column) = character == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    self.text = text
    self.places = places
  }

  /// A whole suite around the steps of its only case; `head` holds further keys of the case.
  static func suite(steps: String, head: String = "") -> String {
    """
    suite: test
    cases:
      - id: one
        title: A case
        requirement: RFC792-a
    \(indented(head, by: 4))    steps:
    \(indented(steps, by: 6))
    """
  }

  /// A suite whose only case sends this packet and expects silence.
  static func sending(_ layers: String, head: String = "") -> String {
    suite(steps: "- send:\n\(indented(layers, by: 4))- expect: nothing", head: head)
  }

  /// A suite whose only case sends an echo request and expects this frame.
  static func expecting(_ layers: String, head: String = "") -> String {
    suite(steps: "- send: [ipv4, icmpv4]\n- expect:\n\(indented(layers, by: 4))", head: head)
  }

  private static func indented(_ text: String, by count: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: true)
      .map { String(repeating: " ", count: count) + $0 + "\n" }.joined()
  }
}

/// The faults that decoding a suite reports; empty if it is all right.
func faults(ofSuite text: String) -> [Diagnostic] {
  do throws(SuiteError) {
    _ = try TestSuite(decoding: text, file: MarkedSource.file)
    return []
  } catch {
    return error.diagnostics
  }
}

/// Demands exactly these faults of a suite at the marks, and that its JSON Schema refuses what it can.
func expectFaults(
  _ marked: String,
  _ messages: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectFaults(marked, messages, decoding: faults(ofSuite:), sourceLocation: sourceLocation)
  let text = MarkedSource(marked).text
  guard faults(ofSuite: text).contains(where: \.isOfShape), let oracle = SchemaOracle.suite else { return }
  for answer in oracle.answers(to: text) {
    #expect(answer != .valid, "the schema takes it", sourceLocation: sourceLocation)
  }
}

/// Demands exactly these faults at the marks, in the order of the marks, and a caret below each.
func expectFaults(
  _ marked: String,
  _ messages: String...,
  decoding: (String) -> [Diagnostic],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectFaults(marked, messages, decoding: decoding, sourceLocation: sourceLocation)
}

private func expectFaults(
  _ marked: String,
  _ messages: [String],
  decoding: (String) -> [Diagnostic],
  sourceLocation: SourceLocation
) {
  let source = MarkedSource(marked)
  let found = decoding(source.text).sorted {
    ($0.position.line, $0.position.column) < ($1.position.line, $1.position.column)
  }
  #expect(found.map(\.message) == messages, sourceLocation: sourceLocation)
  #expect(found.map(\.position) == source.places, sourceLocation: sourceLocation)
  let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
  for fault in found where lines.indices.contains(fault.position.line - 1) {
    let rendered = fault.rendered(in: source.text).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rendered.first == "\(fault.position): error: \(fault.message)", sourceLocation: sourceLocation)
    #expect(
      rendered.dropFirst().first == "  \(lines[fault.position.line - 1].prefix(160))",
      sourceLocation: sourceLocation
    )
    let caret = String(repeating: " ", count: fault.position.column + 1) + "^"
    #expect(rendered.last.map(String.init) == caret, sourceLocation: sourceLocation)
  }
}

/// The suite, or a recorded issue.
func decoded(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> TestSuite {
  do throws(SuiteError) {
    let suite = try TestSuite(decoding: text, file: MarkedSource.file)
    // Typed readers can't tell `~` from nothing.
    let answer = SchemaOracle.suite?.answers(to: text).first
    #expect(answer != .invalid, "the schema refuses it", sourceLocation: sourceLocation)
    return suite
  } catch {
    Issue.record("\(error)", sourceLocation: sourceLocation)
    throw error
  }
}
