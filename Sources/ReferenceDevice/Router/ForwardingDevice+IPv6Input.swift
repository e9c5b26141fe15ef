internal import Suite
internal import Wire

/// How mutants deviate in what they let through at all, over IPv6.
enum RouterMutant6: String, Deviation {
  static let role = Role.router
  case forwardsFromNobody = "RFC4291-2.5.2-a: forwards packets from the unspecified address"
  case forwardsFromGroup6 = "RFC4291-2.7-b: forwards packets from groups"
  case forwardsFromLinkLocal =
    "RFC4291-2.5.6-a RFC4007-9-a RFC4443-3.1-c2: forwards packets from link-local addresses to the other link"
  case forwardsToLinkLocal = "RFC4291-2.5.6-b: looks for link-local addresses on the other link"
  case forwardsLinkLocalGroups = "RFC4291-2.7-f: forwards packets to groups of the link to the other one"
  case forwardsToLoopback6 = "RFC4291-2.5.3-b: forwards packets to ::1"
  case silentAboutScope = "RFC4443-3.1-c2 RFC4007-9-a: doesn't report packets that mustn't leave their link"
  case wrongCodeForScope =
    "RFC4443-3.1-c2 RFC4007-9-a: reports packets that mustn't leave their link as without a route"
  case reportsTTLOfGroups = "RFC4443-2.4.e.3-f: reports packets to groups whose hop limit is used up"
  case reportsGroupsWithoutRoute = "RFC4443-2.4.e.3-g: reports groups that it has no route for"
  case silentToAllRouters = "RFC4443-4.2-mc-d RFC4291-2.8-b: hasn't joined the groups of all routers"
  case forwardsTruncated6 = "RFC8200-3-plen-long: forwards packets of which a part is missing"
}

extension ForwardingDevice {
  /// Decides whether a packet is for the router, for somebody else, or for nobody.
  mutating func receiveIPv6(_ arrival: Arrival) {
    guard let packet = transitPacket(arrival) else { return deliverAsIs(arrival) }
    let destination = packet.destination
    if destination.isMulticast { return receiveGroup6(packet, arrival) }
    let host = host(on: arrival.arm).configuration
    if host.isOwn(destination) || host.isAnycast(destination) { return receiveOwn(packet, arrival) }
    // RFC4443-2.4.e.4-b: what came to all stations is forwarded to nobody.
    if arrival.frame.destination.isMulticast {
      guard breaks(RouterInputMutant.reportsTransitInGroupFrames), packet.hopLimit < 2 else { return }
      var disguised = packet
      disguised.frame.destination = host.mac
      return report6(3, 0, about: disguised)
    }
    guard isPossible(source: packet.source), isPossible(destination: destination, arrival) else { return }
    let transit = Transit6(packet: packet, arrival: arrival.arm)
    if let owner = routes.owner(of: destination) { return deliver(transit, to: owner) }
    forward(transit)
  }

  /// A packet of which all is there; nil for one that is the host's to judge.
  private func transitPacket(_ arrival: Arrival) -> IPv6Packet? {
    let octets = arrival.packet
    guard octets.count >= 40, octets.octet(0) >> 4 == 6 else { return nil }
    let length = 40 + Int(octets.number16(4))
    guard length <= octets.count || breaks(RouterMutant6.forwardsTruncated6) else { return nil }
    return IPv6Packet(bytes: octets.octets(0..<length), frame: arrival.frame)
  }

  /// A packet for the router on the link that it came from.
  private mutating func receiveOwn(_ packet: IPv6Packet, _ arrival: Arrival) {
    followRedirect(packet, arrival.arm)
    if breaks(RouterNeighborMutant.silentAboutAnycast),
      host(on: arrival.arm).configuration.isAnycast(packet.destination)
    {
      return
    }
    if isRouterSolicitation(packet, arrival.arm) {
      receiveRouterSolicitation6(packet, arrival.arm)
    } else {
      deliverAsIs(arrival)
    }
  }

