extension ElementView: CustomStringConvertible {
  /// The element in a line: `option 7 (record-route), length 11, pointer 8, addresses [192.0.2.1, 0.0.0.0]`.
  ///
  /// Fields with their usual values are left out, but for the length.
  public var description: String {
    guard let definition else { return "\(list.noun), \(bytes.count) octets" }
    var text = [head(definition)]
    for field in definition.settableFields {
      guard let value = value(of: field.name), list.literal == nil || !isNumber(field.name) else { continue }
      if field.name != "length", case .constant(let usual) = field.byDefault, value == .number(usual),
        field.name.hasPrefix("reserved")
      {
        continue
      }
      text.append("\(field.name) \(field.text(of: value))")
    }
    for (part, _, value) in parts { text.append("\(part.key) \(part.text(of: value))") }
    return text.joined(separator: ", ")
  }

  private func isNumber(_ field: String) -> Bool { ["type", "class", "c-type"].contains(field) }

  private func head(_ definition: ElementDefinition) -> String {
    guard list.literal != nil else { return list.noun }
    let name = definition.name.isEmpty ? "" : " (\(definition.name))"
    let numbers = ["type", "class"].compactMap { name in number(name).map { String($0) } }
    let variety = number("c-type").map { ", c-type \($0)" } ?? ""
    return "\(list.noun) \(numbers.joined())\(name)\(variety)"
  }
}

extension ElementPart {
  /// What the part holds, as people read it.
  public func text(of value: ElementValue) -> String {
    switch value {
    case .octets(let octets):
      if kind == .text {
        return "'\(String(decoding: octets.map { (0x20...0x7e).contains($0) ? $0 : 0x2e }, as: UTF8.self))'"
      }
      return octets.count > 8 || octets.isEmpty
        ? "\(octets.count) octets" : octets.map { hexadecimalText(UInt64($0), digits: 2) }.joined()
    case .names(let names): return "[\(names.joined(separator: ", "))]"
    case .entries(let entries):
      let texts = entries.map { entry in
        let all = (fields.map(\.name) + (kind == .address ? ["address"] : [])).filter { entry[$0] != nil }
        let values = all.compactMap { name in
          entry[name].map { value in fields.first { $0.name == name }?.text(of: value) ?? value.description }
        }
        if all.count == 1 { return values.joined() }
        return zip(all, values).map { "\($0) \($1)" }.joined(separator: " ")
      }
      return kind == .entries ? "[\(texts.joined(separator: ", "))]" : texts.joined()
    }
  }
}
