import Suite
import Testing

@Suite struct YAMLTextTests {
  /// Pieces that YAML could take for something else.
  private static let pieces = [
    "a", "no", "~", "0x1f", " ", "  ", ": ", ":", " #", "#", "- ", "-", ",", "[", "]", "{", "}", "&a ", "*a",
    "!", "|",
    ">", "'", "\"", "\\", "%", "@", "`", "?", "? ", "=", "<<", "\n", "\t", "\u{0}", "\u{85}", "\u{2028}", "é",
    "🙂",
    "\u{fffd}", "$sent", "::", "...", "---", "1.5", "null", "\u{1b}",
  ]

  @Test(arguments: 0..<4 as Range<UInt64>) func `Any text is read back as it was written`(seed: UInt64) throws
  {
    var generator = SplitMix(state: seed)
    for _ in 0..<500 {
      let text = (0...Int.random(in: 0...6, using: &generator))
        .map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
      let document = YAMLText.commented(
        [text],
        .entries([
          .init("suite", "written"),
          .init(
            "cases",
            .items([
              .commented(
                [text],
                isApart: true,
                .entries([
                  .init("id", "one"), .init("title", text.isEmpty ? "x" : text),
                  .init(
                    "steps",
                    .items([
                      .entries([
                        .init("send", .items([.mapping([.init("data", .mapping([.init("text", text)]))])]))
                      ]),
                      .entries([.init("expect", "nothing")]),
                    ])
                  ),
                ])
              )
            ])
          ),
        ])
      ).document()
      let suite = try TestSuite(decoding: document, file: "written.yaml")
      let testCase = try #require(suite.cases.first)
      #expect(testCase.title == text, "\(document)")
      guard case .send(let stimulus) = testCase.steps.first?.action,
        case .text(let read)? = stimulus.layers.first?.data
      else {
        Issue.record("\(document)")
        continue
      }
      #expect(read == text, "\(document)")
    }
  }

  @Test func `Short things stand on one line`() {
    let text = YAMLText.entries([
      .init(
        "ipv4",
        .mapping([.init("ttl", "64"), .init("options", .list([.scalar("nop"), .scalar("end")]))])
      ),
      .init("empty", .list([])), .init("none", .mapping([])),
    ])
    #expect(text.document() == "ipv4: { ttl: 64, options: [ nop, end ] }\nempty: []\nnone: {}\n")
  }

  @Test func `Long mappings are broken between their entries`() {
    let entries = (1...9).map { YAMLText.Entry("field-\($0)", "value") }
    let lines = YAMLText.entries([.init("layer", .mapping(entries))]).document(width: 60).split(
      separator: "\n"
    )
    #expect(lines.allSatisfy { $0.utf8.count <= 60 })
    #expect(lines.first == "layer: { field-1: value, field-2: value, field-3: value,")
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  field-") })
    #expect(lines.last?.hasSuffix("field-9: value }") == true)
  }

  @Test func `Mappings with more in them are broken into lines of their own`() {
    let long = YAMLText.list((0..<9).map { .scalar("word-\($0)") })
    let text = YAMLText.items([.entries([.init("layer", .mapping([.init("a", "1"), .init("list", long)]))])])
    #expect(
      text.document(width: 60) == """
        - layer:
            a: 1
            list:
              - word-0
              - word-1
              - word-2
              - word-3
              - word-4
              - word-5
              - word-6
              - word-7
              - word-8

        """
    )
  }

  @Test(arguments: [
    "::", "::1", "fe80::", "a: b", "a #b", "- a", "", " a", "a ", "[a]", "*a", "&a", "é", "a\"b",
  ])
  func `What YAML would read as something else stands between quotes`(text: String) {
    let line = YAMLText.mapping([.init("key", text)]).document()
    #expect(line.hasPrefix("{ key: \"") && line.hasSuffix("\" }\n") || text == "é", "\(line)")
  }

  @Test(arguments: [
    "02:00:00:00:00:07", "2001:db8::7", "$computed + 4", "$length * 8", "010", "no", "echo-request",
  ])
  func `Words of the language need no quotes`(text: String) {
    #expect(YAMLText.mapping([.init("key", text)]).document() == "{ key: \(text) }\n")
  }
}

/// The generator of Steele, Lea and Flood, so that a seed means the same everywhere.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
