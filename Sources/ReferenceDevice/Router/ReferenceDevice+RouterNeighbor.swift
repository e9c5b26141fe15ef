internal import Suite
internal import Wire

/// How mutants deviate as a router among its neighbors.
enum RouterNeighborMutant: String, Deviation {
  static let role = Role.router
  case forgetsRouterFlag = "RFC4861-7.2.4-r-r: doesn't say in advertisements that it is a router"
  case silentAboutAnycast =
    "RFC4291-2.6.1-a RFC4443-4.2-any: doesn't have the address of all routers of the link"
  case answersFromAnycast = "RFC4443-2.2.b-2 RFC4443-4.2-any: answers from the address of all routers"
  case overridesAnycast = "RFC4861-7.2.4-o-any: lets nobody else have the address of all routers"
  case reportsToAnycast = "RFC4443-2.4.e.6-a1: complains about packets from the address of all routers"
  case advertisesAnycastAtOnce = "RFC4861-7.2.4-delay: advertises the address of all routers without delay"
}

extension ReferenceDevice {
  /// RFC4861-7.2.4-delay.
  private static let anycastDelay = Duration.seconds(1)

  /// Advertises an own address with the flag of routers [RFC4861-7.2.4-r-r]; the anycast address without overriding
  /// other routers [RFC4861-7.2.4-o-any], after a random time [RFC4861-7.2.4-delay], from a unicast address.
  mutating func advertiseAsRouter(_ target: IPv6Address, to asker: IPv6Address?) {
    let isAnycast = configuration.isAnycast(target)
    if isAnycast, breaks(RouterNeighborMutant.silentAboutAnycast) { return }
    var flags: UInt8 = asker == nil ? 0xa0 : 0xe0
    if isAnycast, !breaks(RouterNeighborMutant.overridesAnycast) { flags &= ~0x20 }
    if breaks(RouterNeighborMutant.forgetsRouterFlag) { flags &= ~0x80 }
    let message: [UInt8] =
      [136, 0, 0, 0, flags, 0, 0, 0] + target.octets + [2, 1] + configuration.mac.octets
    let unicast = asker?.isLinkLocal == false ? configuration.ipv6 : configuration.linkLocal
    var reply = IPv6Reply(
      source: isAnycast ? unicast : target,
      destination: asker ?? .allNodes,
      hopLimit: 255
    )
    if isAnycast, !breaks(RouterNeighborMutant.advertisesAnycastAtOnce) {
      emissionDelay = chance.duration(upTo: Self.anycastDelay)
      // Who asks is a neighbor: there is no way to be looked for, so the answer itself can wait.
      reply.station = asker.flatMap { neighbors6[$0] }
    }
    sendICMPv6(message, reply)
    emissionDelay = .zero
  }
}
