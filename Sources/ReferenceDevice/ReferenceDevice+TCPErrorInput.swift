/// How mutants deviate when ICMP errors are about TCP segments, over both IP versions.
enum TCPErrorMutant: String, Deviation {
  case abortsOnBlindUnreachable =
    "RFC5927-4.1-a RFC4443-5.2-a: ends connections for hard errors whatever sequence number they quote"
  case abortsOnNextSequence = "RFC5927-4.1-b: takes the number of the next octet for one under way"
  case abortsOnHardError = "RFC5927-5.2-a: ends established connections for hard errors"
  case abortsOnSoftError = "RFC9293-3.9.2.2-c: ends connections for soft errors"
  case abortsOpeningOnSoftError =
    "RFC9293-3.9.2.2-c: forgets connections that aren't open yet for soft errors"
  case ignoresQuotedPorts = "RFC5927-4.1-c: takes an error about any port of two hosts for one about all"
  case ignoresQuotedProtocol = "RFC5927-4.1-c: takes errors about other protocols for errors about TCP"
  case extrapolatesErrors = "RFC5927-5.2-b: ends all connections with a peer for a hard error about one"
  case abortsOnTooBig =
    "RFC5927-5.2-c RFC5927-7.2-b: ends connections for fragmentation needed or too big packets"
  case believesBlindTooBig =
    "RFC5927-4.1-a RFC5927-4.1-b RFC8201-4-val: makes segments smaller whatever sequence number is quoted"
  case shrinksForLargerTooBig = "RFC5927-7.2-a: halves segments for an MTU that none of them exceeds"
  case stallsOnTinyMTU = "RFC5927-7.2-c: stops sending for an MTU that leaves no room for data"
  case diesOfTinyMTU = "RFC5927-7.2-c RFC1191-3-b RFC8201-4-a: crashes on an MTU below that of all links"
  case resendsForEveryTooBig = "RFC1191-6.4-a: sends segments again for every fragmentation needed"
  case ignoresTooBigForTCP = "RFC1191-3-a RFC1191-3-c RFC1191-3-g RFC8201-4-tcp: makes no segments smaller"
  case resetsOnSourceQuench = "RFC9293-3.9.2.2-b RFC6633-3-c: resets connections on source quench"
  case slowsDownOnSourceQuench =
    "RFC9293-3.9.2.2-b RFC6633-3-c: has one segment under way at a time after source quench"
}

extension ReferenceDevice {
  /// Whether that protocol number is TCP's.
  func isTCP(_ protocolNumber: UInt8) -> Bool {
    protocolNumber == 6 || breaks(TCPErrorMutant.ignoresQuotedProtocol) && [17, 132].contains(protocolNumber)
  }

  /// Takes an error about a segment: it counts if the quote is of a connection's four-tuple [RFC5927-4.1-c] and of
  /// octets under way on it [RFC5927-4.1-a].
  mutating func receiveTCPError(_ error: TCPError) {
    spread(error)
    guard error.ownPort == configuration.tcpEchoPort, let connection = connections[error.peer] else { return }
    let isUnderWay = connection.isUnderWay(
      error.sequence,
      slack: breaks(TCPErrorMutant.abortsOnNextSequence) ? 1 : 0
    )
    switch error.kind {
    case .hard:
      if isUnderWay || breaks(TCPErrorMutant.abortsOnBlindUnreachable) {
        receiveHardError(error.peer, connection)
      }
    case .soft:
      // RFC9293-3.9.2.2-c: never the end of a connection, in whatever state.
      let isOpening = connection.state == .synReceived && breaks(TCPErrorMutant.abortsOpeningOnSoftError)
      if isUnderWay, isOpening || breaks(TCPErrorMutant.abortsOnSoftError) { forget(error.peer) }
    case .tooBig(let mtu):
      if isUnderWay || breaks(TCPErrorMutant.believesBlindTooBig) { receiveTooBig(mtu, error, connection) }
    case .sourceQuench:
      // RFC9293-3.9.2.2-b, RFC6633-3-c
      if isUnderWay, breaks(TCPErrorMutant.resetsOnSourceQuench) { resetTCP(error.peer) }
      if isUnderWay, breaks(TCPErrorMutant.slowsDownOnSourceQuench) { history.slowed.insert(error.peer) }
    }
  }

