internal import Capture
internal import Wire

/// How mutants deviate in taking router advertisements, and the routers that they tell of.
enum AdvertisedRouterMutant: String, Deviation {
  case acceptsGlobalRouters =
    "RFC4861-6.1.2-a: takes router advertisements from addresses that aren't link-local"
  case acceptsShortRouterAdvertisement = "RFC4861-6.1.2-e: takes router advertisements that are cut short"
  case believesAdvertisementsOnce = "RFC4861-6.3.4-union: takes in the first router advertisement only"
  case ignoresEachThirdAdvertisement = "RFC4861-6.3.4-l1: takes no notice of each third router advertisement"
  case keepsFirstRouter = "RFC4861-6.3.4-two: takes no second router as long as it has one"
  case keepsOneRouter = "RFC4861-6.3.4-two: forgets a router when another one advertises itself"
  case ignoresLifetimeZero = "RFC4861-6.3.4-life0: goes on using a router that advertises a lifetime of zero"
  case keepsExpiredRouter = "RFC4861-6.3.4-exp: goes on using a router when its lifetime is over"
  case ignoresRoutersStation = "RFC4861-6.3.4-nc: doesn't learn the Ethernet addresses of routers"
  case keepsRoutersStation =
    "RFC4861-6.3.4-nc: doesn't learn that a router's Ethernet address is another one now"
  case believesRouters = "RFC4861-6.3.4-nc: takes routers that advertise themselves for reachable"
  case confirmsRouters = "RFC4861-7.3.1-ll: takes an advertisement of a known router for its answer"
  case learnsFromRouterSolicitation = "RFC4861-6.1.1-host: learns who solicits routers"
}

/// How mutants deviate in what router advertisements say of the link.
enum LinkParameterMutant: String, Deviation {
  case ignoresHopLimit = "RFC4861-6.3.4-hl: doesn't use the hop limit that routers advertise"
  case obeysHopLimitZero = "RFC4861-6.3.4-hl0: goes back to its own hop limit when routers advertise none"
  case ignoresRetransmissionTimer = "RFC4861-6.3.4-reach: asks once a second whatever routers advertise"
  case ignoresReachableTime =
    "RFC4861-6.3.4-reach: believes neighbors for thirty seconds whatever routers advertise"
  case ignoresLinkMTU = "RFC4861-6.3.4-mtu RFC8201-4-ra: sends more octets than routers say the link carries"
  case obeysSmallLinkMTU = "RFC4861-6.3.4-mtu-bad: takes an advertised MTU below 1280"
  case obeysLargeLinkMTU = "RFC4861-6.3.4-mtu-bad RFC2464-2-mtuopt: takes an advertised MTU above 1500"
  case sendsAtMostMinimum = "RFC2464-2-mtu: sends at most 1280 octets in a packet"
}

extension ReferenceDevice {
  /// Takes in what a router says of itself and the link, if it is a neighbor [RFC4861-6.1.2-a]; what earlier
  /// advertisements said stays [RFC4861-6.3.4-union].
  mutating func receiveRouterAdvertisement(_ message: [UInt8], _ packet: IPv6Packet) {
    // A router has its own table, and tells others.
    if configuration.isRouter { return }
    let isShort = message.count < 16 && breaks(AdvertisedRouterMutant.acceptsShortRouterAdvertisement)
    guard let options = discoveryOptions(of: message, packet, behind: isShort ? message.count : 16),
      packet.source.isLinkLocal || breaks(AdvertisedRouterMutant.acceptsGlobalRouters)
    else { return }
    let (once, third) = (
      AdvertisedRouterMutant.believesAdvertisementsOnce, AdvertisedRouterMutant.ignoresEachThirdAdvertisement
    )
    if breaks(once), history.counts(once) > 1 { return }
    if breaks(third), history.counts(third) % 3 == 0 { return }
    learnRouter(packet.source, options, message)
    learnParameters(message, options)
    learnPrefixes(options)
    configureAddresses(options, isToAll: packet.destination.isMulticast)
  }

