import Craft

/// Mutants of the bundled suites, each known by its number.
struct Mutants {
  private let texts: [[UInt8]]
  private let documents: [Tree]
  private let damage: Damage

  init(_ files: [String]) {
    texts = files.map { Array($0.utf8) }
    documents = files.compactMap { Tree($0) }
    damage = Damage(documents)
  }

  /// The mutant of a number: some damaged as octets, more as documents, a few as both.
  func text(_ number: UInt64) -> String {
    var generator = SplitMix64(seed: number)
    guard Int.random(in: 0..<5, using: &generator) > 1 else {
      return String(decoding: octets(texts[Int(number) % texts.count], &generator), as: UTF8.self)
    }
    var document = documents[Int(number) % documents.count]
    // Few cases, so that many mutants fit into the time; now and then all of them.
    if Int.random(in: 0..<10, using: &generator) > 0, let cases = document["cases"]?.items {
      let count = Int.random(in: 1...3, using: &generator)
      document["cases"] = .list(Array(cases.shuffled(using: &generator).prefix(count)))
    }
    let isGentle = Bool.random(using: &generator)
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      if isGentle {
        damage.changeGently(&document, &generator)
      } else {
        damage.change(&document, &generator)
      }
    }
    if isGentle { return document.text }
    let text = document.text
    guard Int.random(in: 0..<10, using: &generator) == 0 else { return text }
    return String(decoding: octets(Array(text.utf8), &generator), as: UTF8.self)
  }

  private static let words: [String] = [
    "", " ", "\n", "\t", "-", ":", "[", "]", "{", "}", "&a ", "*a", "$", "..", "'", "\"", "#", "|", ">", "!",
    "%", "@", "\u{0}", "\u{fffd}", "é", "-1", "99999999999999999999", "0x", "nothing", "any", "absent",
    "except", "18446744073709551615", "$sent.data", "$computed", "{}", "[]", "- ", "? ", "  ", "send",
    "expect",
    "18446744073709551615..0", "1..0", "---\n", "...\n", "<<: ", "!!binary ", "\u{feff}", "\r\n",
  ]

  /// The octets with some of them lost, replaced, repeated.
  private func octets(_ octets: [UInt8], _ generator: inout SplitMix64) -> [UInt8] {
    var result = octets
    // The beginnings of files are as good as the whole ones.
    if Bool.random(using: &generator) {
      var lines = 60
      result = Array(
        result.prefix { octet in
          if octet == UInt8(ascii: "\n") { lines -= 1 }
          return lines > 0
        }
      )
    }
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      guard !result.isEmpty else { break }
      let place = Int.random(in: 0..<result.count, using: &generator)
      let end = min(result.count, place + Int.random(in: 0...12, using: &generator))
      let word = Array((Self.words.randomElement(using: &generator) ?? "").utf8)
      switch Int.random(in: 0..<7, using: &generator) {
      case 0: result.removeSubrange(place..<end)
      case 1: result.insert(contentsOf: word, at: place)
      case 2: result.replaceSubrange(place..<end, with: word)
      case 3: result[place] = UInt8.random(in: 0...255, using: &generator)
      case 4:
        let from = Int.random(in: 0..<result.count, using: &generator)
        result.insert(contentsOf: result[from..<min(result.count, from + 40)], at: place)
      case 5:
        let copies = [10, 100, 1000].randomElement(using: &generator) ?? 10
        result.insert(contentsOf: (0..<copies).flatMap { _ in word }, at: place)
      default: result.removeSubrange(place...)
      }
    }
    return result
  }
}
