internal import Wire

extension FilterPolicy {
  /// Decodes a policy file; throws all faults of the file at once.
  public init(decoding text: String, file: String) throws(SuiteError) {
    let tree = try YAMLTree.parse(text, file: file)
    var decoder = PolicyDecoder()
    let policy = decoder.policy(tree, file: file)
    guard let policy, decoder.reader.diagnostics.isEmpty else {
      throw SuiteError(decoder.reader.diagnostics)
    }
    self = policy
  }
}

/// Turns a policy file's tree into a `FilterPolicy`.
struct PolicyDecoder {
  var reader = TreeReader()
  var version = IPVersion.v4

  mutating func policy(_ tree: YAMLTree, file: String) -> FilterPolicy? {
    let entries = reader.entries(tree, .policy)
    let name = entries["policy"].flatMap { reader.text($0.value, "the policy's name") }
    let title = entries["title"].flatMap { reader.text($0.value, "the title") }
    if let tree = entries["ip"]?.value, let word = reader.text(tree, "the version of IP") {
      if let number = Int(word), let known = IPVersion(rawValue: number) {
        version = known
      } else {
        reader.error(at: tree.position, "'ip' is 4 or 6, not '\(word)'")
      }
    }
    var rules: [FilterPolicy.Rule] = []
    if let list = entries["rules"]?.value {
      if list.sequence?.isEmpty ?? true {
        reader.error(at: list.position, "'rules' must be a list of rules, not \(list.kindName)")
      }
      for item in list.sequence ?? [] { if let rule = rule(item) { rules.append(rule) } }
    }
    let otherwise = entries["otherwise"].flatMap { entry in
      intent(reader.entries(entry.value, .otherwise), id: "otherwise", at: entry.key.position)
    }
    check(rules)
    guard let name else { return nil }
    return FilterPolicy(
      name: name,
      title: title ?? name,
      version: version,
      rules: rules,
      otherwise: otherwise,
      file: file
    )
  }

  private mutating func rule(_ tree: YAMLTree) -> FilterPolicy.Rule? {
    let entries = reader.entries(tree, .policyRule)
    let id = entries["id"].flatMap { reader.text($0.value, "the rule's name") } ?? ""
    guard var rule = intent(entries, id: id, at: tree.position) else { return nil }
    if let tree = entries["match"]?.value { match(tree, &rule) }
    let kinds = rule.types.flatMap { type in rule.states.map { (type, $0) } }
    if !kinds.isEmpty, !kinds.contains(where: { $1.has($0, version) }) {
      reader.error(
        at: tree.position,
        "no message is meant: errors are unsolicited or related, all others unsolicited or established"
      )
    }
    return rule
  }

  /// What rules and the rest have in common.
  private mutating func intent(
    _ entries: [String: (key: Located<String>, value: YAMLTree)],
    id: String,
    at position: SourcePosition
  ) -> FilterPolicy.Rule? {
    let title = entries["title"].flatMap { reader.text($0.value, "the title") }
    let requirements = entries["requirement"].map { reader.texts($0.value, "a clause") } ?? []
    let directions =
      entries["direction"].map { choices($0.value, "a direction", as: SweepDirection.self) }
      ?? SweepDirection.allCases
    let states = entries["state"].map { self.states($0.value) } ?? SweepState.allCases
    let fates = entries["fate"].map { choices($0.value, "a fate", as: FilterPolicy.FateWord.self) } ?? []
    let rejection = entries["by"].map { self.rejection($0.value) }
    let changes = entries["changes"].map { self.changes($0.value) }
    if let entry = entries["by"], !fates.isEmpty, Set(fates).isDisjoint(with: [.rejected, .blocked]) {
      reader.error(at: entry.key.position, "'by' needs 'rejected' or 'blocked' among the fates")
    }
    if let entry = entries["changes"], !fates.isEmpty, Set(fates).isDisjoint(with: [.changed, .passed]) {
      reader.error(at: entry.key.position, "'changes' needs 'changed' or 'passed' among the fates")
    }
    return FilterPolicy.Rule(
      id: id,
      title: title ?? id,
      requirements: requirements,
      directions: Set(directions),
      states: Set(states),
      types: Set(UInt8.min...UInt8.max),
      codes: Set(UInt8.min...UInt8.max),
      fields: [],
      fates: Set(fates),
      rejection: rejection,
      changes: changes,
      position: position
    )
  }

  private mutating func choices<Choice: RawRepresentable & CaseIterable>(
    _ tree: YAMLTree,
    _ what: String,
    as type: Choice.Type
  ) -> [Choice] where Choice.RawValue == String {
    reader.texts(tree, what).compactMap { word in
      if let choice = Choice(rawValue: word.value) { return choice }
      let hint = reader.hint(for: word.value, among: Choice.allCases.map(\.rawValue))
      reader.error(at: word.position, "'\(word.value)' is not \(what)\(hint)")
      return nil
    }
  }

  private mutating func states(_ tree: YAMLTree) -> [SweepState] {
    reader.texts(tree, "a state").flatMap { word -> [SweepState] in
      if word.value == "related" { return SweepState.allCases.filter { $0.rawValue.hasPrefix("related") } }
      if let state = SweepState(rawValue: word.value) { return [state] }
      let hint = reader.hint(for: word.value, among: Grammar.Mapping.states)
      reader.error(at: word.position, "'\(word.value)' is not a state\(hint)")
      return []
    }
  }

  private mutating func rejection(_ tree: YAMLTree) -> FilterPolicy.Rejection {
    let entries = reader.entries(tree, .rejectionPattern)
    var rejection = FilterPolicy.Rejection()
    if let tree = entries["type"]?.value { rejection.type = numbers(tree, "type", of: nil).first }
    if let tree = entries["code"]?.value {
      rejection.code = numbers(tree, "code", of: rejection.type.map { [$0] }).first
    }
    if let word = entries["from"].flatMap({ reader.text($0.value, "whose address it comes from") }) {
      if word == "target" {
        rejection.isFromTarget = true
      } else if word != "anybody" {
        reader.error(at: entries["from"]?.value.position ?? tree.position, "'from' is target or anybody")
      }
    }
    return rejection
  }

  private mutating func changes(_ tree: YAMLTree) -> FilterPolicy.Changes {
    let entries = reader.entries(tree, .changePattern)
    var changes = FilterPolicy.Changes()
    changes.required = entries["required"].map { fieldNames($0.value) } ?? []
    changes.allowed = entries["allowed"].map { fieldNames($0.value) }
    return changes
  }

  /// Names such as `ipv4.source` and `quoted udp.source-port`.
  private mutating func fieldNames(_ tree: YAMLTree) -> [String] {
    if tree.sequence?.isEmpty == true { return [] }
    return reader.texts(tree, "a field").compactMap { word in
      let name = word.value.hasPrefix("quoted ") ? String(word.value.dropFirst(7)) : word.value
      if ["data", "layers"].contains(name) { return word.value }
      if let (layer, field) = name.components(around: "."), field == "checksum" || isField(layer, field) {
        return word.value
      }
      reader.error(
        at: word.position,
        "'\(word.value)' is no field; one is written as ipv4.source, or quoted udp.source-port"
      )
      return nil
    }
  }

  private func isField(_ layer: String, _ field: String) -> Bool {
    !(Protocols.definition(of: LayerKind(rawValue: layer))?.fields(named: field).isEmpty ?? true)
  }
}
