internal import Wire

extension Grammar {
  /// The keys of a quote that aren't fields of the quoted packet.
  static let quoteKeys: Set<String> = ["of", "packet", "truncate", "edit", "pad"]
  /// The names of the fields of all layers, each once.
  static let fieldNames = Set(Protocols.all.flatMap { $0.fields.map(\.name) }).sorted()

  /// All that `record` may name.
  static let measurable =
    measurements.map(\.name)
    + Protocols.all.flatMap { layer in layer.fields.map { "\(layer.kind).\($0.name)" } }
}

extension Grammar.Phrase {
  /// Words that spoil a computed field.
  static let faultWord: Grammar.Phrase = .init(
    "fault-word",
    "A word that spoils the right value.",
    .choice(Grammar.faultWords.map(\.name))
  )

  /// What may be the value of a field, in any form of its header: names, numbers or addresses, formulas.
  ///
  /// Fields whose values are written alike share a phrase, which is called after the first of them.
  static func value(of fields: [Field], at place: String) -> Grammar.Phrase {
    let forms = ValueForm.all(of: fields)
    guard let field = fields.first, forms.count == 1, field.names == nil else {
      return value(of: fields, ValueForm.places[forms] ?? place, "A name or a number.")
    }
    switch field.format {
    case .mac: return value(of: fields, "mac-value", "An Ethernet address.")
    case .ipv4: return value(of: fields, "ipv4-value", "An IPv4 address.")
    case .ipv6: return value(of: fields, "ipv6-value", "An IPv6 address.")
    case .decimal, .hexadecimal, .flag:
      return value(of: fields, "value-\(field.bitWidth)", "")
    }
  }

  private static func value(of fields: [Field], _ name: String, _ summary: String) -> Grammar.Phrase {
    var seen: Set<String> = []
    var names = fields.flatMap { $0.names?.names ?? [] }
    var literals: [Grammar.Scalar] = []
    for field in fields {
      switch field.format {
      case .mac:
        literals.append(.macAddress)
        names.append("broadcast")
      case .ipv4:
        literals.append(.ipv4Address)
        names += WellKnownAddresses.ipv4.keys.sorted()
      case .ipv6:
        literals.append(.ipv6Address)
        names += WellKnownAddresses.ipv6.keys.sorted()
      case .decimal, .hexadecimal, .flag:
        literals.append(.number(bits: field.bitWidth))
        if field.bitWidth == 1 { names += ["true", "false"] }
      }
    }
    let words = names.filter { seen.insert($0).inserted }
    let scalars = literals.filter { seen.insert($0.name).inserted } + [.formula]
    return Grammar.Phrase(
      name,
      summary,
      .either((words.isEmpty ? [] : [.choice(words)]) + scalars.map(Grammar.Shape.scalar))
    )
  }
}

/// How the values of a field are written.
private struct ValueForm: Hashable {
  let format: Field.Format
  let bits: Int
  let names: NameTable?

  private init(_ field: Field) {
    // Decimal or hexadecimal is only how they are shown.
    let isNumber = [.decimal, .hexadecimal, .flag].contains(field.format)
    (format, bits, names) = (isNumber ? .decimal : field.format, field.bitWidth, field.names)
  }

  /// The forms that a field has in the forms of its header, each once.
  static func all(of fields: [Field]) -> [ValueForm] {
    var seen: Set<ValueForm> = []
    return fields.map(ValueForm.init).filter { seen.insert($0).inserted }
  }

  /// The first field of a layer with these forms.
  static let places: [[ValueForm]: String] = Dictionary(
    Protocols.all.flatMap { layer in
      layer.fields.map { (all(of: layer.fields(named: $0.name)), "\(layer.kind).\($0.name)") }
    },
    uniquingKeysWith: { first, _ in first }
  )
}

extension Grammar.Shape {
  /// A field's value in a packet that is sent.
  static func sent(_ value: Grammar.Phrase, _ field: Field) -> Grammar.Shape {
    guard field.byDefault == .computed else { return .phrase(value) }
    return .phrase(
      Grammar.Phrase("computed-\(value.name)", "", .either([.phrase(.faultWord), .phrase(value)]))
    )
  }

  /// A field's value in a frame that is expected: one value, a range, several, or a condition.
  static func expected(_ value: Grammar.Phrase) -> Grammar.Shape {
    let single: [Grammar.Shape] = [.phrase(value), .phrase(.condition)]
    return .phrase(
      Grammar.Phrase("seen-\(value.name)", "", .either(single + [.list(of: .either(single))]))
    )
  }
}
