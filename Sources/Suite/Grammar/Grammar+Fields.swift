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
  /// What may be the value of a field, in any form of its header: names, numbers or addresses, formulas.
  static func value(of name: String, in definition: LayerDefinition) -> Grammar.Phrase {
    value(
      of: definition.fields(named: name),
      "\(definition.kind).\(name)",
      "A value of `\(name)` of \(definition.kind)."
    )
  }

  /// What may be the value of a field of a list's element; fields without names for their values share one.
  static func value(of fields: [Field], inElement name: String) -> Grammar.Phrase {
    guard let first = fields.first else { return pattern }
    if fields.allSatisfy({ $0.names == nil && $0.format == first.format && $0.bitWidth == first.bitWidth }) {
      switch first.format {
      case .mac: return value(of: fields, "mac-value", "An Ethernet address.")
      case .ipv4: return value(of: fields, "ipv4-value", "An IPv4 address.")
      case .ipv6: return value(of: fields, "ipv6-value", "An IPv6 address.")
      case .decimal, .hexadecimal, .flag:
        return value(of: fields, "value-\(first.bitWidth)", "A number of \(first.bitWidth) bits.")
      }
    }
    return value(of: fields, "\(name).\(first.name)", "A value of `\(first.name)` of an element.")
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

extension Grammar.Shape {
  /// A field's value in a packet that is sent.
  static func sent(_ value: Grammar.Phrase, _ field: Field) -> Grammar.Shape {
    field.byDefault == .computed
      ? .either([.choice(Grammar.faultWords.map(\.name)), .phrase(value)]) : .phrase(value)
  }

  /// A field's value in a frame that is expected: one value, a range, several, or a condition.
  static func expected(_ value: Grammar.Phrase) -> Grammar.Shape {
    let single: [Grammar.Shape] = [.phrase(value), .phrase(.condition)]
    return .either(single + [.list(of: .either(single))])
  }
}
