internal import Suite
internal import Wire

/// How mutants deviate in what they let through at all, over IPv4.
enum RouterInputMutant: String, Deviation {
  static let role = Role.router
  case forwardsBadIPChecksum = "RFC1812-4.2.2.5-a: forwards datagrams whose header checksum is wrong"
  case forwardsAnyIPVersion = "RFC1812-5.2.2-c: forwards datagrams of any version"
  case forwardsTruncatedDatagrams = "RFC1812-5.2.2-f: forwards datagrams of which a part is missing"
  case forwardsShortHeaders = "RFC1812-5.2.2-d: takes a header length below five words for five"
  case forwardsTotalBelowHeader =
    "RFC1812-5.2.2-e: forwards datagrams whose total length is less than their header"
  case silentAboutTruncatedTransit = "RFC1812-5.2.2-g: doesn't report datagrams of which a part is missing"
  case forwardsOutOfGroupFrames =
    "RFC1812-5.3.4-a RFC1812-5.3.4-b: forwards what came to all stations of the link"
  case reportsTransitInGroupFrames =
    "RFC1812-4.3.2.7-d RFC4443-2.4.e.4-b: reports an exceeded TTL of what came to all stations of the link"
  case forwardsDirectedBroadcast = "RFC2644-3-a: forwards datagrams to all hosts of the other link"
  case receivesDirectedBroadcast = "RFC2644-3-b: answers echoes to all hosts of the other link"
  case forwardsLimitedBroadcast = "RFC1812-5.3.5.1-a: forwards datagrams to 255.255.255.255"
  case forwardsFromNetworkZero = "RFC1812-5.3.7-a: forwards datagrams from 0.0.0.0/8"
  case forwardsFromBroadcast = "RFC1812-5.3.7-a: forwards datagrams from broadcast addresses"
  case forwardsFromGroup = "RFC1812-5.3.7-a RFC4291-2.7-b: forwards datagrams from groups"
  case forwardsFromLoopback = "RFC1812-5.3.7-b: forwards datagrams from 127.0.0.0/8"
  case forwardsFromClassE = "RFC6274-4.3.4-a: forwards datagrams from class E addresses"
  case forwardsToNetworkZero = "RFC1812-5.3.7-c: forwards datagrams to 0.0.0.0/8"
  case forwardsToLoopback = "RFC1812-5.3.7-c RFC4291-2.5.3-b: forwards datagrams to loopback addresses"
  case forwardsToClassE = "RFC1812-5.3.7-c RFC6274-4.3.4-a: forwards datagrams to class E addresses"
  case forwardsAutoconfigured = "RFC3927-2.7-a: forwards datagrams with addresses of 169.254.0.0/16"
  case ignoresOtherSide =
    "RFC1812-5.2.3-a RFC4443-2.2.a-3: answers nothing that was sent to its address on the other side"
}

extension ForwardingDevice {
  /// Decides whether a datagram is for the router, for somebody else, or for nobody.
  mutating func receiveIPv4(_ arrival: Arrival) {
    let octets = arrival.packet
    let destination = octets.ipv4(16)
    let owner = routes.owner(of: destination)
    guard let datagram = transitDatagram(octets, arrival.frame) else {
      // What is wrong about a datagram for the router is the host's to judge.
      if owner == arrival.arm { deliverAsIs(arrival) } else { reportTruncation(octets, arrival) }
      return
    }
    guard !receiveForInside(datagram, arrival) else { return }
    if let owner { return deliver(datagram, to: owner, arrival) }
    if isForAll(destination, on: arrival.arm) {
      // RFC1812-5.3.5.1-a
      if breaks(RouterInputMutant.forwardsLimitedBroadcast), destination.isLimitedBroadcast {
        return forwardAnywhere(datagram, arrival)
      }
      return receiveOnLink(datagram, arrival)
    }
    // RFC2644-3-a, RFC2644-3-b, RFC1812-4.2.3.1-b
    if routes.isBroadcast(destination) { return receiveDirectedBroadcast(datagram, arrival) }
    guard isPossible(source: datagram.source), isPossible(destination: destination) else { return }
    // RFC1812-5.3.4-a, -b, -c
    if datagram.frame.destination.isMulticast, !breaks(RouterInputMutant.forwardsOutOfGroupFrames) {
      guard breaks(RouterInputMutant.reportsTransitInGroupFrames), octets.octet(8) < 2 else { return }
      var disguised = datagram
      disguised.frame.destination = host(on: arrival.arm).configuration.mac
      return report4(11, 0, about: disguised)
    }
    forward(Transit4(datagram, from: arrival.arm))
  }

  /// A datagram whose header is right in all that RFC 1812 5.2.2 asks for.
  private func transitDatagram(_ octets: [UInt8], _ frame: FrameHeader) -> IPv4Datagram? {
    var length = Int(octets.octet(0) & 15) * 4
    if breaks(RouterInputMutant.forwardsShortHeaders) { length = max(length, 20) }
    var total = Int(octets.number16(2))
    if breaks(RouterInputMutant.forwardsTotalBelowHeader), total < length { total = octets.count }
    // RFC1812-5.2.2-a, -c, -d, -e
    guard octets.count >= 20, octets.octet(0) >> 4 == 4 || breaks(RouterInputMutant.forwardsAnyIPVersion),
      length >= 20, total >= length, length <= octets.count
    else { return nil }
    // RFC1812-5.2.2-b, RFC1812-4.2.2.5-a
    guard Checksum.internet(octets[..<length]) == 0 || breaks(RouterInputMutant.forwardsBadIPChecksum) else {
      return nil
    }
    // RFC1812-5.2.2-f
    guard total <= octets.count || breaks(RouterInputMutant.forwardsTruncatedDatagrams) else { return nil }
    return IPv4Datagram(bytes: octets.octets(0..<total), frame: frame, headerLength: length)
  }

