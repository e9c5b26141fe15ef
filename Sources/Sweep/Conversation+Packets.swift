internal import Suite
internal import Wire

/// The packets of conversations, made and recognised.
extension Conversation {
  private var names: (ip: LayerKind, icmp: LayerKind) {
    version == .v4 ? (.ipv4, .icmpv4) : (.ipv6, .icmpv6)
  }

  /// The packet of one move; nil while nobody knows whom it goes to.
  func template(fromInitiator: Bool, move: Int, _ tag: SweepTag) -> PacketTemplate? {
    let end = fromInitiator ? initiator : responder
    let heard = arrivals[end.host.arm]
    // Who opens the conversation knows the other's address; who answers, only what it heard.
    guard let source = end.host.address(version),
      let destination = heard?.source ?? (fromInitiator ? responder.host.address(version) : nil)
    else { return nil }
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(end.host.mac)), "destination": .given(.mac(end.gatewayMAC))]
    )
    var ipFields: [String: FieldSetting] = [
      "source": .given(source), "destination": .given(destination),
    ]
    ipFields[version == .v4 ? "identification" : "flow-label"] = .given(
      .number(version == .v4 ? Self.identification : Self.identification << 4 | 15)
    )
    var layers = [ethernet, LayerTemplate(names.ip, fields: ipFields)]
    var tag = tag
    if tag.purpose == .flow { tag.number = UInt32(truncatingIfNeeded: move) }
    let data = LayerTemplate(.data, body: tag.octets)
    let peer = heard?.number ?? (fromInitiator ? Self.port : number)
    let own = fromInitiator ? number : Self.port
    switch kind {
    case .echo:
      let type = fromInitiator ? echoTypes.request : echoTypes.reply
      let identifier = fromInitiator ? number : heard?.number ?? number
      layers += [Self.query(type, identifier, names.icmp), data]
    case .udp:
      let ports: [String: FieldSetting] = [
        "source-port": .given(.number(UInt64(own))), "destination-port": .given(.number(UInt64(peer))),
      ]
      layers += [LayerTemplate(.udp, fields: ports), data]
    case .tcp:
      layers.append(segment(move, own: own, peer: peer, heard))
      if move >= 2 { layers.append(data) }
    }
    return PacketTemplate(layers)
  }

  /// A query or a reply to one.
  private static func query(_ type: UInt8, _ identifier: UInt16, _ kind: LayerKind) -> LayerTemplate {
    LayerTemplate(
      kind,
      fields: [
        "type": .given(.number(UInt64(type))), "identifier": .given(.number(UInt64(identifier))),
        "sequence": .given(.number(1)),
      ]
    )
  }

  private func segment(_ move: Int, own: UInt16, peer: UInt16, _ heard: Arrival?) -> LayerTemplate {
    let sequence = Self.firstSequence &+ (move >= 2 ? 1 : 0)
    var fields: [String: FieldSetting] = [
      "source-port": .given(.number(UInt64(own))), "destination-port": .given(.number(UInt64(peer))),
      "sequence": .given(.number(UInt64(sequence))),
    ]
    if move < 2 { fields["syn"] = .given(.number(1)) }
    if move >= 2 { fields["psh"] = .given(.number(1)) }
    if move > 0 {
      fields["ack"] = .given(.number(1))
      fields["acknowledgement"] = .given(.number(UInt64(heard?.nextSequence ?? 0)))
    }
    return LayerTemplate(.tcp, fields: fields)
  }

  /// What a frame is to an end, if it is the packet of that move.
  func arrival(in dissection: Dissection, move: Int, at end: End) -> Arrival? {
    guard let ip = dissection.layer(names.ip), let source = ip.value(of: "source") else { return nil }
    let upper = dissection.layers.first { [.icmpv4, .icmpv6, .udp, .tcp].contains($0.kind) }
    guard let upper, let number = peerNumber(upper, move: move) else { return nil }
    if kind == .tcp, move < 2 {
      // No data yet: it is told by where it goes.
      let expected = end.host.arm == initiator.host.arm ? self.number : Self.port
      guard upper.number("destination-port") == UInt64(expected), upper.number("syn") == 1,
        upper.number("ack") == (move == 0 ? 0 : 1)
      else { return nil }
    } else {
      guard let data = dissection.layers.last, data.kind == .data, let found = SweepTag(data.bytes),
        found.run == tag.run, found.part == tag.part, found.purpose == tag.purpose,
        found.number == UInt32(truncatingIfNeeded: move)
      else { return nil }
    }
    let octets = UInt32(truncatingIfNeeded: dissection.layers.last?.kind == .data ? SweepTag.length : 0)
    let sequence = UInt32(truncatingIfNeeded: upper.number("sequence") ?? 0)
    return Arrival(
      packet: Array(ip.frame[ip.header.lowerBound..<max(ip.header.upperBound, ip.payload.upperBound)]),
      source: source,
      number: number,
      nextSequence: sequence &+ octets &+ (move < 2 ? 1 : 0)
    )
  }

  private func peerNumber(_ upper: LayerView, move: Int) -> UInt16? {
    switch kind {
    case .echo:
      let type = move.isMultiple(of: 2) ? echoTypes.request : echoTypes.reply
      guard upper.kind == names.icmp, upper.number("type") == UInt64(type), upper.bytes.count >= 6 else {
        return nil
      }
      let octets = Array(upper.bytes.prefix(6))
      return UInt16(octets[4]) << 8 | UInt16(octets[5])
    case .udp, .tcp:
      guard upper.kind == (kind == .udp ? .udp : .tcp) else { return nil }
      return upper.number("source-port").map { UInt16(truncatingIfNeeded: $0) }
    }
  }
}