  private mutating func learnRouter(_ router: IPv6Address, _ options: DiscoveryOptions, _ message: [UInt8]) {
    // RFC4861-6.3.4-nc
    let isKnown = neighbors6[router] != nil
    let isLearned =
      !breaks(AdvertisedRouterMutant.ignoresRoutersStation)
      && !(isKnown && breaks(AdvertisedRouterMutant.keepsRoutersStation))
    if isLearned, let mac = options[1] {
      let isBelieved =
        breaks(AdvertisedRouterMutant.believesRouters)
        || isKnown && breaks(AdvertisedRouterMutant.confirmsRouters)
      learn6(router, mac, isRouter: true, isBelieved: isBelieved)
    } else if var entry = neighbors6.known[router], !entry.isRouter {
      entry.isRouter = true
      note(entry, of: router)
    }
    let lifetime = message.number16(6)
    if lifetime == 0 {
      // RFC4861-6.3.4-life0
      if !breaks(AdvertisedRouterMutant.ignoresLifetimeZero) { routers6.remove(router) }
    } else if !breaks(AdvertisedRouterMutant.keepsFirstRouter) || !routers6.hasOther(than: router, at: now) {
      let isForEver = breaks(AdvertisedRouterMutant.keepsExpiredRouter)
      routers6.add(
        DefaultRouters.Router(
          address: router,
          expires: isForEver ? .distantFuture : now + .seconds(Int(lifetime)),
          preference: Self.preference(message.octet(5))
        ),
        keeping: breaks(AdvertisedRouterMutant.keepsOneRouter) ? 1 : DefaultRouters.most
      )
    }
  }

  /// 1 for high, 0 for medium and the reserved value, -1 for low [RFC 4191 2.1].
  private static func preference(_ flags: UInt8) -> Int { [0, 1, 0, -1][Int(flags >> 3 & 3)] }

  /// What isn't said stays as it was [RFC4861-6.3.4-hl0].
  private mutating func learnParameters(_ message: [UInt8], _ options: DiscoveryOptions) {
    let hopLimit = message.octet(4)
    if hopLimit != 0, !breaks(LinkParameterMutant.ignoresHopLimit) { link6.hopLimit = hopLimit }
    if hopLimit == 0, breaks(LinkParameterMutant.obeysHopLimitZero) { link6.hopLimit = 64 }
    // RFC4861-6.3.4-reach
    let (reachable, retransmission) = (message.number32(8), message.number32(12))
    if reachable != 0, !breaks(LinkParameterMutant.ignoresReachableTime) {
      link6.reachable = .milliseconds(min(Int(reachable), 3_600_000))
    }
    if retransmission != 0, !breaks(LinkParameterMutant.ignoresRetransmissionTimer) {
      link6.retransmission = .milliseconds(max(10, min(Int(retransmission), 3_600_000)))
    }
    // RFC4861-6.3.4-mtu, RFC4861-6.3.4-mtu-bad, RFC2464-2-mtuopt
    guard let mtu = options.mtu, !breaks(LinkParameterMutant.ignoresLinkMTU) else { return }
    let least = breaks(LinkParameterMutant.obeysSmallLinkMTU) ? 576 : 1280
    let most = breaks(LinkParameterMutant.obeysLargeLinkMTU) ? 65_535 : configuration.mtu
    if (least...most).contains(mtu) { link6.mtu = mtu }
  }

  /// The most octets of a packet on the link: those of Ethernet [RFC2464-2-mtu], unless routers say less.
  var linkMTU6: Int {
    breaks(LinkParameterMutant.sendsAtMostMinimum) ? 1280 : link6.mtu ?? configuration.mtu
  }

  /// RFC4861-6.1.1-host: a host has nothing to do with router solicitations.
  mutating func receiveRouterSolicitation(_ message: [UInt8], _ packet: IPv6Packet) {
    if breaks(ICMPMutant.answersRouterSolicitation) { answer6([134] + message.dropFirst(), packet) }
    guard breaks(AdvertisedRouterMutant.learnsFromRouterSolicitation),
      let mac = discoveryOptions(of: message, packet, behind: 8)?[1]
    else { return }
    learn6(packet.source, mac)
  }
}
