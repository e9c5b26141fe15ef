internal import Wire

/// How mutants deviate in neighbor discovery.
enum NeighborMutant: String, Deviation {
  case ignoresDiscoveryHopLimit = "RFC4861-7.1.1-a: takes neighbor discovery from beyond the link"
  case acceptsFragmentedDiscovery = "RFC6980-5-ns: takes neighbor discovery in fragments"
  case advertisesItselfAsRouter = "RFC4861-7.2.4-r-h: says in advertisements that it is a router"
}

extension ReferenceDevice {
  /// Answers a valid solicitation for an own address, and learns the sender's link-layer address
  /// [RFC4861-7.2.3-a] [RFC4861-7.2.3-c] [RFC4861-7.2.3-g].
  mutating func receiveNeighborSolicitation(_ message: [UInt8], _ packet: IPv6Packet) {
    guard isValidDiscovery(message, packet, length: 24), let options = discoveryOptions(message, from: 24)
    else { return }
    let target = message.ipv6(8)
    // RFC4861-7.1.1-e
    guard !target.isMulticast, configuration.isOwn(target) || configuration.isAnycast(target) else { return }
    let fromNobody = packet.source.isUnspecified
    if fromNobody {
      // RFC4861-7.1.1-g, -h
      guard packet.destination == target.solicitedNodeMulticast, options[1] == nil else { return }
    } else if let mac = options[1] {
      learn6(packet.source, mac)
    }
    advertise(target, to: fromNobody ? nil : packet.source)
  }

  /// Advertises an own address [RFC4861-7.2.4-tgt, -tlla, -s, -uns, -r-h, -o, -rsv].
  private mutating func advertise(_ target: IPv6Address, to asker: IPv6Address?) {
    if configuration.isRouter { return advertiseAsRouter(target, to: asker) }
    var flags: UInt8 = asker == nil ? 0x20 : 0x60
    if breaks(NeighborMutant.advertisesItselfAsRouter) { flags |= 0x80 }
    let message: [UInt8] =
      [136, 0, 0, 0, flags, 0, 0, 0] + target.octets + [2, 1] + configuration.mac.octets
    sendICMPv6(message, IPv6Reply(source: target, destination: asker ?? .allNodes, hopLimit: 255))
  }

  /// RFC4861-7.2.5-none: only what was asked for or is known is taken in; RFC4861-7.2.5-o0: without the override
  /// flag a known address stays.
  mutating func receiveNeighborAdvertisement(_ message: [UInt8], _ packet: IPv6Packet) {
    guard isValidDiscovery(message, packet, length: 24), let options = discoveryOptions(message, from: 24)
    else { return }
    let target = message.ipv6(8)
    let flags = message.octet(4)
    // RFC4861-7.1.2-e, -f
    guard !target.isMulticast, !(packet.destination.isMulticast && flags & 0x40 != 0) else { return }
    // RFC4861-7.2.5-inc: without a link-layer address it resolves nothing.
    guard let mac = options[2] else { return }
    let isAskedFor = neighbors6.questions[target] != nil
    let isKnown = neighbors6[target] != nil
    if isAskedFor || isKnown && (flags & 0x20 != 0 || neighbors6[target] == mac) { learn6(target, mac) }
  }

  /// RFC4861-8.3-upd: a redirect changes the first hop for one destination, if it comes from the router in use
  /// [RFC4861-8.1-f] and is right in all else [RFC4861-8.1-a] to [RFC4861-8.1-i].
  mutating func receiveRedirect6(_ message: [UInt8], _ packet: IPv6Packet) {
    // RFC4861-8.2-rt: a router finds its way by its own table.
    if configuration.isRouter { return }
    let (target, destination) = (message.ipv6(8), message.ipv6(24))
    if breaks(ErrorInputMutant.believesAnyRedirect), message.count >= 40 { redirects6[destination] = target }
    if breaks(ErrorInputMutant.believesErrorsWithBadChecksum), !isDiscoveryChecksumRight(message, packet) {
      redirects6[destination] = target
    }
    let isNear = packet.hopLimit == 255 || breaks(NeighborMutant.ignoresDiscoveryHopLimit)
    guard isNear, message.octet(1) == 0, message.count >= 40, !packet.wasFragment,
      let options = discoveryOptions(message, from: 40)
    else { return }
    guard packet.source.isLinkLocal, packet.source == nextHop(for: destination), !destination.isMulticast,
      target.isLinkLocal || target == destination, !configuration.isOwn(target)
    else { return }
    redirects6[destination] = target
    if let mac = options[2] { learn6(target, mac) }
  }

  private func isDiscoveryChecksumRight(_ message: [UInt8], _ packet: IPv6Packet) -> Bool {
    Checksum.internet(message, adding: packet.pseudoHeader(58, from: packet.bytes.count - message.count)) == 0
  }

  /// RFC4861-7.1.1-a, -c, -d, RFC6980-5-ns: hop limit 255, code 0, long enough, never in fragments.
  func isValidDiscovery(_ message: [UInt8], _ packet: IPv6Packet, length: Int) -> Bool {
    guard packet.hopLimit == 255 || breaks(NeighborMutant.ignoresDiscoveryHopLimit) else { return false }
    guard !packet.wasFragment || breaks(NeighborMutant.acceptsFragmentedDiscovery) else { return false }
    return message.octet(1) == 0 && message.count >= length
  }

  /// The link-layer addresses by option type, other options skipped; nil for impossible lengths.
  ///
  /// RFC4861-7.1.1-f, RFC4861-7.1.1-optover, RFC4861-7.1.1-opt.
  func discoveryOptions(_ message: [UInt8], from start: Int) -> [UInt8: MACAddress]? {
    var found: [UInt8: MACAddress] = [:]
    var offset = start
    while offset < message.count {
      let length = Int(message.octet(offset + 1)) * 8
      guard length > 0, offset + length <= message.count else { return nil }
      // RFC2464-6-b
      if length == 8, [1, 2].contains(message.octet(offset)) {
        found[message.octet(offset)] = message.mac(offset + 2)
      }
      offset += length
    }
    return found
  }

  mutating func learn6(_ address: IPv6Address, _ mac: MACAddress) {
    guard !mac.isMulticast, !mac.isZero else { return }
    for packet in neighbors6.learn(address, mac) { emit(packet, etherType: 0x86dd, to: mac) }
  }

  /// RFC4861-7.2.2-dst, -slla, -src: asks the solicited-node group, from the address that the waiting packet has.
  mutating func askFor(_ address: IPv6Address, from source: IPv6Address) {
    let message: [UInt8] =
      [135, 0, 0, 0, 0, 0, 0, 0] + address.octets + [1, 1] + configuration.mac.octets
    sendICMPv6(
      message,
      IPv6Reply(source: source, destination: address.solicitedNodeMulticast, hopLimit: 255)
    )
  }

  /// RFC4861-7.2.2-retr: repeats the questions that nobody answered.
  mutating func askAgain6() {
    for question in neighbors6.due(at: now).sorted(by: { $0.address < $1.address }) {
      askFor(question.address, from: question.source)
    }
  }
}
