internal import Capture
internal import Wire

/// How mutants deviate in advertising their own addresses.
enum AdvertisingMutant: String, Deviation {
  case advertisesOtherTarget = "RFC4861-7.2.4-tgt: advertises its global address whatever was asked for"
  case advertisesFromAfar = "RFC4861-7.2.4-hl: sends advertisements with a hop limit of 64"
  case omitsOwnStation = "RFC4861-7.2.4-tlla: leaves its Ethernet address out when a group was asked"
  case omitsOwnStationInUnicast =
    "RFC4861-7.2.4-tlla-u: leaves its Ethernet address out when its own address was asked"
  case forgetsSolicitedFlag = "RFC4861-7.2.4-s: doesn't say that its advertisements were asked for"
  case answersSolicitorsInPublic = "RFC4861-7.2.4-s: answers solicitations to all nodes"
  case answersNobodyAsSolicited = "RFC4861-7.2.4-uns: says to all nodes that it answers them"
  case silentToNobody = "RFC4861-7.2.4-uns: doesn't tell who wants to take its address"
  case advertisesItselfAsRouter = "RFC4861-7.2.4-r-h: says in advertisements that it is a router"
  case forgetsOverrideFlag = "RFC4861-7.2.4-o: lets others keep its former Ethernet address"
  case fillsReservedOfAdvertisement = "RFC4861-7.2.4-rsv: sets reserved bits of advertisements"
  case sendsLongStationOption = "RFC2464-6-a: sends its Ethernet address in sixteen octets"
  case advertisesFromNowhere = "RFC4291-2.5.2-d RFC4861-7.2.4-uns: sends advertisements to all from nobody"
}

extension ReferenceDevice {
  /// Advertises an own address [RFC4861-7.2.4-tgt, -tlla, -tlla-u, -s, -uns, -r-h, -o, -rsv, -hl].
  ///
  /// - Parameters:
  ///   - target: The address.
  ///   - asker: Who asked for it; nil: nobody, who may be about to take it.
  ///   - isAskedByGroup: Whether a group was asked.
  mutating func advertise(_ target: IPv6Address, to asker: IPv6Address?, isAskedByGroup: Bool) {
    if configuration.isRouter { return advertiseAsRouter(target, to: asker) }
    if asker == nil, breaks(AdvertisingMutant.silentToNobody) { return }
    let target = breaks(AdvertisingMutant.advertisesOtherTarget) ? configuration.ipv6 : target
    let omits =
      breaks(AdvertisingMutant.omitsOwnStation) && isAskedByGroup
      || breaks(AdvertisingMutant.omitsOwnStationInUnicast) && !isAskedByGroup
    let isSolicited = asker != nil || breaks(AdvertisingMutant.answersNobodyAsSolicited)
    var flags: UInt8 = 0
    if !breaks(AdvertisingMutant.forgetsOverrideFlag) { flags |= 0x20 }
    if isSolicited, !breaks(AdvertisingMutant.forgetsSolicitedFlag) { flags |= 0x40 }
    if breaks(AdvertisingMutant.advertisesItselfAsRouter) { flags |= 0x80 }
    var message: [UInt8] = [136, 0, 0, 0, flags, 0, 0, 0] + target.octets
    if breaks(AdvertisingMutant.fillsReservedOfAdvertisement) { message.put8(1, at: 7) }
    if !omits { message += ownStation(2) }
    var reply = IPv6Reply(source: target, destination: asker ?? .allNodes, hopLimit: 255)
    if target.isMulticast || !isOwn6(target) { reply.source = configuration.linkLocal }
    if breaks(AdvertisingMutant.advertisesFromAfar) { reply.hopLimit = 64 }
    if breaks(AdvertisingMutant.answersSolicitorsInPublic) { reply.destination = .allNodes }
    if asker == nil, breaks(AdvertisingMutant.advertisesFromNowhere) { reply.source = .unspecified }
    sendICMPv6(message, reply)
  }

  /// The option that tells the own Ethernet address: eight octets [RFC2464-6-a].
  func ownStation(_ type: UInt8) -> [UInt8] {
    let isLong = breaks(AdvertisingMutant.sendsLongStationOption)
    return [type, isLong ? 2 : 1] + configuration.mac.octets + (isLong ? [UInt8](repeating: 0, count: 8) : [])
  }
}