  /// RFC5927-5.2-a: hard errors are soft once both sides have agreed on their numbers; before that they end the
  /// connection [RFC9293-3.9.2.2-e].
  private mutating func receiveHardError(_ peer: TCPPeer, _ connection: TCPConnection) {
    let isSoft = connection.state != .synReceived
    let isBroken =
      breaks(TCPErrorMutant.abortsOnHardError) || breaks(TCPErrorMutant.abortsOnBlindUnreachable)
      || breaks(TCPErrorMutant.abortsOnNextSequence) || breaks(TCPErrorMutant.ignoresQuotedProtocol)
    if !isSoft || isBroken { forget(peer) }
  }

  /// A segment's packet was too large for the path, somebody says.
  private mutating func receiveTooBig(_ said: Int, _ error: TCPError, _ connection: TCPConnection) {
    // RFC5927-5.2-c
    if breaks(TCPErrorMutant.abortsOnTooBig) { return forget(error.peer) }
    if breaks(TCPErrorMutant.ignoresTooBigForTCP) { return }
    let least = error.peer.isIPv4 ? 68 : 1280
    if breaks(TCPErrorMutant.diesOfTinyMTU), said < least, said > 0 { history.isDead = true }
    if breaks(TCPErrorMutant.stallsOnTinyMTU), said < least { history.stalled.insert(error.peer) }
    // RFC1191-3-e: an old router's message says nothing and means 576.
    let mtu = said == 0 && error.peer.isIPv4 ? 576 : said
    // RFC5927-7.2-a: nothing as large as that was sent.
    guard mtu < connection.largestSent || breaks(TCPErrorMutant.believesBlindTooBig) else {
      if breaks(TCPErrorMutant.shrinksForLargerTooBig) {
        lowerPathMTU(to: max(least, connection.largestSent / 2), for: error.peer)
      }
      return
    }
    // RFC5927-7.2-b: packets of that size have arrived, so a timeout has to confirm that they don't any more.
    if mtu < connection.largestAcknowledged, !breaks(TCPErrorMutant.believesBlindTooBig) {
      connections[error.peer]?.heldTooBig = HeldTooBig(mtu: mtu, sequence: error.sequence)
      return
    }
    // RFC1191-6.4-a: only what lowers the estimate makes segments go out again.
    let isNews = mtu < pathMTU(to: error.peer)
    lowerPathMTU(to: mtu, for: error.peer)
    if !isNews, breaks(TCPErrorMutant.resendsForEveryTooBig) { resendTCP(toAddress: error.peer.address) }
  }

  /// A segment has timed out: what was said of its size is true [RFC5927-7.2-b].
  ///
  /// - Returns: Whether the path became narrower, so that everything was sent again.
  mutating func honourHeldTooBig(of peer: TCPPeer) -> Bool {
    guard let held = connections[peer]?.heldTooBig else { return false }
    connections[peer]?.heldTooBig = nil
    let before = pathMTU(to: peer)
    lowerPathMTU(to: held.mtu, for: peer)
    return pathMTU(to: peer) < before
  }

  private mutating func lowerPathMTU(to mtu: Int, for peer: TCPPeer) {
    if peer.isIPv4 {
      lowerPathMTU(to: mtu, for: peer.address.ipv4(0))
    } else {
      lowerPathMTU6(to: mtu, for: peer.address.ipv6(0))
    }
  }

  /// Errors are about one connection, and say nothing of others [RFC5927-5.2-b].
  private mutating func spread(_ error: TCPError) {
    let isOwn = error.ownPort == configuration.tcpEchoPort && connections[error.peer] != nil
    if error.kind == .hard, breaks(isOwn ? TCPErrorMutant.extrapolatesErrors : .ignoresQuotedPorts) {
      for peer in connectionOrder where peer.address == error.peer.address { forget(peer) }
    }
  }

  private mutating func resetTCP(_ peer: TCPPeer) {
    guard let connection = connections[peer] else { return }
    send(0x04, connection.next, to: peer)
    forget(peer)
  }
}