  /// Groups are the host's; none is routed [RFC4291-2.7-f] [RFC4443-2.4.e.3-f] [RFC4443-2.4.e.3-g].
  private mutating func receiveGroup6(_ packet: IPv6Packet, _ arrival: Arrival) {
    let isOfLink = packet.destination.high >> 48 & 15 <= 2
    if breaks(RouterMutant6.silentToAllRouters), packet.destination.low == 2 { return }
    if breaks(RouterMutant6.forwardsLinkLocalGroups), isOfLink, packet.hopLimit > 1 {
      var bytes = packet.bytes
      bytes.put8(packet.hopLimit - 1, at: 7)
      let frame = MACAddress(multicastFor: packet.destination)
      ask(arrival.arm.other) { $0.emit(bytes, etherType: 0x86dd, to: frame) }
    }
    if breaks(RouterMutant6.reportsTTLOfGroups), !isOfLink, packet.hopLimit < 2 {
      return reportGroup(3, packet)
    }
    if breaks(RouterMutant6.reportsGroupsWithoutRoute), !isOfLink { return reportGroup(1, packet) }
    receiveOwn(packet, arrival)
  }

  /// What a mutant says about a packet to a group, quoted with another destination.
  private mutating func reportGroup(_ type: UInt8, _ packet: IPv6Packet) {
    var disguised = packet
    disguised.frame.destination = MACAddress(rawValue: 0)
    disguised.bytes.put8(0x20, at: 24)
    report6(type, 0, about: disguised)
  }

  /// A packet for an address on the router's other side [RFC4443-2.2.a-3]; one from a link-local address would
  /// leave its link [RFC4007-9-a].
  private mutating func deliver(_ transit: Transit6, to owner: Arm) {
    if transit.packet.source.isLinkLocal { return reportScope(transit) }
    if breaks(RouterInputMutant.ignoresOtherSide) { return }
    ask(owner) { $0.receiveIPv6(transit.packet.bytes, transit.packet.frame) }
  }

  /// RFC4291-2.5.2-a, RFC4291-2.7-b, RFC4291-2.5.3-c: whether a source is a single node's.
  private func isPossible(source: IPv6Address) -> Bool {
    if source.isUnspecified { return breaks(RouterMutant6.forwardsFromNobody) }
    if source.isMulticast { return breaks(RouterMutant6.forwardsFromGroup6) }
    return source != .loopback && !near.configuration.isOwn(source) && !far.configuration.isOwn(source)
  }

  /// RFC4291-2.5.3-b, RFC4007-9-ll-dst: whether a destination may be beyond the link at all.
  private mutating func isPossible(destination: IPv6Address, _ arrival: Arrival) -> Bool {
    if destination == .loopback, breaks(RouterMutant6.forwardsToLoopback6) {
      forwardOnLink(arrival, to: .allNodes)
    }
    if destination.isLinkLocal, breaks(RouterMutant6.forwardsToLinkLocal) {
      forwardOnLink(arrival, to: destination)
    }
    return destination != .loopback && !destination.isUnspecified && !destination.isLinkLocal
  }

  /// What a mutant does with a packet that has no business on the other link.
  private mutating func forwardOnLink(_ arrival: Arrival, to hop: IPv6Address) {
    var bytes = arrival.packet
    bytes.put8(bytes.octet(7) &- 1, at: 7)
    ask(arrival.arm.other) { host in
      if hop.isMulticast {
        host.emit(bytes, etherType: 0x86dd, to: MACAddress(multicastFor: hop))
      } else {
        host.transmit6(bytes, via: hop, from: host.configuration.linkLocal)
      }
    }
  }

  /// RFC4443-3.1-c2: a packet that would leave its source's zone is reported on the link that it came from.
  mutating func reportScope(_ transit: Transit6) {
    if breaks(RouterMutant6.silentAboutScope) { return }
    let code: UInt8 = breaks(RouterMutant6.wrongCodeForScope) ? 0 : 2
    ask(transit.arrival) { $0.reportIPv6(1, code, about: transit.packet) }
  }
}
