internal import Suite
internal import Wire

/// How mutants deviate in forwarding, mostly over both IP versions.
enum TransitMutant: String, Deviation {
  static let role = Role.router
  case keepsTTL = "RFC1812-5.3.1-a RFC8200-3-hl-dec: forwards TTL or hop limit as it came"
  case takesTwoOffTTL = "RFC1812-5.3.1-d RFC8200-3-hl-dec: takes two off TTL or hop limit"
  case forwardsLastTTL =
    "RFC1812-5.3.1-b RFC1812-4.2.2.9-b RFC4443-3.3-b: forwards what has no TTL or hop limit left"
  case expiresEarly =
    "RFC1812-5.3.1-d RFC4443-3.3-c: reports a TTL or hop limit of 2 as exceeded"
  case reportsAndForwards =
    "RFC792-te-a RFC4443-3.3-b: reports an exceeded TTL or hop limit and forwards all the same"
  case silentAboutTTL = "RFC1812-5.2.7.3-a RFC4443-3.3-a RFC4443-3.3-b: doesn't report what has expired"
  case wrongCodeForTTL =
    "RFC1812-5.2.7.3-a RFC4443-3.3-b: reports what has expired as not reassembled in time"
  case reportsTTLOfErrors =
    "RFC1812-4.3.2.7-a RFC4443-2.4.e.1-b: reports errors that have expired"
  case reportsTTLOfFragments = "RFC1812-4.3.2.7-f: reports fragments that have expired, also later ones"
  case spoilsHeaderChecksum = "RFC1812-5.3.1-a: doesn't bring the header checksum up to date"
  case clearsService =
    "RFC2474-3-b RFC8200-3-fwd-plain: forwards everything in the default service class"
  case clearsReservedFlag = "RFC1812-5.2.5-a: clears the reserved flag of what it forwards"
  case clearsDontFragment = "RFC6864-4.3-c: clears Don't Fragment of what it forwards"
  case silentAboutNoRoute = "RFC1812-4.3.3.1-a RFC4443-3.1-c0: doesn't report networks that it can't reach"
  case wrongCodeForNoRoute =
    "RFC1812-4.3.3.1-a RFC4443-3.1-c0: reports networks that it can't reach as unreachable hosts"
  case reportsUnknownNetwork = "RFC1812-5.2.7.1-b: reports networks that it can't reach as unknown"
  case dropsUnknownICMP =
    "RFC1812-5.2.1-a RFC7045-2.1-a: forwards no ICMP messages of types that it doesn't know"
  case dropsBadICMP = "RFC1812-5.2.1-a: forwards no ICMP messages whose checksum is wrong"
  case mendsICMP = "RFC1812-5.2.1-a: puts the checksum of ICMP messages right that it forwards"
  case errorsFromOtherSide = "RFC1812-4.3.2.4-a: sends errors from its address on the other side"
  case errorsWithoutPrecedence = "RFC1812-4.3.2.5-b: sends errors with the precedence of everything else"
  case quotesEightOctets = "RFC1812-4.3.2.3-a: quotes no more than eight octets behind the IP header"
  case reportsErrorsWithoutRoute = "RFC1812-4.3.2.7-a: reports errors for which there is no route"
  case quenchesSources = "RFC1812-4.3.3.3-a: sends a source quench for each fourth datagram that it forwards"
  case dropsFragmentsInTransit = "RFC1812-5.2.6-a: forwards no fragments, but keeps them to put them together"
  case answersEchoForOthers = "RFC1812-5.2.1-a: answers echoes to others itself"
}

extension ForwardingDevice {
  /// Forwards a datagram that is for somebody else: finds its way, takes one off its TTL, and sends it on.
  mutating func forward(_ transit: Transit4) {
    guard passes(transit) else { return }
    // RFC1812-4.3.3.5-a, RFC1812-5.2.2-h, RFC6274-3.13.2.3-a
    guard let options = checkOptions(of: transit), !isSpoilt(transit) else { return }
    guard let route = way(to: transit.datagram.destination) else { return reportNoRoute(transit) }
    // RFC1812-5.3.1-b, -c
    guard transit.datagram.bytes.octet(8) > (breaks(TransitMutant.expiresEarly) ? 2 : 1) else {
      reportTTL(transit)
      guard breaks(TransitMutant.forwardsLastTTL) || breaks(TransitMutant.reportsAndForwards) else { return }
      return send(transit, on: route, options)
    }
    send(transit, on: route, options)
  }

  /// Sends a datagram on whose way is known and which may go it.
  private mutating func send(_ transit: Transit4, on route: Route<IPv4Address>, _ options: TransitOptions) {
    var transit = transit
    guard leaves(&transit, route) else { return }
    decrementTTL(&transit.datagram.bytes)
    if breaks(TransitMutant.spoilsHeaderChecksum) {
      transit.datagram.bytes.put16(transit.original.bytes.number16(10), at: 10)
    }
    recordOptions(options, of: &transit, route)
    spoil(&transit.datagram)
    guard let pieces = fragments(of: transit, for: route) else { return }
    let hop = route.hop(to: transit.datagram.destination)
    guard redirects(transit, to: hop, route) else { return }
    if breaks(TransitMutant.quenchesSources), history.counts(TransitMutant.quenchesSources) % 4 == 0 {
      report4(4, 0, about: transit.original)
    }
    for piece in pieces { transmit(piece, via: hop, at: route.arm, as: transit.original) }
  }

  /// The way to a destination; for one that only mutants forward, that of everything unknown.
  private func way(to destination: IPv4Address) -> Route<IPv4Address>? {
    if let route = routes.route(to: destination) { return route }
    let isNobody = destination.isNetworkZero || destination.isLoopback || destination.isClassE
    guard isNobody || destination.isAutoconfigured else { return nil }
    return routes.ipv4.first { $0.arm == .far && $0.gateway != nil }
  }

