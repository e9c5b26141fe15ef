internal import Wire

extension SuiteDecoder {
  mutating func expectation(_ tree: YAMLTree) -> Expectation? {
    let entries = reader.entries(tree, .expect)
    guard let body = entries["expect"] else { return nil }
    let arm = arm(entries["at"]?.value)
    let times = entries["times"].flatMap { timesRange($0.value) }
    guard let kind = expectationKind(body.value, times: times ?? 1...1, at: arm) else { return nil }
    if let times = entries["times"] {
      if case .packet = kind {
      } else {
        reader.error(at: times.key.position, "'times' goes with a single packet only")
      }
    }
    // The name is known from the next step on.
    let name = entries["as"].flatMap { packetName($0.value) }
    if let name = entries["as"], case .nothing = kind {
      reader.error(at: name.key.position, "'as' names an answer, and nothing is expected here")
    }
    let since = entries["since"].flatMap { reader.choice($0.value, "an origin", as: Expectation.Origin.self) }
    return Expectation(
      kind: kind,
      within: entries["within"].map { time($0.value, "'within'") } ?? defaultWait(of: kind),
      notBefore: entries["not-before"].flatMap { time($0.value, "'not-before'") },
      since: since ?? .stimulus,
      name: name,
      record: entries["record"].map { measurements($0.value) } ?? [],
      position: body.key.position,
      arm: arm
    )
  }

  /// The suite's wait for answers; silence takes as long as its proof.
  private func defaultWait(of kind: Expectation.Kind) -> TimeSpecification? {
    if case .nothing = kind { nil } else { parts.within }
  }

  private mutating func expectationKind(
    _ tree: YAMLTree,
    times: ClosedRange<Int>,
    at arm: Arm?
  ) -> Expectation.Kind? {
    if tree.scalar == "nothing" { return .nothing }
    let isNamed =
      tree.scalar.map { !$0.isEmpty } ?? tree.mapping?.contains { $0.key.value == "packet" } ?? false
    if tree.sequence != nil || isNamed {
      return packetPattern(tree, at: arm).map { .packet($0, times: times) }
    }
    guard let pairs = tree.mapping, let first = pairs.first, pairs.count == 1 else {
      reader.error(
        at: tree.position,
        "'expect' is a list of layers, 'nothing', { any-of: […] } or { all-of: […] }, not \(tree.kindName)"
      )
      return nil
    }
    switch first.key.value {
    case "any-of":
      return .anyOf(alternatives(first.value, at: arm))
    case "all-of": return .allOf(packets(of: first, at: arm))
    case "sequence": return .sequence(packets(of: first, at: arm))
    default:
      let hint = reader.hint(for: first.key.value, among: Grammar.Mapping.outcomes.names)
      reader.error(at: first.key.position, "unknown key '\(first.key.value)' in 'expect'\(hint)")
      return nil
    }
  }

  /// The packets of `all-of` or `sequence`.
  private mutating func packets(
    of entry: (key: Located<String>, value: YAMLTree),
    at arm: Arm?
  ) -> [PacketPattern] {
    let what = "'\(entry.key.value)'"
    let packets = (entry.value.sequence ?? []).compactMap { item -> PacketPattern? in
      let isChanged = item.mapping?.contains { $0.key.value == "with" } ?? false
      if item.sequence != nil || item.scalar != nil || isChanged { return packetPattern(item, at: arm) }
      let entries = reader.entries(item, .member)
      let own = self.arm(entries["at"]?.value) ?? arm
      return entries["packet"].flatMap { packetPattern($0.value, at: own) }
    }
    if packets.isEmpty { reader.error(at: entry.value.position, "\(what) is a list of packets") }
    return packets
  }

  private mutating func timesRange(_ tree: YAMLTree) -> ClosedRange<Int>? {
    guard let text = reader.text(tree, "'times'") else { return nil }
    let bounds = text.components(around: "..") ?? (text, text)
    guard let low = Int(bounds.0), let high = Int(bounds.1), low >= 0, high >= max(low, 1), high <= 10_000
    else {
      reader.error(at: tree.position, "'times' is a count or a range such as 2..4, not '\(text)'")
      return nil
    }
    return low...high
  }

  /// A list of layer patterns.
  mutating func packetPattern(_ tree: YAMLTree, at arm: Arm? = nil) -> PacketPattern? {
    guard let tree = unfolded(tree, .expectation) else { return nil }
    guard let items = tree.sequence, !items.isEmpty else {
      reader.error(
        at: tree.position,
        "an expected frame is a list of layers such as `- icmpv4: { … }`, not \(tree.kindName)"
      )
      return nil
    }
    let defaults = parts.defaults[.expectation] ?? [:]
    return PacketPattern(
      arm: arm,
      layers: items.compactMap { layerPattern($0.with(defaults)) },
      position: tree.position
    )
  }

