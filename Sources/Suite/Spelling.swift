/// Finds the word that was probably meant.
package enum Spelling {
  /// The candidate nearest to `word`, if it is near enough to be a slip of the finger.
  package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let limit = max(1, word.utf8.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != word {
      let distance = distance(Array(word.lowercased().utf8), Array(candidate.lowercased().utf8))
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// `; did you mean 'x'?`: the nearest word, or the few that begin as this one; nil if there is nothing like it.
  static func guess(for word: String, among candidates: some Sequence<String>) -> String? {
    let all = Array(candidates)
    if let nearest = nearest(to: word, among: all) { return "; did you mean '\(nearest)'?" }
    let longer = (3...64).contains(word.utf8.count) ? all.filter { $0.hasPrefix(word) } : []
    guard (1...3).contains(longer.count) else { return nil }
    return "; did you mean \(longer.map { "'\($0)'" }.joined(separator: " or "))?"
  }

  /// The guess, or the list of what there is when it is short.
  static func hint(for word: String, among candidates: some Sequence<String>) -> String {
    let all = Array(candidates)
    if let guess = guess(for: word, among: all) { return guess }
    guard !all.isEmpty, all.count <= 24 else { return "" }
    return "; expected one of: \(all.joined(separator: ", "))"
  }

  /// Number of insertions, deletions, substitutions and swaps of neighbours between two words.
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in b.indices {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
