internal import Suite
internal import Wire

/// Errors through a firewall: only those about packets that passed it, to whom sent them.
extension ForwardingDevice {
  /// Whether an error quotes a packet of a flow that its addressee sent: by addresses, ports or identifier, and of TCP by
  /// the sequence number, too [RFC5927-4.3-a]; in both directions [RFC5927-4.3-b].
  func isRelated(
    quoting quoted: [UInt8],
    _ ends: (source: [UInt8], destination: [UInt8]),
    from arm: Arm
  ) -> Bool {
    if breaks(FirewallMutant.letsAnyErrorIn) || arm == .near && breaks(FirewallMutant.ignoresErrorsOutwards) {
      return true
    }
    guard let packet = QuotedPacket(quoted) else { return false }
    let key = packet.key
    let isBack = key.source == ends.destination
    guard isBack || breaks(FirewallMutant.ignoresQuotedDirection) && key.destination == ends.destination
    else {
      return false
    }
    guard flowTable.knows(key, at: now) else {
      return breaks(FirewallMutant.ignoresPortsInQuotes) && flowTable.knowsAddresses(of: key, at: now)
    }
    guard key.protocolNumber == 6, !breaks(FirewallMutant.ignoresQuotedSequence) else { return true }
    return flowTable.covers(packet.sequence, of: isBack ? key : key.reversed)
  }
}

/// What an error quotes, as far as a firewall looks at it.
private struct QuotedPacket {
  var key: FlowKey
  /// Of TCP.
  var sequence: UInt32

  init?(_ quoted: [UInt8]) {
    let (number, source, destination, upper): (UInt8, [UInt8], [UInt8], [UInt8])
    switch quoted.octet(0) >> 4 {
    case 4:
      guard quoted.ipv4HeaderLength >= 20, quoted.number16(6) & 0x1fff == 0 else { return nil }
      (number, source, destination) = (quoted.octet(9), quoted.octets(12..<16), quoted.octets(16..<20))
      upper = quoted.octets(from: quoted.ipv4HeaderLength)
    case 6:
      (number, source, destination) = (quoted.octet(6), quoted.octets(8..<24), quoted.octets(24..<40))
      upper = quoted.octets(from: 40)
    default: return nil
    }
    guard let key = FlowKey(protocolNumber: number, source: source, destination: destination, upper: upper)
    else {
      return nil
    }
    self.key = key
    sequence = upper.number32(4)
  }
}
