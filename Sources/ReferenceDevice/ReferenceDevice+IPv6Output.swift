internal import Wire

/// How mutants deviate in sending IPv6 packets.
enum IPv6OutputMutant: String, Deviation {
  case forgetsPseudoHeader = "RFC4443-2.3-a: leaves the pseudo-header out of the checksums of errors"
  case overlapsOwnFragments =
    "RFC8200-4.5-tx-overlap RFC5722-4-b: sends the last eight octets of a fragment in the next one, too"
  case repeatsFragmentIdentification =
    "RFC8200-4.5-tx-id: sends all fragments of whatever packet with one identification"
  case countsFragmentedPackets =
    "RFC7739-5-a RFC8504-5.1-id: counts the packets that it sends in fragments, for all destinations together"
  case labelsEachPacket = "RFC6437-3-zero: gives each packet a flow label of its own"
  case sendsAtomicFragments = "RFC8200-4.5-tx-atomic: sends whole packets with a fragment header"
}

/// The header of a packet to be sent.
struct IPv6Reply {
  var source: IPv6Address
  var destination: IPv6Address
  var trafficClass: UInt8 = 0
  /// The link's usual one if not said [RFC4861-6.3.4-hl].
  var hopLimit: UInt8?
  /// Whether routers on the way are to look at an ICMPv6 message [RFC 2711 2.1].
  var alertsRouters = false
  /// Whom to send it to, if that isn't to be found out.
  var station: MACAddress?
}

extension ReferenceDevice {
  /// The own address from which a packet is answered: the one that it was sent to [RFC4443-2.2.a-1]; for a group,
  /// one of the sender's scope [RFC4443-2.2.b-1] [RFC4443-2.2.b-4] [RFC6724-5-a].
  func replySource(for packet: IPv6Packet) -> IPv6Address {
    if isOwn6(packet.destination) { return packet.destination }
    // RFC4443-2.2.b-2
    if breaks(RouterNeighborMutant.answersFromAnycast), configuration.isAnycast(packet.destination) {
      return packet.destination
    }
    return packet.source.isLinkLocal ? configuration.linkLocal : configuration.ipv6
  }

  /// Sends an ICMPv6 message with its checksum over pseudo-header and message [RFC4443-2.3-a].
  mutating func sendICMPv6(_ message: [UInt8], _ reply: IPv6Reply) {
    var message = message
    message.put16(0, at: 2)
    let pseudo = Checksum.pseudoHeader(
      source: reply.source,
      destination: reply.destination,
      protocol: 58,
      length: message.count
    )
    let isError = message.octet(0) < 128
    let adding = breaks(IPv6OutputMutant.forgetsPseudoHeader) && isError ? 0 : pseudo
    var checksum = Checksum.internet(message, adding: adding)
    if breaks(ErrorMutant.sendsBadErrorChecksum), isError { checksum ^= 0x0101 }
    if breaks(EchoMutant.sendsBadEchoChecksum), message.octet(0) == 129 { checksum ^= 0x8000 }
    message.put16(checksum, at: 2)
    guard reply.alertsRouters else { return sendIPv6(58, message, reply) }
    sendIPv6(0, [58, 0, 5, 2, 0, 0, 1, 0] + message, reply)
  }

  /// Sends a packet, in fragments if the path needs them.
  mutating func sendIPv6(_ nextHeader: UInt8, _ payload: [UInt8], _ reply: IPv6Reply) {
    sentPackets.note(fingerprint6(reply.source, reply.destination, nextHeader, payload.octets(0..<8)))
    // RFC8201-4-ra
    let most = configuration.isRouter ? configuration.mtu(towards: reply.destination) : linkMTU6
    let mtu = min(pathMTU6[reply.destination] ?? most, most)
    // RFC8200-4.5-tx-atomic, RFC8504-5.1-atomic: no fragment header where none is needed.
    if payload.count + 40 <= mtu, !breaks(IPv6OutputMutant.sendsAtomicFragments) {
      return route6(header6(nextHeader, payload, reply), reply)
    }
    if breaks(OutputMutant.truncatesLargeReplies) { return }
    // RFC8200-4.5-tx-id, RFC7739-5-a: not the one before plus one.
    if breaks(IPv6OutputMutant.countsFragmentedPackets) {
      nextFragmentIdentification &+= 1
    } else if !breaks(IPv6OutputMutant.repeatsFragmentIdentification) {
      nextFragmentIdentification = nextFragmentIdentification &* 1_664_525 &+ 1_013_904_223
    }
    var offset = 0
    repeat {
      // RFC8200-4.5-tx-len: multiples of eight, M on all but the last.
      let isLast = payload.count - offset + 48 <= mtu
      let end = isLast ? payload.count : offset + (mtu - 48) & ~7
      var fragment: [UInt8] = [nextHeader, 0]
      let field =
        breaks(OutputMutant.fragmentOffsetInOctets) ? UInt16(truncatingIfNeeded: offset) << 3 : UInt16(offset)
      fragment.append16(field | (isLast ? 0 : 1))
      fragment.append32(nextFragmentIdentification)
      fragment += payload.octets(offset..<end)
      route6(header6(44, fragment, reply), reply)
      offset = end
      if !isLast, breaks(IPv6OutputMutant.overlapsOwnFragments) { offset -= 8 }
    } while offset < payload.count
  }

  /// What an error about a packet would quote of it.
  func fingerprint6(
    _ source: IPv6Address,
    _ destination: IPv6Address,
    _ nextHeader: UInt8,
    _ start: [UInt8]
  ) -> [UInt8] {
    source.octets + destination.octets + [nextHeader] + start
  }

  /// Puts the fixed header in front; its flow label is zero [RFC6437-3-zero].
  private func header6(_ nextHeader: UInt8, _ payload: [UInt8], _ reply: IPv6Reply) -> [UInt8] {
    var packet: [UInt8] = [0x60 | reply.trafficClass >> 4, reply.trafficClass << 4, 0, 0]
    if breaks(IPv6OutputMutant.labelsEachPacket) { packet.put16(payload.number16(2), at: 2) }
    packet.append16(UInt16(truncatingIfNeeded: payload.count))
    packet += [nextHeader, reply.hopLimit ?? link6.hopLimit]
    return packet + reply.source.octets + reply.destination.octets + payload
  }

  /// Finds the next hop and its Ethernet address.
  private mutating func route6(_ packet: [UInt8], _ reply: IPv6Reply) {
    if let station = reply.station { return emit(packet, etherType: 0x86dd, to: station) }
    if reply.destination.isMulticast { return transmit6(packet, toGroup: reply.destination) }
    // Only a mutant answers itself; it shows it to everybody.
    if isOwn6(reply.destination) || reply.destination == .loopback
      || configuration.isAnycast(reply.destination)
    {
      return emit(packet, etherType: 0x86dd, to: .broadcast)
    }
    guard !reply.destination.isUnspecified else { return }
    if configuration.isRouter, !reply.destination.isLinkLocal {
      return outbound.append(.ipv6(packet, to: reply.destination))
    }
    transmit6(packet, via: nextHop(for: reply.destination), from: reply.source)
  }
}
