internal import Wire

/// How mutants deviate over UDP and IPv6.
enum UDP6Mutant: String, Deviation {
  case silentAboutReassembledDatagram =
    "RFC4443-3.1-c4-c RFC8200-4.5-atomic-err: doesn't report closed ports for datagrams that came in fragments"
  case acceptsIPv6UDPWithoutChecksum = "RFC8200-8.1-udp0: wants no UDP checksum over IPv6"
}

extension ReferenceDevice {
  /// Takes a UDP datagram over IPv6: the echo port sends it back, every other one is closed.
  mutating func receiveUDP6(_ packet: IPv6Packet, at offset: Int) {
    var segment = packet.bytes.octets(from: offset)
    let length = Int(segment.number16(4))
    guard segment.count >= 8, length >= 8, length <= segment.count else { return }
    segment = segment.octets(0..<length)
    // RFC8200-8.1-udp0, RFC8200-8.1-udpbad
    let pseudo = Checksum.pseudoHeader(
      source: packet.source,
      destination: packet.destination,
      protocol: 17,
      length: length
    )
    if segment.number16(6) == 0 {
      guard breaks(UDP6Mutant.acceptsIPv6UDPWithoutChecksum) else { return }
    } else if Checksum.internet(segment, adding: pseudo) != 0, !breaks(UDPMutant.ignoresUDPChecksum) {
      return
    }
    if segment.number16(2) == configuration.udpEchoPort { return echoUDP6(segment, packet) }
    if breaks(UDPMutant.silentAboutClosedPort) { return }
    if breaks(UDP6Mutant.silentAboutReassembledDatagram), packet.wasFragment { return }
    if breaks(UDPMutant.reportsClosedPortsAtTenth),
      history.counts(UDPMutant.reportsClosedPortsAtTenth) % 10 != 0
    {
      return
    }
    // RFC4443-3.1-c4-a, RFC4443-3.1-c4-c
    reportIPv6(1, breaks(UDPMutant.wrongCodeForClosedPort) ? 3 : 4, about: packet)
  }

  private mutating func echoUDP6(_ segment: [UInt8], _ packet: IPv6Packet) {
    guard isOwn6(packet.destination), !packet.source.isUnspecified else { return }
    var reply = segment.octets(2..<4) + segment.octets(0..<2) + segment.octets(from: 4)
    reply.put16(0, at: 6)
    let pseudo = Checksum.pseudoHeader(
      source: packet.destination,
      destination: packet.source,
      protocol: 17,
      length: reply.count
    )
    let checksum = Checksum.internet(reply, adding: pseudo)
    reply.put16(checksum == 0 ? 0xffff : checksum, at: 6)
    sendIPv6(17, reply, IPv6Reply(source: packet.destination, destination: packet.source))
  }

  /// Takes a TCP segment over IPv6: all ports but one are closed, so it is reset [RFC4443-3.1-c4-b].
  mutating func receiveTCP6(_ packet: IPv6Packet, at offset: Int) {
    let segment = packet.bytes.octets(from: offset)
    guard segment.count >= 20, Checksum.internet(segment, adding: packet.pseudoHeader(6, from: offset)) == 0,
      isOwn6(packet.destination), !packet.source.isUnspecified,
      !packet.frame.destination.isMulticast
    else { return }
    if segment.number16(2) == configuration.tcpEchoPort {
      return receiveTCP(
        segment,
        of: TCPPeer(own: packet.destination.octets, address: packet.source.octets, port: segment.number16(0))
      )
    }
    if breaks(TCPMutant.reportsClosedTCPPort) { return reportIPv6(1, 4, about: packet) }
    guard var reset = tcpReset(for: segment) else { return }
    let back = Checksum.pseudoHeader(
      source: packet.destination,
      destination: packet.source,
      protocol: 6,
      length: reset.count
    )
    reset.put16(Checksum.internet(reset, adding: back), at: 16)
    sendIPv6(6, reset, IPv6Reply(source: packet.destination, destination: packet.source))
  }
}
