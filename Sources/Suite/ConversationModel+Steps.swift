internal import Wire

extension DatagramExchange {
  /// The exchange as a packet to send and one to expect.
  package func steps(
    in family: Family,
    at position: SourcePosition,
    variables: Set<String>
  ) -> [Step] {
    let kind: LayerKind = family == .ipv4 ? .ipv4 : .ipv6
    func variable(_ path: String...) -> Located<Expression> { Located(.variable(path), at: position) }
    let (other, ours) = (to ?? variable("target"), variable("port"))
    // Which of the tester's own addresses speaks depends on whom it speaks to.
    func speaker(_ field: String) -> [(name: String, value: Located<Expression>)] {
      from.map { [(name: field, value: $0)] } ?? []
    }

    var octets = LayerSpecification(.data, at: position)
    octets.data = data
    let question = Stimulus(
      layers: [
        LayerSpecification(kind, at: position, fields: speaker("source") + [("destination", other)]),
        LayerSpecification(
          .udp,
          at: position,
          fields: [("source-port", ours), ("destination-port", port)]
        ),
        octets,
      ],
      name: name,
      corruptions: []
    )

    func pattern(_ kind: LayerKind, _ fields: [(String, Located<Expression>)]) -> LayerPattern {
      let patterns = fields.map { (name: $0, pattern: ValuePattern.equals($1.value), position: $1.position) }
      return LayerPattern(kind: kind, position: position, fields: patterns)
    }
    var same = pattern(.data, [])
    same.data = .equals(.reference(variable("sent", "data")))
    let layers = [
      pattern(kind, [("source", other)] + speaker("destination")),
      pattern(.udp, [("source-port", port), ("destination-port", ours)]), same,
    ]
    let answer = Expectation(
      kind: .packet(PacketPattern(layers: layers, position: position), times: 1...1),
      within: within.map { .fixed($0) },
      record: [],
      position: position
    )
    return [
      Step(action: .send(question), position: position, variables: variables),
      Step(action: .expect(answer), position: position, variables: variables.union(["sent"])),
    ]
  }
}

extension ConnectionSpecification {
  /// The layer that carries its segments.
  package func network(in family: Family, at position: SourcePosition) -> LayerSpecification {
    var layer = LayerSpecification(family == .ipv4 ? .ipv4 : .ipv6, at: position)
    if let to { layer.fields.append((name: "destination", value: to)) }
    if let from { layer.fields.append((name: "source", value: from)) }
    return layer
  }
}
