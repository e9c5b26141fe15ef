internal import Suite
internal import Wire

/// How mutants of a NAT deviate in translating queries and data.
enum NATMutant: String, Deviation {
  static var role: Role { .nat }

  case dropsQueries = "RFC5508-REQ1-a RFC5508-REQ10-e: lets no ICMP query pass"
  case translatesEchoOnly = "RFC5508-REQ1-a: lets no ICMP query pass but echo"
  case losesIdentifier = "RFC5508-REQ1-a: leaves the outside identifier in replies"
  case losesReplyData = "RFC5508-REQ1-a: clears the last octet of long replies"
  case answersUnaskedSYN = "RFC5382-4.3-a: resets connections from outside that nobody asked for at once"
  case hidesTooBig = "RFC5508-REQ10-a RFC4787-10-a: doesn't report what is too big to pass"
  case quotesOtherPort = "RFC5508-REQ10-d: quotes another port in its own errors than the sender's"
  case silentAboutTTLAtNAT = "RFC5508-REQ10-d: doesn't report datagrams whose TTL is used up"
  case errorsWithoutClass = "RFC5508-REQ10-h: sends errors in the default service class"
  case answersInformation = "RFC5508-REQ10-g: answers information requests"
  case forwardsSourceRoutedICMP = "RFC5508-7.3-a: forwards ICMP messages with source routes"
  case fragmentsNothing = "RFC5508-REQ10-b RFC4787-10-b: drops what would need fragments"
  case dropsLaterFragments = "RFC5508-REQ10-b RFC4787-10-b: forwards no fragment but the first"
  case clearsDontFragmentAtNAT = "RFC5508-REQ10-a: takes Don't Fragment away"
}

/// What makes a router a NAT: what goes out at the far side goes as if from its own address there.
extension ForwardingDevice {
  /// A NAT's address outside.
  var outside: IPv4Address { far.configuration.ipv4 }

  /// How long a mapping lasts: queries a minute at least [RFC5508-REQ2-a], UDP five minutes, TCP over two hours.
  private func lifetime(of protocolNumber: UInt8) -> Duration {
    switch protocolNumber {
    case 1: breaks(NATMappingMutant.forgetsQueriesEarly) ? .seconds(25) : .seconds(65)
    case 17: .seconds(300)
    default: .seconds(7440)
    }
  }

  /// Translates what leaves at the far side; false if it can't leave.
  mutating func leaves(_ transit: inout Transit4, _ route: Route<IPv4Address>) -> Bool {
    guard role == .nat, transit.arrival == .near, route.arm == .far, !transit.isTranslated else {
      return true
    }
    guard let translated = translatedOutwards(transit.datagram) else { return false }
    transit.datagram = translated
    transit.isTranslated = true
    return true
  }

  /// A datagram from inside as it looks outside; nil if it belongs to nothing that a NAT knows.
  mutating func translatedOutwards(_ datagram: IPv4Datagram) -> IPv4Datagram? {
    var datagram = datagram
    guard datagram.fragmentOffset == 0 else { return laterFragment(datagram, .source) }
    if datagram.isICMPv4Error { return insideError(datagram) }
    guard isQueryOrData(datagram), let end = datagram.bytes.natEnd(.source),
      let port = natTable.outsidePort(
        of: end,
        to: datagram.destination,
        at: now,
        lasting: lifetime(of: end.protocolNumber)
      )
    else { return nil }
    let key = fragmentKey(datagram)
    datagram.bytes.rewrite(.source, outside, port: port)
    note(key, outside, datagram)
    identify(&datagram, key)
    return datagram
  }

  /// Whether it is UDP, TCP, or an ICMP query.
  private func isQueryOrData(_ datagram: IPv4Datagram) -> Bool {
    guard datagram.protocolNumber == 1 else { return [6, 17].contains(datagram.protocolNumber) }
    let type = datagram.payload.octet(0)
    if breaks(NATMutant.dropsQueries) { return false }
    if breaks(NATMutant.translatesEchoOnly), type != 8 { return false }
    return [8, 13, 15, 17].contains(type)
  }

