import Suite
import Testing

/// Bundled suites, damaged at random with a seed: decoding ends in a suite or in faults inside of the file.
@Suite(.timeLimit(.minutes(3))) struct MutationTests {
  private static let words: [String] = [
    "", " ", "\n", "\t", "-", ":", "[", "]", "{", "}", "&a ", "*a", "$", "..", "'", "\"", "#", "|", ">", "!",
    "%", "@",
    "\u{0}", "\u{fffd}", "é", "-1", "99999999999999999999", "0x", "nothing", "any", "absent", "except",
    "18446744073709551615",
    "$sent.data", "$computed", "{}", "[]", "- ", "? ", "  ", "send", "expect", "18446744073709551615..0",
    "1..0",
  ]

  private func mutant(of octets: [UInt8], _ generator: inout SplitMix) -> [UInt8] {
    var result = octets
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      guard !result.isEmpty else { break }
      let place = Int.random(in: 0..<result.count, using: &generator)
      let end = min(result.count, place + Int.random(in: 0...12, using: &generator))
      let word = Array(Self.words[Int.random(in: 0..<Self.words.count, using: &generator)].utf8)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: result.removeSubrange(place..<end)
      case 1: result.insert(contentsOf: word, at: place)
      case 2: result.replaceSubrange(place..<end, with: word)
      case 3: result[place] = UInt8.random(in: 0...255, using: &generator)
      case 4:
        let from = Int.random(in: 0..<result.count, using: &generator)
        result.insert(contentsOf: result[from..<min(result.count, from + 40)], at: place)
      default: result.removeSubrange(place...)
      }
    }
    return result
  }

  @Test(arguments: 0..<8 as Range<UInt64>) func `No mutant of a bundled suite traps`(_ seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    // The beginnings of files are as good as the whole ones, and many more fit into the time.
    let heads = try BundledFiles.suiteFiles().map { file in
      Array(
        file.text.split(separator: "\n", omittingEmptySubsequences: false).prefix(60).joined(separator: "\n")
          .utf8
      )
    }
    for round in 0..<400 {
      let text = String(decoding: mutant(of: heads[round % heads.count], &generator), as: UTF8.self)
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
      for fault in faults(ofSuite: text) {
        #expect((1...lines + 1).contains(fault.position.line), "\(fault)")
        #expect(fault.position.column >= 1, "\(fault)")
        _ = fault.rendered(in: text)
      }
    }
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
