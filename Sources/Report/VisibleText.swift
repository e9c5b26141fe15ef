extension String {
  /// The text with everything made visible that a reader couldn't see or that would act on a terminal or a parser.
  ///
  /// Terminal sequences are taken out whole. Characters which XML 1.0 forbids or discourages, other line separators
  /// than LF, non-characters and those that change the direction of writing become `\x1B` or `\u{202E}`. Tabs, line
  /// feeds and carriage returns stay; so does everything else, emoji included.
  var visible: String {
    // Nearly all text needs nothing.
    if utf8.allSatisfy({ (0x20...0x7e).contains($0) || $0 == 0x0a }) { return self }
    var result = ""
    var rest = Substring(self).unicodeScalars
    while let scalar = rest.popFirst() {
      if scalar == "\u{1B}" || scalar == "\u{9B}", let end = rest.endOfTerminalSequence(after: scalar) {
        rest = rest[end...]
      } else if scalar.isInvisible {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        result += scalar.value <= 0xff ? "\\x" + (hex.count < 2 ? "0" : "") + hex : "\\u{\(hex)}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The visible text on one line: runs of white space become one space.
  package var oneLine: String {
    visible.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
  }

  /// The text cut to a number of characters, with an ellipsis if something is missing.
  func cut(to length: Int) -> String {
    count <= length ? self : prefix(max(0, length - 1)) + "…"
  }
}

extension Unicode.Scalar {
  fileprivate var isInvisible: Bool {
    switch value {
    case 0x09, 0x0a, 0x0d: false
    case 0..<0x20, 0x7f...0x9f: true
    case 0x2028, 0x2029, 0x202a...0x202e, 0x2066...0x2069: true
    case 0xfdd0...0xfdef: true
    default: value & 0xfffe == 0xfffe
    }
  }
}

extension Substring.UnicodeScalarView {
  /// Where a terminal sequence ends that `introducer` begins just before this view; nil if it isn't a whole one.
  fileprivate func endOfTerminalSequence(after introducer: Unicode.Scalar) -> Index? {
    var position = startIndex
    if introducer == "\u{1B}" {
      guard let kind = first else { return nil }
      position = index(after: position)
      if kind == "]" { return endOfTerminalString(from: position) }
      guard kind == "[" else { return nil }
    }
    while position < endIndex {
      let value = self[position].value
      position = index(after: position)
      if (0x40...0x7e).contains(value) { return position }
      guard (0x20...0x3f).contains(value) else { return nil }
    }
    return nil
  }

  /// Where a text for the terminal ends: after BEL or ESC and a backslash.
  private func endOfTerminalString(from start: Index) -> Index? {
    guard let end = self[start...].firstIndex(where: { $0 == "\u{07}" || $0 == "\u{1B}" }) else { return nil }
    let next = index(after: end)
    if self[end] == "\u{07}" { return next }
    return next < endIndex && self[next] == "\\" ? index(after: next) : nil
  }
}
