internal import Wire

extension Reference {
  /// The lists of a layer: each element with its keys.
  mutating func writeLists(of definition: LayerDefinition) {
    for list in definition.lists {
      let types = list.types.isEmpty ? "" : " Of type \(list.types.map(String.init).joined(separator: ", "))."
      let head = "`\(list.key)`: a list. \(list.summary)\(types)"
      let rows = Self.rows(of: list)
      if let place = listPlaces[rows] {
        paragraph("\(head) Its elements are those of \(place).")
        continue
      }
      listPlaces[rows] = "[\(definition.kind)](#layer-\(definition.kind))"
      paragraph("\(head)\(Self.byNumber(list))")
      table(list.isNamed ? [list.noun, "number", "keys", "meaning"] : ["keys", "meaning"], rows)
    }
  }

  /// How an element is given by its numbers, and which elements have a length.
  private static func byNumber(_ list: ElementList) -> String {
    guard let literal = list.literal else { return "" }
    let without = list.elements.filter { !$0.keys.contains("length") }.map { "`\($0.name)`" }
    let rest = without.isEmpty ? "" : " but \(without.joined(separator: " and "))"
    return " By number: \(keys(of: literal)). `length` is a key of all\(rest)."
  }

  private static func rows(of list: ElementList) -> [[String]] {
    let length = list.literal?.field(named: "length")
    return list.elements.map { element in
      let keys = keys(of: element, without: length)
      guard list.isNamed else { return [keys, element.summary] }
      return ["`\(element.name)`", element.number.map(String.init) ?? "", keys, element.summary]
    }
  }

  /// The keys of an element with bits and defaults, what is in its entries in brackets.
  private static func keys(of element: ElementDefinition, without common: Field? = nil) -> String {
    var texts: [String] = []
    for name in element.keys {
      if let field = element.field(named: name) {
        let isCommon = field.bitWidth == common?.bitWidth && field.byDefault == common?.byDefault
        if name == common?.name, isCommon { continue }
        texts.append(key(field, isArgument: name == element.argument))
        continue
      }
      let mark = name == element.argument ? "**`\(name)`**" : "`\(name)`"
      let parts = element.parts.filter { $0.key == name }
      texts.append("\(mark) \(contents(of: parts))".trimmed)
    }
    return texts.joined(separator: ", ")
  }

  private static func key(_ field: Field, isArgument: Bool = false) -> String {
    let name = isArgument ? "**`\(field.name)`**" : "`\(field.name)`"
    return "\(name) \(field.bitWidth) \(byDefault(field))"
  }

  /// What a part is made of.
  private static func contents(of parts: [ElementPart]) -> String {
    guard let part = parts.first else { return "(number)" }
    var seen: Set<String> = []
    let fields = parts.flatMap(\.fields).filter { seen.insert($0.name).inserted }.map { key($0) }
    let names = fields.joined(separator: ", ")
    return switch part.kind {
    case .entries: part.onlyField == nil ? "(list of { \(names) })" : "(list of \(names))"
    case .group: part.onlyField == nil ? "({ \(names) })" : "(\(names))"
    case .address: "(address, or { \(names), `address` })"
    case .prefix: "(address)"
    case .octets: "(octets)"
    case .text: "(text)"
    case .names: "(domain names)"
    case .packet: "(packet)"
    }
  }
}

extension String {
  /// Without spaces at its end.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
