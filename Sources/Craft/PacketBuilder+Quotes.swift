internal import Suite
internal import Wire

extension PacketBuilder {
  /// An earlier packet as an ICMP error quotes it, from its IP header on, with some fields changed.
  ///
  /// Checksums and lengths that were right stay right, unless the change is theirs.
  func quoted(_ packet: EncodedPacket, edits: [LayerSpecification]) throws(CraftError) -> [LayerTemplate] {
    let octets = Array(packet.network)
    guard !edits.isEmpty, let first = octets.first else { return [LayerTemplate(.raw, body: octets)] }
    let template = PacketTemplate(recovering: octets, as: first >> 4 == 6 ? .ipv6 : .ipv4)
    return try edited(template, by: edits).layers
  }

  /// A packet with some fields changed.
  func edited(_ packet: PacketTemplate, by edits: [LayerSpecification]) throws(CraftError) -> PacketTemplate {
    var template = packet
    var place = 0
    for edit in edits {
      let places = template.layers.indices.dropFirst(edit.isBareField ? 0 : place)
      guard let index = places.first(where: { edit.meets(template.layers[$0]) }) else {
        let layers = template.layers.map(\.kind.rawValue).joined(separator: ", ")
        throw resolver.invalid(
          edit.position,
          "the packet has no \(edit.wanted) here; it has \(layers)"
        )
      }
      try change(&template.layers[index], by: edit)
      // An edit that names its layer goes on behind it; a bare field is looked for in all of them.
      if !edit.isBareField { place = index + 1 }
    }
    return template
  }

  private func change(_ layer: inout LayerTemplate, by edit: LayerSpecification) throws(CraftError) {
    if let data = edit.data { layer.body = try octets(data) }
    var form = HeaderForm(of: layer.kind)
    for name in ["type", "code"] {
      if case .given(.number(let number))? = layer.fields[name] { form.learn(name, number) }
    }
    for (name, value) in form.ordered(edit.fields, by: \.name) {
      guard let field = form.field(named: name) else {
        throw resolver.invalid(value.position, "unknown field '\(name)' of \(layer.kind)")
      }
      let setting = try setting(value.value, for: field, at: value.position)
      layer.fields[name] = setting
      if case .given(.number(let number)) = setting { form.learn(name, number) }
    }
  }
}

extension LayerSpecification {
  /// Whether it is a field of whichever layer has it: `quote: { of: $sent, sequence: 7 }`.
  fileprivate var isBareField: Bool { kind == .quote }

  /// What it looks for, in words.
  fileprivate var wanted: String {
    isBareField ? "field '\(fields.first?.name ?? "")'" : "layer '\(kind)'"
  }

  /// Whether it is about a layer.
  fileprivate func meets(_ layer: LayerTemplate) -> Bool {
    guard isBareField else { return layer.kind == kind }
    return fields.allSatisfy { Protocols.definition(of: layer.kind)?.field(named: $0.name) != nil }
  }
}
