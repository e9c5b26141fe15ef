internal import Capture
internal import Suite
internal import Wire

/// How mutants deviate in advertising themselves over IPv6.
enum RouterAdvertisementMutant: String, Deviation {
  static let role = Role.router
  case silentAboutSolicitation6 = "RFC4861-6.2.6-ans: doesn't answer router solicitations over IPv6"
  case acceptsSolicitationFromAfar = "RFC4861-6.1.1-a: answers router solicitations from beyond the link"
  case acceptsSolicitationChecksum6 =
    "RFC4861-6.1.1-b: answers router solicitations over IPv6 whose checksum is wrong"
  case acceptsSolicitationCode6 = "RFC4861-6.1.1-c: answers router solicitations over IPv6 of any code"
  case acceptsShortSolicitation6 = "RFC4861-6.1.1-d: answers router solicitations over IPv6 of any length"
  case acceptsEmptyOption = "RFC4861-6.1.1-e: answers router solicitations with an option of length 0"
  case acceptsAddressOfNobody =
    "RFC4861-6.1.1-f: answers router solicitations from nobody with an Ethernet address"
  case wantsKnownOptions = "RFC4861-6.1.1-res: ignores router solicitations with options that it doesn't know"
  case acceptsFragmentedSolicitation = "RFC6980-5-rs: answers router solicitations in fragments"
  case answersSolicitationAtOnce = "RFC4861-6.2.6-delay: answers router solicitations without delay"
  case advertisesForEach = "RFC4861-6.2.6-rate: advertises itself to all nodes as often as somebody asks"
  case keepsSolicitorsAddress =
    "RFC4861-6.2.6-nc2: doesn't take over a new Ethernet address from solicitations"
  case advertisesFromGlobal = "RFC4861-6.2-src: advertises itself from its global address"
  case advertisesWithLowHopLimit = "RFC4861-6.2-src: advertises itself with a hop limit of 64"
  case advertisesTooLong = "RFC4861-6.2-life: advertises itself for 65,535 seconds"
  case prefersBeyondValid = "RFC4861-6.2-pref: advertises a prefix that is preferred longer than it is valid"
  case advertisesLinkLocalPrefix = "RFC4861-6.2-ll: advertises the link-local prefix"
  case advertisesOnBothLinks = "RFC4861-6.2-nonadv: advertises itself where it wasn't told to"
}

extension ForwardingDevice {
  /// MAX_RA_DELAY_TIME [RFC4861-6.2.6-delay].
  private static let answerDelay = Duration.milliseconds(500)
  /// MIN_DELAY_BETWEEN_RAS [RFC4861-6.2.6-rate].
  private static let pause = Duration.seconds(3)

  func advertises6(on arm: Arm) -> Bool {
    host(on: arm).configuration.advertisesIPv6 || breaks(RouterAdvertisementMutant.advertisesOnBothLinks)
  }

  /// Whether a packet asks the routers of a link for an advertisement.
  func isRouterSolicitation(_ packet: IPv6Packet, _ arm: Arm) -> Bool {
    guard advertises6(on: arm), let upper = packet.upperLayer(), upper.nextHeader == 58 else { return false }
    return packet.bytes.octet(upper.offset) == 133 && packet.bytes.count > upper.offset
  }

  /// Answers a valid solicitation [RFC4861-6.2.6-ans]: its sender alone, or all nodes if it has no address.
  mutating func receiveRouterSolicitation6(_ packet: IPv6Packet, _ arm: Arm) {
    guard let solicitation = validSolicitation(packet, arm) else { return }
    if breaks(RouterAdvertisementMutant.silentAboutSolicitation6) { return }
    let source = packet.source
    if let mac = solicitation.mac {
      // RFC4861-6.2.6-nc2
      let isKept = breaks(RouterAdvertisementMutant.keepsSolicitorsAddress)
      ask(arm) { host in if !isKept || host.neighbors6[source] == nil { host.learn6(source, mac) } }
    }
    if source.isUnspecified { return solicitAll(arm) }
    if breaks(RouterAdvertisementMutant.advertisesForEach) { return advertise6(arm, to: .allNodes) }
    let isAtOnce = breaks(RouterAdvertisementMutant.answersSolicitationAtOnce)
    advertise6(arm, to: source, after: isAtOnce ? .zero : chance.duration(upTo: Self.answerDelay))
  }

  /// All nodes get it within half a second, but no sooner than three seconds after the last one
  /// [RFC4861-6.2.6-rate].
  private mutating func solicitAll(_ arm: Arm) {
    guard var schedule = advertising6[arm] else { return }
    var time = now + chance.duration(upTo: Self.answerDelay)
    if let latest = schedule.latest { time = max(time, latest + Self.pause) }
    schedule.next = min(schedule.next, time)
    advertising6[arm] = schedule
  }

