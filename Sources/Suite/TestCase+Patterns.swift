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

extension TestCase {
  /// Whether a step looks at neighbour solicitations.
  package var looksAtSolicitations: Bool {
    patterns.contains { pattern in
      pattern.layers.contains { !$0.words(for: "type").isDisjoint(with: ["neighbor-solicitation", "135"]) }
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

extension Trial {
  /// Whether a step looks at frames of which nothing but the step tells whose they are: ARP, solicitations for addresses that
  /// aren't the trial's own, advertisements to all nodes, reports of multicast listeners.
  package var looksAtLink: Bool {
    testCase.patterns.contains { pattern in pattern.layers.contains { looksAtLink($0, in: pattern) } }
  }

  /// What multicast listeners say, always to groups.
  private static let reports: Set = [
    "multicast-listener-report", "131", "multicast-listener-done", "132", "multicast-listener-report-v2",
    "143",
  ]

  private func looksAtLink(_ layer: LayerPattern, in pattern: PacketPattern) -> Bool {
    let type = layer.words(for: "type")
    if layer.kind == .icmpv4, !type.isDisjoint(with: ["router-advertisement", "9"]) {
      return goesToAll(pattern, .ipv4, ["224.0.0.1", "255.255.255.255"])
    }
    guard layer.kind == .icmpv6 else { return layer.kind == .arp }
    if !type.isDisjoint(with: ["neighbor-solicitation", "135"]) { return !asksForOwn(layer) }
    if !type.isDisjoint(with: Self.reports) { return true }
    guard !type.isDisjoint(with: ["neighbor-advertisement", "136", "router-advertisement", "134"]) else {
      return false
    }
    return goesToAll(pattern, .ipv6, ["all-nodes", "ff02::1"])
  }

  private func goesToAll(_ pattern: PacketPattern, _ kind: LayerKind, _ all: Set<String>) -> Bool {
    pattern.layers.contains { $0.kind == kind && !$0.words(for: "destination").isDisjoint(with: all) }
  }

  /// Whether the address that a solicitation asks for is one that only this trial has.
  private func asksForOwn(_ layer: LayerPattern) -> Bool {
    layer.fields.contains { field in
      guard field.name == "target" else { return false }
      return switch field.pattern {
      case .equals(let expression), .range(let expression, _): isOwn(expression, depth: 0)
      default: false
      }
    }
  }

  private func isOwn(_ expression: Expression, depth: Int) -> Bool {
    guard case .variable(let path) = expression, let name = path.first else { return false }
    if ["tester", "tester2", "stranger", "stranger2", "unused", "fresh-prefix"].contains(name) {
      return true
    }
    guard depth == 0, let binding = bindings.first(where: { $0.name == name }) else { return false }
    return isOwn(Expression(parsing: binding.value), depth: 1)
  }
}

extension LayerPattern {
  /// The words that a field must be, or one of which it must be; empty where it is said otherwise.
  fileprivate func words(for field: String) -> Set<String> {
    fields.filter { $0.name == field }.reduce(into: []) { $0.formUnion($1.pattern.words) }
  }
}

extension ValuePattern {
  fileprivate var words: Set<String> {
    switch self {
    case .equals(.text(let word)): [word]
    case .oneOf(let all): all.reduce(into: []) { $0.formUnion($1.words) }
    default: []
    }
  }
}
