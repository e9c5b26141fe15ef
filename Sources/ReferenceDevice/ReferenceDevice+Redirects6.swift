internal import Wire

/// How mutants deviate in taking redirects over IPv6.
enum RedirectInputMutant: String, Deviation {
  case acceptsGroupDestination = "RFC4861-8.1-g: learns from redirects of what is sent to groups"
  case acceptsAnyRedirectTarget =
    "RFC4861-8.1-h: takes redirects to routers by other addresses than link-local ones"
  case needsStationInRedirect = "RFC4861-8.3-upd: discards redirects that don't tell an Ethernet address"
  case learnsFromInvalidRedirect = "RFC4861-8.1-nc: learns Ethernet addresses from invalid redirects"
  case needsPrefixOfRedirectTarget =
    "RFC4861-8.1-pfx: discards redirects to targets under no prefix of the link"
  case ignoresOnLinkRedirect =
    "RFC4861-8.3-onlink: doesn't believe that a destination is on the link when a redirect says so"
  case ignoresRedirectsStation = "RFC4861-8.3-upd: doesn't learn Ethernet addresses from redirects"
  case keepsStationDespiteRedirect =
    "RFC4861-8.3-stale: doesn't learn from a redirect that an Ethernet address is another one now"
  case believesRedirectTarget = "RFC4861-8.3-stale: takes targets of redirects for reachable"
  case obeysFormerRouter =
    "RFC4861-8.1-f RFC4861-8.3-twice: goes on taking redirects of the router that redirected it"
  case obeysFirstRedirectOnly = "RFC4861-8.3-twice: takes no redirect of a router that it was redirected to"
  case reportsShortRedirects =
    "RFC4861-8.1-e RFC4443-2.4.e.2-c: complains about redirects of less than 40 octets"
  case sendsRedirects = "RFC4861-8.3-nosend: redirects who takes it for a router"
}

extension ReferenceDevice {
  /// RFC4861-8.3-upd: a redirect changes the first hop for one destination, if it comes from the router in use
  /// [RFC4861-8.1-f] and is right in all else [RFC4861-8.1-a] to [RFC4861-8.1-i]; otherwise it changes nothing
  /// [RFC4861-8.1-nc].
  mutating func receiveRedirect6(_ message: [UInt8], _ packet: IPv6Packet) {
    // RFC4861-8.2-rt: a router finds its way by its own table.
    if configuration.isRouter { return }
    if breaks(RedirectInputMutant.reportsShortRedirects), message.count < 40 {
      reportIPv6(4, 0, pointer: 4, about: packet.withoutItsType)
    }
    let (target, destination) = (message.ipv6(8), message.ipv6(24))
    if breaks(ErrorInputMutant.believesAnyRedirect), message.count >= 40 { redirects6[destination] = target }
    if breaks(ErrorInputMutant.believesErrorsWithBadChecksum), !isDiscoveryChecksumRight(message, packet) {
      redirects6[destination] = target
    }
    if breaks(RedirectInputMutant.learnsFromInvalidRedirect),
      let mac = discoveryOptions(message, from: 40)?[2]
    {
      learn6(target, mac)
    }
    guard let options = discoveryOptions(of: message, packet, behind: 40) else { return }
    let isOnLink = target == destination
    guard packet.source.isLinkLocal, isFirstHop(packet.source, for: destination),
      !destination.isMulticast || breaks(RedirectInputMutant.acceptsGroupDestination),
      isPossibleHop(target, isOnLink: isOnLink),
      options[2] != nil || !breaks(RedirectInputMutant.needsStationInRedirect)
    else { return }
    // RFC4861-8.3-onlink
    if !isOnLink || !breaks(RedirectInputMutant.ignoresOnLinkRedirect) { redirects6[destination] = target }
    // RFC4861-8.3-stale
    let isKept = breaks(RedirectInputMutant.keepsStationDespiteRedirect) && neighbors6[target] != nil
    guard let mac = options[2], !isKept, !breaks(RedirectInputMutant.ignoresRedirectsStation) else { return }
    let isBelieved = breaks(RedirectInputMutant.believesRedirectTarget)
    learn6(target, mac, isRouter: !isOnLink, isBelieved: isBelieved)
  }

  /// RFC4861-8.1-h: a router is told by its link-local address; RFC4861-8.1-pfx: whether a prefix covers a destination
  /// doesn't matter.
  private func isPossibleHop(_ target: IPv6Address, isOnLink: Bool) -> Bool {
    if isOwn6(target) { return false }
    if breaks(RedirectInputMutant.acceptsAnyRedirectTarget) { return true }
    if target.isMulticast { return false }
    return target.isLinkLocal || isOnLink && !breaks(RedirectInputMutant.needsPrefixOfRedirectTarget)
  }

  /// RFC4861-8.1-f, RFC4861-8.3-twice: the first hop now, whoever it was before.
  private func isFirstHop(_ router: IPv6Address, for destination: IPv6Address) -> Bool {
    let isRedirected = redirects6[destination] != nil
    if breaks(RedirectInputMutant.obeysFirstRedirectOnly), isRedirected { return false }
    if breaks(RedirectInputMutant.obeysFormerRouter), router == configuration.ipv6Gateway { return true }
    return router == nextHop(for: destination)
  }

  private func isDiscoveryChecksumRight(_ message: [UInt8], _ packet: IPv6Packet) -> Bool {
    Checksum.internet(message, adding: packet.pseudoHeader(58, from: packet.bytes.count - message.count)) == 0
  }

  /// RFC4861-8.3-nosend: what a mutant says to who takes it for a router.
  mutating func redirectSender(of packet: IPv6Packet) {
    guard breaks(RedirectInputMutant.sendsRedirects), !packet.destination.isMulticast,
      packet.frame.destination == configuration.mac
    else { return }
    let message = [137, 0, 0, 0, 0, 0, 0, 0] + packet.destination.octets + packet.destination.octets
    sendICMPv6(message, IPv6Reply(source: configuration.linkLocal, destination: packet.source, hopLimit: 255))
  }
}
