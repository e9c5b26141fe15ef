internal import Capture
internal import Wire

/// How mutants deviate in finding out whether an address is somebody else's.
enum DuplicateDetectionMutant: String, Deviation {
  case usesAddressesUnasked =
    "RFC4862-5.4-a RFC8504-6.3-dad: uses new addresses without asking whose they are"
  case detectsFromLinkLocal = "RFC4862-5.4.2-fmt: asks for its new address from its link-local one"
  case detectsAtAllNodes = "RFC4862-5.4.2-fmt: asks all nodes for its new address"
  case detectsInOtherGroup =
    "RFC4862-5.4.2-fmt: asks the group of its link-local address for its new address"
  case detectsFromAfar = "RFC4862-5.4.2-fmt: asks for its new address with a hop limit of 64"
  case detectsWithStation = "RFC4862-5.4.2-fmt: tells its Ethernet address when it asks for its new address"
  case joinsGroupAfterwards = "RFC4862-5.4.2-join: asks for its new address before it has joined its group"
  case detectsAtOnce = "RFC4862-5.4.2-delay: asks for its new address as soon as all hear of the prefix"
  case answersWhileTentative =
    "RFC4862-5.4.3-a: answers solicitations for an address that may be somebody else's"
  case yieldsToSolicitors = "RFC4862-5.4.3-a: gives up its new address when somebody looks for it"
  case ignoresOtherDetection = "RFC4862-5.4.3-b: takes an address that somebody else is about to take"
  case takesPacketsWhileTentative =
    "RFC4862-5.4.3-c RFC4862-5.4.3-d: takes packets to an address that may be somebody else's"
  case ignoresObjections = "RFC4862-5.4.4-a: takes an address that somebody else advertises"
  case yieldsToAnybody = "RFC4862-5.4.4-b: gives up its new address when somebody else has another one"
  case yieldsToGroups =
    "RFC4862-5.4.1-ns-mct RFC4862-5.4.1-na-mct: takes a group that is asked for or advertised for its new address"
  case detectsWithoutNonce = "RFC7527-4.1-a: asks for its new address without a nonce"
  case repeatsNonce = "RFC7527-4.1-a: asks for all its new addresses with a nonce of zeros"
  case takesAnyNonceForItsOwn =
    "RFC7527-4.2-b: takes whoever asks for its new address with a nonce for itself"
  case stopsAtDuplicate =
    "RFC4862-5.4.4-c: answers nothing for a fifth of a second when somebody advertises its address"
}

/// Duplicate address detection [RFC 4862 5.4]: an address is used when all were asked and nobody objected.
extension ReferenceDevice {
  /// Nobody is asked at the same time as all others that heard of the prefix [RFC4862-5.4.2-delay].
  private static let longestDetectionDelay = Duration.seconds(1)
  /// So often all are asked once more when the link sends back a question [RFC 7527 4.1].
  private static let repeatsOnLoop = 3

  /// RFC4862-5.4-a: nothing is taken or sent at an address before it is known to be free.
  mutating func beginDetection(
    of address: IPv6Address,
    _ entry: AutoconfiguredAddresses.Entry,
    isToAll: Bool
  ) {
    var entry = entry
    if !breaks(DuplicateDetectionMutant.usesAddressesUnasked) {
      let waits = isToAll && !breaks(DuplicateDetectionMutant.detectsAtOnce)
      entry.state = .new(until: now + (waits ? chance.duration(upTo: Self.longestDetectionDelay) : .zero))
    }
    addresses6[address] = entry
    detectDuplicates()
  }

  /// Asks for addresses whose time has come, and uses those that nobody objected to.
  mutating func detectDuplicates() {
    for address in addresses6.due(at: now) {
      guard var entry = addresses6[address] else { continue }
      if case .asked = entry.state, entry.repeats > 0 {
        entry.repeats -= 1
        entry.state = .asked(until: now + link6.retransmission)
        addresses6[address] = entry
        detect(address)
      } else if case .new = entry.state {
        let isNew = !groups6.contains(address.solicitedNodeMulticast)
        entry.state = .asked(until: now + link6.retransmission)
        addresses6[address] = entry
        // RFC4862-5.4.2-join
        let joinsLate = breaks(DuplicateDetectionMutant.joinsGroupAfterwards)
        if isNew, !joinsLate { reportJoined(address.solicitedNodeMulticast) }
        detect(address)
        if isNew, joinsLate { reportJoined(address.solicitedNodeMulticast) }
      } else {
        entry.state = .assigned
        addresses6[address] = entry
      }
    }
  }

