internal import Wire

/// How mutants deviate when they get ICMPv6 errors.
enum ICMPv6ErrorInputMutant: String, Deviation {
  case acceptsTooBigBelowMinimum = "RFC8201-4-a: lowers the path MTU below 1280"
  case obeysMinimumOnly = "RFC8201-4-b2: ignores packet too big unless it says 1280"
}

extension ReferenceDevice {
  /// Takes an ICMPv6 error, which means something only if it is about a packet that this host sent.
  ///
  /// RFC4443-2.4.d-3, RFC8201-4-val; nothing is ever sent because of one [RFC4443-2.4.e.1-e].
  mutating func receiveICMPv6Error(_ message: [UInt8], _ packet: IPv6Packet) {
    if breaks(ErrorInputMutant.answersErrors) { reportIPv6(1, 4, about: packet.withoutItsType) }
    if breaks(ErrorInputMutant.diesOfShortQuote), message.count < 56 { history.isDead = true }
    if breaks(ErrorInputMutant.readsBehindErrors), [1, 3].contains(message.octet(0)),
      8 + 8 * Int(message.octet(4)) > message.count
    {
      reportIPv6(4, 0, about: packet.withoutItsType)
    }
    let quoted = message.octets(from: 8)
    if let error = TCPError(
      type6: message.octet(0),
      message.octet(1),
      mtu: Int(message.number32(4)),
      quoting: quoted,
      isTCP: isTCP
    ) {
      return receiveTCPError(error)
    }
    // RFC4443-3.2-rx-code: the code of Packet Too Big says nothing.
    guard message.octet(0) == 2, message.octet(1) == 0 || !breaks(ErrorInputMutant.readsUnusedOctets) else {
      return
    }
    let isBad = breaks(ErrorInputMutant.believesErrorsWithBadChecksum) && !isRight(message, packet)
    let mtu = Int(message.number32(4))
    let isBelieved =
      breaks(ErrorInputMutant.believesSpoofedErrors)
      || breaks(ErrorInputMutant.shrinksOnLargeMTU) && mtu >= 1500
      || breaks(ICMPv6ErrorInputMutant.acceptsTooBigBelowMinimum) && mtu < 1280
    if isSent6(quoted) || isBad || isBelieved { lowerPathMTU6(to: mtu, for: quoted.ipv6(24)) }
  }

  private func isRight(_ message: [UInt8], _ packet: IPv6Packet) -> Bool {
    Checksum.internet(message, adding: packet.pseudoHeader(58, from: packet.bytes.count - message.count)) == 0
  }

  /// Whether a quote is the start of a packet which was sent from here; a fragment header in it is looked behind.
  private func isSent6(_ quoted: [UInt8]) -> Bool {
    var (next, offset) = (quoted.octet(6), 40)
    guard quoted.octet(0) >> 4 == 6 else { return false }
    if next == 44 {
      if quoted.number16(42) & 0xfff8 != 0 { return false }
      (next, offset) = (quoted.octet(40), 48)
    }
    guard quoted.count >= offset + 8 else { return false }
    let start = quoted.octets(offset..<offset + 8)
    return sentPackets.contains(fingerprint6(quoted.ipv6(8), quoted.ipv6(24), next, start))
  }

  /// RFC8201-4-b: the estimate for the path goes down to what the message says, never up [RFC8201-4-noinc];
  /// below 1280 the message is discarded [RFC8201-4-a].
  mutating func lowerPathMTU6(to mtu: Int, for destination: IPv6Address) {
    if breaks(ErrorInputMutant.ignoresTooBig) { return }
    if breaks(ICMPv6ErrorInputMutant.obeysMinimumOnly), mtu != 1280 { return }
    let current = pathMTU6[destination] ?? configuration.mtu
    if breaks(ErrorInputMutant.raisesPathMTU), mtu >= 1280 { return pathMTU6[destination] = mtu }
    if breaks(ErrorInputMutant.shrinksOnLargeMTU), mtu >= current { return pathMTU6[destination] = 1280 }
    guard mtu >= 1280 || breaks(ICMPv6ErrorInputMutant.acceptsTooBigBelowMinimum) else { return }
    pathMTU6[destination] = min(max(mtu, 1000), current)
    if mtu < current { resendTCP(toAddress: destination.octets) }
  }
}
