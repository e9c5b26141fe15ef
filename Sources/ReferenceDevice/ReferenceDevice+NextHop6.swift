internal import Capture
internal import Wire

/// How mutants deviate in deciding which destinations are on the link.
enum OnLinkMutant: String, Deviation {
  case ignoresOnLinkPrefixes = "RFC4861-6.3.4-l1: takes no advertised prefix for on-link"
  case takesAllPrefixesForOnLink =
    "RFC4861-6.3.4-l0 RFC5942-4-noimp: takes prefixes for on-link that aren't said to be"
  case offLinkPrefixWithdraws = "RFC4861-6.3.4-l0: takes a prefix for off-link if it isn't said to be on-link"
  case ignoresPrefixLifetimeZero =
    "RFC4861-6.3.4-pfx0: keeps prefixes that are advertised with a lifetime of zero"
  case keepsExpiredPrefix = "RFC5942-4-exp: keeps prefixes whose lifetime is over"
  case obeysLinkLocalPrefix =
    "RFC4861-6.3.4-pfx-ll: takes link-local addresses for off-link when a router says so"
  case forgetsEarlierPrefixes =
    "RFC4861-6.3.4-union: forgets prefixes that the latest advertisement doesn't name"
  case takesNeighborsForOnLink =
    "RFC5942-6-a: takes a destination for on-link because it told its Ethernet address"
}

extension ReferenceDevice {
  /// The neighbor through which a destination is reached [RFC 4861 5.2].
  func nextHop(for destination: IPv6Address) -> IPv6Address {
    if let better = redirects6[destination] { return better }
    if breaks(OutputMutant.resolvesOffLinkDirectly) || isOnLink6(destination) { return destination }
    if breaks(OnLinkMutant.takesNeighborsForOnLink), neighbors6[destination] != nil { return destination }
    return defaultRouter6
  }

  /// Whether a destination is on the link: its prefix says so, nothing else does [RFC5942-6-a] [RFC5942-4-noimp].
  private func isOnLink6(_ destination: IPv6Address) -> Bool {
    if isLinkLocalWithdrawn, destination.isLinkLocal { return false }
    return configuration.isOnLink(destination) || prefixes6.cover(destination, at: now)
  }

  private var isLinkLocalWithdrawn: Bool {
    breaks(OnLinkMutant.obeysLinkLocalPrefix) && prefixes6.all.keys.contains { $0.address.isLinkLocal }
  }

  /// The router for all other destinations: the one that it was given, or one that advertised itself; neighbors that are
  /// known come first, those that say they are better before others [RFC 4861 6.3.6] [RFC 4191 3.2].
  private var defaultRouter6: IPv6Address {
    let given = DefaultRouters.Router(
      address: configuration.ipv6Gateway,
      expires: .distantFuture,
      preference: 0
    )
    func rank(_ router: DefaultRouters.Router) -> Int {
      (neighbors6[router.address] != nil ? 4 : 0) + router.preference
    }
    var best = given
    for router in routers6.alive(at: now) where rank(router) > rank(best) { best = router }
    return best.address
  }

  /// A neighbor is no router any more: nothing goes through it [RFC4861-7.2.5-r].
  mutating func leaveRouter(_ router: IPv6Address) {
    routers6.remove(router)
    redirects6 = redirects6.filter { $0.value != router || $0.key == router }
  }

  /// Takes in which prefixes are on the link.
  mutating func learnPrefixes(_ options: DiscoveryOptions) {
    if breaks(OnLinkMutant.forgetsEarlierPrefixes), !options.prefixes.isEmpty { prefixes6.removeAll() }
    for prefix in options.prefixes { learnOnLink(prefix) }
  }

  /// RFC4861-6.3.4-l1, -l0, -pfx-ll, -pfx0: only L=1 says anything, and nothing of link-local addresses.
  private mutating func learnOnLink(_ option: DiscoveryOptions.Prefix) {
    let prefix = OnLinkPrefixes.Prefix(address: option.prefix, length: option.length)
    if option.prefix.isLinkLocal {
      if breaks(OnLinkMutant.obeysLinkLocalPrefix) { prefixes6.add(prefix, until: now) }
      return
    }
    guard option.length <= 128, !option.prefix.isMulticast else { return }
    if !option.isOnLink {
      if breaks(OnLinkMutant.offLinkPrefixWithdraws) { prefixes6.remove(prefix) }
      guard breaks(OnLinkMutant.takesAllPrefixesForOnLink) else { return }
    }
    if breaks(OnLinkMutant.ignoresOnLinkPrefixes) { return }
    if option.validLifetime == 0 {
      if !breaks(OnLinkMutant.ignoresPrefixLifetimeZero) { prefixes6.remove(prefix) }
      return
    }
    let isForEver = option.validLifetime == .max || breaks(OnLinkMutant.keepsExpiredPrefix)
    prefixes6.add(prefix, until: isForEver ? nil : now + .seconds(Int(option.validLifetime)))
  }
}
