internal import Wire

/// How mutants deviate in sending errors, mostly over both IP versions.
enum ErrorMutant: String, Deviation {
  case sendsBadErrorChecksum = "RFC792-formats-c RFC4443-2.3-a: sends errors with a wrong checksum"
  case ignoresOddOctetInChecksum =
    "RFC792-formats-c: leaves the last octet of an odd message out of the checksum"
  case reportsTwice = "RFC1122-3.3.8-a RFC4443-3.1-c4-a: sends every error twice"
  case errorsFromDestination =
    "RFC1122-3.3.4.2-a RFC4443-2.2.b-1: sends errors from the address that was written to, whosever it is"
  case errorsGoToGateway = "RFC792-du-a RFC4443-3-dst: sends errors to the gateway"
  case errorTTLIsOne = "RFC792-formats-f: sends errors with TTL or hop limit 1"
  case fillsUnusedField = "RFC792-formats-a RFC4443-3.1-unused: fills unused octets of errors"
  case quotesHeaderOnly = "RFC792-du-b RFC4443-2.4.c-1: quotes the IP header alone"
  case quotesSevenOctets = "RFC1122-3.2.2-b RFC4443-2.4.c-1: quotes seven octets behind the IP header"
  case quotes28Octets = "RFC792-du-b RFC4443-2.4.c-1: quotes 28 octets whatever the header's length"
  case quotesEverything = "RFC1812-4.3.2.3-b RFC4443-2.4.c-2: quotes the whole packet however large"
  case padsShortQuote = "RFC1122-3.2.2-d RFC4443-2.4.c-3: fills up short quotes with zeros"
  case decrementsQuotedTTL = "RFC1122-3.2.2-d RFC4443-2.4.c-3: quotes TTL or hop limit less one"
  case clearsQuotedTOS = "RFC1122-3.2.2-d RFC4443-2.4.c-3: quotes a service of zero"
  case clearsQuotedChecksum = "RFC1122-3.2.2-d: quotes an IP header checksum of zero"
  case clearsQuotedFlags = "RFC1122-3.2.2-d: quotes flags and fragment offset of zero"
  case swapsQuotedLength = "RFC1122-3.2.2-d RFC4443-2.4.c-3: quotes the length with its octets swapped"
  case subtractsHeaderFromQuotedLength = "RFC1122-3.2.2-d: quotes the total length without the header"
  case reportsErrors =
    "RFC1122-3.2.2-g RFC4443-2.4.e.1-e RFC4443-2.4.e.1-f RFC4443-2.4.e.1-g RFC4443-2.4.e.2-a: complains about errors and redirects"
  case reportsBroadcast = "RFC1122-3.2.2-h: complains about broadcasts"
  case reportsMulticast =
    "RFC1122-3.2.2-i RFC4443-2.4.e.3-a RFC4443-2.4.e.3-b RFC4443-2.4.e.3-d RFC4443-2.4.e.3-e: complains about multicasts"
  case reportsLinkBroadcast =
    "RFC1122-3.2.2-j RFC4443-2.4.e.4-a RFC4443-2.4.e.5-a: complains about packets that went to all stations of the link"
  case reportsLaterFragments = "RFC1122-3.2.2-k: complains about fragments that aren't the first"
}

extension ReferenceDevice {
  /// Sends an ICMP error about a datagram, unless one of the prohibitions forbids it.
  ///
  /// It goes to the datagram's source [RFC792-du-a], from the address that it was sent to [RFC1122-3.3.4.2-a],
  /// with unused octets zero [RFC792-formats-a], and quotes as much as fits into 576 octets
  /// [RFC1122-3.2.2-b] [RFC1122-3.2.2-c], unchanged [RFC1122-3.2.2-d]. `isForced`: a mutant minds no prohibition.
  mutating func reportIPv4(
    _ type: UInt8,
    _ code: UInt8,
    rest: [UInt8] = [0, 0, 0, 0],
    about datagram: IPv4Datagram,
    isForced: Bool = false
  ) {
    guard isForced || mayReport(about: datagram) else { return }
    var message =
      [type, code, 0, 0] + (breaks(ErrorMutant.fillsUnusedField) ? [0xde, 0xad, 0xbe, 0xef] : rest)
    message += quote(of: datagram)
    setICMPv4Checksum(&message)
    var reply = IPv4Reply(to: datagram, from: configuration.errorSource(towards: datagram.source))
    if breaks(TransitMutant.errorsFromOtherSide), reply.source == configuration.ipv4 {
      reply.source = configuration.otherIPv4
    }
    let isPlain = breaks(TransitMutant.errorsWithoutPrecedence) || breaks(NATMutant.errorsWithoutClass)
    reply.tos = isPlain ? 0 : configuration.errorService(about: datagram.tos)
    if breaks(ErrorMutant.errorsFromDestination) { reply.source = datagram.destination }
    reply.destination = breaks(ErrorMutant.errorsGoToGateway) ? configuration.ipv4Gateway : datagram.source
    if breaks(ErrorMutant.errorTTLIsOne) { reply.ttl = 1 }
    sendIPv4(1, message, reply)
    if breaks(ErrorMutant.reportsTwice) { sendIPv4(1, message, reply) }
  }

