internal import Wire

extension TestSuite {
  /// Decodes a suite file; throws all faults of the file at once.
  ///
  /// - Parameters:
  ///   - text: The file's text.
  ///   - file: Its path, for positions.
  ///   - including: Gives the text and the path of a file that another one includes, by the name in `include` and the
  ///     path of the including file; nil if there is none.
  /// - Throws: A `SuiteError` with every fault and its place.
  public init(
    decoding text: String,
    file: String,
    including: @escaping (_ name: String, _ includer: String) -> (text: String, file: String)? = { _, _ in nil
    }
  ) throws(SuiteError) {
    let tree = try YAMLTree.parse(text, file: file)
    var decoder = SuiteDecoder(including: including)
    let suite = decoder.suite(tree, file: file)
    guard var suite, decoder.reader.diagnostics.isEmpty else { throw SuiteError(decoder.reader.diagnostics) }
    suite.sources = [SourceText(file: file, text: text)] + decoder.sources
    self = suite
  }
}

/// Turns a YAML tree into the typed model.
struct SuiteDecoder {
  var reader = TreeReader()
  /// Names of earlier `as:` of the current case, and its `vary` names: what a `$variable` may refer to.
  var knownVariables: Set<String> = []
  /// Names of the connections that the current case has opened so far.
  var connections: Set<String> = []
  /// What the suite names once and uses often.
  var parts = SharedParts()
  /// How many packets that variables name are being decoded within each other.
  var choiceDepth = 0
  /// Layers that named packets unfolded to so far.
  var layersUnfolded = 0
  /// Quoted packets around what is being decoded.
  var quoteDepth = 0
  /// Files that were included so far.
  var included: Set<String> = []
  /// Their texts.
  var sources: [SourceText] = []
  /// Reads a file that another one includes.
  let including: (_ name: String, _ includer: String) -> (text: String, file: String)?
  /// What suite-wide keys add to every case.
  var common = Common()

  /// What suite-wide keys add to every case.
  struct Common {
    var needs: [Located<String>] = []
    var family: Family?
    var setup: YAMLTree?
    var cleanup: YAMLTree?
    var locks: [Located<String>] = []
    var hasBothArms = false
  }

  /// Whether the case that is being read touches the network on both sides of the target.
  var hasBothArms = false

  init(including: @escaping (_ name: String, _ includer: String) -> (text: String, file: String)?) {
    self.including = including
  }

  mutating func suite(_ tree: YAMLTree, file: String) -> TestSuite? {
    let entries = reader.entries(tree, .suite)
    let name = entries["suite"].flatMap { reader.text($0.value, "the suite's name") }
    if let name, !Self.isDottedName(name), let place = entries["suite"]?.value.position {
      reader.error(
        at: place,
        "'\(name)' is not a suite name: lower-case words with hyphens, joined by dots, for example icmpv4.echo"
      )
    }
    let title = entries["title"].flatMap { reader.text($0.value, "the title") }
    let roles = roles(entries["roles"]?.value)
    let suiteArms = arms(entries["arms"]?.value)
    shared(entries, isIncluded: false)
    common = Common(
      needs: capabilities(entries["needs"]?.value),
      family: entries["family"].flatMap { reader.choice($0.value, "an IP version", as: Family.self) },
      setup: entries["setup"]?.value,
      cleanup: entries["cleanup"]?.value,
      locks: locks(entries["locks"]?.value),
      hasBothArms: suiteArms ?? false
    )

    var cases: [TestCase] = []
    if let list = entries["cases"]?.value {
      if let items = list.sequence, !items.isEmpty {
        for item in items {
          if let decoded = testCase(item) { cases.append(decoded) }
        }
      } else {
        reader.error(at: list.position, "'cases' must be a list of at least one case, not \(list.kindName)")
      }
    }
    for part in parts.unused {
      reader.error(at: part.position, "nothing uses the \(part.kind) '\(part.name)'")
    }
    var seen: [String: SourcePosition] = [:]
    for testCase in cases {
      if let first = seen[testCase.id] {
        reader.error(
          at: testCase.position,
          "a second case '\(testCase.id)'; the first one is in line \(first.line)"
        )
      }
      seen[testCase.id] = seen[testCase.id] ?? testCase.position
    }
    guard let name else { return nil }
    return TestSuite(name: name, title: title ?? name, file: file, roles: roles, cases: cases)
  }

  /// Variables that steps referred to so far.
  var usedVariables: Set<String> = []
  /// Trials of the suite so far.
  var trialCount = 0
  /// Values that ranges and named sets of the suite unfolded to so far.
  var valueCount = 0
  /// Names of the current case's `vary`, right or wrong.
  var axisNames: Set<String> = []
  /// The different values of the current case's variables.
  var axisValues: [String: Set<String>] = [:]
  /// Variables in the values of the current case's `vary`.
  var variedVariables: [Located<Set<String>>] = []

  private mutating func roles(_ tree: YAMLTree?) -> [Role] {
    guard let tree else { return [] }
    let items = tree.sequence ?? [tree]
    return items.compactMap { item in
      item.scalar == "any" ? nil : reader.choice(item, "a role", as: Role.self)
    }
  }

  /// Whether a case touches the network on both sides of the target; nil when it isn't said.
  mutating func arms(_ tree: YAMLTree?) -> Bool? {
    guard let tree else { return nil }
    switch tree.scalar {
    case "near": return false
    case "near+far": return true
    default:
      reader.error(at: tree.position, "'arms' is near or near+far")
      return nil
    }
  }

  /// The side that a step names; only a case with both has a far one.
  mutating func arm(_ tree: YAMLTree?) -> Arm? {
    guard let tree, let arm = reader.choice(tree, "a side", as: Arm.self) else { return nil }
    if arm == .far, !hasBothArms {
      reader.error(at: tree.position, "'far' needs `arms: near+far` in the suite or the case")
    }
    return arm
  }

  static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 80
      && text.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || $0 == UInt8(ascii: "-")
      }
  }

  static func isDottedName(_ text: String) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isWord(String($0)) }
  }
}