  /// RFC1812-5.2.2-g: a datagram of which a part is missing is reported with the place of its total length.
  private mutating func reportTruncation(_ octets: [UInt8], _ arrival: Arrival) {
    let length = Int(octets.octet(0) & 15) * 4
    guard octets.octet(0) >> 4 == 4, length >= 20, length < octets.count,
      Int(octets.number16(2)) > octets.count,
      Checksum.internet(octets[..<length]) == 0, !breaks(RouterInputMutant.silentAboutTruncatedTransit)
    else { return }
    let datagram = IPv4Datagram(bytes: octets, frame: arrival.frame, headerLength: length)
    guard !isForAll(datagram.destination, on: arrival.arm), isPossible(source: datagram.source),
      isPossible(destination: datagram.destination), !routes.isBroadcast(datagram.destination)
    else { return }
    report4(12, 0, rest: [2, 0, 0, 0], about: datagram)
  }

  /// Whether a datagram is for the hosts of the link that it came from: a broadcast or a group.
  private func isForAll(_ destination: IPv4Address, on arm: Arm) -> Bool {
    destination.isMulticast || host(on: arm).configuration.isBroadcast(destination)
  }

  /// A datagram for one of the router's own addresses; RFC1812-5.2.3-a: whichever side it came from.
  private mutating func deliver(_ datagram: IPv4Datagram, to owner: Arm, _ arrival: Arrival) {
    if routes.isBroadcast(datagram.source), !host(on: arrival.arm).configuration.isBroadcast(datagram.source)
    {
      // RFC1812-4.2.2.11-b: the other link's hosts all together.
      return
    }
    followRedirect(datagram, arrival.arm)
    if owner == arrival.arm { return receiveOnLink(datagram, arrival) }
    // RFC1812-5.3.4-c, RFC6274-4.3.7-a
    guard !datagram.frame.destination.isMulticast, routes.owner(of: datagram.source) == nil,
      !breaks(RouterInputMutant.ignoresOtherSide)
    else { return }
    ask(owner) { $0.receiveIPv4(datagram.bytes, datagram.frame) }
  }

  /// A datagram that the host on its link takes, but for what only routers know.
  private mutating func receiveOnLink(_ datagram: IPv4Datagram, _ arrival: Arrival) {
    if isRouterSolicitation(datagram, arrival.arm) {
      return receiveRouterSolicitation4(datagram, arrival.arm)
    }
    deliverAsIs(arrival)
  }

  private mutating func receiveDirectedBroadcast(_ datagram: IPv4Datagram, _ arrival: Arrival) {
    if breaks(RouterInputMutant.forwardsDirectedBroadcast) { return forwardAnywhere(datagram, arrival) }
    guard breaks(RouterInputMutant.receivesDirectedBroadcast) else { return }
    let other = arrival.arm.other
    var received = datagram
    received.bytes.rewrite(host(on: other).configuration.ipv4.octets, at: 16, checksumAt: 10)
    ask(other) { $0.receiveIPv4(received.bytes, received.frame) }
  }

  /// What a mutant does with a datagram for which there is no way: it goes to all stations of the other side.
  private mutating func forwardAnywhere(_ datagram: IPv4Datagram, _ arrival: Arrival) {
    var bytes = datagram.bytes
    decrementTTL(&bytes)
    ask(arrival.arm.other) { $0.emit(bytes, etherType: 0x0800, to: .broadcast) }
  }

  /// RFC1812-5.3.7-a, -b, RFC6274-4.3.4-a, RFC3927-2.7-a, RFC6274-4.3.7-a: whether a source is that of a single
  /// host whose datagrams may leave its link.
  private func isPossible(source: IPv4Address) -> Bool {
    if source.isNetworkZero { return breaks(RouterInputMutant.forwardsFromNetworkZero) }
    if source.isLoopback { return breaks(RouterInputMutant.forwardsFromLoopback) }
    if source.isMulticast { return breaks(RouterInputMutant.forwardsFromGroup) }
    if routes.isBroadcast(source) { return breaks(RouterInputMutant.forwardsFromBroadcast) }
    if source.isClassE { return breaks(RouterInputMutant.forwardsFromClassE) }
    if source.isAutoconfigured { return breaks(RouterInputMutant.forwardsAutoconfigured) }
    return routes.owner(of: source) == nil
  }

  /// RFC1812-5.3.7-c, RFC6274-4.3.4-a, RFC3927-2.7-a: whether a destination may be beyond a link at all.
  private func isPossible(destination: IPv4Address) -> Bool {
    if destination.isNetworkZero { return breaks(RouterInputMutant.forwardsToNetworkZero) }
    if destination.isLoopback { return breaks(RouterInputMutant.forwardsToLoopback) }
    if destination.isClassE { return breaks(RouterInputMutant.forwardsToClassE) }
    return !destination.isAutoconfigured || breaks(RouterInputMutant.forwardsAutoconfigured)
  }
}

extension IPv4Address {
  /// 169.254.0.0/16: addresses that hosts give themselves.
  var isAutoconfigured: Bool { rawValue >> 16 == 0xa9fe }
}

extension Arm {
  /// The one across.
  var other: Arm { self == .near ? .far : .near }
}
