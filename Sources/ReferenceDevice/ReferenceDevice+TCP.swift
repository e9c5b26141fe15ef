internal import Wire

/// How mutants deviate over TCP.
enum TCPMutant: String, Deviation {
  case reportsClosedTCPPort =
    "RFC1122-3.2.2.1-b RFC4443-3.1-c4-b: reports closed TCP ports instead of resetting"
  case resetsBroadcastTCP = "RFC1122-4.2.3.10-a: resets TCP connections to everybody"
}

extension ReferenceDevice {
  /// Takes a TCP segment: all ports but one are closed, so it is reset if it was for this host alone
  /// [RFC1122-4.2.3.10-a].
  mutating func receiveTCP(_ datagram: IPv4Datagram) {
    let segment = datagram.payload
    let pseudo = Checksum.pseudoHeader(
      source: datagram.source,
      destination: datagram.destination,
      protocol: 6,
      length: segment.count
    )
    guard segment.count >= 20, Checksum.internet(segment, adding: pseudo) == 0 else { return }
    if segment.number16(2) == configuration.tcpEchoPort, datagram.destination == configuration.ipv4 {
      return receiveTCP(
        segment,
        of: TCPPeer(
          own: datagram.destination.octets,
          address: datagram.source.octets,
          port: segment.number16(0)
        )
      )
    }
    if breaks(TCPMutant.reportsClosedTCPPort) { return reportIPv4(3, 3, about: datagram) }
    guard datagram.destination == configuration.ipv4 || breaks(TCPMutant.resetsBroadcastTCP),
      var reset = tcpReset(for: segment)
    else { return }
    let back = Checksum.pseudoHeader(
      source: configuration.ipv4,
      destination: datagram.source,
      protocol: 6,
      length: reset.count
    )
    reset.put16(Checksum.internet(reset, adding: back), at: 16)
    sendIPv4(6, reset, IPv4Reply(to: datagram, from: configuration.ipv4))
  }

  /// The reset which a segment to a closed port draws, without its checksum; nil for one that draws none
  /// [RFC 9293 3.10.7.1].
  func tcpReset(for segment: [UInt8]) -> [UInt8]? {
    let flags = segment.octet(13)
    guard flags & 0x04 == 0 else { return nil }
    let header = min(Int(segment.octet(12) >> 4) * 4, segment.count)
    var reset = segment.octets(2..<4) + segment.octets(0..<2)
    if flags & 0x10 != 0 {
      reset += segment.octets(8..<12) + [0, 0, 0, 0, 0x50, 0x04]
    } else {
      let length = segment.count - header + (flags & 0x02 != 0 ? 1 : 0) + (flags & 0x01 != 0 ? 1 : 0)
      reset += [0, 0, 0, 0]
      reset.append32(segment.number32(4) &+ UInt32(truncatingIfNeeded: length))
      reset += [0x50, 0x14]
    }
    return reset + [0, 0, 0, 0, 0, 0]
  }
}
