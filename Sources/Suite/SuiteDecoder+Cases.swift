extension SuiteDecoder {
  mutating func testCase(_ tree: YAMLTree) -> TestCase? {
    let entries = reader.entries(tree, .testCase)
    let id = entries["id"].flatMap { reader.text($0.value, "the case's id") }
    if let id, !Self.isWord(id), let place = entries["id"]?.value.position {
      reader.error(at: place, "'\(id)' is not a case id: lower-case words, digits and hyphens")
    }
    let title = entries["title"].flatMap { reader.text($0.value, "the title") }
    let requirements = entries["requirement"].map { reader.texts($0.value, "a requirement") } ?? []
    let needs = common.needs + capabilities(entries["needs"]?.value)
    let vary = variation(entries["vary"]?.value)
    axisValues = [:]
    for binding in vary.combinations.joined() { axisValues[binding.name, default: []].insert(binding.value) }
    let family = entries["family"].flatMap { reader.choice($0.value, "an IP version", as: Family.self) }
    hasBothArms = arms(entries["arms"]?.value) ?? common.hasBothArms
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
      family: family ?? common.family,
      hasBothArms: hasBothArms
    )
  }

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

  /// Names of capabilities; what is nearly one that suites agree on is a slip, since it would skip its cases for ever.
  mutating func capabilities(_ tree: YAMLTree?) -> [Located<String>] {
    guard let tree else { return [] }
    let known = Grammar.capabilities.map(\.name)
    let names = reader.texts(tree, "a capability")
    for name in names where !known.contains(name.value) {
      guard let near = Spelling.nearest(to: name.value, among: known) else { continue }
      reader.error(at: name.position, "no target claims '\(name.value)'; did you mean '\(near)'?")
    }
    return names
  }

  mutating func locks(_ tree: YAMLTree?) -> [Located<String>] {
    guard let tree else { return [] }
    let locks = reader.texts(tree, "a lock")
    for lock in locks where !Self.isWord(lock.value) {
      reader.error(at: lock.position, "'\(lock.value)' is not a lock: lower-case words, digits and hyphens")
    }
    return locks
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
