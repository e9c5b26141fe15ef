internal import Capture
internal import Wire

/// How mutants deviate in finding a neighbor's Ethernet address.
enum AddressResolutionMutant: String, Deviation {
  case solicitsAllNodes = "RFC4861-7.2.2-dst: asks all nodes for an address"
  case solicitsFromAfar = "RFC4861-7.2.2-dst: sends solicitations with a hop limit of 64"
  case omitsStationWhenAsking = "RFC4861-7.2.2-slla: asks groups without saying its Ethernet address"
  case solicitsFromLinkLocal = "RFC4861-7.2.2-src: asks from its link-local address whatever waits"
  case solicitsOnce = "RFC4861-7.2.2-retr: asks once for an address"
  case solicitsForever = "RFC4861-7.2.2-retr: never gives up asking for an address"
  case solicitsForEachPacket = "RFC4861-7.2.2-rate: asks for an address with each packet that waits for it"
  case solicitsFast = "RFC4861-7.2.2-rate RFC4861-7.2.2-retr: asks for an address four times a second"
  case dropsWhatWaits = "RFC4861-7.2.2-queue: keeps no packet while it asks for an address"
  case keepsOldestWaiting = "RFC4861-7.2.2-queue: keeps the oldest packet only while it asks for an address"
  case solicitsGroups = "RFC4861-7.2-mc RFC4861-4.3-mctgt: asks for the Ethernet addresses of groups"
  case sendsGroupsToAllStations = "RFC2464-7-a: sends what is for a group to all stations of the link"
  case forgetsNeighborAfterThree = "RFC4861-7.2.3-c: forgets a neighbor after three packets"
}

extension ReferenceDevice {
  /// After that many questions for an address the packets that wait for it are given up [RFC4861-7.2.2-retr].
  private static let mostSolicitations = 3
  /// Packets kept for one neighbor; the oldest gives way [RFC4861-7.2.2-queue].
  private static let longestQueue = 64

  /// Sends a packet to a neighbor, as soon as its Ethernet address is known.
  ///
  /// - Parameters:
  ///   - packet: The packet.
  ///   - hop: The neighbor.
  ///   - asker: The own address to ask for it from, where that has to be [RFC4861-7.2.2-src].
  mutating func transmit6(_ packet: [UInt8], via hop: IPv6Address, from asker: IPv6Address) {
    let asker = isOwn6(asker) ? asker : configuration.linkLocal
    if breaks(AddressResolutionMutant.forgetsNeighborAfterThree), neighbors6.known[hop]?.uses ?? 0 >= 3 {
      neighbors6.forget(hop)
    }
    if let mac = station(of: hop, from: asker) { return emit(packet, etherType: 0x86dd, to: mac) }
    let isNew = neighbors6.questions[hop] == nil
    var question =
      neighbors6.questions[hop] ?? NeighborCache.Question(due: now + solicitationInterval, source: asker)
    if question.packets.count == Self.longestQueue { question.packets.removeFirst() }
    let isKept =
      !breaks(AddressResolutionMutant.dropsWhatWaits)
      && !(breaks(AddressResolutionMutant.keepsOldestWaiting) && !question.packets.isEmpty)
    if isKept { question.packets.append(packet) }
    neighbors6.note(question, for: hop)
    // RFC4861-7.2.2-rate
    if isNew || breaks(AddressResolutionMutant.solicitsForEachPacket) { askFor(hop, from: asker) }
  }

  /// RFC4861-7.2.2-dst, -slla, -src: asks the solicited-node group, from the address that the waiting packet has.
  mutating func askFor(_ address: IPv6Address, from source: IPv6Address) {
    var reply = IPv6Reply(source: source, destination: address.solicitedNodeMulticast, hopLimit: 255)
    if breaks(AddressResolutionMutant.solicitsAllNodes) { reply.destination = .allNodes }
    if breaks(AddressResolutionMutant.solicitsFromLinkLocal) { reply.source = configuration.linkLocal }
    if breaks(AddressResolutionMutant.solicitsFromAfar) { reply.hopLimit = 64 }
    let station = breaks(AddressResolutionMutant.omitsStationWhenAsking) ? [] : ownStation(1)
    sendICMPv6([135, 0, 0, 0, 0, 0, 0, 0] + address.octets + station, reply)
  }

  /// RFC4861-7.2.2-retr: repeats the questions that nobody answered, and gives up.
  mutating func askAgain6() {
    for address in neighbors6.dueQuestions(at: now) {
      guard var question = neighbors6.questions[address] else { continue }
      let most = breaks(AddressResolutionMutant.solicitsOnce) ? 1 : Self.mostSolicitations
      guard question.asked < most || breaks(AddressResolutionMutant.solicitsForever) else {
        neighbors6.note(nil, for: address)
        giveUp(address)
        continue
      }
      question.asked += 1
      question.due = now + solicitationInterval
      neighbors6.note(question, for: address)
      askFor(address, from: question.source)
    }
  }

  /// Between two questions for one neighbor [RFC4861-7.2.2-rate].
  private var solicitationInterval: Duration {
    breaks(AddressResolutionMutant.solicitsFast) ? .milliseconds(250) : link6.retransmission
  }

  /// Groups need no asking: their Ethernet address follows from them [RFC4861-7.2-mc] [RFC2464-7-a].
  mutating func transmit6(_ packet: [UInt8], toGroup group: IPv6Address) {
    if breaks(AddressResolutionMutant.solicitsGroups), packet.octet(40) != 135 {
      askFor(group, from: configuration.linkLocal)
    }
    let isToAll = breaks(AddressResolutionMutant.sendsGroupsToAllStations)
    emit(packet, etherType: 0x86dd, to: isToAll ? .broadcast : MACAddress(multicastFor: group))
  }
}
