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
    guard let suite, decoder.reader.diagnostics.isEmpty else { throw SuiteError(decoder.reader.diagnostics) }
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
  /// Layers that named packets unfolded to so far.
  var layersUnfolded = 0
  /// Files that were included so far.
  var included: Set<String> = []
  /// Reads a file that another one includes.
  let including: (_ name: String, _ includer: String) -> (text: String, file: String)?
  /// What suite-wide keys add to every case.
  private var common = Common()

  /// What suite-wide keys add to every case.
  private struct Common {
    var needs: [Located<String>] = []
    var family: Family?
    var setup: YAMLTree?
    var cleanup: YAMLTree?
    var locks: [Located<String>] = []
  }

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
    checkArms(entries["arms"]?.value)
    shared(entries, isIncluded: false)
    common = Common(
      needs: entries["needs"].map { reader.texts($0.value, "a capability") } ?? [],
      family: entries["family"].flatMap { reader.choice($0.value, "an IP version", as: Family.self) },
      setup: entries["setup"]?.value,
      cleanup: entries["cleanup"]?.value,
      locks: locks(entries["locks"]?.value)
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

  private mutating func testCase(_ tree: YAMLTree) -> TestCase? {
    let entries = reader.entries(tree, .testCase)
    let id = entries["id"].flatMap { reader.text($0.value, "the case's id") }
    if let id, !Self.isWord(id), let place = entries["id"]?.value.position {
      reader.error(at: place, "'\(id)' is not a case id: lower-case words, digits and hyphens")
    }
    let title = entries["title"].flatMap { reader.text($0.value, "the title") }
    let requirements = entries["requirement"].map { reader.texts($0.value, "a requirement") } ?? []
    let needs = common.needs + (entries["needs"].map { reader.texts($0.value, "a capability") } ?? [])
    let vary = variation(entries["vary"]?.value)
    let family = entries["family"].flatMap { reader.choice($0.value, "an IP version", as: Family.self) }
    checkArms(entries["arms"]?.value)
    var allowsOthers = false
    if let others = entries["others"] {
      if others.value.scalar == "allowed" {
        allowsOthers = true
      } else {
        reader.error(at: others.value.position, "'others' can only be 'allowed'")
      }
    }

    let axes = axisNames
    knownVariables = Self.builtInVariables.union(axes)
    usedVariables = []
    connections = []
    let varied = variedVariables
    let setup = [common.setup, entries["setup"]?.value].flatMap { self.steps($0, "'setup'") }
    var steps: [Step] = []
    if let list = entries["steps"]?.value {
      guard let items = list.sequence, !items.isEmpty else {
        reader.error(at: list.position, "'steps' must be a list of steps, not \(list.kindName)")
        return nil
      }
      steps = items.compactMap { step($0) }
      for place in varied { note(place.value, at: place.position) }
      if steps.count == items.count { checkOrder(of: steps, after: setup, at: list.position) }
    }
    let cleanup = [entries["cleanup"]?.value, common.cleanup].flatMap { self.steps($0, "'cleanup'") }
    if let vary = entries["vary"] {
      let keys = (vary.value.mapping ?? []).map(\.key)
      let places = Dictionary(keys.map { ($0.value, $0.position) }, uniquingKeysWith: { first, _ in first })
      for axis in axes.subtracting(usedVariables).sorted() {
        let place = places[axis] ?? vary.key.position
        reader.error(at: place, "nothing in the case uses '$\(axis)' of its 'vary'")
      }
    }
    guard let id else { return nil }
    return TestCase(
      id: id,
      title: title ?? id,
      position: tree.position,
      requirements: requirements,
      needs: needs,
      vary: vary,
      setup: setup,
      steps: steps,
      cleanup: cleanup,
      locks: common.locks + locks(entries["locks"]?.value),
      variables: usedVariables.union(
        vary.combinations.joined().reduce(into: Set<String>()) { names, binding in
          names.formUnion(Expression(parsing: binding.value).variables)
        }
      ),
      allowsOthers: allowsOthers,
      family: family ?? common.family
    )
  }

  /// Variables that steps referred to so far.
  var usedVariables: Set<String> = []
  /// Trials of the suite so far.
  var trialCount = 0
  /// Values that ranges and named sets of the suite unfolded to so far.
  var valueCount = 0
  /// Names of the current case's `vary`, right or wrong.
  var axisNames: Set<String> = []
  /// Variables in the values of the current case's `vary`.
  var variedVariables: [Located<Set<String>>] = []

  /// A case must send something and expect something; an answer comes after what it answers.
  private mutating func checkOrder(of steps: [Step], after setup: [Step], at position: SourcePosition) {
    var sends = setup.contains(where: \.action.sends)
    var expects = false
    for step in steps {
      switch step.action {
      case .send: sends = true
      case .connect(let connection):
        sends = true
        expects = expects || connection.expected != nil
      case .exchange(let exchange):
        if case .nothing = exchange.expected { break }
        expects = true
      case .datagram: (sends, expects) = (true, true)
      case .expect:
        if !sends, !expects {
          reader.error(
            at: step.position,
            "nothing was sent before this expectation, so nothing can answer it"
          )
        }
        expects = true
      case .forbid: expects = true
      case .wait, .control, .close: break
      }
    }
    if !sends { reader.error(at: position, "the case sends nothing") }
    if !expects {
      reader.error(at: position, "the case expects nothing at all; `- expect: nothing` demands silence")
    }
  }

  /// The steps of `setup` or `cleanup`.
  private mutating func steps(_ tree: YAMLTree?, _ what: String) -> [Step] {
    guard let tree else { return [] }
    guard let items = tree.sequence, !items.isEmpty else {
      reader.error(at: tree.position, "\(what) must be a list of steps, not \(tree.kindName)")
      return []
    }
    return items.compactMap { step($0) }
  }

  private mutating func locks(_ tree: YAMLTree?) -> [Located<String>] {
    guard let tree else { return [] }
    let locks = reader.texts(tree, "a lock")
    for lock in locks where !Self.isWord(lock.value) {
      reader.error(at: lock.position, "'\(lock.value)' is not a lock: lower-case words, digits and hyphens")
    }
    return locks
  }

  private mutating func roles(_ tree: YAMLTree?) -> [Role] {
    guard let tree else { return [] }
    let items = tree.sequence ?? [tree]
    return items.compactMap { item in
      item.scalar == "any" ? nil : reader.choice(item, "a role", as: Role.self)
    }
  }

  /// Suites for two arms are told so, not misread.
  mutating func checkArms(_ tree: YAMLTree?) {
    guard let tree, tree.scalar != "near" else { return }
    reader.error(
      at: tree.position,
      "only 'near' is supported: this version of Assay touches the network in one place"
    )
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

extension Step.Action {
  /// Whether something of the suite's own goes out, which the target may answer.
  fileprivate var sends: Bool {
    switch self {
    case .send, .connect, .exchange, .datagram: true
    case .expect, .forbid, .wait, .control, .close: false
    }
  }
}
