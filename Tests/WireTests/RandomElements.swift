import Testing
import Wire

/// Elements of every list with random values in every field and part.
struct RandomElements {
  /// A list of a layer.
  struct Place: Sendable, CustomTestStringConvertible {
    var kind: LayerKind
    var list: ElementList

    var testDescription: String { "\(kind).\(list.key)" }

    static let all = Protocols.all.flatMap { definition in
      definition.lists.map { Place(kind: definition.kind, list: $0) }
    }

    /// A packet which has the list, and the layers that it needs around it.
    func packet(_ elements: [ElementTemplate], pads: Bool = true) -> PacketTemplate {
      let type = list.types.first.map { ["type": FieldSetting.given(.number(UInt64($0)))] } ?? [:]
      let layer = LayerTemplate(kind, fields: type, lists: [list.key: elements], padsOptions: pads)
      guard kind == .mld else { return PacketTemplate([layer]) }
      var fields: [String: FieldSetting] = ["type": .given(.number(list.key == "records" ? 143 : 130))]
      if list.key == "sources" { fields["query-interval"] = .given(.number(1)) }
      return PacketTemplate([LayerTemplate(.icmpv6, fields: fields), layer])
    }

    /// The list in the octets of such a packet.
    func view(_ octets: [UInt8]) -> LayerView? {
      Dissection(packet: octets, as: kind == .mld ? .icmpv6 : kind).layer(kind)
    }
  }

  var generator: SeededGenerator

  mutating func element(_ definition: ElementDefinition) -> ElementTemplate {
    var template = ElementTemplate(definition.name)
    for field in definition.settableFields where field.byDefault != .computed {
      template.fields[field.name] = .given(value(of: field))
    }
    var keys: Set<String> = []
    // One of several alternatives, or any of those that may be there.
    let choice = definition.parts.firstIndex {
      if case .when("c-type", _) = $0.presence { true } else { false }
    }
    for (index, part) in definition.parts.enumerated() {
      if choice != nil, index != 1 { continue }
      // Octets in larger entries go with another entry size.
      if part.key == "extra" { continue }
      if case .flag = part.presence, generator.next() % 2 == 0 { continue }
      if !holds(part.presence, template) || !keys.insert(part.key).inserted { continue }
      template.parts[part.key] = content(of: part, template)
    }
    return template
  }

  private func holds(_ presence: ElementPart.Presence, _ template: ElementTemplate) -> Bool {
    func number(_ name: String) -> UInt64? {
      if case .given(.number(let number))? = template.fields[name] { number } else { nil }
    }
    switch presence {
    case .always, .flag: return true
    case .when(let name, let value): return name == "c-type" || number(name) == value
    case .unless(let name, let value): return number(name) != value
    }
  }

  private mutating func value(of field: Field) -> FieldValue {
    let number = generator.next()
    switch field.format {
    case .mac: return .mac(MACAddress(rawValue: number))
    case .ipv4: return .ipv4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: number)))
    case .ipv6: return .ipv6(IPv6Address(high: number, low: generator.next()))
    case .decimal, .hexadecimal, .flag:
      return .number(field.bitWidth == 64 ? number : number & (1 << UInt64(field.bitWidth) - 1))
    }
  }

  private mutating func content(of part: ElementPart, _ template: ElementTemplate) -> ElementContent {
    let count = Int(generator.next() % 4)
    switch part.kind {
    case .entries, .group:
      let entries = part.kind == .group ? 1 : count
      return .entries((0..<entries).map { _ in entry(part) })
    case .address:
      var fields = entry(part)
      fields["address"] = .given([.ipv4(IPv4Address(rawValue: 0xc000_0201)), .ipv6(.allNodes)][count % 2])
      return .entries([fields])
    case .prefix:
      var kept: UInt64 = 128
      if case .given(.number(let length))? = template.fields["prefix-length"] { kept = length }
      let high = kept == 0 ? 0 : generator.next()
      return .entries([["prefix": .given(.ipv6(IPv6Address(high: high, low: kept <= 64 ? 0 : 7)))]])
    case .octets:
      return .octets((0..<count * part.alignment).map { _ in UInt8.random(in: 0...255, using: &generator) })
    case .text: return .octets(Array("eth\(count)".utf8))
    case .names: return .names(["a.example", "host"].dropLast(count % 2).map { $0 })
    case .packet:
      return .packet([LayerTemplate(.ipv6), LayerTemplate(.icmpv6), LayerTemplate(.data, body: [1])])
    }
  }

  private mutating func entry(_ part: ElementPart) -> [String: FieldSetting] {
    var fields: [String: FieldSetting] = [:]
    for field in part.fields where field.byDefault != .computed {
      fields[field.name] = .given(value(of: field))
    }
    return fields
  }
}
