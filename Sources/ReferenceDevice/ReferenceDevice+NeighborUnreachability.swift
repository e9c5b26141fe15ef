internal import Capture
internal import Wire

/// How mutants deviate in finding out that a neighbor isn't there any more.
enum UnreachabilityMutant: String, Deviation {
  case neverProbes = "RFC4861-7.3-delay: never asks a neighbor whether it is still there"
  case probesAtOnce = "RFC4861-7.3-delay: asks a neighbor whether it is still there with the first packet"
  case probesByGroup = "RFC4861-7.3-delay: asks a neighbor's group whether it is still there"
  case probesFast = "RFC4861-7.3-rate: asks a neighbor four times a second whether it is still there"
  case probesForever = "RFC4861-7.3-delay RFC4861-7.3.1-echo: never gives up a neighbor that doesn't answer"
  case believesSenders = "RFC4861-7.3.1-echo: takes who sends something for reachable"
}

extension ReferenceDevice {
  /// A neighbor that is sent something has so long to show that it got it [RFC4861-7.3-delay].
  private static let delayBeforeProbe = Duration.seconds(5)
  /// After that many questions it is given up.
  private static let mostProbes = 3

  /// The Ethernet address to send a neighbor's packets to; nil if it has to be asked for.
  ///
  /// RFC4861-7.3-delay: a neighbor that may have gone is sent to at once, and asked later.
  mutating func station(of neighbor: IPv6Address, from asker: IPv6Address) -> MACAddress? {
    guard var entry = neighbors6.known[neighbor] else { return nil }
    if case .reachable(let until) = entry.state, until <= now { entry.state = .stale }
    if entry.state == .stale, !breaks(UnreachabilityMutant.neverProbes) {
      let wait = breaks(UnreachabilityMutant.probesAtOnce) ? .zero : Self.delayBeforeProbe
      entry.state = .delay(until: now + wait)
    }
    entry.asker = asker
    entry.uses += 1
    _ = neighbors6.note(entry, of: neighbor)
    return entry.mac
  }

  /// RFC4861-7.3-delay, -rate: asks neighbors whether they are there, by unicast, once in the time between solicitations.
  mutating func probeNeighbors() {
    for address in neighbors6.dueProbes(at: now) {
      guard var entry = neighbors6.known[address] else { continue }
      var asked = 0
      if case .probe(let earlier, _) = entry.state { asked = earlier }
      guard asked < Self.mostProbes || breaks(UnreachabilityMutant.probesForever) else {
        giveUp(address)
        continue
      }
      let interval = breaks(UnreachabilityMutant.probesFast) ? .milliseconds(250) : link6.retransmission
      entry.state = .probe(asked: asked + 1, due: now + interval)
      _ = neighbors6.note(entry, of: address)
      let asker = entry.asker ?? configuration.linkLocal
      if breaks(UnreachabilityMutant.probesByGroup) {
        askFor(address, from: asker)
      } else {
        let message = [135, 0, 0, 0, 0, 0, 0, 0] + address.octets + ownStation(1)
        sendICMPv6(message, IPv6Reply(source: asker, destination: address, hopLimit: 255, station: entry.mac))
      }
    }
  }

  /// Forgets a neighbor that isn't there, and what was to go through it: where its packets go is found out anew
  /// [RFC 4861 7.3.3].
  mutating func giveUp(_ address: IPv6Address) {
    neighbors6.forget(address)
    redirects6 = redirects6.filter { $0.value != address }
  }

  /// RFC4861-7.3.1-echo: that a neighbor sends something doesn't show that it gets what it is sent.
  mutating func hear(_ neighbor: IPv6Address) {
    guard breaks(UnreachabilityMutant.believesSenders), var entry = neighbors6.known[neighbor] else { return }
    entry.state = .reachable(until: now + reachableTime())
    _ = neighbors6.note(entry, of: neighbor)
  }

  /// How long a neighbor is believed to be there: half to one and a half times what routers say [RFC 4861 6.3.2].
  mutating func reachableTime() -> Duration {
    link6.draw = link6.draw &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return link6.reachable / 2 + link6.reachable * Int(link6.draw >> 54) / 1024
  }
}
