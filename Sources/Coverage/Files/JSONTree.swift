internal import Suite

/// A value of a JSON document that knows its place; numbers stay text.
struct JSONTree: Sendable {
  enum Content: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONTree])
    case object([String: JSONTree])
  }

  var content: Content
  /// Octets of the document in front of it.
  var offset: Int

  /// What the value is, for messages.
  var kindName: String {
    switch content {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): digits.count <= 20 ? digits : "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// A JSON file, and where in it things are.
struct JSONDocument: Sendable {
  /// Path of the file as the user gave it.
  let file: String
  let root: JSONTree
  private let octets: [UInt8]

  /// Files with more octets than this are refused.
  static let sizeLimit = 256 << 20

  /// Parses a document; one that isn't JSON [RFC 8259] throws a `SuiteError` with the place.
  init(_ text: String, file: String) throws(SuiteError) {
    self.file = file
    octets = Array(text.utf8.prefix(Self.sizeLimit + 1))
    guard octets.count <= Self.sizeLimit else {
      let top = SourcePosition(file: file, line: 1, column: 1)
      throw SuiteError([Diagnostic(at: top, "the file has more than \(Self.sizeLimit >> 20) MiB")])
    }
    var parser = JSONParser(octets)
    do throws(JSONParser.Fault) { root = try parser.document() } catch {
      let place = Self.position(of: error.offset, in: octets, file: file)
      throw SuiteError([Diagnostic(at: place, error.message)])
    }
  }

  /// Line and column of an octet.
  func position(of offset: Int) -> SourcePosition { Self.position(of: offset, in: octets, file: file) }

  private static func position(of offset: Int, in octets: [UInt8], file: String) -> SourcePosition {
    let before = octets.prefix(max(0, offset))
    let newline = UInt8(ascii: "\n")
    let line = before.reversed().prefix { $0 != newline }.reversed()
    return SourcePosition(
      file: file,
      line: before.count { $0 == newline } + 1,
      column: String(decoding: line, as: UTF8.self).unicodeScalars.count + 1
    )
  }
}
