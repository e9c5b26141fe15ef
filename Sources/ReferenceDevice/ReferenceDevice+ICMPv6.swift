internal import Wire

/// How mutants deviate in taking ICMPv6 messages.
enum ICMPv6Mutant: String, Deviation {
  case acceptsChecksumWithoutPseudoHeader =
    "RFC4443-2.3-c: takes an ICMPv6 checksum that leaves out the pseudo-header for right"
  case answersGroupFromGroup = "RFC4443-4.2-mc-b: answers echoes to a group from the group's address"
  case answersLinkLocalFromGlobal =
    "RFC4443-2.2.b-4 RFC4443-4.2-src RFC6724-5-a: answers from its global address whatever was asked"
  case silentAboutGroupEcho = "RFC4443-4.2-mc-a RFC4443-4.2-mc-c: answers no echo to a group"
  case answersStrangersAtRouter = "RFC4443-4.2-dst: answers hosts of other networks at the router's address"
  case answersFirstSender = "RFC4443-4.2-dst: answers requests that come together at the first one's address"
  case sumsFirstNextHeader = "RFC4443-2.3-d: takes the IPv6 header's next header for the pseudo-header's"
  case sumsPayloadLength = "RFC8200-8.1-len: takes the IPv6 header's payload length for the pseudo-header's"
  case answersUnspecifiedSource = "RFC4291-2.5.2-c: answers echo requests from nobody"
  case answersNodeInformation = "RFC4443-2.4.b-4: answers node information queries with their own octets"
  case answersInverseSolicitations =
    "RFC3122-4.3.1-a: answers inverse neighbor solicitations, and looks at nothing but their type"
  case reportsInverseAdvertisements = "RFC3122-4.3.2-a: complains about inverse neighbor advertisements"
  case reportsMulticastRouters = "RFC4286-3.5-a: complains about multicast router advertisements"
  case answersUnknownError = "RFC4443-2.4.a-2: sends unknown error types back"
  case reportsUnknownErrorType = "RFC4443-2.4.a-2: complains about unknown error types"
  case ignoresNeighborDiscoveryChecksum =
    "RFC4861-7.1.1-b RFC4861-7.1.2-b RFC4861-6.1.2-c RFC4861-8.1-c RFC4862-5.4.1-ns-ck RFC4862-5.4.1-na-ck: takes neighbor discovery whose checksum is wrong"
}

extension ReferenceDevice {
  /// Takes an ICMPv6 message whose packet is whole.
  mutating func receiveICMPv6(_ packet: IPv6Packet, at offset: Int) {
    let message = packet.bytes.octets(from: offset)
    // RFC4443-4.1-short
    guard message.count >= 8 || breaks(EchoMutant.answersShortEcho) && message.count >= 4 else {
      if breaks(ICMPMutant.diesOfShortMessage) { history.isDead = true }
      if breaks(ICMPMutant.reportsShortMessage) { reportIPv6(4, 0, about: packet.withoutItsType) }
      return
    }
    let number = breaks(ICMPv6Mutant.sumsFirstNextHeader) ? packet.nextHeader : 58
    let start = breaks(ICMPv6Mutant.sumsPayloadLength) ? 40 : offset
    guard hasAcceptableChecksum6(message, packet.pseudoHeader(number, from: start)) else {
      if breaks(ICMPMutant.reportsBadChecksum) { reportIPv6(4, 0, about: packet.withoutItsType) }
      return
    }
    switch message.octet(0) {
    case 128: answerEcho6(packet, message)
    case 1...4: receiveICMPv6Error(message, packet)
    case 133: receiveRouterSolicitation(message, packet)
    case 134: receiveRouterAdvertisement(message, packet)
    case 135: receiveNeighborSolicitation(message, packet)
    case 136: receiveNeighborAdvertisement(message, packet)
    case 137: receiveRedirect6(message, packet)
    // RFC4443-4.2-unsol
    case 129: if breaks(EchoMutant.answersEchoReply) { answer6(message, packet) }
    case 130: receiveListenerQuery(message, packet)
    case 131, 143: hearReport(message, packet)
    case 132: return
    default: receiveUnknownICMPv6(message, packet)
    }
  }

