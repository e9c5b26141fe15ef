public import Wire

/// Writes packet templates in the suite language.
///
/// What a case's own addresses and tags would fill in otherwise is always said, so that the suite crafts the same octets
/// whoever speaks with whom.
public enum SuiteWriter {
  /// A packet as a list of layers, for `send`.
  ///
  /// ```
  /// - ethernet: { destination: 02:00:00:00:00:01, source: 02:00:00:00:00:02 }
  /// - ipv4: { identification: 7, ttl: 1, source: 192.0.2.7, destination: 192.0.2.1 }
  /// - icmpv4: { type: echo-request, identifier: 0x1234, sequence: 1 }
  /// - data: { counter: 56 }
  /// ```
  public static func packet(_ template: PacketTemplate) -> YAMLText {
    .items(template.layers.map { layer($0) })
  }

  private static func layer(_ layer: LayerTemplate) -> YAMLText {
    let name = layer.kind.rawValue
    switch layer.kind {
    case .data, .raw, .trailer: return .entries([.init(name, data(layer.body))])
    case .quote: return .entries([.init(name, quote(layer))])
    default:
      if let list = Protocols.definition(of: layer.kind)?.lists.first(where: \.isLayer),
        let elements = layer.lists[list.key], layer.lists.count == 1, layer.fields.isEmpty,
        layer.truncate == nil
      {
        return .entries([.init(name, self.elements(elements, of: list))])
      }
      let entries = entries(of: layer)
      return entries.isEmpty ? .scalar(name) : .entries([.init(name, .mapping(entries))])
    }
  }

  private static func quote(_ layer: LayerTemplate) -> YAMLText {
    let packet = packet(PacketTemplate(layer.quoted))
    guard let truncate = layer.truncate else { return packet }
    return .entries([.init("packet", packet), .init("truncate", String(truncate))])
  }

  /// The keys of a layer with fields, in the order of the header.
  private static func entries(of layer: LayerTemplate) -> [YAMLText.Entry] {
    guard let definition = Protocols.definition(of: layer.kind) else { return [] }
    let type = octet("type", of: layer, definition)
    let fields = definition.fields(type: type, code: octet("code", of: layer, definition))
    let said = Set(PersonaFields.names(of: layer.kind) + explanatory(layer.kind))
    var rest = layer.fields
    var entries: [YAMLText.Entry] = []
    for field in fields {
      if let setting = rest.removeValue(forKey: field.name) {
        entries.append(.init(field.name, field.text(of: setting)))
      } else if said.contains(field.name), field.bitOffset < 8 * (layer.truncate ?? .max / 8),
        let usual = field.usualValue
      {
        entries.append(.init(field.name, field.literal(of: usual)))
      }
    }
    for (name, setting) in rest.sorted(by: { $0.key < $1.key }) {
      guard let field = definition.field(named: name) else { continue }
      entries.append(.init(name, field.text(of: setting)))
    }
    for list in definition.lists {
      if let elements = layer.lists[list.key] {
        entries.append(.init(list.key, self.elements(elements, of: list)))
      }
    }
    if let truncate = layer.truncate { entries.append(.init("truncate", String(truncate))) }
    return entries
  }

  /// Fields that readers look for, whatever they hold.
  private static func explanatory(_ kind: LayerKind) -> [String] {
    switch kind {
    case .icmpv4, .icmpv6: ["type"]
    case .udp, .tcp: ["source-port", "destination-port"]
    case .arp: ["operation"]
    default: []
    }
  }

  /// The value of a field that decides on the form of the header.
  private static func octet(_ name: String, of layer: LayerTemplate, _ definition: LayerDefinition) -> UInt8?
  {
    if case .given(.number(let number))? = layer.fields[name] { return UInt8(truncatingIfNeeded: number) }
    if case .constant(let number)? = definition.field(named: name)?.byDefault {
      return UInt8(truncatingIfNeeded: number)
    }
    return nil
  }
}
