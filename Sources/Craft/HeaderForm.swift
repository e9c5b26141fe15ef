internal import Wire

/// Which form a layer's header has, as far as its fields have been read: type and code decide.
struct HeaderForm {
  private let definition: LayerDefinition?
  private var type: UInt8?
  private var code: UInt8?

  init(of kind: LayerKind) { definition = Protocols.definition(of: kind) }

  /// The field of that name: this form's own, else whichever form has it.
  func field(named name: String) -> Field? {
    definition?.fields(type: type, code: code).first { $0.name == name } ?? definition?.field(named: name)
  }

  /// Takes the value of a type or code into account.
  mutating func learn(_ name: String, _ value: UInt64) {
    switch name {
    case "type": type = UInt8(exactly: value)
    case "code": code = UInt8(exactly: value)
    default: break
    }
  }

  /// Fields in the order in which they can be understood: type, code, then the others as written.
  func ordered<Element>(_ fields: [Element], by name: (Element) -> String) -> [Element] {
    fields.filter { name($0) == "type" } + fields.filter { name($0) == "code" }
      + fields.filter { !["type", "code"].contains(name($0)) }
  }
}
