internal import Wire

extension TestCase {
  /// All frames that its steps expect or forbid.
  package var patterns: [PacketPattern] {
    (setup + steps + cleanup).flatMap { step -> [PacketPattern] in
      switch step.action {
      case .forbid(let pattern): [pattern]
      case .expect(let expectation): expectation.patterns
      default: []
      }
    }
  }
}

extension Expectation {
  /// All frames that would do.
  package var patterns: [PacketPattern] {
    switch kind {
    case .packet(let pattern, _): [pattern]
    case .allOf(let patterns), .sequence(let patterns): patterns
    case .anyOf(let alternatives): alternatives.compactMap(\.packet)
    case .nothing: []
    }
  }
}

extension PacketPattern {
  /// Whether it is about questions for addresses: ARP, or neighbour solicitations.
  package var looksAtResolution: Bool {
    layers.contains { layer in
      layer.kind == .arp
        || layer.kind == .icmpv6
          && layer.fields.contains { field in
            field.name == "type"
              && [.equals(.text("neighbor-solicitation")), .equals(.text("135"))].contains(field.pattern)
          }
    }
  }
}
