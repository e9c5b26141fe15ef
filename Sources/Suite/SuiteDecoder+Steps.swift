extension SuiteDecoder {
  /// Variables which every case has.
  static let builtInVariables: Set<String> = [
    "tester", "tester2", "stranger", "router", "target", "broadcast", "network", "unused", "id", "port",
    "sent",
    "capability", "case", "computed", "except",
  ]

  private static let stepWords = ["send", "expect", "forbid", "wait", "control"]
  private static let sendKeys = [
    "send", "as", "repeat", "every", "truncate", "pad", "corrupt", "fragment", "fragments", "from",
  ]
  private static let expectKeys = ["expect", "within", "not-before", "times", "at"]

  mutating func step(_ tree: YAMLTree) -> Step? {
    if tree.scalar == "control" { return Step(action: .control, position: tree.position) }
    guard let pairs = tree.mapping,
      let word = pairs.map(\.key).first(where: { Self.stepWords.contains($0.value) })
    else {
      let found = tree.scalar ?? tree.mapping?.first?.key.value ?? ""
      let hint = Spelling.hint(for: found, among: Self.stepWords)
      reader.error(at: tree.position, "'\(found)' is not a step\(hint)")
      return nil
    }
    let action: Step.Action? =
      switch word.value {
      case "send": stimulus(tree).map { .send($0) }
      case "expect": expectation(tree).map { .expect($0) }
      case "forbid":
        reader.entries(tree, of: "'forbid'", keys: ["forbid", "at"])["forbid"]
          .flatMap { packetPattern($0.value) }.map { .forbid($0) }
      case "wait":
        reader.entries(tree, of: "'wait'", keys: ["wait"])["wait"]
          .flatMap { reader.duration($0.value, "'wait'") }.map { .wait($0) }
      default: .control
      }
    return action.map { Step(action: $0, position: word.position) }
  }

  private mutating func stimulus(_ tree: YAMLTree) -> Stimulus? {
    let entries = reader.entries(tree, of: "'send'", keys: Self.sendKeys)
    guard let packet = entries["send"]?.value else { return nil }
    let layers = layers(packet)
    if let from = entries["from"], from.value.scalar != "near" {
      reader.error(at: from.value.position, "only 'near' is supported in this version")
    }
    var stimulus = Stimulus(
      layers: layers,
      name: nil,
      count: entries["repeat"].flatMap { expression($0.value, "'repeat'") },
      every: entries["every"].flatMap { reader.duration($0.value, "'every'") },
      truncate: entries["truncate"].flatMap { expression($0.value, "'truncate'") },
      pad: entries["pad"].flatMap { expression($0.value, "'pad'") },
      corruptions: entries["corrupt"].map { corruptions($0.value) } ?? [],
      fragmentation: nil
    )
    if let rule = entries["fragment"] { stimulus.fragmentation = fragmentRule(rule.value).map { .rule($0) } }
    if let list = entries["fragments"] {
      if stimulus.fragmentation != nil {
        reader.error(at: list.key.position, "'fragments' and 'fragment' exclude each other")
      }
      stimulus.fragmentation = .explicit(fragments(list.value))
    }
    if let name = entries["as"].flatMap({ reader.text($0.value, "'as'") }) {
      if Self.builtInVariables.contains(name) || !Self.isWord(name) {
        reader.error(
          at: entries["as"]?.value.position ?? tree.position,
          "'\(name)' can't be the name of a packet"
        )
      }
      stimulus.name = name
      knownVariables.insert(name)
    }
    return stimulus
  }

  private mutating func corruptions(_ tree: YAMLTree) -> [Corruption] {
    (tree.sequence ?? [tree]).compactMap { item in
      let entries = reader.entries(item, of: "'corrupt'", keys: ["at", "xor"], required: ["at", "xor"])
      guard let at = entries["at"].flatMap({ expression($0.value, "'at'") }),
        let mask = entries["xor"].flatMap({ expression($0.value, "'xor'") })
      else { return nil }
      return Corruption(offset: at, mask: mask)
    }
  }

  private mutating func fragmentRule(_ tree: YAMLTree) -> FragmentRule? {
    let entries = reader.entries(
      tree,
      of: "'fragment'",
      keys: ["size", "order", "omit", "duplicate", "overlap"],
      required: ["size"]
    )
    guard let size = entries["size"].flatMap({ expression($0.value, "'size'") }) else { return nil }
    var order = FragmentRule.Order.forward
    if let tree = entries["order"]?.value {
      switch tree.scalar {
      case "forward": order = .forward
      case "reverse": order = .reverse
      case nil: order = .explicit(indices(tree, "'order'"))
      default:
        reader.error(at: tree.position, "'order' is forward, reverse or a list of fragment numbers from 0")
      }
    }
    return FragmentRule(
      size: size,
      order: order,
      omit: entries["omit"].map { indices($0.value, "'omit'") } ?? [],
      duplicate: entries["duplicate"].map { indices($0.value, "'duplicate'") } ?? [],
      overlap: entries["overlap"].flatMap { expression($0.value, "'overlap'") }
    )
  }

  private mutating func indices(_ tree: YAMLTree, _ what: String) -> [Int] {
    (tree.sequence ?? [tree]).compactMap { reader.number($0, what) }
  }

  private mutating func fragments(_ tree: YAMLTree) -> [FragmentSpecification] {
    guard let items = tree.sequence, !items.isEmpty else {
      reader.error(at: tree.position, "'fragments' must be a list of fragments")
      return []
    }
    return items.compactMap { item in
      let keys = ["offset", "length", "more"]
      let entries = reader.entries(item, of: "a fragment", keys: keys, required: keys)
      guard let offset = entries["offset"].flatMap({ expression($0.value, "'offset'") }),
        let length = entries["length"].flatMap({ expression($0.value, "'length'") }),
        let more = entries["more"]?.value
      else { return nil }
      guard let flag = ["true": true, "false": false][more.scalar ?? ""] else {
        reader.error(at: more.position, "'more' is true or false")
        return nil
      }
      return FragmentSpecification(offset: offset, length: length, more: flag)
    }
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
      let hint = Spelling.hint(for: name, among: knownVariables.sorted())
      reader.error(at: position, "unknown variable '$\(name)'\(hint)")
    }
  }
}
