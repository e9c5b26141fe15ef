internal import Capture
internal import Wire

/// Who speaks with whom: a flow by its first packet, or a packet that belongs to one.
struct FlowKey: Hashable, Sendable {
  var protocolNumber: UInt8
  /// 4 or 16 octets.
  var source: [UInt8]
  var destination: [UInt8]
  /// Ports; of ICMP queries the identifier, twice; of other protocols 0.
  var sourcePort: UInt16 = 0
  var destinationPort: UInt16 = 0

  /// The other direction.
  var reversed: FlowKey {
    FlowKey(
      protocolNumber: protocolNumber,
      source: destination,
      destination: source,
      sourcePort: destinationPort,
      destinationPort: sourcePort
    )
  }

  /// That of a packet whose upper layer begins somewhere; nil if it is too short to show its ports.
  init?(protocolNumber: UInt8, source: [UInt8], destination: [UInt8], upper: [UInt8]) {
    (self.protocolNumber, self.source, self.destination) = (protocolNumber, source, destination)
    switch protocolNumber {
    case 6, 17:
      guard upper.count >= 4 else { return nil }
      (sourcePort, destinationPort) = (upper.number16(0), upper.number16(2))
    case 1, 58:
      guard upper.count >= 6 else { return nil }
      (sourcePort, destinationPort) = (upper.number16(4), upper.number16(4))
    default: break
    }
  }

  private init(
    protocolNumber: UInt8,
    source: [UInt8],
    destination: [UInt8],
    sourcePort: UInt16,
    destinationPort: UInt16
  ) {
    self.protocolNumber = protocolNumber
    (self.source, self.destination) = (source, destination)
    (self.sourcePort, self.destinationPort) = (sourcePort, destinationPort)
  }

  /// The same without ports, as a mutant compares it.
  var withoutPorts: FlowKey {
    var key = self
    (key.sourcePort, key.destinationPort) = (0, 0)
    return key
  }
}

/// The flows that a firewall has let through.
struct FlowTable: Sendable {
  /// A flow, by the direction of its first packet.
  private struct Flow: Sendable {
    var expires: Timestamp
    /// Of TCP, by direction: where what was sent begins and ends.
    var sent: [FlowKey: ClosedRange<UInt32>] = [:]
  }

  private var flows: [FlowKey: Flow] = [:]
  /// More than these aren't kept.
  private static let limit = 16_384

  /// A packet of a flow passes: the flow begins, or goes on.
  mutating func note(_ key: FlowKey, tcp: [UInt8]? = nil, at now: Timestamp) {
    if flows.count >= Self.limit { flows = flows.filter { $0.value.expires > now } }
    let name = flows[key] == nil && flows[key.reversed] != nil ? key.reversed : key
    var flow = flows[name] ?? Flow(expires: now)
    flow.expires = now + .seconds(300)
    if let tcp, tcp.count >= 20 {
      let header = Int(tcp.octet(12) >> 4) * 4
      let control: UInt32 = tcp.octet(13) & 3 != 0 ? 1 : 0
      let first = tcp.number32(4)
      let end = first &+ UInt32(max(0, tcp.count - header)) &+ control
      let before = flow.sent[key]
      let start = before?.lowerBound ?? first
      // Sequence numbers that have wrapped round are followed from where they are now.
      flow.sent[key] = start <= end ? start...max(end, before?.upperBound ?? end) : end...end
    }
    guard flows.count < Self.limit || flows[name] != nil else { return }
    flows[name] = flow
  }

  /// Whether a packet belongs to a flow, in either direction.
  func knows(_ key: FlowKey, at now: Timestamp) -> Bool {
    [key, key.reversed].contains { (flows[$0]?.expires ?? now) > now }
  }

  /// Whether a TCP segment with this sequence number can have been sent in this direction.
  func covers(_ sequence: UInt32, of key: FlowKey) -> Bool {
    guard let range = (flows[key] ?? flows[key.reversed])?.sent[key] else { return false }
    return range.contains(sequence)
  }

  /// Whether a flow has these addresses, whatever its ports.
  func knowsAddresses(of key: FlowKey, at now: Timestamp) -> Bool {
    flows.contains { name, flow in
      flow.expires > now
        && (name.withoutPorts == key.withoutPorts || name.reversed.withoutPorts == key.withoutPorts)
    }
  }
}
