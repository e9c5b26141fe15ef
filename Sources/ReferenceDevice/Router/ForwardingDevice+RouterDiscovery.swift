internal import Suite
internal import Wire

/// How mutants deviate in ICMP router discovery.
enum RouterDiscoveryMutant: String, Deviation {
  static let role = Role.router
  case silentAboutSolicitation4 =
    "RFC1256-4.3-d RFC1812-4.3.3.10-a: doesn't answer router solicitations over IPv4"
  case answersNeighborsOnly4 = "RFC1256-4.3-d: doesn't answer router solicitations from 0.0.0.0"
  case answersForeignSolicitation4 = "RFC1256-4.2-a: answers router solicitations from other networks"
  case acceptsSolicitationChecksum4 =
    "RFC1256-4.2-b: answers router solicitations over IPv4 whose checksum is wrong"
  case acceptsSolicitationCode4 = "RFC1256-4.2-c: answers router solicitations over IPv4 of any code"
  case acceptsShortSolicitation4 = "RFC1256-4.2-d: answers router solicitations over IPv4 of any length"
  case wantsReservedZero4 = "RFC1256-4.2-e: looks at the reserved octets of router solicitations over IPv4"
  case wantsNothingBehind4 = "RFC1256-4.2-e: looks at what stands behind router solicitations over IPv4"
  case advertisesOtherSide4 = "RFC1256-3-c: advertises the address of its other side over IPv4"
  case advertisesTwoAddresses4 = "RFC1256-3-a: says that it advertises two addresses and has one"
  case advertisesBeyondLink4 = "RFC1256-3-b: sends router advertisements over IPv4 with TTL 64 to groups"
  case neverAdvertises4 = "RFC1256-4.3-a RFC1256-4.3-b: sends no router advertisements over IPv4 unasked"
  case advertisesHourly4 = "RFC1256-4.1-a: sends router advertisements over IPv4 that last a day"
}

extension ForwardingDevice {
  /// A solicited advertisement is held back for a random time [RFC1256-4.3-d].
  private static let responseDelay = Duration.seconds(2)
  /// In seconds [RFC1256-4.1-a].
  private static let lifetime: UInt16 = 1800

  /// Whether a datagram asks the routers of a link for an advertisement.
  func isRouterSolicitation(_ datagram: IPv4Datagram, _ arm: Arm) -> Bool {
    datagram.protocolNumber == 1 && !datagram.isFragment && datagram.payload.octet(0) == 10
      && host(on: arm).configuration.advertisesIPv4
  }

  /// Answers a solicitation which is right and comes from a neighbor or from nobody [RFC1256-4.2-a]
  /// [RFC1256-4.2-b] [RFC1256-4.2-c] [RFC1256-4.2-d]; other octets don't matter [RFC1256-4.2-e].
  mutating func receiveRouterSolicitation4(_ datagram: IPv4Datagram, _ arm: Arm) {
    let link = host(on: arm).configuration
    let message = datagram.payload
    let source = datagram.source
    let isNeighbor = link.isOnLink(source) && !link.isBroadcast(source) && source != link.ipv4
    guard
      source == .unspecified || isNeighbor || breaks(RouterDiscoveryMutant.answersForeignSolicitation4),
      Checksum.internet(message) == 0 || breaks(RouterDiscoveryMutant.acceptsSolicitationChecksum4),
      message.octet(1) == 0 || breaks(RouterDiscoveryMutant.acceptsSolicitationCode4),
      message.count >= 8 || breaks(RouterDiscoveryMutant.acceptsShortSolicitation4)
    else { return }
    if breaks(RouterDiscoveryMutant.silentAboutSolicitation4) { return }
    if breaks(RouterDiscoveryMutant.answersNeighborsOnly4), source == .unspecified { return }
    if breaks(RouterDiscoveryMutant.wantsReservedZero4), message.number32(4) != 0 { return }
    if breaks(RouterDiscoveryMutant.wantsNothingBehind4), message.count > 8 { return }
    let delay = chance.duration(upTo: Self.responseDelay)
    advertise4(arm, to: source == .unspecified ? DeviceConfiguration.allHosts : source, after: delay)
  }

  /// Sends an advertisement with the address on that link [RFC1256-3-a] [RFC1256-3-c]; one to a group with TTL 1
  /// [RFC1256-3-b].
  mutating func advertise4(_ arm: Arm, to destination: IPv4Address, after delay: Duration = .zero) {
    let link = host(on: arm).configuration
    var own = link.ipv4
    if breaks(RouterDiscoveryMutant.advertisesOtherSide4) { own = host(on: arm.other).configuration.ipv4 }
    let count: UInt8 = breaks(RouterDiscoveryMutant.advertisesTwoAddresses4) ? 2 : 1
    var message: [UInt8] = [9, 0, 0, 0, count, 2]
    message.append16(breaks(RouterDiscoveryMutant.advertisesHourly4) ? .max : Self.lifetime)
    message += own.octets + [0, 0, 0, 0]
    message.put16(Checksum.internet(message), at: 2)
    var reply = IPv4Reply(from: link.ipv4, to: destination)
    if destination.isMulticast, !breaks(RouterDiscoveryMutant.advertisesBeyondLink4) { reply.ttl = 1 }
    ask(arm) { host in
      host.emissionDelay = delay
      host.sendIPv4(1, message, reply)
    }
    setEmissionDelay(.zero, at: arm)
  }
}
