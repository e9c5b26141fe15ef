/// What is known about one kind of layer: its fields in all their forms, and the names of their values.
public struct LayerDefinition: Sendable {
  /// The layer's name in suites and reports.
  public let kind: LayerKind
  /// The layer's name in prose, for example `Internet Protocol version 4`.
  public let title: String
  /// The document which defines it, for example `RFC 791`.
  public let reference: String
  /// Octets of the shortest header.
  public var minimumLength: Int { forms.base.length }
  /// The fields of every form without duplicates by name, those that all forms share first.
  public var fields: [Field] { forms.allFields }
  /// The lists behind the fixed header, in wire order; of several, the layer's type says which is there.
  public let lists: [ElementList]

  let forms: HeaderForms

  init(
    _ kind: LayerKind,
    title: String,
    reference: String,
    lists: [ElementList] = [],
    forms: HeaderForms
  ) {
    self.kind = kind
    self.title = title
    self.reference = reference
    self.lists = lists
    self.forms = forms
  }

  init(
    _ kind: LayerKind,
    title: String,
    reference: String,
    lists: [ElementList] = [],
    _ rows: [FieldRow]
  ) {
    self.init(
      kind,
      title: title,
      reference: reference,
      lists: lists,
      forms: HeaderForms(base: HeaderLayout(rows))
    )
  }

  /// The field of this name in whichever form has it.
  public func field(named name: String) -> Field? { forms.allFields.first { $0.name == name } }

  /// The list which suites write under this key.
  public func list(keyed key: String) -> ElementList? { lists.first { $0.key == key } }

  /// The fields which a header of this type and code has, in wire order; for layers without types, all.
  ///
  /// A type which nobody knows has the fields that all share, and `rest`.
  public func fields(type: UInt8?, code: UInt8?) -> [Field] { forms.layout(type: type, code: code).fields }

  /// The names of the codes of a type; nil where codes have no names.
  public func codeNames(type: UInt8?) -> NameTable? {
    fields(type: type, code: nil).first { $0.name == "code" }?.names
  }
}

/// The forms that a header takes by its type and code.
final class HeaderForms: Sendable {
  /// The form of a header whose type is unknown, or which has none.
  let base: HeaderLayout
  let allFields: [Field]
  let layouts: [HeaderLayout]
  let layoutOfType: [UInt8]
  let layoutsOfCode: [(type: UInt8, code: UInt8, layout: HeaderLayout)]

  init(
    base: HeaderLayout,
    byType: [(type: UInt8, layout: HeaderLayout)] = [],
    byCode: [(type: UInt8, code: UInt8, layout: HeaderLayout)] = []
  ) {
    var layoutOfType = [UInt8](repeating: 0, count: byType.isEmpty ? 0 : 256)
    for (index, form) in byType.enumerated() {
      layoutOfType[Int(form.type)] = UInt8(truncatingIfNeeded: index + 1)
    }
    self.base = base
    self.layouts = [base] + byType.map(\.layout)
    self.layoutOfType = layoutOfType
    self.layoutsOfCode = byCode
    var seen: Set<String> = []
    allFields = (layouts + byCode.map(\.layout)).flatMap(\.fields).filter { seen.insert($0.name).inserted }
  }

  /// The form for a type and code.
  func layout(type: UInt8?, code: UInt8?) -> HeaderLayout {
    guard let type, !layoutOfType.isEmpty else { return base }
    if let code, let form = layoutsOfCode.first(where: { $0.type == type && $0.code == code }) {
      return form.layout
    }
    return layouts[Int(layoutOfType[Int(type)])]
  }

  /// Whether the form depends on a type.
  var hasTypes: Bool { !layoutOfType.isEmpty }
}