  private mutating func layerPattern(_ tree: YAMLTree) -> LayerPattern? {
    guard let (name, value) = layerHead(tree, .expectedLayer) else { return nil }
    var layer = LayerPattern(
      kind: LayerKind(rawValue: name.value),
      position: name.position,
      fields: [],
      data: nil,
      quoted: nil
    )
    switch name.value {
    case "data", "trailer":
      guard let value else {
        reader.error(
          at: name.position,
          "'\(name.value)' needs what the \(name.value) must be, for example $sent.data"
        )
        return nil
      }
      layer.data = dataPattern(value)
    case "forwarded":
      guard let value else {
        reader.error(at: name.position, "'forwarded' needs { of: $sent }")
        return nil
      }
      layer.forwarded = forwardedPattern(value)
    case "quoted":
      guard let value else {
        reader.error(at: name.position, "'quoted' needs { of: $sent, at-least: 8 }")
        return nil
      }
      layer.quoted = quotedPattern(value)
    default:
      if value?.scalar == "absent",
        Protocols.definition(of: layer.kind)?.lists.contains(where: \.isLayer) != true
      {
        layer.isAbsent = true
        return layer
      }
      if let value, let list = Protocols.definition(of: layer.kind)?.lists.first(where: \.isLayer),
        isListPattern(value, of: list)
      {
        layer.lists = listPattern(value, of: list, in: layer.kind).map { [$0] } ?? []
        break
      }
      if let value { fieldPatterns(value, into: &layer) }
      checkLiterals(of: layer)
    }
    return layer
  }

  private mutating func fieldPatterns(_ tree: YAMLTree, into layer: inout LayerPattern) {
    guard let pairs = tree.mapping else {
      reader.error(at: tree.position, "the fields of '\(layer.kind)' must be a mapping, not \(tree.kindName)")
      return
    }
    let fields = Grammar.Mapping.expected(layer.kind)
    let lists = Protocols.definition(of: layer.kind)?.lists ?? []
    for (key, value) in pairs {
      guard fields[key.value] != nil else {
        let hint = reader.hint(for: key.value, among: fields.names)
        reader.error(at: key.position, "unknown field '\(key.value)' of \(layer.kind)\(hint)")
        continue
      }
      if let list = lists.first(where: { $0.key == key.value }) {
        if let pattern = listPattern(value, of: list, in: layer.kind) { layer.lists.append(pattern) }
      } else if let pattern = valuePattern(value) {
        layer.fields.append((key.value, pattern, value.position))
      }
    }
  }

  mutating func valuePattern(_ tree: YAMLTree) -> ValuePattern? {
    if let items = tree.sequence {
      if items.isEmpty { reader.error(at: tree.position, "an empty list matches nothing") }
      return .oneOf(items.compactMap { valuePattern($0) })
    }
    if let pairs = tree.mapping {
      guard let first = pairs.first, pairs.count == 1 else {
        reader.error(at: tree.position, "a condition is one of { not: v }, { at-least: v }, { at-most: v }")
        return nil
      }
      switch first.key.value {
      case "not": return valuePattern(first.value).map { .not($0) }
      case "at-least": return expression(first.value, "'at-least'").map { .atLeast($0.value) }
      case "at-most": return expression(first.value, "'at-most'").map { .atMost($0.value) }
      default:
        let hint = reader.hint(for: first.key.value, among: Grammar.Mapping.condition.names)
        reader.error(at: first.key.position, "unknown condition '\(first.key.value)'\(hint)")
        return nil
      }
    }
    switch tree.scalar {
    case "any": return .any
    case "present": return .present
    case "absent": return .absent
    default: break
    }
    guard let text = reader.text(tree, "a value") else { return nil }
    let pattern: ValuePattern =
      if let bounds = text.components(around: "..") {
        .range(Expression(parsing: bounds.0), Expression(parsing: bounds.1))
      } else {
        .equals(Expression(parsing: text))
      }
    note(pattern.variables, at: tree.position)
    return pattern
  }

  mutating func dataPattern(_ tree: YAMLTree) -> DataPattern? {
    guard let pairs = tree.mapping, let first = pairs.first else { return data(tree).map { .equals($0) } }
    let conditions = ["length", "starts-with"]
    guard pairs.contains(where: { conditions.contains($0.key.value) }) else {
      return data(tree).map { .equals($0) }
    }
    if let other = pairs.first(where: { !conditions.contains($0.key.value) }) {
      let hint =
        Grammar.Mapping.expectedData[other.key.value] == nil
        ? reader.hint(for: other.key.value, among: conditions) : ", which says what all octets are"
      reader.error(
        at: other.key.position,
        "beside '\(first.key.value)' there can't be '\(other.key.value)'\(hint)"
      )
      return nil
    }
    let all = pairs.compactMap { key, value -> DataPattern? in
      key.value == "length"
        ? valuePattern(value).map { .length(Located($0, at: value.position)) }
        : expression(value, "'starts-with'").map { .startsWith($0) }
    }
    return all.count == 2 ? .both(all[0], all[1]) : all.first
  }
}
