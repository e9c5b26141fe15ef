internal import Capture
internal import Wire

/// How mutants deviate in taking any message of neighbor discovery.
enum NeighborMutant: String, Deviation {
  case ignoresDiscoveryHopLimit =
    "RFC4861-7.1.1-a RFC4861-7.1.2-a RFC4861-6.1.2-b RFC4861-8.1-b RFC4862-5.4.1-ns-hl RFC4862-5.4.1-na-hl: takes neighbor discovery from beyond the link"
  case ignoresDiscoveryCode =
    "RFC4861-7.1.1-c RFC4861-7.1.2-c RFC4861-6.1.2-d RFC4861-8.1-d RFC4862-5.4.1-ns-code RFC4862-5.4.1-na-code: takes neighbor discovery of any code"
  case acceptsFragmentedDiscovery =
    "RFC6980-5-ns RFC6980-5-na RFC6980-5-ra RFC6980-5-rd: takes neighbor discovery in fragments"
  case acceptsEmptyOptions =
    "RFC4861-7.1.1-f RFC4861-7.1.2-g RFC4861-6.1.2-f RFC4861-8.1-i RFC4862-5.4.1-ns-opt0 RFC4862-5.4.1-na-opt0: takes options of length zero for the shortest"
  case acceptsOptionsBeyondMessage = "RFC4861-7.1.1-optover: takes options of which a part is missing"
  case discardsReservedBits =
    "RFC4861-7.1.1-res RFC4861-7.1.2-res RFC4861-6.1.2-res RFC4861-8.1-res: discards messages with a reserved bit"
  case discardsUnknownOptions =
    "RFC4861-7.1.1-opt RFC4861-7.1.2-res RFC4861-6.1.2-res RFC4861-8.1-res: takes no messages with unknown options"
  case stopsAtUnknownOption =
    "RFC4861-7.1.1-opt RFC4861-7.1.2-res RFC4861-6.1.2-res: reads nothing behind an unknown option"
  case discardsMisplacedOptions =
    "RFC4861-7.1.1-def RFC4861-8.1-def: discards messages with an option that is for others"
  case readsLongStations = "RFC2464-6-b: takes the first six octets of a longer link-layer address"
  case readsFirstOptionOnly = "RFC4861-9-order: reads one option of each type"
  case needsOptionsInOrder =
    "RFC4861-9-order: discards messages whose options aren't in the order of their types"
}

extension ReferenceDevice {
  /// What the options of a message say, if it is one that a host may take; nil for one that has no effect at all.
  ///
  /// RFC4861-7.1.1-a, -c, -d, -f, RFC4861-7.1.2-a, -c, -d, -g, RFC4861-6.1.2-b, -d, -e, -f, RFC4861-8.1-b, -d, -e, -i:
  /// hop limit 255, code 0, long enough, no empty option; RFC6980-5-ns, -na, -ra, -rd: never in fragments.
  ///
  /// - Parameters:
  ///   - message: The message from its type on.
  ///   - packet: The packet that it came in.
  ///   - length: Octets in front of the options.
  /// - Returns: The options.
  func discoveryOptions(of message: [UInt8], _ packet: IPv6Packet, behind length: Int) -> DiscoveryOptions? {
    guard isValidDiscovery(message, packet, length: length) else { return nil }
    if breaks(NeighborMutant.discardsReservedBits), hasReservedBits(message) { return nil }
    return discoveryOptions(message, from: length)
  }

  /// Whether all but the options of a message is as it should be.
  func isValidDiscovery(_ message: [UInt8], _ packet: IPv6Packet, length: Int) -> Bool {
    guard packet.hopLimit == 255 || breaks(NeighborMutant.ignoresDiscoveryHopLimit) else { return false }
    guard !packet.wasFragment || breaks(NeighborMutant.acceptsFragmentedDiscovery) else { return false }
    guard message.octet(1) == 0 || breaks(NeighborMutant.ignoresDiscoveryCode) else { return false }
    return message.count >= length
  }

