internal import Wire

/// Which messages a rule speaks of.
extension PolicyDecoder {
  mutating func match(_ tree: YAMLTree, _ rule: inout FilterPolicy.Rule) {
    guard let pairs = tree.mapping else {
      reader.error(
        at: tree.position,
        "'match' must be a mapping such as { type: 3, code: 0..15 }, not \(tree.kindName)"
      )
      return
    }
    for (key, value) in pairs where key.value == "type" { rule.types = Set(numbers(value, "type", of: nil)) }
    for (key, value) in pairs {
      switch key.value {
      case "type": continue
      case "code": rule.codes = Set(numbers(value, "code", of: rule.types))
      default: if let field = field(key, value) { rule.fields.append(field) }
      }
    }
  }

  /// The definition of the ICMP that the policy speaks of.
  private var icmp: LayerDefinition? { Protocols.definition(of: version == .v4 ? .icmpv4 : .icmpv6) }

  /// Types or codes: numbers, names, ranges, or a list of them.
  mutating func numbers(_ tree: YAMLTree, _ what: String, of types: Set<UInt8>?) -> [UInt8] {
    reader.texts(tree, "a \(what)").flatMap { word -> [UInt8] in
      if let (low, high) = word.value.components(around: ".."), let low = number(low, what, types),
        let high = number(high, what, types), low <= high
      {
        return Array(low...high)
      }
      if let number = number(word.value, what, types) { return [number] }
      let names = names(what, types).flatMap(\.names)
      let hint = reader.hint(for: word.value, among: names)
      reader.error(
        at: word.position,
        "'\(word.value)' is no \(what) of \(version.title): a number to 255, a range a..b or a name\(hint)"
      )
      return []
    }
  }

  private func number(_ text: String, _ what: String, _ types: Set<UInt8>?) -> UInt8? {
    if let number = UInt64(literal: text) { return UInt8(exactly: number) }
    let numbers = Set(names(what, types).compactMap { $0.number(named: text) })
    return numbers.count == 1 ? numbers.first.flatMap { UInt8(exactly: $0) } : nil
  }

  /// The tables of names; those of codes belong to types.
  private func names(_ what: String, _ types: Set<UInt8>?) -> [NameTable] {
    if what == "type" { return [version.typeNames] }
    let variants = icmp?.variants ?? []
    return variants.filter { variant in
      types.map { types in variant.types.contains(where: types.contains) } ?? true
    }.compactMap { $0.fields.first { $0.name == "code" }?.names }
  }

  /// A field of the probes: `ipv4.ttl: 1`.
  private mutating func field(_ key: Located<String>, _ tree: YAMLTree) -> ProbeField? {
    let layers = version == .v4 ? ["ipv4", "icmpv4"] : ["ipv6", "icmpv6"]
    guard let (layer, name) = key.value.components(around: "."), layers.contains(layer) else {
      let hint = reader.hint(for: key.value, among: ["type", "code"])
      reader.error(
        at: key.position,
        "unknown key '\(key.value)' in 'match'\(hint); other fields are written as \(layers[0]).tos"
      )
      return nil
    }
    let fields = Protocols.definition(of: LayerKind(rawValue: layer))?.fields(named: name) ?? []
    guard let field = fields.first(where: { $0.byDefault != .computed && $0.bitWidth <= 32 }) else {
      let hint = reader.hint(for: name, among: fields.isEmpty ? fieldNames(layer) : [])
      reader.error(
        at: key.position,
        fields.isEmpty
          ? "'\(layer)' has no field '\(name)'\(hint)" : "'\(key.value)' is computed and can't be chosen"
      )
      return nil
    }
    guard let word = reader.text(tree, "the value of '\(key.value)'") else { return nil }
    do throws(LiteralFault) {
      let value = try field.value(ofLiteral: word)
      if let misfit = field.misfit(of: value) { throw LiteralFault(message: misfit) }
      switch value {
      case .number(let number): return ProbeField(layer: layer, field: name, value: number)
      case .ipv4(let address):
        return ProbeField(layer: layer, field: name, value: UInt64(address.rawValue))
      default: throw LiteralFault(message: "'\(key.value)' can't be chosen")
      }
    } catch {
      reader.error(at: tree.position, error.message)
      return nil
    }
  }

  private func fieldNames(_ layer: String) -> [String] {
    Protocols.definition(of: LayerKind(rawValue: layer))?.variants.flatMap { $0.fields.map(\.name) } ?? []
  }

  /// Rules that can't stand beside each other.
  mutating func check(_ rules: [FilterPolicy.Rule]) {
    var ids: [String: SourcePosition] = [:]
    for rule in rules {
      if let first = ids[rule.id] {
        reader.error(at: rule.position, "a second rule '\(rule.id)'; the first is in line \(first.line)")
      }
      ids[rule.id] = rule.position
    }
    for (place, rule) in rules.enumerated() {
      for other in rules[..<place] where !rule.agrees(with: other) {
        reader.error(
          at: rule.position,
          "no target can do what '\(rule.id)' and '\(other.id)' (line \(other.position.line)) want of the same messages"
        )
      }
    }
  }
}

extension FilterPolicy.Rule {
  /// Whether there is a fate that both allow for messages that both speak of.
  fileprivate func agrees(with other: FilterPolicy.Rule) -> Bool {
    guard fields == other.fields else { return true }
    let isApart =
      directions.isDisjoint(with: other.directions) || states.isDisjoint(with: other.states)
      || types.isDisjoint(with: other.types) || codes.isDisjoint(with: other.codes)
    return isApart || !meanings.isDisjoint(with: other.meanings)
  }

  /// The fates that it allows, without words that stand for several.
  private var meanings: Set<FilterPolicy.FateWord> {
    var meanings: Set<FilterPolicy.FateWord> = []
    for fate in fates {
      switch fate {
      case .passed: meanings.formUnion([.delivered, .changed])
      case .blocked: meanings.formUnion([.rejected, .dropped])
      case .any: meanings.formUnion([.delivered, .changed, .rejected, .dropped, .rateLimited])
      default: meanings.insert(fate)
      }
    }
    return meanings
  }
}
