internal import Wire

/// Writes the grammar as the reference of the language, in Markdown.
package struct Reference {
  private var blocks: [String] = []
  private var scalars: [Grammar.Scalar] = []
  private var phrases: [Grammar.Phrase] = []
  private var known: Set<String> = []
  /// Where each list of a layer was written first, by its rows.
  var listPlaces: [[[String]]: String] = [:]
  /// Mappings that have been written, in order.
  private var written: [Grammar.Mapping] = []

  /// The whole reference: suites, target files, baselines, then the values and layers that they speak of.
  package static func markdown() -> String {
    var reference = Reference()
    reference.heading(1, "Reference of the suite language")
    reference.paragraph(
      """
      Every key, layer, field, option, name and variable. `make schema` writes this page from the tables that also make
      the decoder and the JSON Schema; how to write suites is told in [writing-suites.md](writing-suites.md). A key in
      **bold** must be there.
      """
    )
    reference.writeFile("Suite files", .suite)
    reference.writeFile("Target files", .target)
    reference.writeFile("Baseline files", .baseline)
    reference.writeFile("Policy files", .policy)
    reference.writeValues()
    reference.writeWords()
    reference.writeLayers()
    return reference.blocks.joined(separator: "\n\n") + "\n"
  }

  mutating func heading(_ level: Int, _ title: String) {
    blocks.append("\(String(repeating: "#", count: level)) \(title)")
  }

  mutating func paragraph(_ text: String) { blocks.append(text) }

  /// A table; nothing without rows.
  mutating func table(_ columns: [String], _ rows: [[String]]) {
    guard !rows.isEmpty else { return }
    let lines = [columns, columns.map { _ in "---" }] + rows
    blocks.append(lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n"))
  }
}

// MARK: - What there is

extension Reference {
  /// A mapping and all that it leads to, each described once.
  private mutating func writeFile(_ title: String, _ root: Grammar.Mapping) {
    heading(2, title)
    var waiting = [root]
    while !waiting.isEmpty {
      let mapping = waiting.removeFirst()
      // The fields and options of layers have tables of their own.
      guard mapping.layer == nil, known.insert(mapping.name).inserted else { continue }
      write(mapping)
      var next: [Grammar.Mapping] = []
      // What must be there is described first.
      let own = mapping.keys.filter { $0.shape.mapping?.layer == nil }
      let keys = own.filter(\.isRequired) + own.filter { !$0.isRequired }
      for shape in keys.map(\.shape) + [mapping.others].compactMap(\.self) { visit(shape, &next) }
      waiting = next + waiting
    }
  }

  /// Notes named shapes and scalars, and the mappings which a shape leads to.
  private mutating func visit(_ shape: Grammar.Shape, _ mappings: inout [Grammar.Mapping]) {
    switch shape {
    case .scalar(let scalar): if known.insert(scalar.name).inserted { scalars.append(scalar) }
    case .either(let shapes): for shape in shapes { visit(shape, &mappings) }
    case .list(let item, _), .freeKeys(let item, _, _): visit(item, &mappings)
    case .keys(let mapping): mappings.append(mapping())
    case .named(let phrase):
      let phrase = phrase()
      guard known.insert(phrase.name).inserted else { return }
      phrases.append(phrase)
      visit(phrase.shape, &mappings)
    case .choice, .empty: break
    }
  }
}

// MARK: - Mappings and values

extension Reference {
  private mutating func write(_ mapping: Grammar.Mapping) {
    heading(3, "`\(mapping.name)`")
    paragraph(mapping.summary)
    var keys = mapping.keys[...]
    if let inner = mapping.parts {
      known.insert(inner.name)
      paragraph("`\(mapping.name): { … }` with:")
      keys = inner.keys[...]
    } else if let base = written.first(where: { keys.map(\.identity).starts(with: $0.keys.map(\.identity)) }),
      base.keys.count > 3
    {
      keys = keys.dropFirst(base.keys.count)
      paragraph("The keys of [\(base.name)](#\(base.name))\(keys.isEmpty ? "." : ", and:")")
    } else {
      let layers = keys.filter { $0.shape.mapping?.layer != nil }
      if !layers.isEmpty {
        let links = layers.map { "[\($0.name)](#layer-\($0.name))" }
        paragraph("Layers, with fields or without: \(links.joined(separator: ", ")).")
      }
      if mapping.isSingle { paragraph(layers.isEmpty ? "One of:" : "Or one of:") }
    }
    written.append(mapping)
    table(["key", "value", "meaning"], Self.rows(keys.filter { $0.shape.mapping?.layer == nil }))
    if let others = mapping.others { paragraph("Any other key: \(Self.inline(others)).") }
  }

  /// A row for each key; many keys of one meaning, such as the names of all fields, share one.
  private static func rows(_ keys: [Grammar.Key]) -> [[String]] {
    var rows: [[String]] = []
    var rest = keys[...]
    while let key = rest.first {
      let alike = rest.prefix { $0.summary == key.summary && !$0.isRequired }
      let name = key.isRequired ? "**`\(key.name)`**" : "`\(key.name)`"
      rows.append(row(key, name: alike.count > 8 ? "\(alike.count) names of fields" : name))
      rest = rest.dropFirst(alike.count > 8 ? alike.count : 1)
    }
    return rows
  }

  private static func row(_ key: Grammar.Key, name: String) -> [String] {
    var meaning = key.summary
    if let example = key.example { meaning += " Example: `\(key.name): \(cell(example))`." }
    if let needs = key.needs { meaning += " Needs `\(needs.key)`." }
    if let other = key.excludes { meaning += " Not beside `\(other)`." }
    return [name, inline(key.shape), meaning]
  }

  private mutating func writeValues() {
    heading(2, "Values")
    paragraph("Shapes that have a name:")
    table(
      ["name", "what it is", "forms"],
      phrases.map { ["<a id=\"\($0.name)\"></a>\($0.name)", $0.summary, Self.inline($0.shape)] }
    )
    paragraph("Single values, which are read as text and need no quotation marks:")
    table(
      ["name", "what it is"],
      scalars.map { ["<a id=\"\($0.name)\"></a>\($0.name)", $0.summary] }
    )
  }

  /// A shape in words, in a cell of a table.
  static func inline(_ shape: Grammar.Shape) -> String {
    switch shape {
    case .scalar(let scalar): return "[\(scalar.name)](#\(scalar.name))"
    case .choice(let words) where words.count > 12: return "one of \(words.count) names"
    case .choice(let words): return words.map { "`\($0)`" }.joined(separator: ", ")
    case .either:
      let forms = shape.forms.map(inline)
      let alone = forms.filter { !$0.hasPrefix("a list of: ") }.joined(separator: "; ")
      // What may stand alone or in a list.
      if forms.last == "a list of: \(alone)" { return "\(alone); or a list" }
      return forms.joined(separator: "; ")
    case .list(let item, _): return "a list of: \(inline(item))"
    case .freeKeys(let value, 1, 1): return "`{ NAME: VALUE }` (each \(inline(value)))"
    case .freeKeys(let value, _, _): return "`{ NAME: VALUE, … }` (each \(inline(value)))"
    case .keys(let mapping):
      if let layer = mapping().layer { return "[fields](#layer-\(layer))" }
      return "[{ \(mapping().name) }](#\(mapping().name))"
    case .named(let phrase): return "[\(phrase().name)](#\(phrase().name))"
    case .empty: return "no value"
    }
  }

  /// A text that may stand in a table.
  static func cell(_ text: String) -> String { text.split(separator: "|").joined(separator: "\\|") }
}

extension Grammar.Mapping {
  /// Whether exactly one of its keys must be there.
  fileprivate var isSingle: Bool { exactlyOne == names && names.count > 1 }

  /// The mapping behind its only key, where all is said.
  fileprivate var parts: Grammar.Mapping? {
    guard keys.count == 1, case .keys(let inner)? = keys.first?.shape else { return nil }
    return inner()
  }
}

extension Grammar.Key {
  /// What tells it from keys of the same name that mean something else.
  fileprivate var identity: [String] { [name, Reference.inline(shape), summary] }
}
