internal import Suite
internal import Wire

/// How mutants deviate with neighbors that don't answer, mostly over both IP versions.
enum ResolutionMutant: String, Deviation {
  static let role = Role.router
  case silentAboutUnresolved =
    "RFC1812-4.3.3.1-b RFC4861-7.2.2-fail RFC4443-3.1-c3-a: doesn't report neighbors that don't answer"
  case wrongCodeForUnresolved =
    "RFC1812-5.2.7.1-e RFC4443-3.1-c3-a: reports neighbors that don't answer as networks without a route"
  case reportsUnresolvedAtOnce =
    "RFC1812-3.3.2-a RFC4443-3.1-c3-a: reports neighbors that it hasn't asked for yet"
  case losesWhatWaits = "RFC1812-3.3.2-a: loses what waits for a neighbor's address"
  case reportsErrorsToNobody =
    "RFC1812-4.3.2.7-a RFC4443-2.4.e.1-a: reports errors to neighbors that don't answer"
}

extension ForwardingDevice {
  /// Sends a datagram to its next hop as soon as its Ethernet address is known.
  mutating func transmit(_ bytes: [UInt8], via hop: IPv4Address, at arm: Arm, as original: IPv4Datagram) {
    let isKnown = host(on: arm).neighbors4[hop] != nil
    if !isKnown {
      if breaks(ResolutionMutant.reportsUnresolvedAtOnce) { report4(3, 1, about: original) }
      if breaks(ResolutionMutant.losesWhatWaits) {
        return ask(arm) { host in if host.neighbors4.questions[hop] == nil { host.askFor(hop) } }
      }
      unresolved4.append(Unresolved(arm: arm, hop: hop, packet: original))
    }
    ask(arm) { $0.transmit4(bytes, via: hop, from: $0.configuration.ipv4) }
  }

  /// Sends a packet to its next hop as soon as its Ethernet address is known.
  mutating func transmit(_ bytes: [UInt8], via hop: IPv6Address, at arm: Arm, as original: IPv6Packet) {
    let isKnown = host(on: arm).neighbors6[hop] != nil
    if !isKnown {
      if breaks(ResolutionMutant.reportsUnresolvedAtOnce) { report6(1, 3, about: original) }
      unresolved6.append(Unresolved(arm: arm, hop: hop, packet: original))
    }
    ask(arm) { $0.transmit6(bytes, via: hop, from: $0.configuration.linkLocal) }
  }

  /// Tells the senders of packets whose next hop was asked for in vain.
  mutating func reportUnresolved() {
    reportUnresolved4()
    reportUnresolved6()
  }

  /// RFC1812-4.3.3.1-b, RFC1812-3.3.2-b: one of the datagrams that waited is reported, here to each of their senders.
  private mutating func reportUnresolved4() {
    guard !unresolved4.isEmpty else { return }
    let all = unresolved4
    unresolved4 = all.filter { host(on: $0.arm).neighbors4.questions[$0.hop] != nil }
    var told: Set<[UInt8]> = []
    for wait in all {
      let table = host(on: wait.arm).neighbors4
      guard table[wait.hop] == nil, table.questions[wait.hop] == nil,
        told.insert(wait.hop.octets + wait.packet.source.octets).inserted,
        !breaks(ResolutionMutant.silentAboutUnresolved)
      else { continue }
      var packet = wait.packet
      if breaks(ResolutionMutant.reportsErrorsToNobody), packet.protocolNumber == 1 {
        packet = packet.withoutItsType
      }
      report4(3, breaks(ResolutionMutant.wrongCodeForUnresolved) ? 0 : 1, about: packet)
    }
  }

  /// RFC4861-7.2.2-fail: each of the packets that waited is reported.
  private mutating func reportUnresolved6() {
    guard !unresolved6.isEmpty else { return }
    let all = unresolved6
    unresolved6 = all.filter { host(on: $0.arm).neighbors6.questions[$0.hop] != nil }
    for wait in all {
      let table = host(on: wait.arm).neighbors6
      guard table[wait.hop] == nil, table.questions[wait.hop] == nil,
        !breaks(ResolutionMutant.silentAboutUnresolved)
      else { continue }
      var packet = wait.packet
      if breaks(ResolutionMutant.reportsErrorsToNobody) { packet = packet.withoutItsType }
      report6(1, breaks(ResolutionMutant.wrongCodeForUnresolved) ? 0 : 3, about: packet)
    }
  }
}
