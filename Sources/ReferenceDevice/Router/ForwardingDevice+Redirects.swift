internal import Capture
internal import Suite
internal import Wire

/// How mutants deviate in telling hosts of better first hops, mostly over both IP versions.
enum RedirectMutant: String, Deviation {
  static let role = Role.router
  case silentAboutBetterHop =
    "RFC1812-5.2.7.2-b RFC4861-8.2-send: doesn't tell hosts of better first hops"
  case redirectsWithoutForwarding =
    "RFC792-redirect-a RFC4861-8.2-send: drops what it sends a redirect about"
  case redirectsToItself =
    "RFC792-redirect-b RFC4861-8.2-send: names itself as the better first hop"
  case redirectsWithNetworkCode = "RFC1812-5.2.7.2-a: sends redirects for whole networks"
  case redirectsStrangers =
    "RFC1812-5.2.7.2-d RFC4861-8.2-nbr: sends redirects to hosts that aren't on the link"
  case redirectsAcross =
    "RFC1812-5.2.7.2-c RFC4861-8.2-send: sends redirects to gateways on the other link"
  case redirectsErrors = "RFC1812-4.3.2.7-a: sends redirects because of errors"
  case followsRedirects =
    "RFC1812-5.2.7.2-g RFC4861-8.2-rt: changes its routes when it gets a redirect"
  case redirectsFromGlobal = "RFC4861-8.2-src: sends redirects from its global address"
  case redirectsFromAfar = "RFC4861-8.2-send: sends redirects with a hop limit of 64"
  case namesNoHost = "RFC4861-8.2-host: names itself in redirects to hosts of the link"
  case redirectsWithoutQuote = "RFC4861-8.2-send: sends redirects without the packet's header"
  case redirectsWithEverything = "RFC4861-8.2-size: quotes all of a packet in redirects"
  case redirectsWithoutLimit = "RFC4861-8.2-rate: sends a redirect for each packet"
}

extension ForwardingDevice {
  /// Redirects that one host gets for one destination: at once, and after that one a second [RFC4861-8.2-rate].
  private static let redirectBurst = 4.0

  /// Tells a host of the link of a better first hop, if there is one; says whether the datagram is to be forwarded,
  /// which it always is [RFC792-redirect-a].
  ///
  /// There is one if the datagram leaves by the link that it came from [RFC1812-5.2.7.2-c], and its source and the
  /// next hop are both of that link's network [RFC1812-5.2.7.2-d]. The code is 1 [RFC1812-5.2.7.2-a]
  /// [RFC1812-5.2.7.2-h].
  mutating func redirects(_ transit: Transit4, to hop: IPv4Address, _ route: Route<IPv4Address>) -> Bool {
    let source = transit.original.source
    let isAcross = route.arm != transit.arrival
    guard !transit.isTranslated, !isAcross || breaks(RedirectMutant.redirectsAcross) else { return true }
    let link = host(on: transit.arrival).configuration
    guard link.isOnLink(source) || breaks(RedirectMutant.redirectsStrangers),
      !breaks(RedirectMutant.silentAboutBetterHop),
      spendsRedirect(for: source.octets + transit.datagram.destination.octets)
    else { return true }
    var datagram = transit.original
    if breaks(RedirectMutant.redirectsErrors), datagram.protocolNumber == 1 {
      datagram = datagram.withoutItsType
    }
    let gateway = breaks(RedirectMutant.redirectsToItself) ? link.ipv4 : hop
    let code: UInt8 = breaks(RedirectMutant.redirectsWithNetworkCode) ? 0 : 1
    report4(5, code, rest: gateway.octets, about: datagram)
    return !breaks(RedirectMutant.redirectsWithoutForwarding)
  }

