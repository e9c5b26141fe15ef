internal import Link
internal import Wire

/// How mutants deviate in sending datagrams.
enum OutputMutant: String, Deviation {
  case sendsBadIPChecksum = "RFC1812-4.2.2.3-b: sends errors with a wrong IP header checksum"
  case truncatesLargeReplies =
    "RFC1122-3.2.2.6-c RFC4443-4.2-data-frag: sends no reply that would need fragments"
  case resolvesOffLinkDirectly = "RFC1122-3.3.1.1-a: asks on the link for addresses of other networks"
  case fragmentOffsetInOctets =
    "RFC791-3.2-b RFC8200-4.5-tx-len: counts fragment offsets in octets when sending"
  case repeatsIdentification = "RFC6864-4.3-a: sends all datagrams with one identification"
}

/// The header of a datagram to be sent.
struct IPv4Reply {
  var source: IPv4Address
  var destination: IPv4Address
  var tos: UInt8 = 0
  var ttl: UInt8 = 64
  var options: [UInt8] = []
  /// Where it goes first, when that isn't the destination.
  var firstHop: IPv4Address?

  /// RFC1122-3.3.4.2-a: from the address that was written to; from the interface's own if that was everybody's
  /// [RFC1122-3.2.2.6-d] [RFC1122-3.2.1.3-h].
  init(to datagram: IPv4Datagram, from own: IPv4Address) {
    source = own
    destination = datagram.source
  }

  /// The header of a datagram that answers nothing in particular.
  init(from own: IPv4Address, to destination: IPv4Address) {
    source = own
    self.destination = destination
  }
}

extension ReferenceDevice {
  /// Sends a datagram, in fragments if the path needs them.
  mutating func sendIPv4(_ protocolNumber: UInt8, _ payload: [UInt8], _ reply: IPv4Reply) {
    // RFC1122-3.2.2.1-e: what errors say is a hint.
    if history.unreachable.contains(reply.destination) { return }
    guard !reply.destination.isMulticast, !configuration.isBroadcast(reply.destination) else {
      return emitFragments4(protocolNumber, payload, reply, mtu: configuration.mtu)
    }
    let most = configuration.mtu(towards: reply.destination)
    let mtu = min(pathMTU4[reply.destination] ?? most, most)
    sentPackets.note(
      fingerprint4(reply.source, reply.destination, protocolNumber, payload.octets(0..<8))
    )
    emitFragments4(protocolNumber, payload, reply, mtu: mtu)
  }

  /// What an error about a datagram would quote of it.
  func fingerprint4(
    _ source: IPv4Address,
    _ destination: IPv4Address,
    _ protocolNumber: UInt8,
    _ start: [UInt8]
  ) -> [UInt8] {
    source.octets + destination.octets + [protocolNumber] + start
  }

  private mutating func emitFragments4(
    _ protocolNumber: UInt8,
    _ payload: [UInt8],
    _ reply: IPv4Reply,
    mtu: Int
  ) {
    // RFC6864-4.3-a: a new identification for each datagram.
    if !breaks(OutputMutant.repeatsIdentification) { nextIdentification &+= 1 }
    var offset = 0
    var options = reply.options
    repeat {
      let room = (mtu - 20 - options.count) & ~7
      let rest = payload.count - offset
      let isLast = rest + 20 + options.count <= mtu
      if breaks(OutputMutant.truncatesLargeReplies), !isLast { return }
      let end = isLast ? payload.count : offset + max(8, room)
      let isWhole = offset == 0 && isLast
      // RFC1191-3-c: whole datagrams don't fragment, so that a narrower path makes itself known.
      var flags: UInt16 = isWhole ? 0x4000 : UInt16(offset / 8) | (isLast ? 0 : 0x2000)
      if breaks(OutputMutant.fragmentOffsetInOctets), !isWhole {
        flags = UInt16(offset) & 0x1fff | flags & 0x2000
      }
      var packet = header4(protocolNumber, options, payload.octets(offset..<end), flags, reply)
      if breaks(OutputMutant.sendsBadIPChecksum), protocolNumber == 1, payload.octet(0) != 0 {
        packet.put16(packet.number16(10) ^ 0x0101, at: 10)
      }
      route4(packet, to: reply.firstHop ?? reply.destination, from: reply.source)
      offset = end
      options = Self.copiedOptions(options)
    } while offset < payload.count
  }

  /// A whole packet: header, options, a part of the payload.
  private func header4(
    _ protocolNumber: UInt8,
    _ options: [UInt8],
    _ part: [UInt8],
    _ flags: UInt16,
    _ reply: IPv4Reply
  ) -> [UInt8] {
    var packet: [UInt8] = [UInt8(0x45 + options.count / 4), reply.tos]
    packet.append16(UInt16(truncatingIfNeeded: 20 + options.count + part.count))
    packet.append16(nextIdentification)
    packet.append16(flags)
    // RFC1122-3.2.1.7-a: never with TTL 0.
    packet += [reply.ttl, protocolNumber, 0, 0]
    packet += reply.source.octets + (reply.firstHop ?? reply.destination).octets + options
    packet.put16(Checksum.internet(packet), at: 10)
    return packet + part
  }

  /// The options which all fragments carry: those whose type says so, with the highest bit.
  static func copiedOptions(_ options: [UInt8]) -> [UInt8] {
    var copied: [UInt8] = []
    var offset = 0
    while offset < options.count, options.octet(offset) != 0 {
      let type = options.octet(offset)
      let length = type == 1 ? 1 : max(2, Int(options.octet(offset + 1)))
      if type & 0x80 != 0 { copied += options.octets(offset..<offset + length) }
      offset += length
    }
    while copied.count % 4 != 0 { copied.append(0) }
    return copied
  }

  /// Finds the next hop and its Ethernet address [RFC1122-3.3.1.1-a].
  private mutating func route4(_ packet: [UInt8], to destination: IPv4Address, from source: IPv4Address) {
    if configuration.isBroadcast(destination) { return emit(packet, etherType: 0x0800, to: .broadcast) }
    if destination.isMulticast {
      return emit(packet, etherType: 0x0800, to: MACAddress(multicastFor: destination))
    }
    // Only a mutant answers itself; it shows it to everybody.
    if destination == configuration.ipv4 { return emit(packet, etherType: 0x0800, to: .broadcast) }
    if configuration.isRouter { return outbound.append(.ipv4(packet, to: destination)) }
    transmit4(packet, via: nextHop(for: destination), from: source)
  }

  /// Sends a datagram to a neighbor, as soon as its Ethernet address is known.
  mutating func transmit4(_ packet: [UInt8], via hop: IPv4Address, from source: IPv4Address) {
    // RFC1122-2.4-a: an unknown neighbor is asked for, not reported as unreachable.
    if let mac = neighbors4[hop] { return emit(packet, etherType: 0x0800, to: mac) }
    if neighbors4.wait(packet, for: hop, from: source, at: now) { askFor(hop) }
  }

  /// The neighbor through which a destination is reached.
  func nextHop(for destination: IPv4Address) -> IPv4Address {
    if let better = redirects4[destination] { return better }
    if breaks(ErrorInputMutant.redirectMovesNetwork),
      let better = redirects4[IPv4Address(rawValue: destination.rawValue & ~255)]
    {
      return better
    }
    if breaks(OutputMutant.resolvesOffLinkDirectly) { return destination }
    if let mask = history.mask {
      let isNear = (destination.rawValue ^ configuration.ipv4.rawValue) & mask == 0
      return isNear ? destination : gateway4
    }
    return configuration.isOnLink(destination) ? destination : gateway4
  }
}