  /// The part of a datagram that an error about it carries.
  private func quote(of datagram: IPv4Datagram) -> [UInt8] {
    var quoted = datagram.bytes
    if breaks(ErrorMutant.decrementsQuotedTTL) { quoted.put8(quoted.octet(8) &- 1, at: 8) }
    if breaks(ErrorMutant.clearsQuotedTOS) { quoted.put8(0, at: 1) }
    if breaks(ErrorMutant.clearsQuotedChecksum) { quoted.put16(0, at: 10) }
    if breaks(ErrorMutant.swapsQuotedLength) { quoted.put16(quoted.number16(2).byteSwapped, at: 2) }
    if breaks(ErrorMutant.subtractsHeaderFromQuotedLength) {
      quoted.put16(quoted.number16(2) &- UInt16(datagram.headerLength), at: 2)
    }
    if breaks(ErrorMutant.clearsQuotedFlags) { quoted.put16(0, at: 6) }
    var most = 576 - 28
    if breaks(ErrorMutant.quotesSevenOctets) { most = datagram.headerLength + 7 }
    if breaks(TransitMutant.quotesEightOctets) { most = datagram.headerLength + 8 }
    if breaks(ErrorMutant.quotesHeaderOnly) { most = datagram.headerLength }
    if breaks(ErrorMutant.quotes28Octets) { most = 28 }
    if breaks(ErrorMutant.quotesEverything) { most = 65_535 - 28 }
    if breaks(ErrorMutant.padsShortQuote), quoted.count < datagram.headerLength + 16 {
      quoted += [UInt8](repeating: 0, count: datagram.headerLength + 16 - quoted.count)
    }
    return Array(quoted.prefix(most))
  }

  /// The cases in which no error is sent whatever happened: RFC1122-3.2.2-g to -p override all others.
  private func mayReport(about datagram: IPv4Datagram) -> Bool {
    // RFC1122-3.2.2-k, RFC792-intro-b
    if datagram.fragmentOffset > 0, !breaks(ErrorMutant.reportsLaterFragments) { return false }
    // RFC1122-3.2.2-g
    if datagram.isICMPv4Error, !breaks(ErrorMutant.reportsErrors) { return false }
    // RFC1122-3.2.2-h
    if configuration.isBroadcast(datagram.destination) { return breaks(ErrorMutant.reportsBroadcast) }
    // RFC1122-3.2.2-i, RFC1112-7.2-a
    if datagram.destination.isMulticast { return breaks(ErrorMutant.reportsMulticast) }
    // RFC1122-3.2.2-j
    if datagram.frame.destination.isMulticast, !breaks(ErrorMutant.reportsLinkBroadcast) { return false }
    return isSingleHost(datagram.source)
  }

  /// RFC1122-3.2.2-l to -p: the source is that of one host.
  private func isSingleHost(_ source: IPv4Address) -> Bool {
    if source.isNetworkZero { return breaks(IPv4Mutant.acceptsZeroSource) }
    if source.isLoopback { return breaks(IPv4Mutant.acceptsLoopbackSource) }
    if configuration.isBroadcast(source) { return breaks(IPv4Mutant.acceptsBroadcastSource) }
    if source.isMulticast { return breaks(IPv4Mutant.acceptsMulticastSource) }
    return !source.isClassE || breaks(IPv4Mutant.acceptsClassESource)
  }

  /// Over the whole message, its own field zero [RFC792-formats-c].
  func setICMPv4Checksum(_ message: inout [UInt8]) {
    message.put16(0, at: 2)
    var checksum = Checksum.internet(message)
    if breaks(ErrorMutant.ignoresOddOctetInChecksum), message.count % 2 == 1 {
      checksum = Checksum.internet(message.dropLast())
    }
    if breaks(ErrorMutant.sendsBadErrorChecksum), [3, 11, 12].contains(message.octet(0)) {
      checksum ^= 0x0101
    }
    message.put16(checksum, at: 2)
  }
}
