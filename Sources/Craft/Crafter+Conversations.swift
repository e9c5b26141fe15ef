internal import Suite
internal import Wire

/// Steps that talk with a service of the target.
extension Crafter {
  /// A step as others that do the same; most stand for themselves.
  func expanded(_ step: Step) throws(CraftError) -> [Step] {
    guard case .datagram(let exchange) = step.action else { return [step] }
    return exchange.steps(in: try family(of: exchange.to), at: step.position, variables: step.variables)
  }

  /// The IP version of a conversation: that of the address, else the case's.
  func family(of address: Located<Expression>?) throws(CraftError) -> Family {
    address.flatMap { explicitFamily(of: $0.value) } ?? trial.testCase.family ?? .ipv4
  }

  /// The IP version that an address has by itself; nil for a host that may have both.
  func explicitFamily(of address: Expression, depth: Int = 0) -> Family? {
    switch address {
    case .text(let text):
      return IPv4Address(text) != nil ? .ipv4 : IPv6Address(text) != nil ? .ipv6 : nil
    case .variable(let path):
      if path.count == 1, depth < 8, let binding = trial.bindings.first(where: { $0.name == path[0] }) {
        return explicitFamily(of: Expression(parsing: binding.value), depth: depth + 1)
      }
      if ["ipv4", "broadcast", "network"].contains(path.last) { return .ipv4 }
      if path.first == "fresh-prefix" { return .ipv6 }
      return ["ipv6", "link-local", "solicited-node"].contains(path.last) ? .ipv6 : nil
    case .sum(let start, _), .difference(let start, _): return explicitFamily(of: start, depth: depth + 1)
    case .product: return nil
    }
  }

  /// Works out a connection; until it is there, one that never saw an answer stands in for it.
  mutating func connection(
    _ specification: ConnectionSpecification,
    at position: SourcePosition
  ) throws(CraftError) -> PlannedConnection {
    guard context.hasOwnAddresses else {
      throw .notApplicable(
        "a TCP connection needs tester addresses that the system doesn't speak from ('testers' in the target file)"
      )
    }
    let family = try family(of: specification.to)
    let network = specification.network(in: family, at: position)
    let template = try PacketBuilder(resolver: resolver).template(of: [network])
    guard let ip = template.layers.last, case .given(let local)? = ip.fields["source"],
      case .given(let remote)? = ip.fields["destination"]
    else { throw resolver.invalid(position, "a connection needs two addresses") }

    let port = try resolver.number(specification.port)
    guard let remotePort = UInt16(exactly: port), remotePort > 0 else {
      throw resolver.invalid(specification.port.position, "a port is a number from 1 to 65535, not \(port)")
    }
    let linkLimit = max(1, context.mtu - (family == .ipv4 ? 40 : 60))
    var size = UInt16(clamping: linkLimit)
    if let mss = specification.mss {
      let number = try resolver.number(mss)
      guard let octets = UInt16(exactly: number) else {
        throw resolver.invalid(mss.position, "'mss' is a number up to 65535, not \(number)")
      }
      size = octets
    }
    let number = connectionNumbers[specification.name] ?? connectionNumbers.count
    connectionNumbers[specification.name] = number
    var generator = SplitMix64(seed: context.endpoints.seed ^ UInt64(number + 1) << 32)
    let planned = PlannedConnection(
      name: specification.name,
      family: family,
      local: local,
      remote: remote,
      localPort: 0xc000 | (context.endpoints.port &+ UInt16(truncatingIfNeeded: number)) & 0x3fff,
      remotePort: remotePort,
      initialSequence: UInt32(truncatingIfNeeded: generator.next()),
      maximumSegmentSize: size,
      linkLimit: linkLimit,
      expected: specification.expected,
      within: specification.within,
      layers: template.layers
    )
    try checkSource(of: planned.opening)
    resolver.note(planned.standIn, as: specification.name)
    return planned
  }

  func exchange(_ specification: ExchangeSpecification) throws(CraftError) -> PlannedExchange {
    let builder = PacketBuilder(resolver: resolver)
    let data = try specification.data.map { data throws(CraftError) in try builder.octets(data) } ?? []
    let expected: PlannedExchange.Outcome
    switch specification.expected {
    case .acknowledged: expected = .acknowledged
    case .echo: expected = .octets(data)
    case .octets(let octets): expected = .octets(try builder.octets(octets))
    case .nothing: expected = .nothing
    }
    return PlannedExchange(
      connection: specification.connection,
      data: data,
      expected: expected,
      acknowledges: specification.acknowledges,
      within: specification.within
    )
  }
}

extension PlannedConnection {
  /// The connection as it might be after its handshake, for plans that are only looked at.
  fileprivate var standIn: ConnectionSnapshot {
    var back = layers
    for index in back.indices {
      let fields = back[index].fields
      back[index].fields["source"] = fields["destination"]
      back[index].fields["destination"] = fields["source"]
    }
    let answer = TCPSegment(
      from: remotePort,
      to: localPort,
      sequence: SequenceNumber(~initialSequence),
      acknowledgement: SequenceNumber(initialSequence) + 1,
      flags: [.syn, .ack],
      window: TCPSegment.window
    )
    return ConnectionSnapshot(
      localNext: SequenceNumber(initialSequence) + 1,
      remoteNext: SequenceNumber(~initialSequence) + 1,
      localPort: localPort,
      remotePort: remotePort,
      maximumSegmentSize: Int(maximumSegmentSize),
      lastSent: opening,
      lastReceived: try? PacketTemplate(back + answer.layers).encode()
    )
  }
}
