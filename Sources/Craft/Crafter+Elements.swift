internal import Suite
internal import Wire

extension Crafter {
  /// What must be seen of a list, with all values known.
  func listMatcher(_ pattern: ListPattern, of kind: LayerKind) throws(CraftError) -> ListMatcher {
    var matcher = ListMatcher(key: pattern.key, demand: .present, count: nil)
    if let count = pattern.count { matcher.count = try predicate(count.value, for: nil, at: count.position) }
    switch pattern.demand {
    case .absent: matcher.demand = .absent
    case .present: matcher.demand = .present
    case .elements(let patterns):
      let list = Protocols.definition(of: kind)?.list(keyed: pattern.key)
      var elements: [ElementMatcher] = []
      for element in patterns {
        elements.append(try self.element(element, list?.definition(named: element.name)))
      }
      matcher.demand = .elements(elements)
    }
    return matcher
  }

  private func element(
    _ pattern: ElementPattern,
    _ definition: ElementDefinition?
  ) throws(CraftError) -> ElementMatcher {
    var matcher = ElementMatcher(name: pattern.name, fields: [], parts: [])
    for (name, value, position) in pattern.fields {
      let predicate = try predicate(value, for: definition?.field(named: name), at: position) {
        OwnField(of: definition, $0, $1)
      }
      matcher.fields.append(FieldMatcher(name: name, predicate: predicate))
    }
    for (key, value, position) in pattern.parts {
      let parts = definition?.parts.filter { $0.key == key } ?? []
      matcher.parts.append((key, try part(value, parts, at: position)))
    }
    return matcher
  }

  private func part(
    _ pattern: PartPattern,
    _ parts: [ElementPart],
    at position: SourcePosition
  ) throws(CraftError) -> PartMatcher {
    switch pattern {
    case .absent: return .absent
    case .present: return .present
    case .count(let count): return .count(try predicate(count, for: nil, at: position))
    case .octets(let data): return .octets(try octets(data))
    case .names(let names):
      var texts: [String] = []
      for name in names { texts.append(try PacketBuilder(resolver: resolver).domainName(name)) }
      return .names(texts)
    case .entries(let entries, let areFirst):
      var matchers: [[FieldMatcher]] = []
      for entry in entries {
        var fields: [FieldMatcher] = []
        for (name, value, position) in entry.fields {
          let field = parts.lazy.compactMap { $0.fields.first { $0.name == name } }.first
          let predicate = try predicate(value, for: field, at: position)
          fields.append(FieldMatcher(name: name, predicate: predicate))
        }
        matchers.append(fields)
      }
      return .entries(matchers, areFirst: areFirst)
    }
  }

  private func octets(_ pattern: DataPattern) throws(CraftError) -> DataMatcher {
    guard case .equals(let data) = pattern else { return try dataMatcher(pattern) }
    return .equals(try PacketBuilder(resolver: resolver).elementOctets(data))
  }
}
