internal import Wire

extension Reference {
  /// A section for each layer: its fields in all forms, its lists, the names of values.
  mutating func writeLayers() {
    heading(2, "Layers")
    paragraph(
      """
      Fields stand in the order of the wire, second names for bits of other fields at the end. The default is what goes out when
      a packet doesn't say otherwise: *computed* is the right length, checksum or protocol, *address* that of tester or target, *the trial's* a number
      that no other trial has (`$id`, or `$port` for the port on the tester's side).
      In [lists](writing-suites.md#11-ipv6-and-lists), each key of an element stands with its bits and default; the one in **bold** may be left out: `{ mtu: 1280 }` sets the key `mtu` of the option `mtu`.
      """
    )
    for definition in Protocols.all {
      heading(3, "Layer `\(definition.kind)`")
      paragraph(definition.title + (definition.reference.isEmpty ? "." : " [\(definition.reference)]."))
      if definition.fields.isEmpty, definition.lists.isEmpty { writeContents(of: definition.kind.rawValue) }
      writeForms(of: definition)
      writeLists(of: definition)
      writeNames(of: definition)
    }
    writeSharedNames()
  }

  /// What stands behind the name of a layer that is octets or a packet.
  private mutating func writeContents(of layer: String) {
    let shapes = [("To send", Grammar.Mapping.layer), ("In `expect`", .expectedLayer)]
    for (when, shape) in shapes.compactMap({ when, layers in layers[layer].map { (when, $0.shape) } }) {
      let forms = shape.forms.filter { $0.mapping?.layer == nil }
      paragraph("\(when): \(Self.inline(.either(forms))).")
    }
  }

  private mutating func writeForms(of definition: LayerDefinition) {
    let variants = definition.variants
    guard variants.count > 1 else {
      table(Self.columns, definition.fields.map { Self.row($0, of: definition.kind) })
      return
    }
    let shared = definition.fields.filter { field in
      variants.allSatisfy { $0.fields.contains { Self.isSame($0, field) } }
    }
    table(Self.columns, shared.map { Self.row($0, of: definition.kind) })
    paragraph("The rest depends on the type:")
    table(["type"] + Self.columns, Self.forms(of: definition, without: shared))
  }

  /// Rows of the fields that not all types have, by type; the form of unknown types comes last.
  private static func forms(of definition: LayerDefinition, without shared: [Field]) -> [[String]] {
    let types = definition.field(named: "type")?.names
    var forms: [(first: Int, whose: [String], fields: [Field])] = []
    for variant in definition.variants {
      let own = variant.fields.filter { field in !shared.contains { isSame($0, field) } }
      let code = variant.code.map { ", code \($0)" } ?? ""
      let names = variant.types.map { type in
        "\(type)" + (types?.name(of: UInt64(type)).map { " `\($0)`" } ?? "") + code
      }
      let whose = names.isEmpty ? ["any other"] : names
      if let place = forms.firstIndex(where: { $0.fields == own }) {
        forms[place].whose += whose
      } else if !own.isEmpty {
        forms.append((variant.types.first.map(Int.init) ?? .max, whose, own))
      }
    }
    let sorted = forms.enumerated().sorted { ($0.element.first, $0.offset) < ($1.element.first, $1.offset) }
    return sorted.map(\.element).flatMap { form in
      form.fields.enumerated().map { index, field in
        [index == 0 ? form.whose.joined(separator: ", ") : ""] + row(field, of: definition.kind)
      }
    }
  }

  private static let columns = ["field", "bits", "default", "meaning"]

  /// Whether two forms have the same field, whatever its values are called.
  private static func isSame(_ a: Field, _ b: Field) -> Bool {
    (a.name, a.bitOffset, a.bitWidth, a.summary) == (b.name, b.bitOffset, b.bitWidth, b.summary)
  }

  private static func row(_ field: Field, of kind: LayerKind) -> [String] {
    ["`\(field.name)`", "\(field.bitWidth)", byDefault(field, of: kind), field.summary]
  }

  /// What a field of a layer is when nothing is said; some the trial fills in.
  private static func byDefault(_ field: Field, of kind: LayerKind) -> String {
    let isFilled = PersonaFields.names(of: kind).contains(field.name) && field.name != "destination-port"
    if isFilled, case .constant = field.byDefault { return "*the trial's*" }
    return byDefault(field)
  }

  static func byDefault(_ field: Field) -> String {
    switch field.byDefault {
    case .constant(let number):
      field.names?.name(of: number).map { "`\($0)`" } ?? "`\(field.text(of: .number(number)))`"
    case .computed: "*computed*"
    case .address: "*address*"
    }
  }
}
