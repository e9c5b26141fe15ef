internal import Suite
internal import Wire

/// How mutants deviate in forwarding IPv6 packets.
enum TransitMutant6: String, Deviation {
  static let role = Role.router
  case clearsFlowLabel = "RFC6437-2-a RFC8200-3-fwd-plain: clears flow labels on the way"
  case dropsTransitFragments = "RFC8200-4-transit-frag RFC7045-2.1-a: forwards no fragments"
  case dropsHopByHopInTransit = "RFC9673-5.1-a RFC7045-2.1-a: forwards no packets with hop-by-hop options"
  case removesHopByHop = "RFC8200-4-hbh-keep: takes hop-by-hop options out on the way"
  case silentAboutHopByHopOption =
    "RFC8200-4.3-rt-10: drops packets with unknown hop-by-hop options without a report"
  case dropsUnknownRouterAlert = "RFC2711-2.1-b: forwards no router alerts that it doesn't know"
  case readsDestinationOptions = "RFC8200-4-transit-do: acts on destination options of others"
  case refusesNextHeaderOfOthers =
    "RFC8200-4-transit-nh: reports next headers of others that it doesn't know"
  case readsRoutingHeaderOfOthers = "RFC8200-4-transit-rh: reports routing headers of others"
  case dropsWithoutNextHeader = "RFC8200-4.7-b: forwards no packets without a next header"
  case quotesLittleOfTransit = "RFC4443-2.4.c-4: quotes no more than 128 octets of what it can't forward"
}

extension ForwardingDevice {
  /// Forwards a packet that is for somebody else: all of it goes on as it came but for the hop limit
  /// [RFC8200-3-fwd-plain] [RFC8200-4-hbh-keep].
  mutating func forward(_ transit: Transit6) {
    let packet = transit.packet
    guard !isSpoilt(transit), passesHopByHop(transit) else { return }
    guard let route = routes.route(to: packet.destination) else { return reportNoRoute(transit) }
    // RFC4291-2.5.6-a, RFC4007-9-a
    if packet.source.isLinkLocal, route.arm != transit.arrival,
      !breaks(RouterMutant6.forwardsFromLinkLocal)
    {
      return reportScope(transit)
    }
    guard passes(transit) else { return }
    // RFC4443-3.3-a, RFC4443-3.3-b
    if packet.hopLimit <= (breaks(TransitMutant.expiresEarly) ? 2 : 1) {
      reportHopLimit(transit)
      guard breaks(TransitMutant.forwardsLastTTL) || breaks(TransitMutant.reportsAndForwards) else { return }
    }
    send(transit, on: route)
  }

  private mutating func send(_ transit: Transit6, on route: Route<IPv6Address>) {
    let packet = transit.packet
    var bytes = packet.bytes
    if !breaks(TransitMutant.keepsTTL) {
      let steps: UInt8 = breaks(TransitMutant.takesTwoOffTTL) ? 2 : 1
      bytes.put8(packet.hopLimit - min(packet.hopLimit, steps), at: 7)
    }
    if breaks(TransitMutant.clearsService) { bytes.put16(bytes.number16(0) & 0xf00f, at: 0) }
    if breaks(TransitMutant6.clearsFlowLabel) {
      bytes.put16(bytes.number16(0) & 0xfff0, at: 0)
      bytes.put16(0, at: 2)
    }
    if breaks(TransitMutant6.removesHopByHop), packet.nextHeader == 0 { bytes = withoutHopByHop(bytes) }
    // RFC4443-3.2-a, RFC4443-3.2-edge
    let most = breaks(TooBigMutant.refusesExactFit) ? route.mtu - 1 : route.mtu
    let hop = route.hop(to: packet.destination)
    if bytes.count > most {
      guard breaks(TooBigMutant.fragmentsDespiteDF) else { return reportTooBig(transit, route) }
      for piece in cut6(bytes, to: route.mtu) { transmit(piece, via: hop, at: route.arm, as: packet) }
      return
    }
    guard redirects(transit, to: hop, route) else { return }
    transmit(bytes, via: hop, at: route.arm, as: packet)
  }

  /// RFC4443-3.1-c0: there is no default route, so there may be none.
  private mutating func reportNoRoute(_ transit: Transit6) {
    if breaks(TransitMutant.silentAboutNoRoute) { return }
    report6(1, breaks(TransitMutant.wrongCodeForNoRoute) ? 3 : 0, about: transit.packet)
  }

  private mutating func reportHopLimit(_ transit: Transit6) {
    if breaks(TransitMutant.silentAboutTTL) || breaks(TransitMutant.forwardsLastTTL) { return }
    let packet =
      breaks(TransitMutant.reportsTTLOfErrors) ? transit.packet.withoutItsType : transit.packet
    report6(3, breaks(TransitMutant.wrongCodeForTTL) ? 1 : 0, about: packet)
  }

