internal import Wire

extension SuiteDecoder {
  /// Decodes a packet: a list of layers from the outside in.
  mutating func layers(_ tree: YAMLTree, isQuoted: Bool = false) -> [LayerSpecification] {
    if let variable = tree.packetVariable {
      return [choice(of: variable, in: tree, isQuoted: isQuoted)].compactMap(\.self)
    }
    guard let tree = unfolded(tree, .packet) else { return [] }
    guard let items = tree.sequence, !items.isEmpty else {
      reader.error(at: tree.position, "a packet is a list of layers such as `- ipv4`, not \(tree.kindName)")
      return []
    }
    return items.compactMap { item in
      if let variable = item.packetVariable { return choice(of: variable, in: item, isQuoted: isQuoted) }
      return layer(isQuoted ? item : item.with(parts.defaults[.packet] ?? [:]))
    }
  }

  /// The name of a layer and its value; nil after an error.
  mutating func layerHead(
    _ tree: YAMLTree,
    _ layers: Grammar.Mapping
  ) -> (name: Located<String>, value: YAMLTree?)? {
    let head: (name: Located<String>, value: YAMLTree?)
    if let name = tree.scalar {
      head = (Located(name, at: tree.position), nil)
    } else if let pairs = tree.mapping, let first = pairs.first {
      if pairs.count > 1 {
        let second = pairs[1].key
        reader.error(at: second.position, "a layer is one key; put '\(second.value)' into an item of its own")
      }
      let isEmpty = first.value.scalar == ""
      head = (first.key, isEmpty ? nil : first.value)
    } else {
      reader.error(at: tree.position, "a layer is a name or a name with fields, not \(tree.kindName)")
      return nil
    }
    guard layers[head.name.value] != nil else {
      let hint = reader.hint(for: head.name.value, among: layers.names)
      reader.error(at: head.name.position, "unknown layer '\(head.name.value)'\(hint)")
      return nil
    }
    return head
  }

  private mutating func layer(_ tree: YAMLTree) -> LayerSpecification? {
    guard let (name, value) = layerHead(tree, .layer) else { return nil }
    let kind = LayerKind(rawValue: name.value)
    var layer = LayerSpecification(kind, at: name.position)
    switch kind {
    case .data, .raw, .trailer:
      guard let value else {
        reader.error(at: name.position, "'\(name.value)' needs its octets, for example { counter: 56 }")
        return nil
      }
      layer.data = data(value)
    case .quote:
      guard let value else {
        reader.error(at: name.position, "'quote' needs a list of layers, or { of: $sent }")
        return nil
      }
      quote(value, into: &layer)
    default:
      if let value, let list = Protocols.definition(of: kind)?.lists.first(where: \.isLayer),
        value.mapping == nil
      {
        layer.lists = [elements(value, of: list)]
        break
      }
      if let value { fields(value, into: &layer) }
      checkLiterals(of: layer)
    }
    return layer
  }

  private mutating func fields(_ tree: YAMLTree, into layer: inout LayerSpecification) {
    guard let pairs = tree.mapping else {
      reader.error(at: tree.position, "the fields of '\(layer.kind)' must be a mapping, not \(tree.kindName)")
      return
    }
    let fields = Grammar.Mapping.sent(layer.kind)
    let lists = Protocols.definition(of: layer.kind)?.lists ?? []
    for (key, value) in pairs {
      guard fields[key.value] != nil else {
        let hint = reader.hint(for: key.value, among: fields.names)
        reader.error(at: key.position, "unknown field '\(key.value)' of \(layer.kind)\(hint)")
        continue
      }
      switch key.value {
      case "truncate": layer.truncate = expression(value, "'truncate'")
      case "repeat": layer.count = expression(value, "'repeat'")
      case let name:
        if let list = lists.first(where: { $0.key == name }) {
          layer.lists.append(elements(value, of: list))
        } else if let expression = expression(value, "'\(name)'") {
          layer.fields.append((name, expression))
        }
      }
    }
  }

