internal import Suite
internal import Wire

extension Crafter {
  func expectation(_ expectation: Expectation) throws(CraftError) -> PlannedExpectation {
    let kind: PlannedExpectation.Kind
    switch expectation.kind {
    case .nothing: kind = .nothing
    case .packet(let packet, let times): kind = .packet(try pattern(packet), times: times)
    case .allOf(let packets):
      var patterns: [FramePattern] = []
      for packet in packets { patterns.append(try pattern(packet)) }
      kind = .allOf(patterns)
    case .anyOf(let alternatives):
      var planned: [PlannedAlternative] = []
      for alternative in alternatives {
        var pattern: FramePattern?
        if let packet = alternative.packet { pattern = try self.pattern(packet) }
        planned.append(
          PlannedAlternative(outcome: alternative.outcome, pattern: pattern, because: alternative.because)
        )
      }
      kind = .anyOf(planned)
    }
    return PlannedExpectation(kind: kind, within: expectation.within, notBefore: expectation.notBefore)
  }

  func pattern(_ pattern: PacketPattern) throws(CraftError) -> FramePattern {
    var layers: [LayerMatcher] = []
    for layer in pattern.layers {
      var matcher = LayerMatcher(kind: layer.kind, fields: [], data: nil, quoted: nil)
      let definition = Protocols.definition(of: layer.kind)
      var type: UInt8?
      for (name, value, position) in layer.fields {
        let field =
          definition?.fields(type: type, code: nil).first { $0.name == name }
          ?? definition?.field(named: name)
        guard let field else { throw resolver.invalid(position, "unknown field '\(name)' of \(layer.kind)") }
        let predicate = try predicate(value, for: field, at: position)
        if name == "type", case .equals(.number(let number)) = predicate {
          type = UInt8(truncatingIfNeeded: number)
        }
        matcher.fields.append(FieldMatcher(name: name, predicate: predicate))
      }
      if let data = layer.data { matcher.data = try dataMatcher(data) }
      if let quoted = layer.quoted { matcher.quoted = try quotedMatcher(quoted) }
      layers.append(matcher)
    }
    return FramePattern(layers: layers)
  }

  private func predicate(
    _ pattern: ValuePattern,
    for field: Field?,
    at position: SourcePosition
  ) throws(CraftError) -> Predicate {
    switch pattern {
    case .equals(let expression):
      // A variant may itself be a condition: `vary: { type: [any, absent] }` stays out, ranges come in.
      if case .variable(let path) = expression, path.count == 1,
        let binding = trial.bindings.first(where: { $0.name == path[0] }),
        let bounds = binding.value.rangeBounds
      {
        return .range(
          try resolver.value(Expression(parsing: bounds.0), for: field, at: position),
          try resolver.value(Expression(parsing: bounds.1), for: field, at: position)
        )
      }
      return .equals(try resolver.value(expression, for: field, at: position))
    case .range(let low, let high):
      return .range(
        try resolver.value(low, for: field, at: position),
        try resolver.value(high, for: field, at: position)
      )
    case .oneOf(let patterns):
      var predicates: [Predicate] = []
      for pattern in patterns { predicates.append(try predicate(pattern, for: field, at: position)) }
      return .oneOf(predicates)
    case .not(let pattern): return .not(try predicate(pattern, for: field, at: position))
    case .atLeast(let expression): return .atLeast(try resolver.value(expression, for: field, at: position))
    case .atMost(let expression): return .atMost(try resolver.value(expression, for: field, at: position))
    case .any: return .any
    case .present: return .present
    case .absent: return .absent
    }
  }

  private func dataMatcher(_ pattern: DataPattern) throws(CraftError) -> DataMatcher {
    switch pattern {
    case .equals(let data): return .equals(try PacketBuilder(resolver: resolver).octets(data))
    case .startsWith(let expression):
      return .startsWith(try PacketBuilder(resolver: resolver).octets(.reference(expression)))
    case .length(let pattern):
      let position = trial.testCase.position
      return .length(try predicate(pattern, for: nil, at: position))
    }
  }

  private func quotedMatcher(_ pattern: QuotedPattern) throws(CraftError) -> QuotedMatcher {
    guard case .variable(let path) = pattern.of.value, path.count == 1, let packet = resolver.packets[path[0]]
    else {
      throw resolver.invalid(pattern.of.position, "'of' must name a packet sent before, for example $sent")
    }
    var atLeast = 0
    if let number = pattern.atLeast { atLeast = try resolver.number(number) }
    var atMostTotal: Int?
    if let number = pattern.atMostTotal { atMostTotal = try resolver.number(number) }
    return QuotedMatcher(
      packet: Array(packet.bytes[packet.networkOffset...]),
      family: packet.spans.contains { $0.kind == .ipv6 && $0.depth == 0 } ? .ipv6 : .ipv4,
      atLeast: atLeast,
      atMostTotal: atMostTotal,
      unchangedExcept: pattern.unchangedExcept
    )
  }
}

extension String {
  /// The two ends of `a..b`.
  fileprivate var rangeBounds: (String, String)? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix("..") {
        return (String(self[..<index]), String(self[self.index(index, offsetBy: 2)...]))
      }
      index = self.index(after: index)
    }
    return nil
  }
}
