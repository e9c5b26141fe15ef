internal import Wire

/// How mutants deviate when they get errors and redirects, mostly over both IP versions.
enum ErrorInputMutant: String, Deviation {
  case believesErrorsWithBadChecksum =
    "RFC792-formats-d RFC4443-2.3-e: acts on errors and redirects whose checksum is wrong"
  case answersErrors =
    "RFC1122-3.2.2-g RFC1122-3.2.2.1-f RFC4443-2.4.d-2 RFC4443-2.4.d-3 RFC4443-2.4.e.1-e RFC4443-2.4.e.1-h: answers errors with errors"
  case believesSpoofedErrors =
    "RFC1122-3.2.2.1-f RFC8201-4-val: lowers the path MTU for packets that it never sent"
  case believesAnyRedirect = "RFC1122-3.2.2.2-e RFC4861-8.1-f: follows redirects whoever sends them"
  case believesRedirectToOtherNetwork =
    "RFC1122-3.2.2.2-d RFC1122-3.2.2.2-f: follows redirects to gateways of other networks"
  case believesRedirectForNothingSent =
    "RFC1122-3.2.2.2-f: follows redirects for datagrams that it never sent"
  case ignoresRedirects = "RFC1122-3.2.2.2-b: follows no redirect"
  case ignoresNetworkRedirects = "RFC1122-3.2.2.2-c: follows redirects for hosts only"
  case ignoresServiceRedirects = "RFC1349-6.2-b: follows no redirect for a type of service"
  case redirectMovesNetwork =
    "RFC1122-3.3.1.2-a: takes a redirect for a network for one about all of its hosts"
  case ignoresTooBig =
    "RFC1191-3-a RFC8200-5-pmtud RFC8201-4-b RFC8201-4-c RFC8504-5.7.1-pmtu: doesn't lower the path MTU"
  case believesUnreachable =
    "RFC1122-3.2.2.1-e: sends nothing more to a host that is said to be unreachable"
  case ignoresTooBigWithoutSize = "RFC1191-3-e: ignores too-big messages that say no size"
  case readsUnusedOctets =
    "RFC792-formats-b RFC4443-3.2-rx-code: ignores too-big messages with an unused octet or a code that isn't zero"
  case shrinksOnLargeMTU = "RFC1191-3-d RFC8201-4-noinc: lowers the path MTU for a message that says more"
  case raisesPathMTU = "RFC1191-3-d RFC8201-4-noinc: raises the path MTU to what a message says"
  case acceptsTooBigBelow68 = "RFC1191-3-b: lowers the path MTU below 68"
  case rejectsUnknownObjects =
    "RFC4884-7-c-v4: takes errors with an object that it doesn't know for malformed"
  case rejectsExtendedErrors = "RFC4884-5.1-a-v4: takes errors with an extension for malformed"
  case diesOfShortQuote = "RFC1122-3.2.2.1-f RFC4443-2.4.d-2: crashes on an error with a short quote"
  case readsBehindErrors =
    "RFC4884-9-a-v4 RFC4884-9-bad: looks for the end of a quote behind its message, and complains about what is there"
}

extension ReferenceDevice {
  /// Takes an ICMP error, which means something only if it is about a datagram that this host sent.
  ///
  /// RFC1122-3.2.2.1-f; nothing is ever sent because of one [RFC1122-3.2.2-g].
  mutating func receiveICMPv4Error(_ message: [UInt8], _ datagram: IPv4Datagram) {
    if breaks(ErrorInputMutant.answersErrors) { reportIPv4(3, 3, about: datagram.withoutItsType) }
    if breaks(ErrorInputMutant.diesOfShortQuote), message.count < 36 { history.isDead = true }
    if breaks(ErrorInputMutant.readsBehindErrors), message.octet(0) != 5,
      8 + 4 * Int(message.octet(5)) > message.count
    {
      reportIPv4(12, 0, about: datagram.withoutItsType)
    }
    if rejects(message) { return }
    let quoted = message.octets(from: 8)
    let isOurs =
      isSent(quoted) || breaks(ErrorInputMutant.believesSpoofedErrors)
      || breaks(ErrorInputMutant.believesErrorsWithBadChecksum) && Checksum.internet(message) != 0
    if message.octet(0) == 5 {
      // RFC1812-4.3.3.2-a, RFC1812-5.2.7.2-g: a router finds its way by its own table.
      if configuration.isRouter { return }
      return receiveRedirect(message.ipv4(4), message.octet(1), quoted, isOurs, datagram)
    }
    if let error = TCPError(
      type: message.octet(0),
      message.octet(1),
      mtu: Int(message.number16(6)),
      quoting: quoted,
      isTCP: isTCP
    ) {
      return receiveTCPError(error)
    }
    if breaks(ErrorInputMutant.believesUnreachable), isOurs, message.octet(0) == 3,
      [0, 1, 5].contains(message.octet(1))
    {
      history.unreachable.insert(quoted.ipv4(16))
    }
    // All others are handed to the transport, which here has nobody to tell [RFC1122-3.2.2.1-c].
    guard message.octet(0) == 3, message.octet(1) == 4 else { return }
    // RFC792-formats-b
    if breaks(ErrorInputMutant.readsUnusedOctets), message.number16(4) != 0 { return }
    if isOurs || breaks(ErrorInputMutant.shrinksOnLargeMTU) && message.number16(6) >= 1500 {
      lowerPathMTU(to: Int(message.number16(6)), for: quoted.ipv4(16))
    }
  }

