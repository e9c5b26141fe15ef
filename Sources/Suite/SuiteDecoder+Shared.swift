/// `packets`, `expectations`, `defaults` and `include`.
extension SuiteDecoder {
  /// Included files may include others, so deep.
  static let includeDepth = 8
  /// Named packets may be made of others, so deep.
  private static let nesting = 32
  /// All uses of named packets in a suite unfold to so many layers at most.
  private static let unfoldingLimit = 100_000

  /// Takes in what a suite, or a file that it includes, has for all cases.
  mutating func shared(
    _ entries: [String: (key: Located<String>, value: YAMLTree)],
    isIncluded: Bool,
    depth: Int = 0
  ) {
    if let include = entries["include"]?.value {
      for name in reader.texts(include, "the name of a file") { self.include(name, depth: depth) }
    }
    for kind in [SharedParts.Kind.packet, .expectation] {
      guard let tree = entries[kind.key]?.value else { continue }
      guard let pairs = tree.mapping else {
        reader.error(
          at: tree.position,
          "'\(kind.key)' must be a mapping of names to layers, not \(tree.kindName)"
        )
        continue
      }
      for (name, layers) in pairs {
        guard Self.isWord(name.value), name.value != "nothing" else {
          reader.error(
            at: name.position,
            "'\(name.value)' can't be the name of \(kind == .packet ? "a packet" : "an expectation"): "
              + "lower-case words, digits and hyphens"
          )
          continue
        }
        let part = SharedParts.Part(tree: layers, position: name.position, isIncluded: isIncluded)
        if let earlier = parts.add(part, kind, named: name.value) {
          reader.error(at: name.position, "there is \(kind) '\(name.value)' already, in \(earlier)")
        }
      }
    }
    if let tree = entries["defaults"]?.value { defaults(tree) }
  }

  private mutating func include(_ name: Located<String>, depth: Int) {
    guard depth < Self.includeDepth else {
      reader.error(at: name.position, "files include each other too deep, or in a circle")
      return
    }
    guard let (text, file) = including(name.value, name.position.file) else {
      reader.error(at: name.position, "no file '\(name.value)' beside this one")
      return
    }
    let source = SourceText(
      file: file,
      text: text,
      inclusion: .init(name: name.value, by: name.position.file)
    )
    // Another name of a file that is there already is known by its inclusion alone.
    sources.append(source)
    guard included.insert(file).inserted else { return }
    do throws(SuiteError) {
      let tree = try YAMLTree.parse(text, file: file)
      shared(reader.entries(tree, .shared), isIncluded: true, depth: depth + 1)
    } catch {
      for fault in error.diagnostics { reader.error(at: fault.position, fault.message) }
    }
  }

  private mutating func defaults(_ tree: YAMLTree) {
    let entries = reader.entries(tree, .defaults)
    if let within = entries["within"]?.value { parts.within = time(within, "'within'") }
    for (key, kind) in [("send", SharedParts.Kind.packet), ("expect", .expectation)] {
      guard let layers = entries[key]?.value else { continue }
      guard let pairs = layers.mapping else {
        reader.error(
          at: layers.position,
          "'\(key)' must be a mapping of layers to fields, not \(layers.kindName)"
        )
        continue
      }
      for (layer, fields) in pairs {
        guard Grammar.Mapping.layer.names.contains(layer.value) else {
          let hint = reader.hint(for: layer.value, among: Grammar.Mapping.layer.names)
          reader.error(at: layer.position, "unknown layer '\(layer.value)'\(hint)")
          continue
        }
        guard let fields = fields.mapping else {
          reader.error(
            at: fields.position,
            "the fields of '\(layer.value)' must be a mapping, not \(fields.kindName)"
          )
          continue
        }
        parts.defaults[kind]?[layer.value, default: []] += fields
      }
    }
  }

  /// The list of layers that a tree stands for: itself, a name, or a named one with changes.
  mutating func unfolded(_ tree: YAMLTree, _ kind: SharedParts.Kind, depth: Int = 0) -> YAMLTree? {
    if let name = tree.scalar, !name.isEmpty {
      return named(Located(name, at: tree.position), kind, depth: depth)
    }
    if let pairs = tree.mapping, pairs.contains(where: { $0.key.value == "packet" }) {
      let entries = reader.entries(tree, kind == .packet ? .namedPacket : .namedExpectation)
      guard let reference = entries["packet"]?.value, let name = reader.text(reference, "'packet'"),
        let base = named(Located(name, at: reference.position), kind, depth: depth)
      else { return nil }
      guard let changes = entries["with"]?.value else { return base }
      guard let items = changes.sequence else {
        reader.error(
          at: changes.position,
          "'with' is a list of layers such as `- ipv4: { … }`, not \(changes.kindName)"
        )
        return nil
      }
      return base.changed(by: items, removesAbsent: kind == .packet)
    }
    guard let items = tree.sequence else { return tree }
    // `- packet: NAME` among layers stands for all of that packet's.
    guard items.contains(where: \.isNamedPacket) else { return tree }
    let layers = items.flatMap { item -> [YAMLTree] in
      // What a variable names is known when the layers are decoded, for each of its values.
      guard item.isNamedPacket, kind == .expectation || item.packetVariable == nil else { return [item] }
      return unfolded(item, kind, depth: depth + 1)?.sequence ?? []
    }
    guard mayUnfold(layers.count, at: tree.position) else { return nil }
    return YAMLTree(content: .sequence(layers), position: tree.position)
  }