  /// RFC4861-6.1.1-a to -f, RFC6980-5-rs: right in all that a router looks at; with the sender's Ethernet address if
  /// it says one.
  ///
  /// What is reserved or unknown is ignored [RFC4861-6.1.1-res].
  private func validSolicitation(_ packet: IPv6Packet, _ arm: Arm) -> Solicitation? {
    guard let upper = packet.upperLayer() else { return nil }
    let message = packet.bytes.octets(from: upper.offset)
    let sum = Checksum.internet(message, adding: packet.pseudoHeader(58, from: upper.offset))
    guard packet.hopLimit == 255 || breaks(RouterAdvertisementMutant.acceptsSolicitationFromAfar),
      sum == 0 || breaks(RouterAdvertisementMutant.acceptsSolicitationChecksum6),
      message.octet(1) == 0 || breaks(RouterAdvertisementMutant.acceptsSolicitationCode6),
      message.count >= 8 || breaks(RouterAdvertisementMutant.acceptsShortSolicitation6),
      !packet.hasFragmentHeader || breaks(RouterAdvertisementMutant.acceptsFragmentedSolicitation)
    else { return nil }
    guard let options = host(on: arm).discoveryOptions(message, from: 8) else {
      return breaks(RouterAdvertisementMutant.acceptsEmptyOption) ? Solicitation() : nil
    }
    if breaks(RouterAdvertisementMutant.wantsKnownOptions), message.count > 16 { return nil }
    if packet.source.isUnspecified, options[1] != nil {
      return breaks(RouterAdvertisementMutant.acceptsAddressOfNobody) ? Solicitation() : nil
    }
    return Solicitation(mac: options[1])
  }

  /// From the link-local address with hop limit 255 [RFC4861-6.2-src], with the prefix of the link.
  mutating func advertise6(_ arm: Arm, to destination: IPv6Address, after delay: Duration = .zero) {
    let link = host(on: arm).configuration
    var message: [UInt8] = [134, 0, 0, 0, 64, 0]
    // RFC4861-6.2-life
    message.append16(breaks(RouterAdvertisementMutant.advertisesTooLong) ? .max : 1800)
    message += [0, 0, 0, 0, 0, 0, 0, 0, 1, 1] + link.mac.octets + [5, 1, 0, 0]
    message.append32(UInt32(link.mtu))
    message += prefixOption(IPv6Address(high: link.ipv6.high, low: 0))
    if breaks(RouterAdvertisementMutant.advertisesLinkLocalPrefix) {
      message += prefixOption(IPv6Address(high: link.linkLocal.high, low: 0))
    }
    var reply = IPv6Reply(source: link.linkLocal, destination: destination, hopLimit: 255)
    if breaks(RouterAdvertisementMutant.advertisesFromGlobal) { reply.source = link.ipv6 }
    if breaks(RouterAdvertisementMutant.advertisesWithLowHopLimit) { reply.hopLimit = 64 }
    ask(arm) { host in
      host.emissionDelay = delay
      host.sendICMPv6(message, reply)
    }
    setEmissionDelay(.zero, at: arm)
  }

  /// On-link and good for addresses; preferred for a week, valid for a month [RFC4861-6.2-pref].
  private func prefixOption(_ prefix: IPv6Address) -> [UInt8] {
    var option: [UInt8] = [3, 4, 64, 0xc0]
    option.append32(2_592_000)
    option.append32(breaks(RouterAdvertisementMutant.prefersBeyondValid) ? 3_600_000 : 604_800)
    return option + [0, 0, 0, 0] + prefix.octets
  }
}

/// What a router takes from a valid solicitation.
private struct Solicitation {
  /// The sender's Ethernet address, if it says one.
  var mac: MACAddress?
}

/// What is sent to all hosts of a link unasked, from when the router first hears or is woken.
extension ForwardingDevice {
  /// When the next of these goes out.
  var nextAdvertisement: Timestamp? {
    [advertising4.values.map(\.next).min(), advertising6.values.map(\.next).min()].compactMap(\.self).min()
  }

  /// RFC1256-4.1-a, RFC4861-6.2-intv: by the times that are usual.
  mutating func startAdvertising() {
    guard !hasStarted else { return }
    hasStarted = true
    for arm in Arm.allCases {
      if host(on: arm).configuration.advertisesIPv4, !breaks(RouterDiscoveryMutant.neverAdvertises4) {
        advertising4[arm] = AdvertisingSchedule(from: now, least: .seconds(450), most: .seconds(600))
      }
      if advertises6(on: arm) {
        advertising6[arm] = AdvertisingSchedule(from: now, least: .seconds(198), most: .seconds(600))
      }
    }
  }

  /// Sends the advertisements that are due.
  mutating func advertise() {
    for arm in Arm.allCases {
      if var schedule = advertising4[arm], schedule.next <= now {
        schedule.advance(at: now, &chance)
        advertising4[arm] = schedule
        advertise4(arm, to: DeviceConfiguration.allHosts)
      }
      if var schedule = advertising6[arm], schedule.next <= now {
        schedule.advance(at: now, &chance)
        advertising6[arm] = schedule
        advertise6(arm, to: .allNodes)
      }
    }
  }
}