  /// Decodes the octets of a data layer: `{ counter: N }`, `{ hex: 0a0b }` or `$sent.data`.
  mutating func data(_ tree: YAMLTree) -> DataSpecification? {
    if tree.scalar != nil { return expression(tree, "the data").map { .reference($0) } }
    if let items = tree.sequence {
      if items.isEmpty { reader.error(at: tree.position, "the list is empty; it needs data") }
      for item in items where item.scalar?.hasPrefix("$") == false {
        reader.error(
          at: item.position,
          "data in a list is a form such as { counter: 8 }, not \(item.kindName)"
        )
      }
      return .all(items.compactMap { data($0) }, position: tree.position)
    }
    let entries = reader.entries(tree, .data)
    guard entries.count == 1, let (name, entry) = entries.first else { return nil }
    switch name {
    case "counter": return expression(entry.value, "the length").map { .counter($0) }
    case "zeros": return expression(entry.value, "the length").map { .zeros($0) }
    case "random": return expression(entry.value, "the length").map { .random($0) }
    case "text":
      guard let text = entry.value.scalar else {
        reader.error(at: entry.value.position, "'text' must be a text, not \(entry.value.kindName)")
        return nil
      }
      return .text(text)
    case "uint8", "uint16", "uint32":
      let octets = ["uint8": 1, "uint16": 2, "uint32": 4][name] ?? 4
      return expression(entry.value, "the number").map { .number($0, octets: octets) }
    case "dns-name": return expression(entry.value, "the name").map { .name($0) }
    case "addresses":
      let items = entry.value.sequence ?? [entry.value]
      return .addresses(items.compactMap { expression($0, "an address") })
    default:
      if entry.value.scalar?.hasPrefix("$") ?? false {
        return expression(entry.value, "'hex'").map { .hexVariable($0) }
      }
      guard let octets = [UInt8](hex: entry.value.scalar ?? "?") else {
        reader.error(at: entry.value.position, "not pairs of hexadecimal digits: \(entry.value.kindName)")
        return nil
      }
      return .hex(octets)
    }
  }

  /// Packets may quote packets that quote others, so deep; names could make a circle of them.
  private static let quoteLimit = 8

  mutating func quote(_ tree: YAMLTree, into layer: inout LayerSpecification) {
    guard quoteDepth < Self.quoteLimit else {
      reader.error(
        at: tree.position,
        "packets quote each other in a circle, or deeper than \(Self.quoteLimit) levels"
      )
      stopUnfolding()
      return
    }
    quoteDepth += 1
    defer { quoteDepth -= 1 }
    if tree.sequence != nil {
      layer.quote = .layers(layers(tree, isQuoted: true))
      return
    }
    let (bare, rest) = bareFields(of: tree)
    let entries = reader.entries(rest, .quote)
    layer.truncate = entries["truncate"].flatMap { expression($0.value, "'truncate'") }
    if let pad = entries["pad"]?.value {
      if !["true", "false"].contains(pad.scalar) { reader.error(at: pad.position, "'pad' is true or false") }
      layer.pads = pad.scalar != "false"
    }
    if let of = entries["of"] {
      let edits = entries["edit"].map { self.edits($0.value) } ?? []
      layer.quote = expression(of.value, "'of'").map { .of($0, edits: edits + bare) }
    } else if let packet = entries["packet"] {
      layer.quote = .layers(layers(packet.value, isQuoted: true))
    }
  }
}

extension SuiteDecoder {
  /// Layers with the fields of an earlier packet that are changed.
  mutating func edits(_ tree: YAMLTree) -> [LayerSpecification] {
    guard let items = tree.sequence, !items.isEmpty else {
      reader.error(
        at: tree.position,
        "'edit' is a list of layers such as `- ipv4: { ttl: 1 }`, not \(tree.kindName)"
      )
      return []
    }
    return items.compactMap { layer($0) }
  }

  /// Fields that stand in a quote without their layer, each as an edit of whichever layer has it, and what is left.
  private mutating func bareFields(of tree: YAMLTree) -> (edits: [LayerSpecification], rest: YAMLTree) {
    guard let pairs = tree.mapping, pairs.contains(where: { $0.key.value == "of" }) else { return ([], tree) }
    var edits: [LayerSpecification] = []
    var rest: [YAMLTree.Entry] = []
    for (key, value) in pairs {
      guard !Grammar.quoteKeys.contains(key.value), Grammar.fieldNames.contains(key.value) else {
        rest.append(YAMLTree.Entry(key: key, value: value))
        continue
      }
      guard let expression = expression(value, "'\(key.value)'") else { continue }
      edits.append(LayerSpecification(.quote, at: key.position, fields: [(key.value, expression)]))
    }
    return (edits, YAMLTree(content: .mapping(rest), position: tree.position))
  }
}

extension [UInt8] {
  /// Reads pairs of hexadecimal digits; spaces, line breaks and colons may separate them.
  package init?(hex text: String) {
    let digits = text.filter { $0 != " " && $0 != ":" && $0 != "\n" }.utf8.map { $0 }
    guard digits.count.isMultiple(of: 2) else { return nil }
    var octets: [UInt8] = []
    octets.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Self.value(ofHexDigit: digits[index]),
        let low = Self.value(ofHexDigit: digits[index + 1])
      else { return nil }
      octets.append(high << 4 | low)
    }
    self = octets
  }

  private static func value(ofHexDigit digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
