internal import Wire

/// What is done to a packet on its way out: fragments, padding, changed octets.
extension SuiteDecoder {
  /// Octets behind the packet: a number of zeros, or data.
  mutating func padding(_ tree: YAMLTree) -> Located<DataSpecification>? {
    if tree.scalar != nil {
      return expression(tree, "'pad'").map { Located(DataSpecification.zeros($0), at: tree.position) }
    }
    return data(tree).map { Located($0, at: tree.position) }
  }

  mutating func corruptions(_ tree: YAMLTree) -> [Corruption] {
    (tree.sequence ?? [tree]).compactMap { item in
      let entries = reader.entries(item, .corruption)
      let to = entries["to"].flatMap { expression($0.value, "'to'") }
      let xor = entries["xor"].flatMap { expression($0.value, "'xor'") }
      guard let at = entries["at"].flatMap({ expression($0.value, "'at'") }),
        let change = to.map({ Corruption.Change.to($0) }) ?? xor.map({ .xor($0) })
      else { return nil }
      var layer: Located<LayerKind>?
      if let tree = entries["layer"]?.value, let name = reader.text(tree, "'layer'") {
        if !Grammar.Mapping.layer.names.contains(name) {
          let hint = reader.hint(for: name, among: Grammar.Mapping.layer.names)
          reader.error(at: tree.position, "unknown layer '\(name)'\(hint)")
        }
        layer = Located(LayerKind(rawValue: name), at: tree.position)
      }
      return Corruption(offset: at, layer: layer, change: change)
    }
  }

  mutating func fragmentRule(_ tree: YAMLTree) -> FragmentRule? {
    let entries = reader.entries(tree, .fragmentRule)
    var size = entries["size"].flatMap { expression($0.value, "'size'") }.map { FragmentRule.Size.octets($0) }
    if let atomic = entries["atomic"], flag(atomic.value, "'atomic'") { size = .atomic(atomic.key.position) }
    var order: FragmentRule.Order?
    if let tree = entries["order"]?.value {
      if tree.sequence != nil {
        order = .explicit(indices(tree, "'order'"))
      } else if let word = tree.scalar, ["forward", "reverse"].contains(word) || word.hasPrefix("$") {
        order = expression(tree, "'order'").map { .named($0) }
      } else {
        reader.error(at: tree.position, "'order' is forward, reverse or a list of fragment numbers from 0")
      }
    }
    let omit = entries["omit"].map { indices($0.value, "'omit'") } ?? []
    let duplicate = entries["duplicate"].map { indices($0.value, "'duplicate'") } ?? []
    let overlap = entries["overlap"].flatMap { expression($0.value, "'overlap'") }
    let gap = entries["gap"].flatMap { expression($0.value, "'gap'") }
    let differs = entries["differing"].map { flag($0.value, "'differing'") } ?? false
    return size.map {
      FragmentRule(
        size: $0,
        order: order,
        omit: omit,
        duplicate: duplicate,
        overlap: overlap,
        differs: differs,
        gap: gap
      )
    }
  }

  private mutating func indices(_ tree: YAMLTree, _ what: String) -> [Located<Expression>] {
    (tree.sequence ?? [tree]).compactMap { item in
      if item.scalar?.hasPrefix("$") ?? false { return expression(item, what) }
      return reader.number(item, what).map { Located(.text(String($0)), at: item.position) }
    }
  }

  mutating func fragments(_ tree: YAMLTree) -> [FragmentSpecification] {
    guard let items = tree.sequence, !items.isEmpty else {
      reader.error(at: tree.position, "'fragments' must be a list of fragments")
      return []
    }
    return items.compactMap { item in
      let entries = reader.entries(item, .fragment)
      guard let offset = entries["offset"].flatMap({ expression($0.value, "'offset'") }),
        let length = entries["length"].flatMap({ expression($0.value, "'length'") }),
        let more = entries["more"].flatMap({ expression($0.value, "'more'") })
      else { return nil }
      if case .text(let word) = more.value, !["true", "false"].contains(word) {
        reader.error(at: more.position, "'more' is true or false")
      }
      return FragmentSpecification(
        offset: offset,
        length: length,
        more: more,
        data: entries["data"].flatMap { entry in
          data(entry.value).map { Located($0, at: entry.value.position) }
        },
        edits: entries["edit"].map { edits($0.value) } ?? []
      )
    }
  }

  private mutating func flag(_ tree: YAMLTree, _ what: String) -> Bool {
    guard let flag = ["true": true, "false": false][tree.scalar ?? ""] else {
      reader.error(at: tree.position, "\(what) is true or false")
      return false
    }
    return flag
  }
}
