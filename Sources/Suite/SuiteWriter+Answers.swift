public import Wire

extension SuiteWriter {
  /// The step that expects an answer again: its addresses, what its message is about, its data and what it quotes.
  ///
  /// What it has from the packet sent is written as `$sent`.
  public static func expectation(of answer: Dissection, to request: Dissection) -> YAMLText {
    var layers: [YAMLText] = []
    if let network = answer.network {
      layers.append(pattern(network, networkFields(network.kind), request))
    }
    if let message = answer.message {
      layers.append(pattern(message, messageFields(message), request))
    }
    // What came in fragments is put together before anybody looks at its data.
    if answer.isFragment || request.isFragment { return .entries([.init("expect", .items(layers))]) }
    if let quoted = answer.quote.first(where: { $0.kind == .ipv4 || $0.kind == .ipv6 }) {
      layers.append(
        .entries([
          .init("quoted", .mapping([.init("of", "$sent"), .init("at-least", String(quoted.payload.count))]))
        ])
      )
    } else if let data = answer.layer(.data) {
      let isMirrored = request.layer(.data).map { $0.bytes.elementsEqual(data.bytes) } ?? false
      layers.append(
        .entries([.init("data", isMirrored ? .scalar("$sent.data") : self.data(Array(data.bytes)))])
      )
    }
    return .entries([.init("expect", .items(layers))])
  }

  /// Each field with that of the packet sent which it mirrors.
  private typealias Mirrored = (name: String, of: String?)

  private static func networkFields(_ kind: LayerKind) -> [Mirrored] {
    kind == .arp
      ? [("operation", nil), ("sender-ip", "target-ip"), ("target-ip", "sender-ip")]
      : [("source", "destination"), ("destination", "source")]
  }

  private static func messageFields(_ message: LayerView) -> [Mirrored] {
    switch message.kind {
    case .udp: [("source-port", "destination-port"), ("destination-port", "source-port")]
    case .tcp:
      [("source-port", "destination-port"), ("destination-port", "source-port")]
        + ["syn", "ack", "rst", "fin"].map { ($0, nil) }
    default:
      [("type", nil), ("code", nil)] + ["identifier", "sequence", "nonce", "target"].map { ($0, $0) }
        + ["gateway", "mtu", "pointer", "router", "solicited", "override"].map { ($0, nil) }
    }
  }

  private static func pattern(_ view: LayerView, _ names: [Mirrored], _ request: Dissection) -> YAMLText {
    let sent = request.layers.first { $0.kind == view.kind }
    var entries: [YAMLText.Entry] = []
    for (name, mirror) in names {
      guard let field = view.fields.first(where: { $0.name == name }), let value = view.value(of: field)
      else {
        continue
      }
      if let mirror, let sent, sent.value(of: mirror) == value {
        entries.append(.init(name, "$sent.\(view.kind).\(mirror)"))
      } else {
        entries.append(.init(name, field.literal(of: value)))
      }
    }
    return entries.isEmpty
      ? .scalar(view.kind.rawValue) : .entries([.init(view.kind.rawValue, .mapping(entries))])
  }
}
