internal import Wire

extension ReferenceDevice {
  /// Sends an ICMP error about a datagram, unless one of the prohibitions forbids it.
  ///
  /// It goes to the datagram's source [RFC792-du-a], from the address that it was sent to [RFC1122-3.3.4.2-a],
  /// with unused octets zero [RFC792-formats-a], and quotes as much as fits into 576 octets
  /// [RFC1122-3.2.2-b] [RFC1122-3.2.2-c], unchanged [RFC1122-3.2.2-d].
  mutating func reportIPv4(
    _ type: UInt8,
    _ code: UInt8,
    rest: [UInt8] = [0, 0, 0, 0],
    about datagram: IPv4Datagram
  ) {
    guard mayReport(about: datagram) else { return }
    var message = [type, code, 0, 0] + (breaks(.fillsUnusedField) ? [0xde, 0xad, 0xbe, 0xef] : rest)
    message += quote(of: datagram)
    setICMPv4Checksum(&message)
    var reply = IPv4Reply(to: datagram, from: configuration.ipv4)
    if breaks(.errorsFromDestination) { reply.source = datagram.destination }
    reply.destination = breaks(.errorsGoToGateway) ? configuration.ipv4Gateway : datagram.source
    if breaks(.errorTTLIsOne) { reply.ttl = 1 }
    sendIPv4(1, message, reply)
    if breaks(.reportsTwice) { sendIPv4(1, message, reply) }
  }

  /// The part of a datagram that an error about it carries.
  private func quote(of datagram: IPv4Datagram) -> [UInt8] {
    var quoted = datagram.bytes
    if breaks(.decrementsQuotedTTL) { quoted.put8(quoted.octet(8) &- 1, at: 8) }
    if breaks(.clearsQuotedTOS) { quoted.put8(0, at: 1) }
    if breaks(.clearsQuotedChecksum) { quoted.put16(0, at: 10) }
    if breaks(.swapsQuotedLength) { quoted.put16(quoted.number16(2).byteSwapped, at: 2) }
    if breaks(.subtractsHeaderFromQuotedLength) {
      quoted.put16(quoted.number16(2) &- UInt16(datagram.headerLength), at: 2)
    }
    if breaks(.clearsQuotedFlags) { quoted.put16(0, at: 6) }
    var most = 576 - 28
    if breaks(.quotesSevenOctets) { most = datagram.headerLength + 7 }
    if breaks(.quotesHeaderOnly) { most = datagram.headerLength }
    if breaks(.quotes28Octets) { most = 28 }
    if breaks(.quotesEverything) { most = 65_535 - 28 }
    if breaks(.padsShortQuote), quoted.count < datagram.headerLength + 16 {
      quoted += [UInt8](repeating: 0, count: datagram.headerLength + 16 - quoted.count)
    }
    return Array(quoted.prefix(most))
  }

  /// The cases in which no error is sent whatever happened: RFC1122-3.2.2-g to -p override all others.
  private func mayReport(about datagram: IPv4Datagram) -> Bool {
    // RFC1122-3.2.2-k, RFC792-intro-b
    if datagram.fragmentOffset > 0, !breaks(.reportsLaterFragments) { return false }
    // RFC1122-3.2.2-g
    if isICMPv4Error(datagram), !breaks(.reportsErrors) { return false }
    // RFC1122-3.2.2-h
    if configuration.isBroadcast(datagram.destination) { return breaks(.reportsBroadcast) }
    // RFC1122-3.2.2-i, RFC1112-7.2-a
    if datagram.destination.isMulticast { return breaks(.reportsMulticast) }
    // RFC1122-3.2.2-j
    if datagram.frame.destination.isMulticast, !breaks(.reportsLinkBroadcast) { return false }
    return isSingleHost(datagram.source)
  }

  /// RFC1122-3.2.2-l to -p: the source is that of one host.
  private func isSingleHost(_ source: IPv4Address) -> Bool {
    if source.isNetworkZero { return breaks(.acceptsZeroSource) }
    if source.isLoopback { return breaks(.acceptsLoopbackSource) }
    if configuration.isBroadcast(source) { return breaks(.acceptsBroadcastSource) }
    if source.isMulticast { return breaks(.acceptsMulticastSource) }
    return !source.isClassE || breaks(.acceptsClassESource)
  }

  /// Whether a datagram is an ICMP error, or might be one because its type isn't there to be seen.
  private func isICMPv4Error(_ datagram: IPv4Datagram) -> Bool {
    guard datagram.protocolNumber == 1 else { return false }
    guard datagram.bytes.count > datagram.headerLength else { return true }
    return [3, 4, 5, 11, 12].contains(datagram.bytes.octet(datagram.headerLength))
  }

  /// Over the whole message, its own field zero [RFC792-formats-c].
  func setICMPv4Checksum(_ message: inout [UInt8]) {
    message.put16(0, at: 2)
    var checksum = Checksum.internet(message)
    if breaks(.ignoresOddOctetInChecksum), message.count % 2 == 1 {
      checksum = Checksum.internet(message.dropLast())
    }
    if breaks(.sendsBadErrorChecksum), [3, 11, 12].contains(message.octet(0)) { checksum ^= 0x0101 }
    message.put16(checksum, at: 2)
  }
}
