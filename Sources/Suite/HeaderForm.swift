package import Wire

/// Which form a layer's header has, as far as its fields have been read: type and code decide.
package struct HeaderForm {
  private let definition: LayerDefinition?
  private var type: UInt8?
  private var code: UInt8?

  package init(of kind: LayerKind) { definition = Protocols.definition(of: kind) }

  /// The field of that name: this form's own, else whichever form has it.
  package func field(named name: String) -> Field? {
    definition?.fields(type: type, code: code).first { $0.name == name } ?? definition?.field(named: name)
  }

  /// Whether every form of the header has a field of that name.
  func isCommon(_ name: String) -> Bool {
    definition?.fields(type: nil, code: nil).contains { $0.name == name } ?? false
  }

  /// Takes the value of a type or code into account.
  package mutating func learn(_ name: String, _ value: UInt64) {
    switch name {
    case "type": type = UInt8(exactly: value)
    case "code": code = UInt8(exactly: value)
    default: break
    }
  }

  /// Fields in the order in which they can be understood: type, code, then the others as written.
  package func ordered<Element>(_ fields: [Element], by name: (Element) -> String) -> [Element] {
    let places = fields.indices.map { index in
      switch name(fields[index]) {
      case "type": 0
      case "code": 1
      default: 2
      }
    }
    // Most fields are written in this order already.
    guard zip(places, places.dropFirst()).contains(where: { $0 > $1 }) else { return fields }
    return (0...2).flatMap { place in fields.indices.filter { places[$0] == place }.map { fields[$0] } }
  }
}
