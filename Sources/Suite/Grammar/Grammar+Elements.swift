internal import Wire

extension Grammar.Shape {
  /// A list of elements to send.
  static func elements(of list: ElementList, in kind: LayerKind) -> Grammar.Shape {
    .list(.phrase(Grammar.ElementTable(list, in: kind, isSent: true).element), least: 0)
  }

  /// What must be seen of a list.
  static func expected(_ list: ElementList, in kind: LayerKind) -> Grammar.Shape {
    let table = Grammar.ElementTable(list, in: kind, isSent: false)
    return .either([
      .choice(["absent", "present"]), .list(of: .phrase(table.element)), .mapping(table.conditions),
    ])
  }
}

extension Grammar {
  /// How the elements of one list are written, in packets that are sent or in expectations.
  struct ElementTable: Sendable {
    let list: ElementList
    let kind: LayerKind
    let isSent: Bool

    init(_ list: ElementList, in kind: LayerKind, isSent: Bool) {
      self.list = list
      self.kind = kind
      self.isSent = isSent
    }

    /// What names in the JSON Schema begin with.
    private var prefix: String { isSent ? "\(kind)-" : "seen-\(kind)-" }

    /// One element in any of its forms.
    var element: Phrase {
      let octets = Mapping(
        "\(isSent ? "" : "seen-")octets-alone",
        title: "octets",
        "Octets in place of an element.",
        [.init("data", plainOctets, required: true, "The octets as they are.", example: "0102")]
      )
      let title = "\(prefix)any-\(list.noun)"
      guard let literal = list.literal else {
        guard let only = list.elements.first else { return Phrase(title, "", .empty) }
        let value = only.argument.flatMap { argument in keys(of: only)[argument]?.shape } ?? .expression
        return Phrase(
          title,
          "",
          .either([value, .mapping(keys(of: only)), .mapping(octets)])
        )
      }
      return Phrase(
        title,
        "",
        .either([
          .choice(list.elements.map(\.name)), .mapping(named), .mapping(keys(of: literal)), .mapping(octets),
        ])
      )
    }

    /// What must be seen of the list, where it is more than its elements.
    var conditions: Mapping {
      Mapping(
        "seen-\(kind)-\(list.key)",
        title: list.key,
        "",
        [
          .init("count", .phrase(.pattern), "How many there are, padding not counted.", example: "1..2"),
          .init(
            "elements",
            .list(of: .phrase(element)),
            "Those which must be there in this order, others are don't-care."
          ),
        ]
      )
    }

    /// The elements that have a name.
    private var named: Mapping {
      Mapping(
        oneOf: "\(prefix)named",
        title: list.nounWithArticle,
        "",
        list.elements.map { .init($0.name, shape(of: $0), $0.summary) }
      )
    }

    /// What stands behind an element's name.
    private func shape(of definition: ElementDefinition) -> Shape {
      let keys = keys(of: definition)
      let argument = definition.argument.flatMap { keys[$0]?.shape.forms } ?? []
      return .either([.empty] + argument + (keys.names.isEmpty ? [] : [.mapping(self.keys(of: definition))]))
    }

    /// The keys of an element.
    private func keys(of definition: ElementDefinition) -> Mapping {
      let name = prefix + name(of: definition)
      var keys = definition.settableFields.map { field in
        Key(field.name, shape(of: [field], inElement: name), field.summary)
      }
      for part in definition.parts where !keys.contains(where: { $0.name == part.key }) {
        let same = definition.parts.filter { $0.key == part.key }
        // What elements share, the table of one doesn't explain for all.
        let summary = isPlain(definition) ? "What follows the length, as it is." : part.summary
        keys.append(.init(part.key, shape(of: same, named: "\(name)-\(part.key)"), summary))
        guard isSent, let fill = part.fill else { continue }
        let unit = part.kind == .entries ? "Entries in all, empty ones" : "Octets of the whole element, zeros"
        keys.append(
          .init(
            fill.key,
            .expression,
            "\(unit) behind those that are given; \(fill.byDefault) if nothing is said.",
            example: "\(fill.byDefault)"
          )
        )
      }
      if isSent {
        keys.append(.init("truncate", .expression, "Octets that are kept of the element.", example: "2"))
      }
      let title = definition.name.isEmpty ? list.nounWithArticle : "'\(definition.name)'"
      return Mapping(name, title: title, "", keys)
    }