/// How mutants deviate in taking neighbor advertisements.
enum AdvertisementMutant: String, Deviation {
  case acceptsShortAdvertisement =
    "RFC4861-7.1.2-d RFC4862-5.4.1-na-len: takes what is missing of an advertisement's target for right"
  case takesGroupForNeighbor = "RFC4861-7.1.2-e: takes an advertisement of a group for one of its members"
  case acceptsSolicitedToAll =
    "RFC4861-7.1.2-f RFC4862-5.4.1-na-s1: takes answers that were sent to all nodes"
  case learnsFromSourceOption = "RFC4861-7.1.2-def: takes the source's option for the target's"
  case createsFromAdvertisement = "RFC4861-7.2.5-none: learns who advertises though it wants nothing of it"
  case resolvesWithoutStation =
    "RFC4861-7.2.5-inc: takes the frame's sender for the target if that says nothing else"
  case needsOverrideToResolve = "RFC4861-7.2.5-inc-o: takes no answer that doesn't override"
  case alwaysOverrides = "RFC4861-7.2.5-o0: replaces a known Ethernet address without being told to"
  case staysReachableForAnother =
    "RFC4861-7.2.5-o0: goes on believing a neighbor reachable that somebody else claims to be"
  case neverOverrides = "RFC4861-7.2.5-o1: keeps the Ethernet address that it knows"
  case believesOverride = "RFC4861-7.2.5-o1: takes who overrides for reachable"
  case ignoresSolicitedFlag = "RFC4861-7.2.5-s1: takes nobody who answers its probes for reachable"
  case believesUnsolicited = "RFC4861-7.3.1-ll: takes who advertises unasked for reachable"
  case keepsFormerRouter = "RFC4861-7.2.5-r: goes on using a router that says it is none"
}

extension ReferenceDevice {
  /// Takes in what a neighbor says of itself, if it was asked for or is known [RFC4861-7.2.5-none].
  mutating func receiveNeighborAdvertisement(_ message: [UInt8], _ packet: IPv6Packet) {
    let isShort = message.count < 24 && breaks(AdvertisementMutant.acceptsShortAdvertisement)
    guard var options = discoveryOptions(of: message, packet, behind: isShort ? message.count : 24) else {
      return
    }
    var target = message.ipv6(8)
    if isShort || target.isMulticast && breaks(AdvertisementMutant.takesGroupForNeighbor) {
      // What such a mutant takes it for: the neighbor that sent it.
      target = isShort ? addresses6.tentative.first ?? packet.source : packet.source
      if isShort { options.stations[2] = packet.frame.source }
    }
    let isSolicited = message.octet(4) & 0x40 != 0
    // RFC4861-7.1.2-e, -f
    if packet.destination.isMulticast, isSolicited, !breaks(AdvertisementMutant.acceptsSolicitedToAll) {
      return
    }
    if hearsOwner(target) { return }
    guard !target.isMulticast else { return }
    var station = options[2]
    if breaks(AdvertisementMutant.learnsFromSourceOption) { station = station ?? options[1] }
    let advertisement = Advertisement(
      station: station,
      isRouter: message.octet(4) & 0x80 != 0,
      isSolicited: isSolicited && !breaks(AdvertisementMutant.ignoresSolicitedFlag),
      overrides: message.octet(4) & 0x20 != 0
    )
    if neighbors6.questions[target] != nil {
      if breaks(AdvertisementMutant.resolvesWithoutStation) { station = station ?? packet.frame.source }
      resolve(target, to: station, advertisement)
    } else if let entry = neighbors6.known[target] {
      update(entry, of: target, advertisement)
    } else if let station, breaks(AdvertisementMutant.createsFromAdvertisement) {
      learn6(target, station)
    }
  }

  /// What an advertisement says.
  private struct Advertisement {
    var station: MACAddress?
    var isRouter: Bool
    var isSolicited: Bool
    var overrides: Bool
  }

  /// RFC4861-7.2.5-inc, -inc-o: the answer to a question for an address needs an Ethernet address, and nothing else.
  private mutating func resolve(_ target: IPv6Address, to station: MACAddress?, _ said: Advertisement) {
    guard let station, !station.isMulticast, !station.isZero else { return }
    if breaks(AdvertisementMutant.needsOverrideToResolve), !said.overrides { return }
    var entry = NeighborCache.Entry(mac: station, isRouter: said.isRouter)
    if said.isSolicited { entry.state = .reachable(until: now + reachableTime()) }
    note(entry, of: target)
  }

  /// RFC4861-7.2.5-o0, -o1, -s1, -r: another Ethernet address counts only with the override flag.
  private mutating func update(_ known: NeighborCache.Entry, of target: IPv6Address, _ said: Advertisement) {
    var entry = known
    let isOther = said.station.map { $0 != known.mac } ?? false
    let overrides = said.overrides && !breaks(AdvertisementMutant.neverOverrides)
    if isOther, !overrides, !breaks(AdvertisementMutant.alwaysOverrides) {
      guard case .reachable = known.state, !breaks(AdvertisementMutant.staysReachableForAnother) else {
        return
      }
      entry.state = .stale
      return note(entry, of: target)
    }
    if isOther, let station = said.station, !station.isMulticast, !station.isZero {
      entry.mac = station
      entry.state = .stale
    }
    // RFC4861-7.2.5-s1; RFC4861-7.3.1-ll: only what was asked for shows that the way there works.
    if said.isSolicited || breaks(AdvertisementMutant.believesUnsolicited) && !isOther
      || breaks(AdvertisementMutant.believesOverride) && isOther
    {
      entry.state = .reachable(until: now + reachableTime())
    }
    entry.isRouter = said.isRouter
    note(entry, of: target)
    // RFC4861-7.2.5-r
    if known.isRouter, !said.isRouter, !breaks(AdvertisementMutant.keepsFormerRouter) { leaveRouter(target) }
  }
}