  /// RFC4443-3.2-a, RFC4443-3.2-code, RFC4443-3.2-mtu: with code 0 and what the way carries.
  private mutating func reportTooBig(_ transit: Transit6, _ route: Route<IPv6Address>) {
    if breaks(TooBigMutant.silentAboutTooBig) { return }
    var mtu = route.mtu
    if breaks(TooBigMutant.saysNoMTU) { mtu = 0 }
    if breaks(TooBigMutant.saysPacketSize) { mtu = transit.packet.bytes.count }
    if breaks(TooBigMutant.saysArrivalMTU) { mtu = host(on: transit.arrival).configuration.mtu }
    let packet = breaks(TooBigMutant.reportsBigErrors) ? transit.packet.withoutItsType : transit.packet
    report6(2, 0, pointer: UInt32(mtu), about: packet)
  }

  /// Sends an error about a packet from the side on which its source is [RFC4443-2.2.b-3]; without a way to the
  /// source nothing can be said.
  mutating func report6(_ type: UInt8, _ code: UInt8, pointer: UInt32 = 0, about packet: IPv6Packet) {
    guard let arm = packet.source.isLinkLocal ? arm(of: packet) : routes.route(to: packet.source)?.arm else {
      return
    }
    var packet = packet
    if breaks(TransitMutant6.quotesLittleOfTransit) { packet.bytes = packet.bytes.octets(0..<128) }
    ask(arm) { $0.reportIPv6(type, code, pointer: pointer, about: packet) }
  }

  /// The side whose Ethernet address a packet was sent to.
  private func arm(of packet: IPv6Packet) -> Arm? {
    Arm.allCases.first { host(on: $0).configuration.mac == packet.frame.destination }
  }

  /// Processes hop-by-hop options [RFC8200-4.3-rt-00] to [RFC8200-4.3-rt-pad]; says whether the packet may go on.
  private mutating func passesHopByHop(_ transit: Transit6) -> Bool {
    let packet = transit.packet
    guard packet.nextHeader == 0 else { return true }
    if breaks(TransitMutant6.dropsHopByHopInTransit) { return false }
    let end = 40 + (Int(packet.bytes.octet(41)) + 1) * 8
    // RFC8200-4.2-trunc-eh
    guard packet.bytes.count >= 48, end <= packet.bytes.count else { return false }
    if breaks(TransitMutant6.dropsUnknownRouterAlert), packet.bytes.octet(42) == 5,
      packet.bytes.number16(44) > 2
    {
      return false
    }
    guard let arm = packet.source.isLinkLocal ? transit.arrival : routes.route(to: packet.source)?.arm else {
      return true
    }
    let isSilent = breaks(TransitMutant6.silentAboutHopByHopOption)
    return ask(arm) { host in
      let passes = host.processOptions6(HeaderWalk(nextHeader: 0), end, of: packet)
      if isSilent { host.outbound.removeAll() }
      return passes
    }
  }

  /// What mutants do with headers that are none of a router's business [RFC8200-4-transit-do]
  /// [RFC8200-4-transit-nh] [RFC8200-4-transit-rh] [RFC8200-4-transit-frag] [RFC8200-4.7-b].
  private mutating func isSpoilt(_ transit: Transit6) -> Bool {
    let packet = transit.packet
    switch packet.nextHeader {
    case 44: return breaks(TransitMutant6.dropsTransitFragments)
    case 59: return breaks(TransitMutant6.dropsWithoutNextHeader)
    case 60 where breaks(TransitMutant6.readsDestinationOptions):
      let end = 40 + (Int(packet.bytes.octet(41)) + 1) * 8
      guard end <= packet.bytes.count else { return true }
      return !ask(transit.arrival) { $0.processOptions6(HeaderWalk(nextHeader: 60), end, of: packet) }
    case 43 where breaks(TransitMutant6.readsRoutingHeaderOfOthers) && packet.bytes.octet(43) > 0:
      report6(4, 0, pointer: 42, about: packet)
      return true
    case 58:
      return breaks(TransitMutant.dropsUnknownICMP) && packet.bytes.octet(40) > 4
        && !(128...137).contains(packet.bytes.octet(40))
    case 0, 6, 17, 43, 60: return false
    default:
      guard breaks(TransitMutant6.refusesNextHeaderOfOthers) else { return false }
      report6(4, 1, pointer: 6, about: packet)
      return true
    }
  }

  /// What a mutant does with a packet that is too big: fragments as only a source may make them [RFC8200-5-nofrag].
  private func cut6(_ bytes: [UInt8], to mtu: Int) -> [[UInt8]] {
    let payload = bytes.octets(from: 40)
    var pieces: [[UInt8]] = []
    var offset = 0
    while offset < payload.count {
      let end = min(payload.count, offset + (mtu - 48) & ~7)
      var piece = bytes.octets(0..<40)
      piece.put16(UInt16(truncatingIfNeeded: end - offset + 8), at: 4)
      piece.put8(44, at: 6)
      piece += [bytes.octet(6), 0]
      piece.append16(UInt16(truncatingIfNeeded: offset) | (end < payload.count ? 1 : 0))
      piece.append32(0x0f0f_0f0f)
      pieces.append(piece + payload.octets(offset..<end))
      offset = end
    }
    return pieces
  }

  private func withoutHopByHop(_ bytes: [UInt8]) -> [UInt8] {
    let end = 40 + (Int(bytes.octet(41)) + 1) * 8
    var packet = bytes.octets(0..<40) + bytes.octets(from: end)
    packet.put8(bytes.octet(40), at: 6)
    packet.put16(UInt16(truncatingIfNeeded: packet.count - 40), at: 4)
    return packet
  }
}
