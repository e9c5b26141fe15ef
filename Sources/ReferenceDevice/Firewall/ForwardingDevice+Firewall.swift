internal import Suite
internal import Wire

/// How mutants of a firewall deviate in what they look at besides ICMP types.
enum FirewallMutant: String, Deviation {
  static var role: Role { .firewall }

  case passesForeignSources =
    "RFC2827-3-a RFC3704-2.1-a: lets packets through whose source isn't where they came from"
  case dropsOwnSources = "RFC2827-3-b: drops packets from the networks behind its inner gateway"
  case passesTinyFragments =
    "RFC1858-3.2.1-a RFC3128-3-a: lets first fragments through that cut the TCP header"
  case passesOverwritingFragments = "RFC1858-4.2-a: lets TCP fragments through that begin behind eight octets"
  case dropsExtensionHeaders = "RFC7045-2.1-c RFC7045-2.1-b: drops packets with extension headers"
  case dropsRoutingHeaders = "RFC5095-4.2-a: drops routing headers of all types"
  case letsAnyErrorIn = "RFC5927-4.3-a: lets errors through that quote nothing it knows"
  case ignoresPortsInQuotes = "RFC5927-4.3-a: lets errors through that quote other ports of the same hosts"
  case ignoresQuotedSequence = "RFC5927-4.3-a: lets errors through that quote TCP octets never sent"
  case ignoresQuotedDirection = "RFC5927-4.3-a: lets errors through that go to whom the quoted packet was for"
  case ignoresErrorsOutwards = "RFC5927-4.3-b: lets any error out"
}

/// What makes a router a firewall: a filter of addresses, options, fragments and ICMP types, and the state of flows that
/// began inside.
extension ForwardingDevice {
  /// Whether a firewall lets a datagram pass; what it drops it drops without a word.
  mutating func filters(_ transit: Transit4) -> Bool {
    let datagram = transit.datagram
    guard isFrom(datagram.source, transit.arrival), admitsOptions(of: datagram), admitsFragment(datagram)
    else {
      return false
    }
    if datagram.fragmentOffset > 0 { return true }
    let upper = datagram.payload
    let ends = (datagram.source.octets, datagram.destination.octets)
    guard datagram.protocolNumber == 1 else {
      return passesFlow(datagram.protocolNumber, ends, upper, from: transit.arrival)
    }
    guard admits4(upper.octet(0), upper.octet(1), from: transit.arrival) else { return false }
    switch upper.octet(0) {
    case 3, 4, 5, 11, 12: return isRelated(quoting: upper.octets(from: 8), ends, from: transit.arrival)
    case 0 where upper.count >= 64 && breaks(ICMPFilterMutant.dropsLongEchoReplies): return false
    case 0: return passesFlow(1, ends, upper, from: .far)
    case 8: return passesFlow(1, ends, upper, from: .near)
    default: return true
    }
  }

  /// Whether a firewall lets a packet pass.
  mutating func filters(_ transit: Transit6) -> Bool {
    let packet = transit.packet
    guard
      routes.route(to: packet.source)?.arm == transit.arrival || breaks(FirewallMutant.passesForeignSources)
    else {
      return false
    }
    if packet.nextHeader != 6, packet.nextHeader != 17, packet.nextHeader != 58 {
      if breaks(FirewallMutant.dropsExtensionHeaders) { return false }
      if packet.nextHeader == 43, breaks(FirewallMutant.dropsRoutingHeaders) { return false }
    }
    guard let found = packet.upperLayer() else { return true }
    let upper = packet.bytes.octets(from: found.offset)
    let ends = (packet.source.octets, packet.destination.octets)
    guard found.nextHeader == 58 else {
      return passesFlow(found.nextHeader, ends, upper, from: transit.arrival)
    }
    guard admits6(upper.octet(0), upper.octet(1), from: transit.arrival) else { return false }
    switch upper.octet(0) {
    case 0..<128: return isRelated(quoting: upper.octets(from: 8), ends, from: transit.arrival)
    case 129 where upper.count >= 64 && breaks(ICMPFilterMutant.dropsLongEchoReplies): return false
    case 129: return passesFlow(58, ends, upper, from: .far)
    case 128: return passesFlow(58, ends, upper, from: .near)
    default: return true
    }
  }

  /// RFC2827-3-a, RFC2827-3-b: a source that is behind the side where the packet came from.
  private func isFrom(_ source: IPv4Address, _ arm: Arm) -> Bool {
    if breaks(FirewallMutant.dropsOwnSources), source.rawValue >> 6 == 0xcb00_7100 >> 6 { return false }
    return routes.route(to: source)?.arm == arm || breaks(FirewallMutant.passesForeignSources)
  }

  /// RFC1858-3.2.1-a, RFC1858-4.2-a: no fragment hides the flags of a TCP header, or overwrites them.
  private func admitsFragment(_ datagram: IPv4Datagram) -> Bool {
    guard datagram.protocolNumber == 6, datagram.isFragment else { return true }
    switch datagram.fragmentOffset {
    case 0: return datagram.payload.count >= 16 || breaks(FirewallMutant.passesTinyFragments)
    case 8: return breaks(FirewallMutant.passesOverwritingFragments)
    default: return true
    }
  }

  /// What begins inside begins a flow; what comes from outside must belong to one.
  private mutating func passesFlow(
    _ protocolNumber: UInt8,
    _ ends: (source: [UInt8], destination: [UInt8]),
    _ upper: [UInt8],
    from arm: Arm
  ) -> Bool {
    guard
      let key = FlowKey(
        protocolNumber: protocolNumber,
        source: ends.source,
        destination: ends.destination,
        upper: upper
      ), arm == .near || flowTable.knows(key, at: now)
    else { return false }
    flowTable.note(key, tcp: protocolNumber == 6 ? upper : nil, at: now)
    return true
  }
}
