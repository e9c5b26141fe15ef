internal import Wire

/// How mutants deviate over UDP, mostly over both IP versions.
enum UDPMutant: String, Deviation {
  case ignoresUDPChecksum = "RFC1122-4.1.3.4-a RFC8200-8.1-udpbad: doesn't look at the UDP checksum"
  case discardsUDPWithoutChecksum = "RFC1122-3.2.2.1-b: wants a UDP checksum over IPv4"
  case silentAboutClosedPort =
    "RFC1122-3.2.2.1-b RFC4443-3.1-c4-a: doesn't report closed ports"
  case reportsClosedPortsAtTenth = "RFC1122-3.2.2.1-b RFC4443-3.1-c4-a: reports every tenth closed port"
  case slowsDownSources = "RFC6633-3-a: asks who sends much to slow down"
  case wrongCodeForClosedPort =
    "RFC1122-3.2.2.1-b RFC4443-3.1-c4-a: reports closed ports as unreachable hosts or addresses"
}

extension ReferenceDevice {
  /// Takes a UDP datagram: the echo port sends it back, every other one is closed.
  mutating func receiveUDP(_ datagram: IPv4Datagram) {
    var segment = datagram.payload
    let length = Int(segment.number16(4))
    guard segment.count >= 8, length >= 8, length <= segment.count else { return }
    segment = segment.octets(0..<length)
    // RFC1122-4.1.3.4-a; zero means that there is none.
    if segment.number16(6) != 0, !breaks(UDPMutant.ignoresUDPChecksum) {
      let pseudo = Checksum.pseudoHeader(
        source: datagram.source,
        destination: datagram.destination,
        protocol: 17,
        length: length
      )
      guard Checksum.internet(segment, adding: pseudo) == 0 else { return }
    } else if segment.number16(6) == 0, breaks(UDPMutant.discardsUDPWithoutChecksum) {
      return
    }
    // RFC6633-3-a
    let quench = UDPMutant.slowsDownSources
    if breaks(quench), history.counts(quench) % 16 == 0 { reportIPv4(4, 0, about: datagram) }
    if segment.number16(2) == configuration.udpEchoPort { return echoUDP(segment, datagram) }
    if breaks(UDPMutant.silentAboutClosedPort) { return }
    if breaks(UDPMutant.reportsClosedPortsAtTenth),
      history.counts(UDPMutant.reportsClosedPortsAtTenth) % 10 != 0
    {
      return
    }
    // RFC1122-3.2.2.1-b, RFC1122-4.1.3.1-a
    reportIPv4(3, breaks(UDPMutant.wrongCodeForClosedPort) ? 1 : 3, about: datagram)
  }

  private mutating func echoUDP(_ segment: [UInt8], _ datagram: IPv4Datagram) {
    guard datagram.destination == configuration.ipv4 else { return }
    var reply = segment.octets(2..<4) + segment.octets(0..<2) + segment.octets(from: 4)
    reply.put16(0, at: 6)
    let pseudo = Checksum.pseudoHeader(
      source: configuration.ipv4,
      destination: datagram.source,
      protocol: 17,
      length: reply.count
    )
    let checksum = Checksum.internet(reply, adding: pseudo)
    reply.put16(checksum == 0 ? 0xffff : checksum, at: 6)
    sendIPv4(17, reply, IPv4Reply(to: datagram, from: configuration.ipv4))
  }
}