  /// RFC7857-10-a, RFC6864-5.3.1-a: who sends for many keeps identifications apart itself, where fragments may need it.
  private mutating func identify(_ datagram: inout IPv4Datagram, _ key: FragmentKey4) {
    guard !datagram.dontFragment || datagram.isFragment, !breaks(NATMappingMutant.keepsIdentification) else {
      return
    }
    natIdentification &+= 1
    if datagram.isFragment { natIdentifications[key] = natIdentification }
    datagram.bytes.rewrite16(natIdentification, at: 4, checksumAt: 10)
  }

  func fragmentKey(_ datagram: IPv4Datagram) -> FragmentKey4 {
    FragmentKey4(
      source: datagram.source,
      destination: datagram.destination,
      protocolNumber: datagram.protocolNumber,
      identification: datagram.identification
    )
  }

  private mutating func note(_ key: FragmentKey4, _ address: IPv4Address, _ datagram: IPv4Datagram) {
    guard datagram.isFragment else { return }
    if natFragments.count > 4096 {
      natFragments.removeAll()
      natIdentifications.removeAll()
    }
    natFragments[key] = address
  }

  /// A later fragment goes where the first one went.
  func laterFragment(_ datagram: IPv4Datagram, _ which: TranslatedEnd) -> IPv4Datagram? {
    let key = fragmentKey(datagram)
    guard !breaks(NATMutant.dropsLaterFragments), let address = natFragments[key] else { return nil }
    var datagram = datagram
    datagram.bytes.rewrite(which, address, port: 0)
    if let identification = natIdentifications[key] {
      datagram.bytes.rewrite16(identification, at: 4, checksumAt: 10)
    }
    return datagram
  }

  /// Takes what was sent to a NAT's outside address, for somebody inside; false if it is for the NAT itself.
  mutating func receiveForInside(_ datagram: IPv4Datagram, _ arrival: Arrival) -> Bool {
    guard role == .nat, datagram.destination == outside else { return false }
    var translated = datagram
    if arrival.arm == .near {
      // RFC5508-REQ7-b: what inside hosts send each other by their outside address turns round here.
      guard let out = translatedOutwards(datagram) else { return false }
      translated = out
    }
    guard let inner = translatedInwards(translated) else { return !isForNAT(datagram, arrival) }
    var transit = Transit4(datagram, from: arrival.arm)
    transit.datagram = inner
    transit.isTranslated = true
    forward(transit)
    return true
  }

  /// A datagram to the outside address as it looks inside; nil if nobody inside waits for it.
  private mutating func translatedInwards(_ datagram: IPv4Datagram) -> IPv4Datagram? {
    guard datagram.fragmentOffset == 0 else { return laterFragment(datagram, .destination) }
    if datagram.isICMPv4Error { return outsideError(datagram) }
    if datagram.protocolNumber == 1, ![0, 14, 16, 18].contains(datagram.payload.octet(0)) { return nil }
    guard let end = datagram.bytes.natEnd(.destination),
      let mapping = natTable.mapping(end.protocolNumber, end.port, from: datagram.source, at: now)
    else { return nil }
    var inner = datagram
    let keepsPort = breaks(NATMutant.losesIdentifier) && end.protocolNumber == 1
    inner.bytes.rewrite(
      .destination,
      mapping.inside.address,
      port: keepsPort ? end.port : mapping.inside.port
    )
    if breaks(NATMutant.losesReplyData), end.protocolNumber == 1, inner.bytes.count > inner.headerLength + 60
    {
      let last = inner.bytes.count - 1
      inner.bytes.rewrite([inner.bytes.octet(last - 1), 0], at: last - 1, checksumAt: inner.headerLength + 2)
    }
    note(fragmentKey(datagram), mapping.inside.address, datagram)
    return inner
  }

  /// Whether the NAT takes for itself what nobody inside waits for: questions about itself; anything else is dropped
  /// without a word [RFC5508-REQ4-a] [RFC5382-4.3-a].
  private mutating func isForNAT(_ datagram: IPv4Datagram, _ arrival: Arrival) -> Bool {
    if arrival.arm == .near { return true }
    if datagram.protocolNumber == 6, breaks(NATMutant.answersUnaskedSYN) { return true }
    return datagram.protocolNumber == 1 && [8, 13, 15].contains(datagram.payload.octet(0))
  }
}
