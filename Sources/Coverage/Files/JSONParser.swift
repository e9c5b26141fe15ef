/// Parses JSON [RFC 8259]; refuses what isn't, nesting without end, and objects that say one thing twice.
struct JSONParser {
  /// Where and why a text isn't JSON.
  struct Fault: Error {
    var offset: Int
    var message: String
  }

  /// Values nested deeper than this are refused.
  static let depthLimit = 64

  private let octets: [UInt8]
  private var place = 0

  init(_ octets: [UInt8]) {
    self.octets = octets
    // A byte-order mark says nothing.
    if octets.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
  }

  /// The one value of the document.
  mutating func document() throws(Fault) -> JSONTree {
    skipSpace()
    guard next != nil else { throw Fault(offset: place, message: "the file is empty") }
    let value = try value(depth: 0)
    skipSpace()
    if next != nil { throw fault("something follows the end of the document") }
    return value
  }

  private var next: UInt8? { place < octets.count ? octets[place] : nil }

  private func fault(_ message: String) -> Fault { Fault(offset: place, message: message) }

  private func unexpected(_ wanted: String) -> Fault {
    guard let next else { return fault("the file ends where \(wanted) should be") }
    let shown = (0x21...0x7e).contains(next) ? "'\(Character(Unicode.Scalar(next)))'" : "this"
    return fault("\(shown) is not JSON here: \(wanted) should be")
  }

  private mutating func skipSpace() {
    while let octet = next, octet == 0x20 || octet == 0x0a || octet == 0x0d || octet == 0x09 { place += 1 }
  }

  /// Whether the next octet was this one, which is then passed.
  private mutating func take(_ octet: UInt8) -> Bool {
    guard next == octet else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) throws(Fault) -> JSONTree {
    guard depth < Self.depthLimit else { throw fault("nested deeper than \(Self.depthLimit) levels") }
    let start = place
    let content: JSONTree.Content
    switch next ?? 0 {
    case UInt8(ascii: "{"): content = .object(try object(depth: depth))
    case UInt8(ascii: "["): content = .array(try array(depth: depth))
    case UInt8(ascii: "\""): content = .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): content = .number(try number())
    default: content = try word()
    }
    return JSONTree(content: content, offset: start)
  }

  private mutating func word() throws(Fault) -> JSONTree.Content {
    let words: [(String, JSONTree.Content)] = [
      ("null", .null), ("true", .bool(true)), ("false", .bool(false)),
    ]
    for (word, content) in words where octets[place...].starts(with: word.utf8) {
      place += word.utf8.count
      return content
    }
    throw unexpected("a value")
  }

  private mutating func object(depth: Int) throws(Fault) -> [String: JSONTree] {
    place += 1
    var members: [String: JSONTree] = [:]
    skipSpace()
    if take(UInt8(ascii: "}")) { return members }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw unexpected("a name in quotation marks") }
      let start = place
      let name = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw unexpected("a colon") }
      skipSpace()
      let member = try value(depth: depth + 1)
      guard members.updateValue(member, forKey: name) == nil else {
        throw Fault(offset: start, message: "'\(name.prefix(40))' is there a second time")
      }
      skipSpace()
      if take(UInt8(ascii: "}")) { return members }
      guard take(UInt8(ascii: ",")) else { throw unexpected("a comma or a closing brace") }
    }
  }

  private mutating func array(depth: Int) throws(Fault) -> [JSONTree] {
    place += 1
    var items: [JSONTree] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return items }
    while true {
      skipSpace()
      items.append(try value(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return items }
      guard take(UInt8(ascii: ",")) else { throw unexpected("a comma or a closing bracket") }
    }
  }

  private mutating func number() throws(Fault) -> String {
    let start = place
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: octets[start..<place], as: UTF8.self)
  }

  private mutating func digits() throws(Fault) {
    let start = place
    while let octet = next, (0x30...0x39).contains(octet) { place += 1 }
    if place == start { throw unexpected("a digit") }
  }

  private mutating func string() throws(Fault) -> String {
    place += 1
    let start = place
    // Nearly all strings need nothing.
    while let octet = next, octet != UInt8(ascii: "\""), octet != UInt8(ascii: "\\"), octet >= 0x20 {
      place += 1
    }
    let plain = String(decoding: octets[start..<place], as: UTF8.self)
    if take(UInt8(ascii: "\"")) { return plain }
    var units = Array(plain.utf16)
    while let octet = next, octet != UInt8(ascii: "\"") {
      guard octet >= 0x20 else { throw fault("a control character in a string") }
      if octet == UInt8(ascii: "\\") {
        units.append(try escape())
        continue
      }
      let run = place
      while let octet = next, octet != UInt8(ascii: "\""), octet != UInt8(ascii: "\\"), octet >= 0x20 {
        place += 1
      }
      units += Array(String(decoding: octets[run..<place], as: UTF8.self).utf16)
    }
    guard take(UInt8(ascii: "\"")) else { throw unexpected("the end of the string") }
    // Halves of surrogate pairs become U+FFFD.
    return String(decoding: units, as: UTF16.self)
  }

  private mutating func escape() throws(Fault) -> UInt16 {
    let start = place
    place += 1
    guard let letter = next else { throw unexpected("the rest of an escape") }
    place += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(letter)
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0c
    case UInt8(ascii: "n"): return 0x0a
    case UInt8(ascii: "r"): return 0x0d
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"):
      let digits = String(decoding: octets[place...].prefix(4), as: UTF8.self)
      guard digits.utf8.count == 4, digits.utf8.allSatisfy(\.isHexDigit), let unit = UInt16(digits, radix: 16)
      else {
        throw Fault(offset: start, message: "\\u needs four hexadecimal digits")
      }
      place += 4
      return unit
    default: throw Fault(offset: start, message: "no such escape in JSON")
    }
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool { Character(Unicode.Scalar(self)).isHexDigit }
}