  /// Counts layers that named packets unfold to; too many are told once.
  private mutating func mayUnfold(_ count: Int, at position: SourcePosition) -> Bool {
    guard layersUnfolded <= Self.unfoldingLimit else { return false }
    layersUnfolded += count
    guard layersUnfolded > Self.unfoldingLimit else { return true }
    reader.error(at: position, "named packets unfold to more than \(Self.unfoldingLimit) layers")
    return false
  }

  /// What is made of itself would be told over and over, at each of its ends.
  mutating func stopUnfolding() { layersUnfolded = Self.unfoldingLimit + 1 }

  private mutating func named(_ name: Located<String>, _ kind: SharedParts.Kind, depth: Int) -> YAMLTree? {
    let part = parts.use(kind, name.value)
    // Also a packet that is used very often costs time for each of its layers.
    guard layersUnfolded <= Self.unfoldingLimit else { return nil }
    guard depth < Self.nesting else {
      reader.error(at: name.position, "'\(name.value)' is made of itself, or of too many others")
      stopUnfolding()
      return nil
    }
    guard let tree = part else {
      let names = parts.names(of: kind) + (kind == .expectation ? ["nothing"] : [])
      let hint = names.isEmpty ? "" : reader.hint(for: name.value, among: names)
      let what =
        kind == .packet
        ? "a packet is a list of layers such as `- ipv4`, or" : "an expected frame is a list of layers, or"
      reader.error(
        at: name.position,
        "\(what) the name of one of '\(kind.key)', not '\(name.value.prefix(40))'\(hint)"
      )
      return nil
    }
    guard mayUnfold(tree.sequence?.count ?? 0, at: name.position) else { return nil }
    return unfolded(tree, kind, depth: depth + 1)
  }
}

extension YAMLTree {
  /// A layer with the keys that it doesn't say itself.
  func with(_ defaults: [String: [(key: Located<String>, value: YAMLTree)]]) -> YAMLTree {
    guard !defaults.isEmpty, let name = layerName, let fields = defaults[name] else { return self }
    let own = mapping?.first?.value
    if let own, own.mapping == nil, own.scalar != "" { return self }
    let said = own?.mapping ?? []
    let added = fields.filter { field in !said.contains { $0.key.value == field.key.value } }
    let all = (said + added).map { Entry(key: $0.key, value: $0.value) }
    let key = mapping?.first?.key ?? Located(name, at: position)
    let value = YAMLTree(content: .mapping(all), position: own?.position ?? position)
    return YAMLTree(content: .mapping([Entry(key: key, value: value)]), position: position)
  }

  /// `packet: NAME` among layers.
  fileprivate var isNamedPacket: Bool { mapping?.contains { $0.key.value == "packet" } ?? false }

  /// The layer's name, if it is one.
  private var layerName: String? { scalar ?? mapping?.first?.key.value }

  /// A list of layers with changes: fields of the first layer of that name are replaced or added, a layer that isn't
  /// there goes to the end; of a packet to send, `absent` takes a layer away.
  fileprivate func changed(by changes: [YAMLTree], removesAbsent: Bool) -> YAMLTree {
    var layers = sequence ?? []
    for change in changes {
      guard let index = layers.firstIndex(where: { $0.layerName == change.layerName }) else {
        layers.append(change)
        continue
      }
      if removesAbsent, change.mapping?.first?.value.scalar == "absent" {
        layers.remove(at: index)
        continue
      }
      layers[index] = layers[index].with(change)
    }
    return YAMLTree(content: .sequence(layers), position: position)
  }

  /// A layer with the keys of another one in place of its own.
  private func with(_ change: YAMLTree) -> YAMLTree {
    guard let new = change.mapping?.first else { return self }
    guard let old = mapping?.first?.value.mapping, let fields = new.value.mapping,
      !["data", "raw", "quote"].contains(new.key.value)
    else { return change }
    let kept = old.filter { pair in !fields.contains { $0.key.value == pair.key.value } }
    let merged = (kept + fields).map { Entry(key: $0.key, value: $0.value) }
    return YAMLTree(
      content: .mapping([
        Entry(key: new.key, value: YAMLTree(content: .mapping(merged), position: new.value.position))
      ]),
      position: change.position
    )
  }
}