  /// The same over IPv6: to a neighbor [RFC4861-8.2-nbr], never about groups [RFC4861-8.2-mc].
  mutating func redirects(_ transit: Transit6, to hop: IPv6Address, _ route: Route<IPv6Address>) -> Bool {
    let source = transit.packet.source
    let isAcross = route.arm != transit.arrival
    guard !isAcross || breaks(RedirectMutant.redirectsAcross) else { return true }
    let link = host(on: transit.arrival).configuration
    guard link.isOnLink(source) || breaks(RedirectMutant.redirectsStrangers),
      !breaks(RedirectMutant.silentAboutBetterHop),
      spendsRedirect(for: source.octets + transit.packet.destination.octets)
    else { return true }
    var target = hop
    if breaks(RedirectMutant.redirectsToItself) { target = link.linkLocal }
    if breaks(RedirectMutant.namesNoHost), hop == transit.packet.destination { target = link.linkLocal }
    sendRedirect6(target, transit)
    return !breaks(RedirectMutant.redirectsWithoutForwarding)
  }

  /// From the link-local address [RFC4861-8.2-src], with the router's link-local address or the host's own
  /// [RFC4861-8.2-host] as target, its Ethernet address if it's known, and as much of the packet as fits into 1280
  /// octets [RFC4861-8.2-size].
  private mutating func sendRedirect6(_ target: IPv6Address, _ transit: Transit6) {
    let link = host(on: transit.arrival)
    let packet = transit.packet
    var message: [UInt8] = [137, 0, 0, 0, 0, 0, 0, 0] + target.octets + packet.destination.octets
    if let mac = link.neighbors6[target] { message += [2, 1] + mac.octets }
    if !breaks(RedirectMutant.redirectsWithoutQuote) {
      var room = 1280 - 40 - message.count - 8
      if breaks(RedirectMutant.redirectsWithEverything) { room = 1500 - 40 - message.count - 8 }
      let quoted = packet.bytes.octets(0..<min(packet.bytes.count, room) & ~7)
      message += [4, UInt8(truncatingIfNeeded: quoted.count / 8 + 1), 0, 0, 0, 0, 0, 0] + quoted
    }
    var reply = IPv6Reply(source: link.configuration.linkLocal, destination: packet.source, hopLimit: 255)
    if breaks(RedirectMutant.redirectsFromGlobal) { reply.source = link.configuration.ipv6 }
    if breaks(RedirectMutant.redirectsFromAfar) { reply.hopLimit = 64 }
    ask(transit.arrival) { $0.sendICMPv6(message, reply) }
  }

  private mutating func spendsRedirect(for pair: [UInt8]) -> Bool {
    if breaks(RedirectMutant.redirectsWithoutLimit) { return true }
    if redirectBudgets.count > 4096 { redirectBudgets.removeAll() }
    var budget = redirectBudgets[pair] ?? ErrorBudget(tokens: Self.redirectBurst, refilled: now)
    let isAllowed = budget.spend(at: now, burst: Self.redirectBurst, perSecond: 1)
    redirectBudgets[pair] = budget
    return isAllowed
  }
}

/// What a mutant does with redirects that it gets: a route of its own for the quoted destination.
extension ForwardingDevice {
  /// RFC1812-5.2.7.2-g: a redirect for the router changes none of its routes.
  mutating func followRedirect(_ datagram: IPv4Datagram, _ arm: Arm) {
    let message = datagram.payload
    guard breaks(RedirectMutant.followsRedirects), datagram.protocolNumber == 1, message.octet(0) == 5,
      var route = routes.ipv4.first(where: { $0.arm == arm })
    else { return }
    (route.network, route.length, route.gateway) = (message.ipv4(24), 32, message.ipv4(4))
    routes.ipv4.append(route)
  }

  /// RFC4861-8.2-rt: a redirect for the router changes none of its routes.
  mutating func followRedirect(_ packet: IPv6Packet, _ arm: Arm) {
    guard breaks(RedirectMutant.followsRedirects), packet.nextHeader == 58, packet.bytes.octet(40) == 137,
      var route = routes.ipv6.first(where: { $0.arm == arm })
    else { return }
    (route.network, route.length, route.gateway) = (packet.bytes.ipv6(64), 128, packet.bytes.ipv6(48))
    routes.ipv6.append(route)
  }
}
