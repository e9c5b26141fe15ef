internal import Wire

extension ReferenceDevice {
  /// Checks a packet's header and addresses, and walks its headers.
  mutating func receiveIPv6(_ octets: [UInt8], _ frame: FrameHeader) {
    // RFC8200-3-ver
    if octets.count < 40, octets.count >= 24, breaks(.reportsTruncatedHeader) {
      complainAboutTruncation6(octets, frame)
    }
    guard octets.count >= 40, octets.octet(0) >> 4 == 6 || breaks(.acceptsAnyIPv6Version) else { return }
    var length = Int(octets.number16(4))
    if breaks(.takesIPv6PaddingForData) { length = octets.count - 40 }
    // RFC8200-3-plen-long: the frame has less than the header says.
    if length > octets.count - 40 {
      if breaks(.reportsTruncatedDatagram) { return complainAboutTruncation6(octets, frame) }
      guard breaks(.acceptsTruncatedIPv6) else { return }
      length = octets.count - 40
    }
    // RFC8200-3-plen-pad: what stands behind isn't the packet's.
    let packet = IPv6Packet(bytes: octets.octets(0..<40 + length), frame: frame)
    guard isAcceptable6(source: packet.source), isForThisHost6(packet) else { return }
    // RFC4443-3.3-d, RFC8200-3-hl0: a hop limit of 0 is no reason to discard at the destination.
    if breaks(.reportsLowHopLimit), packet.hopLimit < 2 { return reportIPv6(3, 0, about: packet) }
    if breaks(.discardsHopLimitZero), packet.hopLimit == 0 { return }
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
    if source.isMulticast { return breaks(.acceptsIPv6MulticastSource) }
    // RFC4291-2.5.3-c
    if source == .loopback { return breaks(.acceptsIPv6LoopbackSource) }
    return !configuration.isOwn(source)
  }

  /// Whether a packet is meant for this host [RFC4291-2.8-a].
  private func isForThisHost6(_ packet: IPv6Packet) -> Bool {
    let to = packet.destination
    if configuration.isOwn(to) { return true }
    // RFC4291-2.5.3-a
    if to == .loopback { return breaks(.acceptsIPv6LoopbackDestination) }
    guard to.isMulticast else { return breaks(.acceptsForeignIPv6Destination) }
    // RFC4291-2.7-c, RFC4291-2.7-d: scope 0 is reserved, scope 1 doesn't leave a node; RFC4291-2.7-e: F is as E.
    let scope = to.high >> 48 & 15
    guard scope > 1 else { return breaks(.acceptsAnyScope) && to.low == 1 }
    // RFC4443-4.2-mc-e, RFC4443-4.2-mc-f
    return configuration.hasJoined(to) || breaks(.acceptsIPv6GroupNotJoined)
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
