internal import Wire

/// How mutants deviate in taking neighbor solicitations.
enum SolicitationMutant: String, Deviation {
  case acceptsShortSolicitation =
    "RFC4861-7.1.1-d RFC4862-5.4.1-ns-len: takes what is missing of a solicitation's target for right"
  case acceptsGroupForTarget = "RFC4861-7.1.1-e: answers solicitations for groups that it has joined"
  case acceptsNobodyAnywhere =
    "RFC4861-7.1.1-g RFC4862-5.4.1-ns-dst RFC4862-5.4.1-ns-allnodes: heeds solicitations from nobody sent anywhere"
  case acceptsNobodysStation =
    "RFC4861-7.1.1-h RFC4862-5.4.1-ns-slla: heeds solicitations from nobody that say who that is"
  case answersForOthers = "RFC4861-7.2.3-a: answers solicitations for whatever address"
  case forgetsSolicitor = "RFC4861-7.2.3-c: doesn't learn who solicits"
  case believesSolicitor = "RFC4861-7.2.3-c: takes who solicits for reachable"
  case keepsFirstStation =
    "RFC4861-7.2.3-d: doesn't learn that a solicitor's Ethernet address is another one now"
  case believesMovedSolicitor =
    "RFC4861-7.2.3-d: takes a solicitor whose Ethernet address is another one now for reachable"
  case learnsFromNobody =
    "RFC4861-7.2.3-e: takes a duplicate address detection's target for its sender's address"
  case forgetsRoutersThatAsk = "RFC4861-7.2.3-f: takes who solicits for no router"
  case ignoresUnicastSolicitation =
    "RFC4861-7.2.3-g RFC8504-5.4-uns: doesn't answer solicitations to its own address"
  case needsStationOfSolicitor =
    "RFC4861-7.2.3-h: doesn't answer solicitors that leave their Ethernet address out"
  case learnsFromFrames =
    "RFC4861-7.2.3-i: takes the frame's sender for the solicitor if that says nothing else"
  case learnsFromTargetOption =
    "RFC4861-4-tlla-ns RFC4861-7.1.1-def: takes the target's option for the solicitor's own"
  case answersTwoSolicitationsOfThree = "RFC4861-7.2.3-g: doesn't answer each third solicitation"
  case deafToLinkLocalGroup =
    "RFC4291-2.7.1-a RFC4291-2.8-a: hasn't joined the solicited-node group of its link-local address"
}

extension ReferenceDevice {
  /// Answers a valid solicitation for an own address, however it was sent [RFC4861-7.2.3-a] [RFC4861-7.2.3-g]
  /// [RFC4861-7.2.3-h], and learns the sender's Ethernet address if it is told [RFC4861-7.2.3-c] [RFC4861-7.2.3-i].
  mutating func receiveNeighborSolicitation(_ message: [UInt8], _ packet: IPv6Packet) {
    let isShort = message.count < 24 && breaks(SolicitationMutant.acceptsShortSolicitation)
    guard let options = discoveryOptions(of: message, packet, behind: isShort ? message.count : 24) else {
      return
    }
    var target = message.ipv6(8)
    if isShort { target = addresses6.tentative.first ?? configuration.ipv6 }
    if packet.source.isUnspecified {
      guard isFromNobody(packet, options) else { return }
      if breaks(SolicitationMutant.learnsFromNobody) { learn6(target, packet.frame.source) }
    }
    if target.isMulticast, breaks(SolicitationMutant.acceptsGroupForTarget), hasJoined6(target) {
      return advertise(target, to: packet.source, isAskedByGroup: true)
    }
    if hearsRival(target, packet, options.nonce) { return }
    // RFC4861-7.1.1-e, RFC4861-7.2.3-a
    guard
      isOwn6(target) || configuration.isAnycast(target)
        || breaks(SolicitationMutant.answersForOthers) && !target.isMulticast
    else {
      return
    }
    let isToGroup = packet.destination.isMulticast
    if breaks(SolicitationMutant.ignoresUnicastSolicitation), !isToGroup { return }
    if breaks(SolicitationMutant.needsStationOfSolicitor), !isToGroup, options[1] == nil { return }
    let mutant = SolicitationMutant.answersTwoSolicitationsOfThree
    if breaks(mutant), history.counts(mutant) % 3 == 0 { return }
    if packet.source.isUnspecified { return advertise(target, to: nil, isAskedByGroup: true) }
    learnSolicitor(packet, options)
    advertise(target, to: packet.source, isAskedByGroup: isToGroup)
  }

  /// RFC4861-7.1.1-g, -h: nobody asks only the group of its own address to be, and has no Ethernet address.
  private func isFromNobody(_ packet: IPv6Packet, _ options: DiscoveryOptions) -> Bool {
    let to = packet.destination
    let isToSolicited = to == IPv6Address(high: 0, low: to.low).solicitedNodeMulticast
    return (isToSolicited || breaks(SolicitationMutant.acceptsNobodyAnywhere))
      && (options[1] == nil || breaks(SolicitationMutant.acceptsNobodysStation))
  }

  private mutating func learnSolicitor(_ packet: IPv6Packet, _ options: DiscoveryOptions) {
    var station = options[1]
    if breaks(SolicitationMutant.learnsFromTargetOption) { station = station ?? options[2] }
    if breaks(SolicitationMutant.learnsFromFrames) { station = station ?? packet.frame.source }
    // RFC4861-7.2.3-f: whether it is a router is nothing that a solicitation tells.
    if breaks(SolicitationMutant.forgetsRoutersThatAsk) { leaveRouter(packet.source) }
    guard let station, !breaks(SolicitationMutant.forgetsSolicitor) else { return }
    // RFC4861-7.2.3-d
    if breaks(SolicitationMutant.keepsFirstStation), neighbors6[packet.source] != nil { return }
    let hasMoved = neighbors6[packet.source].map { $0 != station } ?? false
    let isBelieved =
      breaks(SolicitationMutant.believesSolicitor)
      || hasMoved && breaks(SolicitationMutant.believesMovedSolicitor)
    learn6(packet.source, station, isBelieved: isBelieved)
  }
}
