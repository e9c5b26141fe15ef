internal import Yams

extension YAMLTree {
  /// Why a text isn't given to the YAML parser at all; nil if it may be.
  static func refusal(of text: String, file: String) -> Diagnostic? {
    let top = SourcePosition(file: file, line: 1, column: 1)
    guard text.utf8.count <= sizeLimit else {
      return Diagnostic(at: top, "the file has \(text.utf8.count) octets; at most \(sizeLimit) are read")
    }
    if let place = position(of: "\u{fffd}", in: text, file: file) {
      return Diagnostic(at: place, "the file is not UTF-8 here")
    }
    guard mayExplode(text) else { return nil }
    return Diagnostic(at: top, "so many aliases of aliases would make the document too large; write it out")
  }

  /// Where a character first stands.
  private static func position(of wanted: Unicode.Scalar, in text: String, file: String) -> SourcePosition? {
    guard text.unicodeScalars.contains(wanted) else { return nil }
    var (line, column) = (1, 1)
    for scalar in text.unicodeScalars {
      if scalar == wanted { return SourcePosition(file: file, line: line, column: column) }
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    return nil
  }

  /// Whether aliases of aliases could make the document explode.
  ///
  /// The parser hashes the keys of a mapping with all that their aliases stand for, so this must be known before
  /// it sees the text. With `m` anchors and `k` aliases a node can unfold to at most (k / j)^j copies of another for
  /// some j up to m. Counts too many rather than too few: what looks like an anchor in a string is one.
  private static func mayExplode(_ text: String) -> Bool {
    var anchors = 0
    var aliases = 0
    var before = UInt8(ascii: " ")
    var mark: UInt8?
    for octet in text.utf8 {
      let isWord = octet.isWordOctet
      if isWord, mark == UInt8(ascii: "&") { anchors += 1 }
      if isWord, mark == UInt8(ascii: "*") { aliases += 1 }
      mark = !before.isWordOctet && (octet == UInt8(ascii: "&") || octet == UInt8(ascii: "*")) ? octet : nil
      before = octet
    }
    let limit = max(1000, 40_000_000 / Double(max(1, text.utf8.count)))
    var worst = 1.0
    for levels in 1..<max(2, min(anchors, 40) + 1) where anchors > 0 {
      var copies = 1.0
      for _ in 0..<levels { copies *= max(1, Double(aliases) / Double(levels)) }
      worst = max(worst, copies)
    }
    return worst > limit
  }

  /// What the parser says, as a fault with its place.
  static func diagnostic(for error: any Error, file: String) -> Diagnostic {
    func at(_ mark: Mark) -> SourcePosition {
      SourcePosition(file: file, line: max(1, mark.line), column: max(1, mark.column))
    }
    let top = SourcePosition(file: file, line: 1, column: 1)
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      if problem.hasPrefix("Maximum nesting level") {
        return Diagnostic(at: at(mark), "the document is nested deeper than \(depthLimit) levels")
      }
      return Diagnostic(at: at(mark), "not YAML: \(problem)")
    case .reader(let problem, let offset, _, _):
      return Diagnostic(at: top, "not YAML: \(problem) at octet \(offset ?? 0)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
      return Diagnostic(at: at(context.mark), "the same key twice: \(names)")
    default:
      return Diagnostic(at: top, "not YAML: \(error)")
    }
  }
}

extension UInt8 {
  /// Whether the octet may be part of an anchor's name.
  fileprivate var isWordOctet: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