  /// Whether an error is taken for malformed because of what follows the quote: never [RFC4884-5.1-a-v4], known or not
  /// [RFC4884-7-c-v4].
  private func rejects(_ message: [UInt8]) -> Bool {
    let words = Int(message.octet(5))
    guard words > 0, message.octet(0) != 5 else { return false }
    let isKnown = [1, 2].contains(message.octet(8 + 4 * words + 6))
    return breaks(ErrorInputMutant.rejectsExtendedErrors)
      || !isKnown && breaks(ErrorInputMutant.rejectsUnknownObjects)
  }

  /// Whether a quote is the start of a datagram which was sent from here.
  private func isSent(_ quoted: [UInt8]) -> Bool {
    let length = Int(quoted.octet(0) & 15) * 4
    guard quoted.octet(0) >> 4 == 4, length >= 20, quoted.count >= length + 8 else { return false }
    return sentPackets.contains(
      fingerprint4(quoted.ipv4(12), quoted.ipv4(16), quoted.octet(9), quoted.octets(length..<length + 8))
    )
  }

  /// RFC1191-3-a: the estimate for the path goes down to what the message says, never up [RFC1191-3-d] and never
  /// below 68 [RFC1191-3-b]; a message of the old style says nothing and means 576 [RFC1191-3-e] [RFC1191-5-a].
  mutating func lowerPathMTU(to said: Int, for destination: IPv4Address) {
    if breaks(ErrorInputMutant.ignoresTooBig) { return }
    if breaks(ErrorInputMutant.ignoresTooBigWithoutSize), said == 0 { return }
    let current = pathMTU4[destination] ?? configuration.mtu
    let mtu = said == 0 ? min(576, current) : said
    if breaks(ErrorInputMutant.raisesPathMTU) { return pathMTU4[destination] = mtu }
    if breaks(ErrorInputMutant.shrinksOnLargeMTU), mtu >= current { return pathMTU4[destination] = 1000 }
    guard mtu >= 68 || breaks(ErrorInputMutant.acceptsTooBigBelow68) else { return }
    pathMTU4[destination] = min(mtu, current)
    if mtu < current { resendTCP(toAddress: destination.octets) }
  }

  /// RFC1122-3.2.2.2-b, -c: a redirect changes the first hop for the quoted destination, if it comes from the
  /// gateway in use [RFC1122-3.2.2.2-e], names a host of this link [RFC1122-3.2.2.2-d], and could be meant for
  /// this host at all [RFC1122-3.2.2.2-f].
  private mutating func receiveRedirect(
    _ gateway: IPv4Address,
    _ code: UInt8,
    _ quoted: [UInt8],
    _ isOurs: Bool,
    _ datagram: IPv4Datagram
  ) {
    let destination = quoted.ipv4(16)
    if breaks(ErrorInputMutant.believesErrorsWithBadChecksum), Checksum.internet(datagram.payload) != 0 {
      redirects4[destination] = gateway
      return
    }
    if breaks(ErrorInputMutant.believesAnyRedirect) {
      redirects4[destination] = gateway
      return
    }
    if breaks(ErrorInputMutant.believesRedirectToOtherNetwork), !configuration.isOnLink(gateway) {
      redirects4[destination] = gateway
      return
    }
    guard code <= 3, isOurs || breaks(ErrorInputMutant.believesRedirectForNothingSent),
      configuration.isOnLink(gateway),
      gateway != configuration.ipv4, !configuration.isBroadcast(gateway)
    else { return }
    guard datagram.source == nextHop(for: destination), !ignoresRedirect(code) else { return }
    redirects4[destination] = gateway
    // RFC1122-3.3.1.2-a: only that host's way, also if the message speaks of a network.
    if breaks(ErrorInputMutant.redirectMovesNetwork), code % 2 == 0 {
      redirects4[IPv4Address(rawValue: destination.rawValue & ~255)] = gateway
    }
  }

  private func ignoresRedirect(_ code: UInt8) -> Bool {
    breaks(ErrorInputMutant.ignoresRedirects)
      || breaks(ErrorInputMutant.ignoresNetworkRedirects) && code % 2 == 0
      || breaks(ErrorInputMutant.ignoresServiceRedirects) && code >= 2
  }
}
