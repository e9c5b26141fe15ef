internal import Wire

/// How mutants deviate in looking at IPv6 headers and addresses.
enum IPv6Mutant: String, Deviation {
  case takesIPv6PaddingForData = "RFC8200-3-plen-pad: takes what the frame has behind the packet for data"
  case acceptsAnyIPv6Version = "RFC8200-3-ver: doesn't look at the version of IPv6 packets"
  case acceptsTruncatedIPv6 = "RFC8200-3-plen-long: takes packets of which a part is missing"
  case reportsLowHopLimit = "RFC4443-3.3-d: reports packets with a hop limit of 0 or 1 as exceeded"
  case discardsHopLimitZero = "RFC8200-3-hl0: discards packets with a hop limit of 0"
  case acceptsIPv6MulticastSource =
    "RFC4291-2.7-a RFC4443-2.4.e.6-m1 RFC4443-2.4.e.6-m3 RFC4443-2.4.e.6-m4: takes packets from groups"
  case acceptsIPv6LoopbackSource = "RFC4291-2.5.3-c: takes packets from ::1"
  case acceptsForeignIPv6Destination = "RFC4291-2.8-a RFC4291-2.5.2-b: takes packets to any address"
  case acceptsIPv6LoopbackDestination = "RFC4291-2.5.3-a: takes packets to ::1"
  case acceptsAnyScope =
    "RFC4291-2.7-c RFC4291-2.7-d: takes packets to all nodes of scopes that don't leave a node"
  case acceptsIPv6GroupNotJoined = "RFC4443-4.2-mc-f RFC4443-4.2-mc-e: takes packets to any group"
  case takesScopeFForTheLink = "RFC4291-2.7-e: takes groups of scope F for those of the link"
  case discardsFlowLabels = "RFC8200-3-fl RFC6437-2-b: discards packets with a flow label"
  case takesAtMost1280 = "RFC8200-5-linkmtu: discards packets of more than 1280 octets"
  case readsZeroPayloadLength =
    "RFC2675-3-a RFC2675-3-c: takes a payload length of zero for all that the frame has"
}

extension ReferenceDevice {
  /// Checks a packet's header and addresses, and walks its headers.
  mutating func receiveIPv6(_ octets: [UInt8], _ frame: FrameHeader) {
    // RFC8200-3-ver
    if octets.count < 40, octets.count >= 24, breaks(IPv4Mutant.reportsTruncatedHeader) {
      complainAboutTruncation6(octets, frame)
    }
    guard octets.count >= 40, octets.octet(0) >> 4 == 6 || breaks(IPv6Mutant.acceptsAnyIPv6Version) else {
      return
    }
    var length = Int(octets.number16(4))
    if breaks(IPv6Mutant.takesIPv6PaddingForData) { length = octets.count - 40 }
    if breaks(IPv6Mutant.readsZeroPayloadLength), length == 0 { length = octets.count - 40 }
    // RFC8200-5-linkmtu
    if breaks(IPv6Mutant.takesAtMost1280), length > 1240 { return }
    // RFC8200-3-fl, RFC6437-2-b: whatever it is.
    if breaks(IPv6Mutant.discardsFlowLabels), octets.number32(0) & 0xf_ffff != 0 { return }
    // RFC8200-3-plen-long: the frame has less than the header says.
    if length > octets.count - 40 {
      if breaks(IPv4Mutant.reportsTruncatedDatagram) { return complainAboutTruncation6(octets, frame) }
      guard breaks(IPv6Mutant.acceptsTruncatedIPv6) else { return }
      length = octets.count - 40
    }
    // RFC8200-3-plen-pad: what stands behind isn't the packet's.
    let packet = IPv6Packet(bytes: octets.octets(0..<40 + length), frame: frame)
    guard isAcceptable6(source: packet.source) else { return }
    guard isForThisHost6(packet) else { return redirectSender(of: packet) }
    hear(packet.source)
    // RFC4443-3.3-d, RFC8200-3-hl0: a hop limit of 0 is no reason to discard at the destination.
    if breaks(IPv6Mutant.reportsLowHopLimit), packet.hopLimit < 2 { return reportIPv6(3, 0, about: packet) }
    if breaks(IPv6Mutant.discardsHopLimitZero), packet.hopLimit == 0 { return }
    // RFC2675-3-a
    if length == 0, packet.nextHeader == 0 { return reportIPv6(4, 0, pointer: 4, about: packet) }
    walkHeaders(of: packet)
  }

  /// What mutants do that don't discard a packet cut short without a word.
  private mutating func complainAboutTruncation6(_ octets: [UInt8], _ frame: FrameHeader) {
    let bytes = octets + configuration.ipv6.octets.suffix(max(0, 40 - octets.count)) + [128]
    reportIPv6(4, 0, pointer: 4, about: IPv6Packet(bytes: bytes, frame: frame))
  }

  /// Whether a packet may have come from that address.
  private func isAcceptable6(source: IPv6Address) -> Bool {
    // RFC4291-2.7-a
    if source.isMulticast { return breaks(IPv6Mutant.acceptsIPv6MulticastSource) }
    // RFC4291-2.5.3-c
    if source == .loopback { return breaks(IPv6Mutant.acceptsIPv6LoopbackSource) }
    return !isOwn6(source)
  }

  /// Whether a packet is meant for this host [RFC4291-2.8-a].
  private func isForThisHost6(_ packet: IPv6Packet) -> Bool {
    let to = packet.destination
    if isOwn6(to) || configuration.isAnycast(to) || takesTentative(packet) { return true }
    // RFC4291-2.5.3-a
    if to == .loopback { return breaks(IPv6Mutant.acceptsIPv6LoopbackDestination) }
    guard to.isMulticast else { return breaks(IPv6Mutant.acceptsForeignIPv6Destination) }
    // RFC4291-2.7-c, RFC4291-2.7-d: scope 0 is reserved, scope 1 doesn't leave a node; RFC4291-2.7-e: F is as E.
    let scope = to.high >> 48 & 15
    guard scope > 1 else { return breaks(IPv6Mutant.acceptsAnyScope) && to.low == 1 }
    // RFC4291-2.7.1-a
    if breaks(SolicitationMutant.deafToLinkLocalGroup), to == configuration.linkLocal.solicitedNodeMulticast {
      return false
    }
    if breaks(IPv6Mutant.takesScopeFForTheLink), scope == 15 {
      return hasJoined6(IPv6Address(high: 0xff02 << 48, low: to.low))
    }
    // RFC4443-4.2-mc-e, RFC4443-4.2-mc-f
    return hasJoined6(to) || breaks(IPv6Mutant.acceptsIPv6GroupNotJoined)
  }

  /// Takes an upper-layer message whose packet is whole.
  mutating func deliver6(_ packet: IPv6Packet, _ walk: HeaderWalk) {
    switch walk.nextHeader {
    case 58: receiveICMPv6(packet, at: walk.offset)
    case 17: receiveUDP6(packet, at: walk.offset)
    case 6: receiveTCP6(packet, at: walk.offset)
    default: return
    }
  }
}

extension IPv6Address {
  /// `::1`.
  static let loopback = IPv6Address(high: 0, low: 1)
}
