internal import Wire

extension SuiteWriter {
  /// The elements of a list, by name where they have one.
  static func elements(_ elements: [ElementTemplate], of list: ElementList) -> YAMLText {
    .list(elements.map { element($0, of: list) })
  }

  private static func element(_ element: ElementTemplate, of list: ElementList) -> YAMLText {
    if let octets = element.plainOctets { return .mapping([.init("data", hexadecimal(octets))]) }
    guard let definition = list.definition(named: element.name),
      let entries = entries(of: element, definition)
    else {
      return literal((try? list.encode([element])) ?? [], of: list)
    }
    let argument = entries.count == 1 && entries[0].key == definition.argument ? entries[0].value : nil
    let isShort = argument.map { $0.isShort(for: definition) } ?? false
    if !list.isNamed || element.name.isEmpty {
      if let argument, isShort { return argument }
      return .mapping(entries)
    }
    if entries.isEmpty { return .scalar(element.name) }
    if let argument, isShort { return .mapping([.init(element.name, argument)]) }
    return .mapping([.init(element.name, .mapping(entries))])
  }

  /// An element by its type, length and data, or by its octets alone.
  private static func literal(_ octets: [UInt8], of list: ElementList) -> YAMLText {
    if octets.count > 1, list.literal?.fields.map(\.name) == ["type", "length"] {
      for length in [nil, octets[1]] {
        let element = ElementTemplate.literal(type: octets[0], length: length, data: Array(octets[2...]))
        if (try? list.encode([element])) == octets { return self.element(element, of: list) }
      }
    }
    return .mapping([.init("data", hexadecimal(octets))])
  }

  /// The keys of an element; nil if the language can't say what is in it.
  private static func entries(of element: ElementTemplate, _ definition: ElementDefinition) -> [YAMLText
    .Entry]?
  {
    var entries: [YAMLText.Entry] = []
    for field in definition.settableFields {
      if let setting = element.fields[field.name] {
        entries.append(.init(field.name, field.text(of: setting)))
      }
    }
    var seen: Set<String> = []
    for part in definition.parts where seen.insert(part.key).inserted {
      guard let content = element.parts[part.key] else { continue }
      if part.fill == nil, content.isEmpty { continue }
      let parts = definition.parts.filter { $0.key == part.key }
      guard let entry = entry(content, parts, of: definition) else { return nil }
      entries.append(entry)
    }
    if let truncate = element.truncate { entries.append(.init("truncate", String(truncate))) }
    return entries
  }

  private static func entry(
    _ content: ElementContent,
    _ parts: [ElementPart],
    of definition: ElementDefinition
  ) -> YAMLText.Entry? {
    guard let part = parts.first else { return nil }
    if let fill = part.fill, let count = content.count(of: definition), fill.range.contains(count) {
      return .init(fill.key, String(count))
    }
    switch content {
    case .octets(let octets):
      switch part.kind {
      case .packet: return .init(part.key, .items([.entries([.init("raw", data(octets))])]))
      case .names: return nil
      case .text:
        if octets.first != UInt8(ascii: "$"), octets.allSatisfy({ (0x20...0x7e).contains($0) }) {
          return .init(part.key, String(decoding: octets, as: UTF8.self))
        }
        return .init(part.key, .mapping([.init("hex", hexadecimal(octets))]))
      default: return .init(part.key, hexadecimal(octets))
      }
    case .names(let names): return .init(part.key, .list(names.map { .scalar($0) }))
    case .packet(let layers, let truncate):
      let packet = packet(PacketTemplate(layers))
      guard let truncate else { return .init(part.key, packet) }
      return .init(part.key, .entries([.init("packet", packet), .init("truncate", String(truncate))]))
    case .entries(let entries):
      var items: [YAMLText] = []
      for entry in entries {
        guard let item = item(entry, parts) else { return nil }
        items.append(item)
      }
      if part.kind == .entries { return .init(part.key, .list(items)) }
      return items.first.map { .init(part.key, $0) }
    }
  }

  /// One entry: its fields in wire order, or the only value.
  private static func item(_ entry: [String: FieldSetting], _ parts: [ElementPart]) -> YAMLText? {
    var entries: [YAMLText.Entry] = []
    var rest = entry
    for field in parts.flatMap(\.fields) {
      if let setting = rest.removeValue(forKey: field.name) {
        entries.append(.init(field.name, field.text(of: setting)))
      }
    }
    for (name, setting) in rest.sorted(by: { $0.key < $1.key }) {
      guard case .given(let value) = setting else { return nil }
      if case .octets = value { return nil }
      entries.append(.init(name, value.description))
    }
    // An entry that says nothing is written with the first of its fields.
    if entries.isEmpty, let field = parts.first?.fields.first, let usual = field.usualValue {
      entries.append(.init(field.name, field.literal(of: usual)))
    }
    let only = parts.first?.kind == .address ? "address" : parts.lazy.compactMap { $0.onlyField?.name }.first
    if entries.count == 1, entries[0].key == only { return entries[0].value }
    return .mapping(entries)
  }
}

extension ElementContent {
  /// Whether nothing is there.
  fileprivate var isEmpty: Bool {
    switch self {
    case .octets(let octets): octets.isEmpty
    case .entries(let entries): entries.isEmpty
    case .names(let names): names.isEmpty
    case .packet(let layers, _): layers.isEmpty
    }
  }

  /// The number of entries, or octets of the whole element, if there is nothing but zeros; else nil.
  fileprivate func count(of definition: ElementDefinition) -> Int? {
    switch self {
    case .octets(let octets): octets.allSatisfy { $0 == 0 } ? definition.fields.octets + octets.count : nil
    case .entries(let entries): entries.allSatisfy(\.isEmpty) ? entries.count : nil
    case .names, .packet: nil
    }
  }
}

extension [Field] {
  /// Octets up to the end of the last field.
  fileprivate var octets: Int { map { ($0.bitOffset + $0.bitWidth + 7) / 8 }.max() ?? 0 }
}

extension YAMLText {
  /// Whether the value alone stands for the element.
  fileprivate func isShort(for definition: ElementDefinition) -> Bool {
    let kind = definition.parts.first { $0.key == definition.argument }?.kind
    switch (self, kind) {
    case (.scalar(let text), nil): return !text.isEmpty
    case (.scalar(let text), .group), (.scalar(let text), .address), (.scalar(let text), .prefix),
      (.scalar(let text), .octets), (.scalar(let text), .text):
      return !text.isEmpty
    case (.literal, .octets), (.list, .entries), (.list, .names), (.items, .packet): return true
    default: return false
    }
  }
}
