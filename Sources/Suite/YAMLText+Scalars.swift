extension String {
  /// The text as YAML reads it back: plain where that is possible, else between double quotes.
  ///
  /// Words such as `no` and `010` stay plain, because Assay reads every scalar as text.
  func yamlScalar(isFlow: Bool) -> String {
    isPlainYAML(isFlow: isFlow) ? self : quotedYAML
  }

  private func isPlainYAML(isFlow: Bool) -> Bool {
    guard let first = utf8.first, let last = utf8.last, first.isWordOctet || first == UInt8(ascii: "$"),
      last != UInt8(ascii: ":"), last != UInt8(ascii: " ")
    else { return false }
    var before: UInt8 = 0
    for octet in utf8 {
      // What looks like an alias is counted as one by the reader's guard against aliases of aliases.
      if before == UInt8(ascii: "*"), octet.isWordOctet { return false }
      switch octet {
      case UInt8(ascii: "#") where before == UInt8(ascii: " "): return false
      case UInt8(ascii: " ") where before == UInt8(ascii: ":"): return false
      case _ where octet.isWordOctet: break
      case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "$"), UInt8(ascii: "_"), UInt8(ascii: ">"),
        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "="), UInt8(ascii: ";"), UInt8(ascii: "#"):
        break
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
        if isFlow { return false }
      default: return false
      }
      before = octet
    }
    return true
  }

  private var quotedYAML: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "&": text += "\\x26"
      case "*": text += "\\x2a"
      case _ where scalar.isPrintedInYAML: text.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        let (mark, count) = scalar.value <= 0xff ? ("x", 2) : scalar.value <= 0xffff ? ("u", 4) : ("U", 8)
        text += "\\\(mark)" + String(repeating: "0", count: count - digits.count) + digits
      }
    }
    return text + "\""
  }

  /// The text as a comment can hold it: on one line, with nothing in it that isn't printed.
  var yamlComment: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.isPrintedInYAML && $0 != "&" && $0 != "*" ? $0 : " " }
      )
    )
  }
}

extension Unicode.Scalar {
  /// Whether the character may stand in YAML as it is, on one line.
  fileprivate var isPrintedInYAML: Bool {
    switch value {
    case 0x20...0x7e, 0xa0...0x2027, 0x202a...0xd7ff, 0xe000...0xfefe, 0xff00...0xfffc, 0x1_0000...0x10_ffff:
      true
    default: false
    }
  }
}

extension UInt8 {
  /// Whether the octet is a letter or a digit of ASCII.
  fileprivate var isWordOctet: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
