import Foundation
import Suite
import Testing

/// Files made to break the parser end in an error, soon and without a trap.
@Suite(.timeLimit(.minutes(3))) struct HostileFileTests {
  /// The first fault, from a thread with less than half of the stack that programs have.
  private func fault(of text: String, stack: Int = 3 << 20) throws -> Diagnostic {
    final class Box: @unchecked Sendable {  // Written before the semaphore is signalled, read behind it.
      var found: [Diagnostic] = []
    }
    let box = Box()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      box.found = faults(ofSuite: text)
      done.signal()
    }
    thread.stackSize = stack
    thread.start()
    done.wait()
    return try #require(box.found.first)
  }

  @Test(
    arguments: [64, 100, 1000, 100_000],
    ["[", "{", "[{", "{? ", "[? ", "- ", "? ", "- ? ", "\"a\": [", "[[\"]\","]
  )
  func `Deep nesting on one line is refused without deep recursion`(_ depth: Int, _ opening: String) throws {
    _ = try fault(of: String(repeating: opening, count: depth))
  }

  @Test(arguments: [100, 1000, 3000], ["- ", "a:", "? "])
  func `Deep nesting by indentation is refused without deep recursion`(_ depth: Int, _ opening: String) throws
  {
    let text = (0..<depth).map { String(repeating: " ", count: $0) + opening + "\n" }.joined()
    _ = try fault(of: text)
  }

  @Test func `Many dashes on each of many lines are refused without deep recursion`() throws {
    let text = (0..<40).map {
      String(repeating: " ", count: $0 * 100) + String(repeating: "- ", count: 50) + "\n"
    }
    #expect(try fault(of: text.joined()).message == "the document is nested deeper than 64 levels")
  }

  @Test func `Closed brackets of any depth are refused by their depth`() throws {
    for depth in [65, 500, 900, 1100] {
      let text = "a: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      #expect(try fault(of: text).message == "the document is nested deeper than 64 levels")
    }
  }

  @Test func `Brackets in texts and comments nest nothing`() {
    let brackets = String(repeating: "[", count: 5000)
    let text = "# \(brackets)\n" + MarkedSource.sending("- data: { text: \"\(brackets)\" }")
    #expect(faults(ofSuite: text).isEmpty)
  }

  /// Nine levels of nine aliases: 387 million leaves.
  private static let bomb =
    "a0: &a0 [x]\n"
    + (1...9).map { level in
      "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
    }.joined()

  @Test(arguments: ["", "? *a9\n: 1\n", "*a9 : 1\n", "b: {? [*a9] : 1}\n", "b: [*a9 : 1]\n"])
  func `A document that aliases blow up is refused`(_ end: String) throws {
    let fault = try fault(of: Self.bomb + end)
    #expect(fault.message == "so many aliases of aliases would make the document too large; write it out")
  }

  @Test func `A large text that is repeated often is refused by its size`() throws {
    let large = "a: &a [" + String(repeating: "x, ", count: 10_000) + "]\n"
    let text =
      large + "b: &b [" + Array(repeating: "*a", count: 30).joined(separator: ", ") + "]\n"
      + "c: [" + Array(repeating: "*b", count: 30).joined(separator: ", ") + "]\n"
    let message = try fault(of: text).message
    #expect(message.contains("400000 nodes") || message.hasPrefix("so many aliases"))
  }

  @Test func `A few aliases are all right`() throws {
    let suite = try decoded(
      MarkedSource.suite(
        steps: """
          - send: &packet [ipv4, icmpv4]
          - send: *packet
          - expect: nothing
          """
      )
    )
    #expect(suite.cases.first?.steps.count == 3)
  }

  @Test func `An alias without its anchor is told with its place`() {
    expectFaults("suite: «*nothing\ncases: []", "not YAML: found undefined alias")
  }

  @Test(arguments: ["", "# only a comment\n", "\n\n\n", "---\n", "...\n", "%YAML 1.1\n", "\u{feff}"])
  func `A file without content is refused`(_ text: String) {
    #expect(faults(ofSuite: text).count == 1)
  }

  @Test(arguments: [
    "\u{0}", "suite: te\u{0}st", "\tsuite: test", "suite:\n\tcases: []", "suite: \u{1b}[31mred",
    "suite: \u{7}",
    "a: b: c", "- a\nb", "a: 'b", "a: \"b", "a: |", "a: >x", "a: *", "a: &", "a: !", "a: !<", "a: @b",
    "a: `b",
    "%FOO", "%YAML 9.9\n---\na: b", "a: {", "a: ]", "{a: b}}", "? a", ": b", "--- a\n--- b", "a: !!binary x",
    "a: \"\\q\"", "a: \"\\ud800\"", "a: \"\\uffffffff\"", "<<: [1]", "? [a]\n: b", "? {a: b}\n: c",
    "a: !!set {}",
    "suite: test\n<<: { title: x }\ncases: []", "!!map : 1", "!!python/object:os.system : x", "& : *",
  ])
  func `Ill-formed YAML and strange documents end in an error`(_ text: String) {
    #expect(!faults(ofSuite: text).isEmpty)
  }

  @Test func `A tabulator that indents is told with its place`() throws {
    let fault = try #require(faults(ofSuite: "suite: test\ncases:\n\t- id: one").first)
    #expect(fault.position.line == 3)
    #expect(fault.message == "not YAML: found character that cannot start any token")
  }

  @Test func `A second document is told with its place`() {
    expectFaults("suite: test\n«---\nsuite: other", "not YAML: but found another document")
  }

  @Test func `A file that isn't UTF-8 is told where`() throws {
    let octets: [UInt8] = Array("suite: test\ntitle: caf".utf8) + [0xe9] + Array("\ncases: []".utf8)
    let found = faults(ofSuite: String(decoding: octets, as: UTF8.self))
    #expect(found.map(\.description) == ["test.yaml:2:11: error: the file is not UTF-8 here"])
  }

  @Test func `UTF-16 is no UTF-8`() {
    let octets: [UInt8] = [0xff, 0xfe] + "suite: test".utf8.flatMap { [$0, 0] }
    #expect(
      faults(ofSuite: String(decoding: octets, as: UTF8.self)).map(\.message) == [
        "the file is not UTF-8 here"
      ]
    )
  }

  @Test(arguments: ["x", "1 + ", "$a..é"])
  func `A scalar of a megabyte is an error of ordinary length`(_ piece: String) {
    let long = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
    for text in [
      "suite: '\(long)'", MarkedSource.sending("- ipv4: { ttl: '\(long)' }", head: "family: '\(long)'"),
      MarkedSource.sending("- '\(long)'"), MarkedSource.sending("- ipv4: { '\(long)': 1 }"),
      MarkedSource.sending("- ipv4: { ttl: $a }", head: "vary: { a: ['\(long)'] }"),
      MarkedSource.suite(steps: "- send: [ipv4]\n- wait: '\(long)'\n- expect: nothing\n  times: '\(long)'"),
      MarkedSource.expecting("- ipv4: { ttl: '\(long)', tos: [] }"),
    ] {
      let found = faults(ofSuite: text)
      #expect(!found.isEmpty)
      for fault in found { #expect(fault.rendered(in: text).utf8.count < 8000) }
    }
  }

  @Test(arguments: [
    "18446744073709551615", "18446744073709551616", "-9223372036854775808", "0xffffffffffffffffffff", "1e999",
    "0x", "0b2", "+1", "-0", "0x-1", "0x+1", "0x0b1", "_", "__1", "٣", "½", "0b",
    "99999999999999999999999999999",
  ])
  func `Huge and strange numbers trap nowhere`(_ text: String) {
    _ = faults(
      ofSuite: MarkedSource.suite(
        steps: """
          - send:
              - ipv4: { ttl: \(text), options: [{ type: \(text), length: \(text) }, { record-route: { slots: \(text) } }] }
              - data: { counter: \(text) }
            repeat: \(text)
            every: \(text)s
            truncate: \(text)
            pad: \(text)
            corrupt: [{ at: \(text), xor: \(text) }]
            fragment: { size: \(text), overlap: \(text), order: [\(text)], omit: [\(text)] }
          - expect: [{ ipv4: { ttl: \(text)..\(text) } }]
            times: \(text)..\(text)
            within: \(text)s
          - expect: [{ data: { length: { at-least: \(text) } } }, { quoted: { of: $sent, at-least: \(text) } }]
          """,
        head: "vary: { a: [\(text)..\(text)] }"
      )
    )
  }

  @Test(arguments: ["title", "suite", "include", "setup"])
  func `A scalar of ten megabytes ends in a fault of ordinary length, or in nothing`(_ key: String) {
    let text = "\(key): \(String(repeating: "x", count: 10 << 20))\ncases: []"
    let found = faults(ofSuite: text)
    #expect(found.contains { $0.message.hasPrefix("'cases' must be a list of at least one case") })
    for fault in found { #expect(fault.rendered(in: text).utf8.count < 8000) }
  }

  @Test func `A NUL is refused where it stands`() {
    for text in ["suite: te\u{0}st\ncases: []", "suite: test\ntitle: \u{0}\ncases: []"] {
      #expect(faults(ofSuite: text).first?.message.contains("control characters are not allowed") == true)
    }
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: «\"6\\04\" }"),
      "'6\u{0}4' is neither a number nor a name of 'ttl'"
    )
  }

  @Test func `Packets that quote each other in a circle are told once`() {
    let text = """
      suite: test
      packets:
        one: [ipv4, { icmpv4: { type: 3 } }, { quote: «{ packet: two } }]
        two: [ipv4, { icmpv4: { type: 3 } }, { quote: { packet: one } }, { quote: { packet: one } }]
      cases:
        - id: one
          title: A case
          steps: [{ send: one }, { expect: nothing }]
      """
    expectFaults(text, "packets quote each other in a circle, or deeper than 8 levels")
  }

  @Test func `Files in a circle are told, or read once`() {
    let circle = ["a.yaml": "include: b.yaml\n", "b.yaml": "include: [a.yaml, b.yaml, test.yaml]\n"]
    let text =
      "suite: test\ninclude: a.yaml\ncases: [{ id: a, title: A, steps: [{ send: [ipv4] }, { expect: nothing }] }]"
    #expect(throws: SuiteError.self) {
      _ = try TestSuite(decoding: text, file: "test.yaml") { name, _ in
        (circle[name] ?? text, name)
      }
    }
    #expect(throws: Never.self) {
      _ = try TestSuite(decoding: text, file: "test.yaml") { name, _ in
        (circle[name] ?? "packets: {}\n", name)
      }
    }
  }

  @Test func `Numbers are decimal, hexadecimal or binary, without a sign`() {
    #expect(UInt64(literal: "010") == 10)
    #expect(UInt64(literal: "0x0b") == 11)
    #expect(UInt64(literal: "0b1010") == 10)
    #expect(UInt64(literal: "1_000") == 1000)
    #expect(UInt64(literal: "18446744073709551615") == .max)
    for text in [
      "", "_", "0x", "0b", "-0", "+1", "0x-1", "0x+1", "0b2", "1.0", "1e3", "18446744073709551616", " 1",
    ] {
      #expect(UInt64(literal: text) == nil, "\(text)")
    }
  }

  @Test func `Hundreds of faults end in a bounded number of messages`() {
    let keys = (0..<20_000).map { "unknown-key-number-\($0): 1" }.joined(separator: "\n")
    #expect(faults(ofSuite: keys).count == 200)
  }

  @Test func `A file of more than sixteen megabytes is refused unread`() {
    let text = "suite: test #" + String(repeating: "x", count: 17 << 20)
    #expect(faults(ofSuite: text).first?.message.hasPrefix("the file has ") == true)
  }
}