  /// RFC1812-4.3.3.1-a: code 0 of Destination Unreachable, never the codes for what is unknown [RFC1812-5.2.7.1-b].
  private mutating func reportNoRoute(_ transit: Transit4) {
    if breaks(TransitMutant.silentAboutNoRoute) { return }
    var code: UInt8 = breaks(TransitMutant.wrongCodeForNoRoute) ? 1 : 0
    if breaks(TransitMutant.reportsUnknownNetwork) { code = 6 }
    let isError = breaks(TransitMutant.reportsErrorsWithoutRoute) && transit.original.protocolNumber == 1
    report4(3, code, about: isError ? transit.original.withoutItsType : transit.original)
  }

  /// RFC1812-5.2.7.3-a.
  private mutating func reportTTL(_ transit: Transit4) {
    if breaks(TransitMutant.silentAboutTTL) || breaks(TransitMutant.forwardsLastTTL) { return }
    if breaks(NATMutant.silentAboutTTLAtNAT) { return }
    var datagram = transit.original
    if breaks(NATMutant.quotesOtherPort) {
      let port = datagram.headerLength
      datagram.bytes.put16(datagram.bytes.number16(port) ^ 1, at: port)
    }
    if breaks(TransitMutant.reportsTTLOfErrors), datagram.protocolNumber == 1 {
      datagram = datagram.withoutItsType
    }
    if breaks(TransitMutant.reportsTTLOfFragments), datagram.fragmentOffset > 0 {
      datagram = datagram.withoutItsOffset
    }
    report4(11, breaks(TransitMutant.wrongCodeForTTL) ? 1 : 0, about: datagram)
  }

  /// RFC1812-5.3.1-a: one less than it came with, the header checksum brought up to date; never below none
  /// [RFC1812-4.2.2.9-b].
  func decrementTTL(_ bytes: inout [UInt8]) {
    if breaks(TransitMutant.keepsTTL) { return }
    let steps: UInt8 = breaks(TransitMutant.takesTwoOffTTL) ? 2 : 1
    let ttl = bytes.octet(8)
    bytes.rewrite([ttl - min(steps, ttl), bytes.octet(9)], at: 8, checksumAt: 10)
  }

  /// What mutants do to datagrams on their way; all else passes as it came [RFC1812-5.2.1-a] [RFC1812-5.2.5-a]
  /// [RFC2474-3-b] [RFC6864-4.3-c].
  private func spoil(_ datagram: inout IPv4Datagram) {
    if breaks(TransitMutant.clearsService) {
      datagram.bytes.rewrite([datagram.bytes.octet(0), 0], at: 0, checksumAt: 10)
    }
    var flags = datagram.bytes.octet(6)
    if breaks(TransitMutant.clearsReservedFlag) { flags &= 0x7f }
    if breaks(TransitMutant.clearsDontFragment) || breaks(NATMutant.clearsDontFragmentAtNAT) { flags &= 0xbf }
    if flags != datagram.bytes.octet(6) {
      datagram.bytes.rewrite([flags, datagram.bytes.octet(7)], at: 6, checksumAt: 10)
    }
    if breaks(TransitMutant.mendsICMP), datagram.protocolNumber == 1, !datagram.isFragment {
      var message = datagram.payload
      message.put16(0, at: 2)
      message.put16(Checksum.internet(message), at: 2)
      datagram.bytes.replaceSubrange(datagram.headerLength..., with: message)
    }
  }

  /// What mutants don't forward.
  private mutating func isSpoilt(_ transit: Transit4) -> Bool {
    if transit.datagram.isFragment, breaks(TransitMutant.dropsFragmentsInTransit) { return true }
    guard transit.datagram.protocolNumber == 1, !transit.datagram.isFragment else { return false }
    let message = transit.datagram.payload
    if breaks(TransitMutant.answersEchoForOthers), message.octet(0) == 8 {
      var reply = IPv4Reply(from: transit.datagram.destination, to: transit.datagram.source)
      reply.tos = transit.datagram.tos
      var answer = message
      answer.rewrite([0, 0], at: 0, checksumAt: 2)
      ask(transit.arrival) { $0.sendIPv4(1, answer, reply) }
      return true
    }
    if breaks(TransitMutant.dropsUnknownICMP) {
      return ![0, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14].contains(message.octet(0))
    }
    return breaks(TransitMutant.dropsBadICMP) && Checksum.internet(message) != 0
  }

  /// Sends an error about a datagram from the side on which its source is [RFC1812-4.3.2.4-a]; without a way to the
  /// source nothing can be said.
  mutating func report4(
    _ type: UInt8,
    _ code: UInt8,
    rest: [UInt8] = [0, 0, 0, 0],
    about datagram: IPv4Datagram
  ) {
    guard let route = routes.route(to: datagram.source) else { return }
    ask(route.arm) { $0.reportIPv4(type, code, rest: rest, about: datagram) }
  }

  /// Finds the way for a packet which one of the router's own hosts sends; without one it is gone.
  mutating func sendOwn(_ packet: OutboundPacket) {
    switch packet {
    case .ipv4(let bytes, let destination):
      guard let route = routes.route(to: destination) else { return }
      ask(route.arm) { $0.transmit4(bytes, via: route.hop(to: destination), from: route.own) }
    case .ipv6(let bytes, let destination):
      guard let route = routes.route(to: destination) else { return }
      ask(route.arm) {
        $0.transmit6(bytes, via: route.hop(to: destination), from: $0.configuration.linkLocal)
      }
    }
  }
}
