internal import Wire

extension SuiteDecoder {
  /// The alternatives of `any-of`, each of which can be reached.
  mutating func alternatives(_ tree: YAMLTree, at arm: Arm?) -> [Alternative] {
    let alternatives = (tree.sequence ?? []).compactMap { alternative($0, at: arm) }
    if alternatives.isEmpty { reader.error(at: tree.position, "'any-of' is a list of alternatives") }
    for (index, later) in alternatives.enumerated() {
      guard let earlier = alternatives[..<index].first(where: { $0.covers(later) }) else { continue }
      reader.error(
        at: later.position,
        "this alternative is never reached: the one in line \(earlier.position.line) takes all that it would"
      )
    }
    return alternatives
  }

  private mutating func alternative(_ tree: YAMLTree, at arm: Arm?) -> Alternative? {
    let entries = reader.entries(tree, .alternative)
    guard let outcomeTree = entries["outcome"]?.value,
      let outcome = reader.choice(outcomeTree, "an outcome", as: Alternative.Outcome.self)
    else { return nil }
    guard (entries["packet"] == nil) != (entries["nothing"] == nil) else { return nil }
    if let nothing = entries["nothing"], nothing.value.scalar != "true" {
      reader.error(at: nothing.value.position, "'nothing' can only be true")
    }
    let arm = self.arm(entries["at"]?.value) ?? arm
    return Alternative(
      outcome: outcome,
      packet: entries["packet"].flatMap { packetPattern($0.value, at: arm) },
      within: entries["within"].flatMap { time($0.value, "'within'") },
      notBefore: entries["not-before"].flatMap { time($0.value, "'not-before'") },
      record: entries["record"].map { measurements($0.value) } ?? [],
      because: entries["because"].flatMap { reader.text($0.value, "'because'") },
      position: tree.position
    )
  }
}

extension Alternative {
  /// Whether it takes whatever another one would: silence, or a frame of which it only says which layers it has.
  fileprivate func covers(_ other: Alternative) -> Bool {
    guard let packet, let others = other.packet else { return packet == nil && other.packet == nil }
    guard within == nil, notBefore == nil else { return false }
    guard packet.arm == nil || packet.arm == others.arm, packet.layers.allSatisfy(\.saysNothing) else {
      return false
    }
    var rest = others.layers.map(\.kind)[...]
    for layer in packet.layers {
      guard let index = rest.firstIndex(of: layer.kind) else { return false }
      rest = rest[(index + 1)...]
    }
    return true
  }
}

extension LayerPattern {
  /// Whether it demands nothing but that the layer is there.
  fileprivate var saysNothing: Bool {
    !isAbsent && data == nil && quoted == nil && forwarded == nil && lists.isEmpty
      && fields.allSatisfy { $0.pattern == .any }
  }
}
