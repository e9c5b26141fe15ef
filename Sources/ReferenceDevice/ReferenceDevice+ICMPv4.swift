internal import Wire

extension ReferenceDevice {
  /// Takes an ICMP message whose datagram is whole.
  mutating func receiveICMPv4(_ datagram: IPv4Datagram) {
    let message = datagram.payload
    // RFC792-formats-e
    guard message.count >= 8 || breaks(.answersShortEcho) && message.count >= 4 else {
      if breaks(.diesOfShortMessage) { history.isDead = true }
      if breaks(.reportsShortMessage) { reportIPv4(12, 0, about: datagram.withoutItsType) }
      return
    }
    guard hasAcceptableChecksum(message) || breaks(.mixesOverlaps) && datagram.wasFragmented else {
      if breaks(.reportsBadChecksum) { reportIPv4(12, 0, about: datagram.withoutItsType) }
      return
    }
    switch message.octet(0) {
    case 8: answerEcho(message, datagram)
    case 13: answerTimestamp(message, datagram)
    case 15: if breaks(.answersInformationRequest) { answer(message, type: 16, datagram) }
    case 17: if breaks(.answersAddressMaskRequest) { answer(message, type: 18, datagram) }
    case 42: if breaks(.answersExtendedEcho) { answer(message, type: 43, datagram) }
    case 10: if breaks(.answersRouterSolicitation) { advertiseRouter(to: datagram) }
    case 3, 5, 11, 12: receiveICMPv4Error(message, datagram)
    // RFC1122-3.2.2.6-i, RFC1122-3.2.2.8-j: replies that nobody asked for.
    case 0: if breaks(.answersEchoReply) { answer(message, type: 0, datagram) }
    case 14: if breaks(.answersTimestampReply) { answer(message, type: 14, datagram) }
    // RFC6633-6-a
    case 4: if breaks(.answersSourceQuench) { answer(message, type: 4, datagram) }
    case 18: if breaks(.believesAddressMaskReply) { believeAddressMask(message) }
    // RFC1122-3.2.2-a, RFC6918-3-a: all others are unknown.
    default: receiveUnknownICMPv4(message, datagram)
    }
  }

  /// RFC792-formats-d: a message whose checksum is wrong has no effect at all.
  private func hasAcceptableChecksum(_ message: [UInt8]) -> Bool {
    if Checksum.internet(message) == 0 { return true }
    let type = message.octet(0)
    if breaks(.repliesToBadChecksum), type == 8 { return true }
    if breaks(.acceptsZeroChecksum), message.number16(2) == 0 { return true }
    if breaks(.acceptsOnesChecksum), message.number16(2) == 0xffff { return true }
    if breaks(.answersTimestampWithBadChecksum), type == 13 { return true }
    if breaks(.believesErrorsWithBadChecksum), [3, 5, 11, 12].contains(type) { return true }
    if breaks(.answersEchoReply), type == 0 { return true }
    return false
  }

  private mutating func receiveUnknownICMPv4(_ message: [UInt8], _ datagram: IPv4Datagram) {
    let type = message.octet(0)
    let isDeprecated = type == 6 || (15...18).contains(type) || (30...39).contains(type)
    if breaks(.reportsUnknownType), !isDeprecated { reportIPv4(3, 2, about: datagram) }
    if breaks(.echoesUnknownType), !isDeprecated { answer(message, type: type, datagram) }
    if breaks(.answersDeprecatedType), isDeprecated { answer(message, type: type, datagram) }
    if breaks(.answersExperimentalType), type >= 253 { answer(message, type: type, datagram) }
  }

  /// RFC1122-3.2.2.6-a: every echo request is answered, with the same identifier, sequence number and data
  /// [RFC792-echo-b] [RFC792-echo-c] [RFC1122-3.2.2.6-c], reversed addresses [RFC792-echo-a], and the options
  /// brought up to date [RFC1122-3.2.2.6-f].
  private mutating func answerEcho(_ message: [UInt8], _ datagram: IPv4Datagram) {
    if discardsEcho(message, service: datagram.tos) { return }
    if breaks(.treatsIdentificationAsSequence), history.seen(identification: datagram.identification) {
      return
    }
    answer(message, type: 0, datagram)
    if breaks(.answersEchoTwice) { answer(message, type: 0, datagram) }
    if breaks(.alsoReportsAnsweredEcho), message.count > 72 { reportIPv4(12, 0, about: datagram) }
  }

  /// Sends a message back to its sender under another type.
  mutating func answer(_ message: [UInt8], type: UInt8, _ datagram: IPv4Datagram) {
    // RFC1122-3.2.2.6-b, RFC1122-3.2.2.8-c: what went to everybody may be ignored, and is.
    let isForAll = datagram.destination != configuration.ipv4
    if isForAll, !answersEverybody { return }
    var message = message
    message.put8(type, at: 0)
    message.put8(breaks(.repliesWithCodeOne) ? 1 : 0, at: 1)
    spoilEcho(&message, isReply: type == 0)
    setICMPv4Checksum(&message)
    spoilEchoChecksum(&message)
    var reply = IPv4Reply(to: datagram, from: configuration.ipv4)
    if isForAll, breaks(.answersBroadcastFromBroadcast) { reply.source = datagram.destination }
    reply.tos = breaks(.echoReplyHasFixedTOS) ? 0x10 : datagram.tos
    if breaks(.copiesTTL) { reply.ttl = datagram.bytes.octet(8) }
    if breaks(.repliesWithTTLOne) { reply.ttl = 1 }
    reply.options = breaks(.dropsOptionsOfEcho) ? [] : datagram.echoedOptions
    reply.firstHop = datagram.returnHop
    sendIPv4(1, message, reply)
  }

  private var answersEverybody: Bool {
    breaks(.answersBroadcastFromBroadcast) || breaks(.echoesUnknownType) || breaks(.acceptsGroupNotJoined)
      || breaks(.acceptsForeignDestination) || breaks(.acceptsZeroDestination)
  }

  private func spoilEchoChecksum(_ message: inout [UInt8]) {
    if breaks(.sendsBadEchoChecksum) { message.put16(message.number16(2) ^ 0x8000, at: 2) }
    if breaks(.updatesChecksumWithoutCarry), message.octet(0) == 0 {
      // The request's checksum plus 0x0800, the carry forgotten.
      var request = message
      request.put8(8, at: 0)
      request.put16(0, at: 2)
      message.put16(Checksum.internet(request) &+ 0x0800, at: 2)
    }
  }

  private mutating func believeAddressMask(_ message: [UInt8]) {
    history.mask = message.number32(8)
  }

  private mutating func advertiseRouter(to datagram: IPv4Datagram) {
    var message: [UInt8] = [9, 0, 0, 0, 1, 2, 7, 8] + configuration.ipv4.octets + [0, 0, 0, 0]
    setICMPv4Checksum(&message)
    sendIPv4(1, message, IPv4Reply(to: datagram, from: configuration.ipv4))
  }
}
