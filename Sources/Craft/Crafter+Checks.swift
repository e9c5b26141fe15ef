internal import Suite
internal import Wire

extension Crafter {
  /// Refuses a spoiled checksum that happens to be the right one; a plain number is meant as it is.
  func checkFaults(of layers: [LayerSpecification], in template: PacketTemplate) throws(CraftError) {
    // The Ethernet header may have been added in front.
    let shift = template.layers.count - layers.count
    for (index, layer) in layers.enumerated() where template.layers.indices.contains(index + shift) {
      let place = template.layers[index + shift]
      if case .layers(let quoted) = layer.quote {
        let inner = try PacketBuilder(resolver: resolver).unfolded(quoted)
        try checkFaults(of: inner, in: PacketTemplate(place.quoted))
      }
      for (name, value) in layer.fields where isSpoiled(value.value, name, of: layer.kind) {
        var right = template
        right.layers[index + shift].fields[name] = nil
        guard let computed = checksum(name, of: right, layer: index + shift),
          let sent = checksum(name, of: template, layer: index + shift),
          // 0x0000 and 0xffff are the same number in one's complement.
          computed % 0xffff == sent % 0xffff
        else { continue }
        throw .faultIsRight("\(layer.kind).\(name)")
      }
    }
  }

  /// Whether the suite means this checksum to be wrong.
  private func isSpoiled(_ value: Expression, _ name: String, of kind: LayerKind) -> Bool {
    guard name == "checksum" || name == "header-checksum" else { return false }
    switch resolver.fault(value) {
    // No checksum at all is right in UDP over IPv4, and never the computed one.
    case "zero": return kind != .udp
    case "ones", "no-pseudo-header": return true
    case "computed":
      let position = trial.testCase.position
      guard let field = Protocols.definition(of: kind)?.field(named: name),
        let setting = try? PacketBuilder(resolver: resolver).setting(value, for: field, at: position)
      else { return false }
      // The right value plus nothing is meant to be right.
      return setting != .computedPlus(0)
    default: return false
    }
  }

  /// Whether the suite means the checksum of the IPv4 header, and so of each fragment, to be wrong.
  func spoilsHeaderChecksum(of layers: [LayerSpecification]) -> Bool {
    layers.first { $0.kind == .ipv4 }?.fields.contains { name, value in
      name == "header-checksum" && isSpoiled(value.value, name, of: .ipv4)
    } ?? false
  }

  /// A checksum field of one layer of a packet, as it goes out.
  private func checksum(_ name: String, of template: PacketTemplate, layer index: Int) -> UInt64? {
    let kind = template.layers[index].kind
    let before = template.layers[..<index].count { $0.kind == kind }
    guard let encoded = try? template.encode(),
      let span = encoded.spans.filter({ $0.kind == kind && $0.depth == 0 }).dropFirst(before).first,
      case .number(let number)? = encoded.value(of: name, in: span)
    else { return nil }
    return number
  }

  /// Sources other than the testers' own need the target file's consent.
  ///
  /// Looks at the octets, too, since a `raw` layer may hold a whole packet.
  func checkSource(of packet: EncodedPacket) throws(CraftError) {
    guard !context.allowsSpoofing else { return }
    var sources = packet.spans.filter { $0.depth == 0 }.flatMap { span in
      ["source", "sender-ip"].compactMap { packet.value(of: $0, in: span) }
    }
    sources += Dissection(packet.bytes).layers.flatMap { layer in
      ["source", "sender-ip"].compactMap { layer.value(of: $0) }
    }
    let far = context.endpoints.far
    let own = [context.endpoints.tester, context.endpoints.tester2, far?.tester, far?.tester2].compactMap {
      $0
    }
    for source in sources {
      switch source {
      case .ipv4(let address) where !own.contains { $0.ipv4 == address }:
        throw .notApplicable("it needs the source \(address), and the target file doesn't allow spoofing")
      case .ipv6(let address) where !own.contains { $0.ipv6 == address || $0.linkLocal == address }:
        throw .notApplicable("it needs the source \(address), and the target file doesn't allow spoofing")
      default: continue
      }
    }
  }
}