  /// RFC4443-2.3-b, -c, -e: a message whose checksum is wrong has no effect; the pseudo-header is part of the sum.
  private func hasAcceptableChecksum6(_ message: [UInt8], _ pseudo: UInt64) -> Bool {
    if Checksum.internet(message, adding: pseudo) == 0 { return true }
    let type = message.octet(0)
    if breaks(ICMPv6Mutant.acceptsChecksumWithoutPseudoHeader), Checksum.internet(message) == 0 {
      return true
    }
    if breaks(ICMPMutant.repliesToBadChecksum), type == 128 { return true }
    if breaks(ICMPMutant.acceptsZeroChecksum), message.number16(2) == 0 { return true }
    if breaks(ICMPMutant.acceptsOnesChecksum), message.number16(2) == 0xffff { return true }
    if breaks(ErrorInputMutant.believesErrorsWithBadChecksum), type < 128 || type == 137 { return true }
    if breaks(ICMPv6Mutant.ignoresNeighborDiscoveryChecksum), (133...137).contains(type) { return true }
    if breaks(ListenerQueryMutant.takesQueriesWithBadChecksum), type == 130 { return true }
    return breaks(EchoMutant.answersEchoReply) && type == 129
  }

  /// RFC4443-2.4.b-1: unknown informational messages are dropped; RFC4443-2.4.a-2: nothing is sent because of an
  /// error, known or not.
  private mutating func receiveUnknownICMPv6(_ message: [UInt8], _ packet: IPv6Packet) {
    let type = message.octet(0)
    if type < 128 {
      if breaks(ICMPv6Mutant.answersUnknownError) { answer6(message, packet) }
      if breaks(ICMPv6Mutant.reportsUnknownErrorType) {
        reportIPv6(4, 0, pointer: 40, about: packet.withoutItsType)
      }
      return
    }
    if breaks(ICMPMutant.reportsUnknownType) { reportIPv6(4, 0, pointer: 40, about: packet) }
    if breaks(ICMPMutant.echoesUnknownType) { answer6(message, packet) }
    if breaks(ICMPv6Mutant.answersNodeInformation), type == 139 {
      answer6([140] + message.dropFirst(), packet)
    }
    // RFC3122-4.3.1-a, RFC3122-4.3.2-a, RFC4286-3.5-a: nor is anything of these.
    if breaks(ICMPv6Mutant.answersInverseSolicitations), type == 141 {
      answer6([142] + message.dropFirst(), packet)
    }
    if breaks(ICMPv6Mutant.reportsInverseAdvertisements), type == 142 {
      reportIPv6(4, 0, pointer: 40, about: packet)
    }
    if breaks(ICMPv6Mutant.reportsMulticastRouters), type == 151 {
      reportIPv6(4, 0, pointer: 40, about: packet)
    }
    if breaks(ICMPMutant.answersExtendedEcho), type == 160 { answer6([161] + message.dropFirst(), packet) }
    if breaks(ICMPMutant.answersExperimentalType), [200, 201, 255].contains(type) {
      answer6(message, packet)
    }
  }

  /// RFC4443-4.1-a: every echo request is answered, also one to a group [RFC4443-4.2-mc-a], with code 0
  /// [RFC4443-4.2-type], the same identifier and sequence number [RFC4443-4.2-idseq] and all its data
  /// [RFC4443-4.2-data].
  mutating func answerEcho6(_ packet: IPv6Packet, _ message: [UInt8]) {
    if discardsEcho(message, service: packet.trafficClass) { return }
    if breaks(ICMPv6Mutant.silentAboutGroupEcho), packet.destination.isMulticast { return }
    var reply = message
    reply.put8(129, at: 0)
    reply.put8(replyCode(to: message), at: 1)
    spoilEcho(&reply, isReply: true)
    answer6(reply, packet)
    if breaks(EchoMutant.answersEchoTwice) { answer6(reply, packet) }
    if breaks(EchoMutant.alsoReportsAnsweredEcho), message.count > 72 {
      reportIPv6(4, 0, pointer: 40, about: packet)
    }
  }

  /// Sends a message back to its sender.
  mutating func answer6(_ message: [UInt8], _ packet: IPv6Packet) {
    // RFC4291-2.5.2-c: nobody is there to be answered.
    guard !packet.source.isUnspecified || breaks(ICMPv6Mutant.answersUnspecifiedSource) else { return }
    var reply = IPv6Reply(source: replySource(for: packet), destination: packet.source)
    if packet.source.isUnspecified { reply.destination = .allNodes }
    if breaks(ICMPv6Mutant.answersGroupFromGroup), packet.destination.isMulticast {
      reply.source = packet.destination
    }
    if breaks(ICMPv6Mutant.answersLinkLocalFromGlobal) { reply.source = configuration.ipv6 }
    if breaks(ICMPv6Mutant.answersStrangersAtRouter) { reply.destination = nextHop(for: packet.source) }
    if breaks(ICMPv6Mutant.answersFirstSender) {
      reply.destination = history.senders.value(of: message.number16(4), packet.source, at: now)
    }
    reply.trafficClass = packet.trafficClass
    if breaks(EchoMutant.copiesTTL) { reply.hopLimit = packet.hopLimit }
    if breaks(EchoMutant.repliesWithTTLOne) { reply.hopLimit = 1 }
    sendICMPv6(message, reply)
  }
}
