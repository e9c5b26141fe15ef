internal import Suite
package import Wire

/// Answers that aren't there yet, as the case expects them.
extension Crafter {
  /// Lets the expected answer stand in for the real one.
  mutating func remember(expected expectation: PlannedExpectation) {
    guard let packet = sketch(of: expectation) else { return }
    resolver.packets["received"] = packet
    if let name = expectation.name { resolver.packets[name] = packet }
  }

  /// A frame that the expectation would take: the last one, where it waits for several; nil for silence.
  private func sketch(of expectation: PlannedExpectation) -> EncodedPacket? {
    let pattern: FramePattern? =
      switch expectation.kind {
      case .packet(let pattern, _): pattern
      case .allOf(let patterns), .sequence(let patterns): patterns.last
      case .anyOf(let alternatives): alternatives.lazy.compactMap(\.pattern).first
      case .nothing: nil
      }
    return pattern.flatMap { sketch(of: $0) }
  }

  private func sketch(of pattern: FramePattern) -> EncodedPacket? {
    let builder = PacketBuilder(resolver: resolver)
    var layers = pattern.layers.filter { !$0.isAbsent }.compactMap {
      $0.kind.rawValue == "quoted" ? quote($0) : $0.sketch
    }
    if let forwarded = pattern.layers.lazy.compactMap(\.forwarded).first {
      let family: LayerKind = forwarded.family == .ipv6 ? .ipv6 : .ipv4
      let packet = Dissection(packet: forwarded.packet, as: family)
      return EncodedPacket(of: packet)
    }
    if !layers.contains(where: { [.ipv4, .ipv6, .arp].contains($0.kind) }) {
      let kind: LayerKind = (try? family()) == .ipv6 ? .ipv6 : .ipv4
      let place = layers.firstIndex { ![.ethernet, .vlan].contains($0.kind) } ?? layers.count
      layers.insert(LayerTemplate(kind), at: place)
    }
    if layers.first?.kind != .ethernet { layers.insert(LayerTemplate(.ethernet), at: 0) }
    // An answer goes back where the question came from, and an echo brings its data back.
    if let sent = resolver.packets["sent"] {
      for index in layers.indices where layers[index].fields["destination"] == nil {
        let span = sent.spans.first { $0.kind == layers[index].kind && $0.depth == 0 }
        guard layers[index].kind == .ipv4 || layers[index].kind == .ipv6, let span,
          let asker = sent.value(of: "source", in: span)
        else { continue }
        layers[index].fields["destination"] = .given(asker)
      }
      if layers.last?.isEchoReply ?? false {
        layers.append(LayerTemplate(.data, body: sent.trailingData))
      }
    }
    for index in layers.indices {
      try? builder.fillDefaults(of: &layers[index], isQuoted: true, at: trial.testCase.position)
    }
    builder.fillLinkAddresses(of: &layers)
    if let packet = try? PacketTemplate(layers).encode() { return packet }
    // Values that only the judge can make sense of: the frame's form is still told by its kinds.
    return try? PacketTemplate(layers.map { LayerTemplate($0.kind) }).encode()
  }

  private func quote(_ matcher: LayerMatcher) -> LayerTemplate? {
    matcher.quoted.map { LayerTemplate(.quote, quoted: [LayerTemplate(.raw, body: $0.packet)]) }
  }
}

extension LayerTemplate {
  fileprivate var isEchoReply: Bool {
    kind == .icmpv4 && fields["type"] == .given(.number(0))
      || kind == .icmpv6 && fields["type"] == .given(.number(129))
  }
}

extension LayerMatcher {
  /// A layer that meets the pattern, as far as it asks for single values.
  fileprivate var sketch: LayerTemplate {
    var template = LayerTemplate(kind)
    for field in fields {
      switch field.predicate {
      case .equals(let value), .range(let value, _), .atLeast(let value), .atMost(let value):
        template.fields[field.name] = .given(value)
      case .oneOf(let all):
        if case .equals(let value)? = all.first { template.fields[field.name] = .given(value) }
      case .not, .any, .present, .absent, .own: continue
      }
    }
    switch data {
    case .equals(let octets), .startsWith(let octets), .both(.startsWith(let octets), _),
      .both(_, .startsWith(let octets)):
      template.body = octets
    case .length(.equals(.number(let count))) where count <= 65_535:
      template.body = [UInt8](repeating: 0, count: Int(count))
    case .length, .both, nil: break
    }
    return template
  }
}

extension EncodedPacket {
  /// A captured frame as if it had been crafted, so that later steps may speak of its parts.
  package init(of frame: Dissection) {
    // Octets behind the IP packet are the link's, not its own.
    let network = frame.layers.first { $0.kind == .ipv4 || $0.kind == .ipv6 }
    let end = network?.payload.upperBound ?? frame.layers.first?.frame.count ?? 0
    let whole = frame.layers.map { LayerSpan($0, depth: 0) }
    let quoted = frame.quote.map { LayerSpan($0, depth: 1) }
    self.init(bytes: Array(frame.layers.first?.frame.prefix(end) ?? []), spans: whole + quoted)
  }
}

extension LayerSpan {
  fileprivate init(_ view: LayerView, depth: Int) {
    self.init(kind: view.kind, range: view.kind == .quote ? view.payload : view.header, depth: depth)
  }
}
