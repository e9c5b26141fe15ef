internal import Wire

extension SuiteDecoder {
  /// Variables which every case has, and the words that `vary` takes for itself.
  static let builtInVariables = Set(Grammar.variables.map(\.name) + Grammar.Mapping.axes.names)

  private static let stepWords = Grammar.Mapping.steps.map(\.stepWord)

  mutating func step(_ tree: YAMLTree) -> Step? {
    let before = usedVariables
    usedVariables = []
    defer { usedVariables.formUnion(before) }
    guard let (action, position) = action(of: tree) else { return nil }
    return Step(action: action, position: position, variables: usedVariables)
  }

  private mutating func action(of tree: YAMLTree) -> (Step.Action, SourcePosition)? {
    if let word = tree.scalar, word == Grammar.Mapping.control.stepWord { return (.control, tree.position) }
    guard let pairs = tree.mapping,
      let word = pairs.map(\.key).first(where: { Self.stepWords.contains($0.value) })
    else {
      let found = tree.scalar ?? tree.mapping?.first?.key.value ?? ""
      let hint = reader.hint(for: found, among: Self.stepWords)
      reader.error(at: tree.position, "'\(found)' is not a step\(hint)")
      return nil
    }
    let action: Step.Action? =
      switch word.value {
      case "send": stimulus(tree).map { .send($0) }
      case "expect": expectation(tree).map { .expect($0) }
      case "forbid": forbidden(tree).map { .forbid($0) }
      case "wait":
        reader.entries(tree, .wait)["wait"]
          .flatMap { time($0.value, "'wait'") }.map { .wait($0) }
      case "tcp-connect": connection(tree).map { .connect($0) }
      case "tcp-exchange": exchange(tree).map { .exchange($0) }
      case "tcp-close": close(tree).map { .close($0) }
      case "udp-exchange": datagram(tree).map { .datagram($0) }
      default: controlProbe(tree)
      }
    return action.map { ($0, word.position) }
  }

  private mutating func controlProbe(_ tree: YAMLTree) -> Step.Action? {
    guard let entry = reader.entries(tree, .control)["control"] else { return nil }
    if entry.value.scalar != "" {
      reader.error(at: entry.value.position, "'control' takes no value, not \(entry.value.kindName)")
    }
    return .control
  }

  private mutating func forbidden(_ tree: YAMLTree) -> PacketPattern? {
    let entries = reader.entries(tree, .forbid)
    let arm = arm(entries["at"]?.value)
    return entries["forbid"].flatMap { packetPattern($0.value, at: arm) }
  }

  private mutating func stimulus(_ tree: YAMLTree) -> Stimulus? {
    let entries = reader.entries(tree, .send)
    guard let packet = entries["send"]?.value else { return nil }
    let layers = layers(packet)
    var stimulus = Stimulus(
      arm: arm(entries["from"]?.value) ?? .near,
      layers: layers,
      name: nil,
      count: entries["repeat"].flatMap { expression($0.value, "'repeat'") },
      every: entries["every"].flatMap { time($0.value, "'every'") },
      truncate: entries["truncate"].flatMap { expression($0.value, "'truncate'") },
      pad: entries["pad"].flatMap { padding($0.value) },
      corruptions: entries["corrupt"].map { corruptions($0.value) } ?? [],
      fragmentation: nil
    )
    if let rule = entries["fragment"] { stimulus.fragmentation = fragmentRule(rule.value).map { .rule($0) } }
    if let list = entries["fragments"] {
      stimulus.fragmentation = .explicit(fragments(list.value))
    }
    if let tree = entries["as"]?.value { stimulus.name = packetName(tree) }
    return stimulus
  }

  mutating func packetName(_ tree: YAMLTree) -> String? {
    guard let name = reader.text(tree, "'as'") else { return nil }
    if Self.builtInVariables.contains(name) || !Self.isWord(name) {
      reader.error(
        at: tree.position,
        "'\(name)' can't be the name of a packet: lower-case words, digits and hyphens, no variable of Assay's"
      )
    } else if !knownVariables.insert(name).inserted {
      reader.error(at: tree.position, "'\(name)' is already the name of a packet or of a 'vary' variable")
    }
    return name
  }

  /// An expression whose variables must be known.
  mutating func expression(_ tree: YAMLTree, _ what: String) -> Located<Expression>? {
    guard let expression = reader.expression(tree, what) else { return nil }
    note(expression.value.variables, at: tree.position)
    return expression
  }

  /// Marks variables as used and reports unknown ones.
  mutating func note(_ variables: Set<String>, at position: SourcePosition) {
    usedVariables.formUnion(variables)
    for name in variables.subtracting(knownVariables).sorted() {
      let isGlued = name.contains { "+*/".contains($0) } || Self.startsWithKnown(name, knownVariables)
      let hint =
        isGlued
        ? "; operators stand between spaces, as in `$length + 8`"
        : reader.hint(
          for: "$" + name,
          among: knownVariables.subtracting(["except", "zip"]).sorted().map { "$" + $0 }
        )
      reader.error(at: position, "unknown variable '$\(name.prefix(60))'\(hint)")
    }
  }

  /// Whether a name is a variable with `-4` behind it.
  private static func startsWithKnown(_ name: String, _ known: Set<String>) -> Bool {
    guard let hyphen = name.lastIndex(of: "-") else { return false }
    guard name[hyphen...].dropFirst().allSatisfy(\.isNumber) else { return false }
    return known.contains(String(name[..<hyphen]))
  }
}