  /// RFC4862-5.4.2-fmt: nobody asks the address's own group, and tells no Ethernet address.
  private mutating func detect(_ address: IPv6Address) {
    var reply = IPv6Reply(
      source: .unspecified,
      destination: address.solicitedNodeMulticast,
      hopLimit: 255
    )
    if breaks(DuplicateDetectionMutant.detectsFromLinkLocal) { reply.source = configuration.linkLocal }
    if breaks(DuplicateDetectionMutant.detectsAtAllNodes) { reply.destination = .allNodes }
    if breaks(DuplicateDetectionMutant.detectsInOtherGroup) {
      reply.destination = configuration.linkLocal.solicitedNodeMulticast
    }
    if breaks(DuplicateDetectionMutant.detectsFromAfar) { reply.hopLimit = 64 }
    let station = breaks(DuplicateDetectionMutant.detectsWithStation) ? ownStation(1) : []
    sendICMPv6([135, 0, 0, 0, 0, 0, 0, 0] + address.octets + station + nonce(for: address), reply)
  }

  /// RFC7527-4.1-a: another one for each question.
  private mutating func nonce(for address: IPv6Address) -> [UInt8] {
    if breaks(DuplicateDetectionMutant.detectsWithoutNonce) { return [] }
    let nonce = breaks(DuplicateDetectionMutant.repeatsNonce) ? [0, 0, 0, 0, 0, 0] : chance.octets(6)
    addresses6[address]?.nonces.append(nonce)
    return [14, 1] + nonce
  }

  /// Whether a packet to an address that may be somebody else's is taken: never [RFC4862-5.4.3-c] [RFC4862-5.4.3-d].
  func takesTentative(_ packet: IPv6Packet) -> Bool {
    guard addresses6.isTentative(packet.destination) else { return false }
    return breaks(DuplicateDetectionMutant.takesPacketsWhileTentative)
      || packet.source.isUnspecified && breaks(SolicitationMutant.acceptsNobodyAnywhere)
  }

  /// Hears a solicitation while addresses may be somebody else's: another node that is about to take one has it
  /// [RFC4862-5.4.3-b]; who merely looks for it gets no answer [RFC4862-5.4.3-a].
  ///
  /// - Returns: Whether it was about such an address.
  mutating func hearsRival(_ target: IPv6Address, _ packet: IPv6Packet, _ nonce: [UInt8]?) -> Bool {
    yieldToOthers(target)
    guard addresses6.isTentative(target) else { return false }
    if packet.source.isUnspecified, let nonce, isOwn(nonce, of: target) {
      // RFC7527-4.2-a
      let isFirst = addresses6[target]?.nonces.count == 1
      if isFirst { addresses6[target]?.repeats = Self.repeatsOnLoop }
    } else if packet.source.isUnspecified {
      if !breaks(DuplicateDetectionMutant.ignoresOtherDetection) { yield(target) }
    } else if breaks(DuplicateDetectionMutant.answersWhileTentative) || takesTentative(packet) {
      advertise(target, to: packet.source, isAskedByGroup: packet.destination.isMulticast)
    } else if breaks(DuplicateDetectionMutant.yieldsToSolicitors) {
      yield(target)
    }
    return true
  }

  /// Whether a question for an address is the device's own, sent back by the link [RFC7527-4.2-a]; another node's has another nonce
  /// or none [RFC7527-4.2-b].
  private func isOwn(_ nonce: [UInt8], of address: IPv6Address) -> Bool {
    breaks(DuplicateDetectionMutant.takesAnyNonceForItsOwn)
      || addresses6[address]?.nonces.contains(nonce) ?? false
  }

  /// RFC4862-5.4.4-a: who advertises the address has it; RFC4862-5.4.4-c: one that is used already is kept.
  ///
  /// - Returns: Whether it was about an address that may be somebody else's.
  mutating func hearsOwner(_ target: IPv6Address) -> Bool {
    yieldToOthers(target)
    if isOwn6(target), breaks(DuplicateDetectionMutant.stopsAtDuplicate) {
      history.sleepsUntil = now + .milliseconds(200)
    }
    guard addresses6.isTentative(target) else { return false }
    if !breaks(DuplicateDetectionMutant.ignoresObjections) { yield(target) }
    return true
  }

  /// RFC4862-5.4.4-b: what is said of other addresses doesn't matter.
  private mutating func yieldToOthers(_ target: IPv6Address) {
    guard !addresses6.isTentative(target), !isOwn6(target) else { return }
    let yields =
      breaks(DuplicateDetectionMutant.yieldsToAnybody)
      || target.isMulticast && breaks(DuplicateDetectionMutant.yieldsToGroups)
    if yields { for address in addresses6.tentative { yield(address) } }
  }

  private mutating func yield(_ address: IPv6Address) { addresses6[address]?.state = .duplicate }
}