  /// RFC4861-7.1.1-res, RFC4861-7.1.2-res, RFC4861-6.1.2-res, RFC4861-8.1-res: reserved bits say nothing.
  private func hasReservedBits(_ message: [UInt8]) -> Bool {
    switch message.octet(0) {
    case 134: message.octet(5) & 0x07 != 0
    case 136: message.number32(4) & 0x1fff_ffff != 0
    default: message.number32(4) != 0
    }
  }

  /// What options say, in whatever order they come [RFC4861-9-order]; those that are unknown [RFC4861-7.1.1-opt] or for
  /// other messages [RFC4861-7.1.1-def] say nothing; nil for impossible lengths [RFC4861-7.1.1-optover].
  func discoveryOptions(_ message: [UInt8], from start: Int) -> DiscoveryOptions? {
    var found = DiscoveryOptions()
    var types: [UInt8] = []
    var offset = start
    while offset < message.count {
      let type = message.octet(offset)
      var length = Int(message.octet(offset + 1)) * 8
      if length == 0, breaks(NeighborMutant.acceptsEmptyOptions) { length = 8 }
      guard length > 0 else { return nil }
      var option = message.octets(offset..<offset + length)
      if option.count < length {
        guard breaks(NeighborMutant.acceptsOptionsBeyondMessage) else { return nil }
        option = message.octets(offset..<offset + 8)
      }
      if breaks(NeighborMutant.readsLongStations), [1, 2].contains(type) { option = option.octets(0..<8) }
      if !(1...5).contains(type) {
        if breaks(NeighborMutant.discardsUnknownOptions) { return nil }
        if breaks(NeighborMutant.stopsAtUnknownOption) { return found }
      }
      if !breaks(NeighborMutant.readsFirstOptionOnly) || !types.contains(type) { found.read(option) }
      types.append(type)
      offset += length
    }
    if breaks(NeighborMutant.needsOptionsInOrder), types != types.sorted() { return nil }
    if breaks(NeighborMutant.discardsMisplacedOptions), !areInPlace(types, in: message.octet(0)) {
      return nil
    }
    return found
  }

  /// Whether options are for the message that they are in [RFC 4861 4].
  private func areInPlace(_ options: [UInt8], in type: UInt8) -> Bool {
    let own: Set<UInt8> = [134: [1, 3, 5], 135: [1], 136: [2], 137: [2, 4]][type] ?? []
    return options.allSatisfy { own.contains($0) || !(1...5).contains($0) }
  }

  /// Takes in an Ethernet address that a neighbor told of itself, or a router of it, without being asked: what is new
  /// is STALE [RFC4861-7.2.3-c] [RFC4861-7.2.3-d] [RFC4861-6.3.4-nc] [RFC4861-8.3-stale].
  ///
  /// - Parameters:
  ///   - address: The neighbor's address.
  ///   - mac: Its Ethernet address.
  ///   - isRouter: Whether it is known to be a router; otherwise that stays as it is [RFC4861-7.2.3-f].
  ///   - isBelieved: Whether a mutant takes it for reachable.
  mutating func learn6(
    _ address: IPv6Address,
    _ mac: MACAddress,
    isRouter: Bool = false,
    isBelieved: Bool = false
  ) {
    guard !mac.isMulticast, !mac.isZero, !isOwn6(address) else { return }
    var entry = neighbors6.known[address] ?? NeighborCache.Entry(mac: mac)
    if entry.mac != mac { (entry.mac, entry.state) = (mac, .stale) }
    if isRouter { entry.isRouter = true }
    if isBelieved { entry.state = .reachable(until: now + reachableTime()) }
    note(entry, of: address)
  }

  /// Notes what is known of a neighbor, and sends what waited for that.
  mutating func note(_ entry: NeighborCache.Entry, of address: IPv6Address) {
    for packet in neighbors6.note(entry, of: address) {
      transmit6(packet, via: address, from: packet.ipv6(8))
    }
  }
}
