internal import Suite
internal import Wire

extension Crafter {
  func expectation(_ expectation: Expectation) throws(CraftError) -> PlannedExpectation {
    let kind: PlannedExpectation.Kind
    switch expectation.kind {
    case .nothing: kind = .nothing
    case .packet(let packet, let times): kind = .packet(try pattern(packet), times: times)
    case .allOf(let packets): kind = .allOf(try patterns(packets))
    case .sequence(let packets): kind = .sequence(try patterns(packets))
    case .anyOf(let alternatives):
      var planned: [PlannedAlternative] = []
      for alternative in alternatives {
        var pattern: FramePattern?
        if let packet = alternative.packet { pattern = try self.pattern(packet) }
        planned.append(
          PlannedAlternative(
            outcome: alternative.outcome,
            pattern: pattern,
            within: try alternative.within.map(time),
            notBefore: try alternative.notBefore.map(time),
            record: alternative.record,
            because: alternative.because
          )
        )
      }
      kind = .anyOf(planned)
    }
    var (within, notBefore): (Duration?, Duration?) = (nil, nil)
    if let time = expectation.within { within = try self.time(time) }
    if let time = expectation.notBefore { notBefore = try self.time(time) }
    if within == nil, case .anyOf(let alternatives) = kind {
      within = alternatives.compactMap(\.within).max()
    }
    return PlannedExpectation(
      kind: kind,
      arm: expectation.arm,
      within: within,
      notBefore: notBefore,
      since: expectation.since,
      name: expectation.name,
      record: expectation.record
    )
  }

  private func patterns(_ packets: [PacketPattern]) throws(CraftError) -> [FramePattern] {
    var patterns: [FramePattern] = []
    for packet in packets { patterns.append(try pattern(packet)) }
    return patterns
  }

  func pattern(_ pattern: PacketPattern) throws(CraftError) -> FramePattern {
    var layers: [LayerMatcher] = []
    for layer in pattern.layers {
      var matcher = LayerMatcher(
        kind: layer.kind,
        fields: [],
        data: nil,
        quoted: nil,
        isAbsent: layer.isAbsent
      )
      var form = HeaderForm(of: layer.kind)
      // The type decides what the names of a code mean, wherever it stands.
      for (name, value, position) in form.ordered(layer.fields, by: \.name) {
        guard let field = form.field(named: name) else {
          throw resolver.invalid(position, "unknown field '\(name)' of \(layer.kind)")
        }
        let predicate = try predicate(value, for: field, at: position) { OwnField(ofLayer: $0, $1) }
        if case .equals(.number(let number)) = predicate { form.learn(name, number) }
        matcher.fields.append(FieldMatcher(name: name, predicate: predicate))
      }
      for list in layer.lists { matcher.lists.append(try listMatcher(list, of: layer.kind)) }
      if let data = layer.data { matcher.data = try dataMatcher(data) }
      if let quoted = layer.quoted { matcher.quoted = try quotedMatcher(quoted) }
      if let forwarded = layer.forwarded { matcher.forwarded = try forwardedMatcher(forwarded) }
      layers.append(matcher)
    }
    return FramePattern(layers: layers, arm: pattern.arm)
  }

  func predicate(
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
        return try range(
          Expression(parsing: bounds.0),
          Expression(parsing: bounds.1),
          for: field,
          at: position
        )
      }
      return .equals(try resolver.value(expression, for: field, at: position))
    case .range(let low, let high):
      return try range(low, high, for: field, at: position)
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

  /// A range from the lower to the higher value.
  private func range(
    _ low: Expression,
    _ high: Expression,
    for field: Field?,
    at position: SourcePosition
  ) throws(CraftError) -> Predicate {
    let lower = try resolver.value(low, for: field, at: position)
    let upper = try resolver.value(high, for: field, at: position)
    let isAscending =
      switch (lower, upper) {
      case (.number(let a), .number(let b)): a <= b
      case (.ipv4(let a), .ipv4(let b)): a <= b
      case (.ipv6(let a), .ipv6(let b)): a <= b
      case (.mac(let a), .mac(let b)): a <= b
      default: false
      }
    guard isAscending else {
      throw resolver.invalid(position, "the range \(lower)..\(upper) is empty: the lower value comes first")
    }
    return .range(lower, upper)
  }

  func dataMatcher(_ pattern: DataPattern) throws(CraftError) -> DataMatcher {
    switch pattern {
    case .equals(let data): return .equals(try PacketBuilder(resolver: resolver).octets(data))
    case .startsWith(let expression):
      return .startsWith(try PacketBuilder(resolver: resolver).octets(.reference(expression)))
    case .both(let first, let second): return .both(try dataMatcher(first), try dataMatcher(second))
    case .length(let pattern):
      return .length(try predicate(pattern.value, for: nil, at: pattern.position))
    }
  }

  private func forwardedMatcher(_ pattern: ForwardedPattern) throws(CraftError) -> ForwardedMatcher {
    guard let packet = resolver.packet(pattern.of.value) else {
      throw resolver.invalid(pattern.of.position, "'of' must name an earlier packet, for example $sent")
    }
    return ForwardedMatcher(
      packet: Array(packet.network),
      family: packet.isIPv6 ? .ipv6 : .ipv4,
      unchangedExcept: pattern.unchangedExcept
    )
  }

  private func quotedMatcher(_ pattern: QuotedPattern) throws(CraftError) -> QuotedMatcher {
    guard let packet = resolver.packet(pattern.of.value) else {
      throw resolver.invalid(pattern.of.position, "'of' must name an earlier packet, for example $sent")
    }
    var atLeast = 0
    if let number = pattern.atLeast { atLeast = try resolver.number(number) }
    var atMostTotal: Int?
    if let number = pattern.atMostTotal { atMostTotal = try resolver.number(number) }
    var asMuchAsFits: Int?
    if let number = pattern.asMuchAsFits { asMuchAsFits = try resolver.number(number) }
    return QuotedMatcher(
      packet: Array(packet.network),
      family: packet.isIPv6 ? .ipv6 : .ipv4,
      atLeast: atLeast,
      atMostTotal: atMostTotal,
      asMuchAsFits: asMuchAsFits,
      unchangedExcept: pattern.unchangedExcept
    )
  }
}

extension EncodedPacket {
  fileprivate var isIPv6: Bool { spans.contains { $0.kind == .ipv6 && $0.depth == 0 } }
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