    private func isPlain(_ definition: ElementDefinition) -> Bool { definition.keys == ["length", "data"] }

    /// The name of an element's keys; elements that say nothing but their octets share them.
    private func name(of definition: ElementDefinition) -> String {
      if definition.name.isEmpty { return "by-number" }
      if isPlain(definition) { return "plain" }
      return definition.keys == ["length"] ? "bare" : definition.name
    }

    private func shape(of fields: [Field], inElement name: String) -> Shape {
      guard let field = fields.first else { return .empty }
      let place = name.dropFirst(isSent ? 0 : "seen-".count)
      let value = Phrase.value(of: fields, at: "\(place).\(field.name)")
      guard isSent else { return .expected(value) }
      return .sent(value, field)
    }

    /// The shape of a part; several parts with one key are written alike.
    private func shape(of parts: [ElementPart], named name: String) -> Shape {
      guard let part = parts.first else { return .empty }
      let words: [Shape] = isSent ? [] : [.phrase(.conditionWord)]
      switch part.kind {
      case .entries:
        let entry = entry(of: parts, named: name)
        if isSent { return .either([.list(entry, least: 0)] + entry.forms) }
        return .either(words + [.list(entry, least: 0), .mapping(entries(of: part.key, entry, named: name))])
      case .group, .address, .prefix: return .either(words + entry(of: parts, named: name).forms)
      case .names: return .either(words + [.oneOrList(of: .expression)])
      case .packet: return isSent ? .either([.phrase(.packet), .mapping(.quote)]) : .either(words)
      case .octets: return .either(words + plainOctets.forms)
      case .text:
        return .either(words + [.scalar(.anyText), isSent ? .mapping(.data) : .mapping(.expectedData)])
      }
    }

    private var plainOctets: Shape {
      isSent ? .phrase(.elementOctets) : .either([.phrase(.elementOctets), .mapping(.expectedData)])
    }

    /// One entry: its fields, or its only value.
    private func entry(of parts: [ElementPart], named name: String) -> Shape {
      var keys: [Key] = []
      for field in parts.flatMap(\.fields) where !keys.contains(where: { $0.name == field.name }) {
        keys.append(.init(field.name, shape(of: [field], inElement: name), field.summary))
      }
      let address: Shape = isSent ? .expression : .phrase(.pattern)
      if parts.first?.kind == .address {
        keys.append(.init("address", address, "The address, of any family.", example: "192.0.2.7"))
      }
      let only =
        parts.first?.kind == .address ? "address" : parts.lazy.compactMap { $0.onlyField?.name }.first
      let mapping = Mapping(name, title: "an entry", "", keys)
      return .either((only.flatMap { mapping[$0]?.shape.forms } ?? []) + [.mapping(mapping)])
    }

    /// Conditions on the entries of a part.
    private func entries(of key: String, _ entry: Shape, named name: String) -> Mapping {
      Mapping(
        oneOf: "\(name)-entries",
        title: "'\(key)'",
        "A condition on \(key).",
        [
          .init("count", .phrase(.pattern), "How many there are.", example: "1..3"),
          .init("starts-with", .list(of: entry), "What the first ones are."),
        ]
      )
    }
  }
}

extension Grammar.Phrase {
  /// Octets within an element.
  static let elementOctets: Grammar.Phrase = .init(
    "element-octets",
    "Octets as pairs of hexadecimal digits, or in one of the forms of data.",
    .either([.scalar(.hexadecimal), .phrase(.octets)])
  )
}
