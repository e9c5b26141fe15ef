extension String {
  /// The text with each scalar replaced for which there is a replacement.
  ///
  /// Every format's escaping goes through here. Working on characters instead would let a quotation mark with a
  /// combining accent pass, and the pair CR LF.
  func escaped(_ replacement: (Unicode.Scalar) -> String?) -> String {
    var result = ""
    result.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      if let text = replacement(scalar) {
        result += text
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text on one line of Markdown in which nothing is markup, a mention or a reference.
  var markdown: String {
    oneLine.escaped { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "!", "|", "~": "\\\(scalar)"
      case "@": "&#64;"
      default: nil
      }
    }
  }
}
