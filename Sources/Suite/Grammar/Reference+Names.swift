internal import Wire

extension Reference {
  /// A field whose values have names, and where it stands.
  private struct Named {
    let names: NameTable
    /// The field within its layer, for example `code` of type 3, or a field of an element.
    let whose: String
    let field: String
  }

  /// The names of a layer's values; those that other layers have as well stand in a section of their own.
  mutating func writeNames(of definition: LayerDefinition) {
    let fields = Self.named(definition)
    if !fields.isEmpty { paragraph("Names of values:") }
    table(
      ["field", "names"],
      fields.map { named in
        guard let place = Self.sharedNames.firstIndex(where: { $0.names == named.names }) else {
          return [named.whose, Self.list(of: named.names)]
        }
        let shared = Self.sharedNames[place]
        return [named.whose, "[names of `\(shared.field)`](#\(Self.anchor(of: shared.field)))"]
      }
    )
  }

  /// The names that fields of several layers share.
  mutating func writeSharedNames() {
    heading(2, "Names that layers share")
    table(
      ["names", "of which fields", "names of values"],
      Self.sharedNames.map { shared in
        [
          "<a id=\"\(Self.anchor(of: shared.field))\"></a>`\(shared.field)`",
          shared.places.joined(separator: ", "), Self.list(of: shared.names),
        ]
      }
    )
  }

  private static func anchor(of field: String) -> String { "names-of-\(field)" }

  /// Tables that several layers use, by the field which has each first.
  private static let sharedNames: [(field: String, places: [String], names: NameTable)] = {
    var found: [(field: String, places: [String], names: NameTable, layers: Set<LayerKind>)] = []
    for definition in Protocols.all {
      for named in named(definition) {
        let place = "\(named.whose) of [\(definition.kind)](#layer-\(definition.kind))"
        if let index = found.firstIndex(where: { $0.names == named.names }) {
          found[index].places.append(place)
          found[index].layers.insert(definition.kind)
        } else {
          found.append((named.field, [place], named.names, [definition.kind]))
        }
      }
    }
    return found.filter { $0.layers.count > 1 }.map { ($0.field, $0.places, $0.names) }
  }()

  /// The named fields of a layer and of its lists, one with the same names everywhere once.
  private static func named(_ definition: LayerDefinition) -> [Named] {
    var found: [Named] = []
    func add(_ field: Field, _ whose: String) {
      guard let names = field.names, !found.contains(where: { $0.whose == whose || $0.names == names })
      else { return }
      found.append(Named(names: names, whose: whose, field: field.name))
    }
    for variant in definition.variants {
      let types = variant.types.map(String.init).joined(separator: ", ")
      for field in variant.fields {
        add(field, "`\(field.name)`" + (field.name == "code" && !types.isEmpty ? " of type \(types)" : ""))
      }
    }
    for list in definition.lists {
      for element in list.elements {
        let whose = list.isNamed ? "`\(element.name)`" : list.nounWithArticle
        for field in element.settableFields + element.parts.flatMap(\.fields) {
          add(field, "`\(field.name)` of \(whose)")
        }
      }
    }
    return found
  }

  private static func list(of names: NameTable) -> String {
    names.names.map { "`\($0)` \(names.number(named: $0) ?? 0)" }.joined(separator: ", ")
  }
}
