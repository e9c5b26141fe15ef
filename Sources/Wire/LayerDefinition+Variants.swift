/// One form that a header takes, and for which types it does.
public struct HeaderVariant: Sendable {
  /// The types whose headers have this form; empty for the form of all other types, or of headers without types.
  public let types: [UInt8]
  /// The code which makes the form differ from that of its type's other codes; nil for any.
  public let code: UInt8?
  /// Its fields in wire order, second names of the same bits at the end.
  public let fields: [Field]
}

extension LayerDefinition {
  /// All forms of the header, the one for unknown types first.
  public var variants: [HeaderVariant] {
    let byType = forms.layouts.enumerated().map { index, layout in
      let types = forms.layoutOfType.indices.filter { index > 0 && Int(forms.layoutOfType[$0]) == index }
      return HeaderVariant(
        types: types.map { UInt8(truncatingIfNeeded: $0) },
        code: nil,
        fields: layout.fields
      )
    }
    return byType
      + forms.layoutsOfCode.map { HeaderVariant(types: [$0.type], code: $0.code, fields: $0.layout.fields) }
  }

  /// The fields of that name in all forms; they may differ in width and names.
  public func fields(named name: String) -> [Field] {
    variants.compactMap { variant in variant.fields.first { $0.name == name } }
  }
}
