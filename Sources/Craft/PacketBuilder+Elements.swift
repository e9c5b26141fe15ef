internal import Suite
internal import Wire

extension PacketBuilder {
  /// The elements of one list of a layer.
  func elements(_ list: ListSpecification, of kind: LayerKind) throws(CraftError) -> [ElementTemplate] {
    guard let table = Protocols.definition(of: kind)?.list(keyed: list.key) else { return [] }
    var templates: [ElementTemplate] = []
    for element in list.elements { templates.append(try template(of: element, in: table)) }
    return templates
  }

  private func template(
    of element: ElementSpecification,
    in list: ElementList
  ) throws(CraftError) -> ElementTemplate {
    var template = ElementTemplate(element.name)
    if let truncate = element.truncate { template.truncate = try resolver.number(truncate) }
    // Octets alone have no fields.
    let isPlain = element.name.isEmpty && element.fields.isEmpty
    let definition = isPlain ? nil : list.definition(named: element.name)
    for (name, value) in element.fields {
      guard let field = definition?.field(named: name) else { continue }
      template.fields[name] = try setting(value.value, for: field, at: value.position)
    }
    for field in definition?.fields ?? []
    where template.fields[field.name] == nil && field.byDefault == .address {
      template.fields[field.name] = ownAddress(for: field).map { .given($0) }
    }
    for (key, value) in element.parts {
      if case .fill = value { continue }
      let parts = definition?.parts.filter { $0.key == key } ?? []
      template.parts[key] = try content(value, of: parts)
    }
    for case (let key, .fill(let number)) in element.parts {
      guard let definition, let part = definition.parts.first(where: { $0.key == key }), let fill = part.fill
      else { continue }
      let count = try resolver.number(number)
      guard fill.range.contains(count) else {
        throw resolver.invalid(
          number.position,
          "'\(fill.key)' of '\(element.name)' is \(fill.range.lowerBound) to \(fill.range.upperBound), not \(count)"
        )
      }
      template.parts[key] = filled(template.parts[key], to: count, part, of: definition)
    }
    return template
  }

  /// Empty entries behind those that are given, or octets up to a size of the whole element.
  private func filled(
    _ content: ElementContent?,
    to count: Int,
    _ part: ElementPart,
    of definition: ElementDefinition
  ) -> ElementContent {
    if part.kind == .entries {
      var entries: [[String: FieldSetting]] = []
      if case .entries(let given)? = content { entries = given }
      return .entries(
        entries + [[String: FieldSetting]](repeating: [:], count: max(0, count - entries.count))
      )
    }
    var octets: [UInt8] = []
    if case .octets(let given)? = content { octets = given }
    let size = count - definition.length
    return .octets(octets + [UInt8](repeating: 0, count: max(0, size - octets.count)))
  }

  /// The tester's own address of the kind that a field takes.
  private func ownAddress(for field: Field) -> FieldValue? {
    let tester = resolver.endpoints.tester
    return switch field.format {
    case .mac: .mac(tester.mac)
    case .ipv4: tester.ipv4.map { .ipv4($0) }
    case .ipv6: tester.ipv6.map { .ipv6($0) }
    case .decimal, .hexadecimal, .flag: nil
    }
  }

  /// What follows the fields; of several parts with one key, each may have the fields that are said.
  private func content(
    _ part: PartSpecification,
    of parts: [ElementPart]
  ) throws(CraftError) -> ElementContent {
    switch part {
    case .fill: return .octets([])
    case .octets(let data): return .octets(try elementOctets(data))
    case .names(let names):
      var texts: [String] = []
      for name in names { texts.append(try domainName(name)) }
      return .names(texts)
    case .packet(let layer):
      let quote = try template(of: layer, isQuoted: true)
      return .packet(quote.quoted, truncate: quote.truncate)
    case .entries(let entries):
      var all: [[String: FieldSetting]] = []
      for entry in entries { all.append(try fields(of: entry, parts)) }
      return .entries(all)
    }
  }

  private func fields(
    of entry: EntrySpecification,
    _ parts: [ElementPart]
  ) throws(CraftError) -> [String: FieldSetting] {
    var fields: [String: FieldSetting] = [:]
    for (name, value) in entry.fields {
      if let field = parts.lazy.compactMap({ $0.fields.first { $0.name == name } }).first {
        fields[name] = try setting(value.value, for: field, at: value.position)
      } else {
        let address = try resolver.value(value.value, for: nil, at: value.position)
        if case .number = address {
          throw resolver.invalid(value.position, "'\(name)' takes an address, not \(address.kind)")
        }
        fields[name] = .given(address)
      }
    }
    return fields
  }

  /// Octets of an element: a variable may stand for their digits.
  func elementOctets(_ data: DataSpecification) throws(CraftError) -> [UInt8] {
    if case .reference(let expression) = data, let text = resolver.fault(expression.value) {
      guard let octets = [UInt8](hex: text) else {
        throw resolver.invalid(expression.position, "'\(text)' is not pairs of hexadecimal digits")
      }
      return octets
    }
    return try octets(data)
  }

  /// A domain name that has a wire form.
  func domainName(_ name: Located<Expression>) throws(CraftError) -> String {
    guard let text = resolver.fault(name.value), DomainName.octets(of: text) != nil else {
      throw resolver.invalid(
        name.position,
        "a domain name has labels of 1 to 63 octets with dots between them, 255 octets in all"
      )
    }
    return text
  }
}

extension PacketBuilder {
  /// A number in network order.
  func octets(of number: Located<Expression>, count: Int) throws(CraftError) -> [UInt8] {
    let field = Field("uint\(count * 8)", bits: 0..<count * 8, summary: "")
    guard case .number(let value) = try resolver.value(number.value, for: field, at: number.position) else {
      return []
    }
    return (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64((count - 1 - $0) * 8)) }
  }

  /// Addresses of any kind, one after the other.
  func octets(of addresses: [Located<Expression>]) throws(CraftError) -> [UInt8] {
    var octets: [UInt8] = []
    for address in addresses {
      switch try resolver.value(address.value, for: nil, at: address.position) {
      case .ipv4(let value): octets += value.octets
      case .ipv6(let value): octets += value.octets
      case .mac(let value): octets += value.octets
      case let other: throw resolver.invalid(address.position, "an address is needed here, not \(other.kind)")
      }
    }
    return octets
  }
}
