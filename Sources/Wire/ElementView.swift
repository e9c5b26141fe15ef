/// One element of a received list: reads fields and parts out of the octets, never traps, never judges.
public struct ElementView: Sendable {
  /// The list that the element is in.
  public let list: ElementList
  /// What is known about it; nil for octets that are no element, such as those behind the end of a list.
  public let definition: ElementDefinition?
  /// The whole frame, shared by all views of it.
  public let frame: [UInt8]
  /// The octets of the element, as far as they are there.
  public let range: Range<Int>
  /// Whether its length is there, possible, and doesn't lead beyond the list.
  public let isSound: Bool

  /// The element's name; empty if it has none.
  public var name: String { definition?.name ?? "" }

  /// The octets of the element.
  public var bytes: ArraySlice<UInt8> { frame[range] }

  /// Whether it does nothing but fill up the header: `end` and what follows it, `nop`, `pad1`, `padn`.
  public var isPadding: Bool {
    guard let definition else { return list.framing == .internet }
    return ["end", "nop", "pad1", "padn"].contains(definition.name)
  }

  /// The fields in wire order, whether or not their octets are there.
  public var fields: [Field] { definition?.fields ?? [] }

  /// The value of a field; nil if there is no such field, or its octets aren't there.
  public func value(of name: String) -> FieldValue? {
    definition?.field(named: name).flatMap { frame.value(of: $0, in: range) }
  }

  /// The value of a field as a number; nil as for ``value(of:)``.
  public func number(_ name: String) -> UInt64? {
    if case .number(let number)? = value(of: name) { number } else { nil }
  }

  /// The same octets as an element by its numbers; nil if its list has no such form, or they aren't all there.
  public var byNumbers: ElementView? {
    guard let literal = list.literal, definition != nil, range.count >= literal.length else { return nil }
    return ElementView(list: list, definition: literal, frame: frame, range: range, isSound: isSound)
  }

  /// What follows the fields, in wire order, as far as it is there.
  public var parts: [(part: ElementPart, range: Range<Int>, value: ElementValue)] {
    guard let definition else { return [] }
    return ElementReader(frame, range, definition).parts().map { ($0.part, $0.range, $0.value) }
  }

  /// The part under this key; nil if it isn't there.
  public func part(_ key: String) -> ElementValue? { parts.first { $0.part.key == key }?.value }
}

extension ElementView {
  /// The template that gives the same octets again: by name where it can, else by numbers, else by octets.
  public var template: ElementTemplate {
    let octets = Array(bytes)
    if let definition {
      if !definition.name.isEmpty, let template = template(by: definition, octets) { return template }
      if let literal = list.literal, let template = template(by: literal, octets) { return template }
    }
    return .octets(octets)
  }

  /// The template by one definition; nil if it doesn't give the same octets.
  private func template(by definition: ElementDefinition, _ octets: [UInt8]) -> ElementTemplate? {
    let reader = ElementReader(frame, range, definition)
    let parts = reader.parts()
    var template = ElementTemplate(definition.name)
    for field in definition.settableFields where field.byDefault != .computed {
      guard let value = reader.value(of: field) else { return nil }
      if definition.name.isEmpty || !field.isDefault(value) { template.fields[field.name] = .given(value) }
    }
    for part in parts where !part.value.isEmpty || part.part.presence != .always {
      template.parts[part.part.key] = content(part, withComputed: false)
    }
    // A part that would be filled up by default isn't there.
    for part in definition.parts where part.fill != nil && template.parts[part.key] == nil {
      template.parts[part.key] = part.kind == .entries ? .entries([]) : .octets([])
    }
    if (try? list.encode([template])) == octets { return template }
    // What is computed isn't what is right, in one place at least.
    for field in definition.fields where field.byDefault == .computed {
      guard let value = reader.value(of: field) else { return nil }
      template.fields[field.name] = .given(value)
    }
    if (try? list.encode([template])) == octets { return withoutRight(template, definition, octets) }
    for part in parts where template.parts[part.part.key] != nil {
      template.parts[part.part.key] = content(part, withComputed: true)
    }
    if (try? list.encode([template])) == octets { return withoutRight(template, definition, octets) }
    return nil
  }

  /// The template without those given values that would be computed anyway.
  private func withoutRight(
    _ template: ElementTemplate,
    _ definition: ElementDefinition,
    _ octets: [UInt8]
  ) -> ElementTemplate {
    var result = template
    for field in definition.fields where field.byDefault == .computed {
      var shorter = result
      shorter.fields[field.name] = nil
      if (try? list.encode([shorter])) == octets { result = shorter }
    }
    return result
  }

  private func content(_ part: ElementReader.Part, withComputed: Bool) -> ElementContent {
    switch part.value {
    case .octets(let octets): return .octets(octets)
    case .names(let names): return .names(names)
    case .entries(let entries):
      let fields = part.part.fields
      return .entries(
        entries.map { entry in
          entry.filter { name, value in
            guard let field = fields.first(where: { $0.name == name }) else { return true }
            if fields.count == 1 { return true }
            return field.byDefault == .computed ? withComputed : !field.isDefault(value)
          }
          .mapValues { .given($0) }
        }
      )
    }
  }
}

extension Field {
  /// Whether the value is what the encoder puts there anyway.
  fileprivate func isDefault(_ value: FieldValue) -> Bool {
    guard case .constant(let constant) = byDefault else { return false }
    switch value {
    case .number(let number): return number == constant
    case .mac(let address): return address.rawValue == constant
    case .ipv4(let address): return UInt64(address.rawValue) == constant
    case .ipv6(let address): return address.high == 0 && address.low == constant
    case .octets: return false
    }
  }
}

extension ElementValue {
  /// Whether nothing is there.
  public var isEmpty: Bool {
    switch self {
    case .entries(let entries): entries.isEmpty
    case .octets(let octets): octets.isEmpty
    case .names(let names): names.isEmpty
    }
  }
}
