internal import Wire

extension Reference {
  /// A section for each layer: its fields in all forms, its options, the names of values.
  mutating func writeLayers() {
    heading(2, "Layers")
    paragraph(
      "Fields stand in the order of the wire. The default is what goes out when a packet doesn't say otherwise: "
        + "*computed* is the right length, checksum or protocol, *address* that of tester or target. In lists, "
        + "keys stand with their bits and defaults; the key in **bold** may be left out: `{ mtu: 1280 }` sets the field `mtu` of the option `mtu`."
    )
    for definition in Protocols.all {
      heading(3, "Layer `\(definition.kind)`")
      paragraph(definition.title + (definition.reference.isEmpty ? "." : " [\(definition.reference)]."))
      writeForms(of: definition)
      writeLists(of: definition)
      writeNames(of: definition)
    }
  }

  private mutating func writeForms(of definition: LayerDefinition) {
    let variants = definition.variants
    let shared = definition.fields.filter { field in
      variants.allSatisfy { $0.fields.contains { Self.isSame($0, field) } }
    }
    table(Self.columns, shared.map { Self.row($0) })
    guard variants.count > 1 else { return }
    let types = definition.field(named: "type")?.names
    var forms: [(whose: [String], fields: [Field])] = []
    for variant in variants {
      let own = variant.fields.filter { field in !shared.contains { Self.isSame($0, field) } }
      let code = variant.code.map { " with code \($0)" } ?? ""
      let numbers = variant.types.map { type in
        (types?.name(of: UInt64(type)).map { "\(type) `\($0)`" } ?? "\(type)") + code
      }
      let whose = numbers.isEmpty ? ["any other"] : numbers
      if let place = forms.firstIndex(where: { $0.fields == own }) {
        forms[place].whose += whose
      } else {
        forms.append((whose, own))
      }
    }
    for form in forms where !form.fields.isEmpty {
      paragraph("Type \(form.whose.joined(separator: ", ")):")
      table(Self.columns, form.fields.map { Self.row($0) })
    }
  }

  private static let columns = ["field", "bits", "default", "meaning"]

  /// Whether two forms have the same field, whatever its values are called.
  private static func isSame(_ a: Field, _ b: Field) -> Bool {
    (a.name, a.bitOffset, a.bitWidth, a.summary) == (b.name, b.bitOffset, b.bitWidth, b.summary)
  }

  private static func row(_ field: Field) -> [String] {
    ["`\(field.name)`", "\(field.bitWidth)", byDefault(field), field.summary]
  }

  private static func byDefault(_ field: Field) -> String {
    switch field.byDefault {
    case .constant(let number): "`\(field.text(of: .number(number)))`"
    case .computed: "*computed*"
    case .address: "*address*"
    }
  }

  private mutating func writeLists(of definition: LayerDefinition) {
    for list in definition.lists {
      let literal = list.literal.map { " By number: " + Self.keys(of: $0) + "." } ?? ""
      let types = list.types.isEmpty ? "" : " Of type \(list.types.map(String.init).joined(separator: ", "))."
      paragraph("`\(list.key)`: a list. \(list.summary)\(types)\(literal)")
      table(
        [list.noun, "number", "keys", "meaning"],
        list.elements.map { element in
          [
            "`\(element.name)`", element.number.map(String.init) ?? "", Self.keys(of: element),
            element.summary,
          ]
        }
      )
    }
  }

  /// The keys of an element with bits and defaults; the one that may be left out is in bold.
  private static func keys(of element: ElementDefinition) -> String {
    let keys = element.keys.map { key in
      let name = key == element.argument ? "**`\(key)`**" : "`\(key)`"
      guard let field = element.field(named: key) else { return name }
      return "\(name) \(field.bitWidth) \(byDefault(field))"
    }
    return keys.joined(separator: ", ")
  }

  private mutating func writeNames(of definition: LayerDefinition) {
    var seen: Set<NameTable> = []
    for field in definition.fields {
      for variant in definition.variants {
        guard let names = variant.fields.first(where: { $0.name == field.name })?.names,
          seen.insert(names).inserted
        else { continue }
        let types = variant.types.map(String.init).joined(separator: ", ")
        let whose = "`\(field.name)`" + (field.name == "code" && !types.isEmpty ? " of type \(types)" : "")
        if let place = nameTables[names] {
          paragraph("Names of \(whose): those of \(place).")
        } else {
          nameTables[names] = "\(whose) of [\(definition.kind)](#layer-\(definition.kind))"
          let list = names.names.map { "`\($0)` \(names.number(named: $0) ?? 0)" }
          paragraph("Names of \(whose): \(list.joined(separator: ", ")).")
        }
      }
    }
  }
}
