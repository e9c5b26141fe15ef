internal import Suite
internal import Wire

/// What a slice needs before its first probe: the hosts' conversation, and the form of its probes.
struct SliceScene {
  let slice: SweepSlice
  let options: SweepOptions
  let ends: [Arm: Conversation.End]
  let part: UInt8

  private var sender: Conversation.End? { ends[slice.direction.sender] }
  private var receiver: Conversation.End? { ends[slice.direction.receiver] }

  /// Begins the conversation; nil if none comes through.
  ///
  /// At best the receiver of the probes speaks first, as what comes to it is then solicited; else their sender does.
  func converse(on wire: SweepWire) throws(SweepError) -> Conversation? {
    guard let kind = slice.state.flow, let sender, let receiver else { return nil }
    for (place, pair) in [(receiver, sender), (sender, receiver)].enumerated() {
      var conversation = conversation(kind, from: pair.0, to: pair.1, number: UInt16(place))
      if try conversation.open(on: wire, options) { return conversation }
      if wire.isInterrupted { return nil }
    }
    return nil
  }

  private func conversation(
    _ kind: FlowKind,
    from initiator: Conversation.End,
    to responder: Conversation.End,
    number: UInt16,
    echoTypes: (request: UInt8, reply: UInt8)? = nil
  ) -> Conversation {
    Conversation(
      slice.version,
      kind,
      from: initiator,
      to: responder,
      tag: SweepTag(run: options.run, part: part, purpose: .flow),
      number: 45_000 + UInt16(part) * 16 + number,
      echoTypes: echoTypes
    )
  }

  /// Pairs of queries and replies besides echo that have conversations of their own [RFC 792] [RFC 950].
  private static let otherQueries: [(request: UInt8, reply: UInt8)] = [(13, 14), (15, 16), (17, 18)]

  /// What makes the probes.
  func factory(_ conversation: Conversation?, on wire: SweepWire) throws(SweepError) -> ProbeFactory {
    guard let sender, let receiver, let source = sender.host.address(slice.version),
      let peer = receiver.host.address(slice.version)
    else { throw .oneSided("no addresses for testers") }
    let heard = conversation?.arrivals[slice.direction.sender]
    let route = ProbeRoute(
      version: slice.version,
      sender: sender.host,
      receiver: receiver.host,
      gatewayMAC: sender.gatewayMAC,
      destination: heard?.source ?? peer
    )
    do {
      var form = ProbeForm(
        identifier: heard?.number ?? 0xa500 | UInt16(part),
        quoted: try heard?.packet ?? invented(from: peer, to: source),
        gateway: sender.host.ipv4 ?? .unspecified,
        tag: SweepTag(run: options.run, part: part, purpose: .probe)
      )
      if slice.state == .established, slice.version == .v4, let conversation {
        form.identifierOfType = try otherIdentifiers(conversation, on: wire)
      }
      return try ProbeFactory(route, form, fields: slice.variant?.fields ?? [])
    } catch let error as EncodingError {
      throw .craft("\(error)")
    } catch let error as SweepError {
      throw error
    } catch {
      throw .craft("\(error)")
    }
  }

  /// Lets the other queries go first, too, so that their replies are solicited; returns the identifiers of those that came through.
  private func otherIdentifiers(
    _ main: Conversation,
    on wire: SweepWire
  ) throws(SweepError) -> [UInt8: UInt16] {
    var identifiers: [UInt8: UInt16] = [:]
    for (place, types) in Self.otherQueries.enumerated() {
      var query = conversation(
        .echo,
        from: main.initiator,
        to: main.responder,
        number: UInt16(place + 2),
        echoTypes: types
      )
      guard try query.open(on: wire, options), let heard = query.arrivals[slice.direction.sender] else {
        continue
      }
      identifiers[types.request] = heard.number
      identifiers[types.reply] = heard.number
    }
    return identifiers
  }

  /// A datagram that was never sent, for errors that nobody asked for.
  private func invented(from source: FieldValue, to destination: FieldValue) throws(EncodingError) -> [UInt8]
  {
    let isIPv4 = slice.version == .v4
    let ip = LayerTemplate(
      isIPv4 ? .ipv4 : .ipv6,
      fields: [
        "source": .given(source), "destination": .given(destination),
        isIPv4 ? "ttl" : "hop-limit": .given(.number(63)),
      ]
    )
    let ports: [String: FieldSetting] = [
      "source-port": .given(.number(UInt64(50_000 + Int(part)))),
      "destination-port": .given(.number(UInt64(51_000 + Int(part)))),
    ]
    let tag = SweepTag(run: options.run, part: part, purpose: .flow)
    return try PacketTemplate([
      ip, LayerTemplate(.udp, fields: ports), LayerTemplate(.data, body: tag.octets),
    ]).encode().bytes
  }

  /// The result of a slice whose conversation couldn't be begun: nothing can be related to what isn't there.
  func withoutConversation() -> SliceResult {
    var result = SliceResult(slice: slice, map: FateMap(), evidence: SliceEvidence())
    let name = Self.names[slice.state.flow ?? .echo] ?? ""
    result.skipped = "no conversation (\(name)) comes through from either side, so nothing can belong to one"
    return result
  }

  private static let names: [FlowKind: String] = [.echo: "echoes", .udp: "UDP", .tcp: "TCP"]

  /// A conversation in words.
  func text(of conversation: Conversation) -> String {
    "\(Self.names[conversation.kind] ?? ""), begun from the \(conversation.initiator.host.arm.rawValue) side"
  }
}
