import Craft
import Suite
import Testing
import Wire

/// Suites with values that nobody means: crafting ends in a plan or in an error with a place, soon, and never traps.
@Suite(.timeLimit(.minutes(3))) struct HostileCraftTests {
  private static let values = [
    "0", "1", "7", "255", "256", "65535", "65536", "16777216", "16777217", "4294967295", "4294967296",
    "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "-1", "0x",
    "wrong",
    "zero", "ones", "off-by-one", "complement", "$computed", "$computed - 1", "$computed - 16777216", "$id",
    "$port",
    "$tester", "$tester.mac", "$stranger.link-local", "$sent", "$sent.data", "$sent.ipv4.ttl",
    "$sent.ipv6.source",
    "$sent.a.b.c", "$capability.x", "$case", "$unused - 4294967295", "255.255.255.255 + 1", "1..0", "absent",
    "any",
    "true", "broadcast", "echo-reply", "18446744073709551615 * 18446744073709551615", "1 - 2",
    "0..18446744073709551615",
    "192.0.2.1", "2001:db8::1", "[1, 2]", "{ a: 1 }", "''", "' + '", "$", "$.",
    "9999999999999999999999999999999999 + $id",
  ]

  @Test(arguments: 0..<8 as Range<UInt64>) func `No value in a bundled suite traps`(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let files = try BundledTrials.files().map {
      $0.text.split(separator: "\n", omittingEmptySubsequences: false)
    }
    var planned = 0
    for round in 0..<150 {
      var lines = Self.someCases(of: files[round % files.count].map(String.init), &generator)
      for _ in 0..<Int.random(in: 1...2, using: &generator) {
        let index = Int.random(in: 0..<lines.count, using: &generator)
        let value = Self.values[Int.random(in: 0..<Self.values.count, using: &generator)]
        lines[index] = Self.replaced(in: lines[index], with: value, &generator)
      }
      guard let suite = try? TestSuite(decoding: lines.joined(separator: "\n"), file: Sample.file) else {
        continue
      }
      for testCase in suite.cases {
        for bindings in testCase.vary.combinations.prefix(2) {
          if craft(Trial(suite: suite.name, testCase: testCase, bindings: bindings), lines.count) {
            planned += 1
          }
        }
      }
    }
    #expect(planned > 100)
  }

  /// Whether the trial could be crafted; an error must have its place inside of the file.
  private func craft(_ trial: Trial, _ lines: Int) -> Bool {
    do throws(CraftError) {
      let context = try contextOfSample()
      for frame in try TrialPlan(crafting: trial, requirements: [], in: context).frames {
        _ = Dissection(frame)
      }
      return true
    } catch {
      if case .invalid(let diagnostic) = error {
        #expect(diagnostic.position.file == Sample.file)
        #expect(diagnostic.position.line <= lines)
        #expect(!diagnostic.message.isEmpty)
      }
      return false
    }
  }

  /// The head of a suite and two of its cases.
  private static func someCases(of lines: [String], _ generator: inout SplitMix64) -> [String] {
    let starts = lines.indices.filter { lines[$0].hasPrefix("  - id: ") }
    guard let first = starts.first else { return lines }
    var result = Array(lines[..<first])
    for start in starts.shuffled(using: &generator).prefix(2) {
      result += lines[start..<(starts.first { $0 > start } ?? lines.endIndex)]
    }
    return result
  }

  private func contextOfSample() throws(CraftError) -> CraftContext {
    guard let context = try? Sample.context(["udp-closed-port": "33434", "unused-protocol": "253"]) else {
      throw .notApplicable("no context")
    }
    return context
  }

  /// The line with one of its values replaced; values follow a colon or a comma.
  private static func replaced(in line: String, with value: String, _ generator: inout SplitMix64) -> String {
    let starts = line.indices.filter {
      line[$0] == " " && $0 > line.startIndex && ":,[".contains(line[line.index(before: $0)])
    }
    guard let start = starts.randomElement(using: &generator) else { return line }
    let rest = line[start...].dropFirst()
    let end = rest.firstIndex { ",}]".contains($0) } ?? rest.endIndex
    return line[...start] + value + line[end...]
  }

  @Test func `A hundred thousand fragments, repetitions or octets are refused before they are made`() throws {
    for keys in [
      "fragments: [{ offset: 0, length: 65535, more: true }]", "repeat: 16777216", "pad: 16777216",
      "fragment: { size: 8 }\n  repeat: 5000",
    ] {
      #expect(throws: CraftError.self) {
        try plan("- send: [ipv4, { data: { zeros: 1400 } }]\n  \(keys)\n- expect: nothing")
      }
    }
    let many = Array(repeating: "0", count: 20_000).joined(separator: ", ")
    #expect(throws: CraftError.self) {
      try plan(
        "- send: [ipv4, { data: { zeros: 40 } }]\n  fragment: { size: 8, order: [\(many)] }\n- expect: nothing"
      )
    }
  }

  @Test func `A trial of very many frames is refused`() throws {
    let steps = Array(repeating: "- { send: [ipv4], repeat: 10000 }\n", count: 11).joined()
    #expect(throws: CraftError.self) { try plan(steps + "- expect: nothing") }
  }

  @Test func `Headers that are cut away are no reason to trap`() throws {
    var planned = 0
    for length in 0...48 {
      for layers in ["ipv4: { truncate: \(length) }", "ipv6: { truncate: \(length) }"] {
        let kind = layers.prefix(4)
        let step =
          "- send: [{ \(layers) }, { \(kind == "ipv4" ? "icmpv4" : "icmpv6"): { checksum: wrong } }, { data: { zeros: 9 } }]"
        for keys in [
          "", "  fragment: { size: 8 }\n", "  fragments: [{ offset: 8, length: 3, more: true }]\n",
          "  truncate: 3\n",
        ] {
          guard let plan = try? plan("\(step)\n\(keys)- expect: nothing") else { continue }
          for frame in plan.frames { _ = Dissection(frame) }
          planned += 1
        }
      }
    }
    #expect(planned > 300)
  }
}
