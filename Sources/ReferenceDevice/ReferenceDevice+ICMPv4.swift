internal import Wire

/// How mutants deviate in taking ICMP messages, mostly over both IP versions.
enum ICMPMutant: String, Deviation {
  case repliesToBadChecksum =
    "RFC792-formats-d RFC4443-2.3-b: answers echo requests whose ICMP checksum is wrong"
  case acceptsZeroChecksum = "RFC792-formats-d RFC4443-2.3-b: takes an ICMP checksum of zero for none"
  case acceptsOnesChecksum = "RFC792-formats-d RFC4443-2.3-b: takes an ICMP checksum of all ones for none"
  case answersTimestampWithBadChecksum =
    "RFC792-formats-d: answers timestamp requests whose checksum is wrong"
  case reportsBadChecksum =
    "RFC792-formats-d RFC4443-2.3-b RFC4443-2.3-e: complains about ICMP messages whose checksum is wrong"
  case updatesChecksumWithoutCarry =
    "RFC792-formats-c: updates the request's checksum for the reply and forgets the carry"
  case sendsNoChecksumBack =
    "RFC792-formats-c: takes a request's checksum of zero for none and sends none back"
  case avoidsZeroChecksum = "RFC792-formats-c: sends a checksum of one where it comes out as zero"
  case zeroesOnesChecksum = "RFC792-formats-c: sends a checksum of zero where it comes out as all ones"
  case treatsIdentificationAsSequence =
    "RFC6864-4.1-a RFC6864-4.1-c: takes a repeated IP identification for a double"
  case echoReplyHasFixedTOS = "RFC1349-5.1-b: sends echo replies with a TOS of its own"
  case answersBroadcastFromBroadcast =
    "RFC1122-3.2.2.6-d RFC1122-3.2.2.8-d RFC1122-3.2.1.3-h RFC792-formats-g: answers what went to everybody from that address"
  case answersTimestampReply = "RFC1122-3.2.2.8-j: answers timestamp replies"
  case reportsUnknownType =
    "RFC1122-3.2.2-a RFC4443-2.4.b-1 RFC4443-2.4.b-3 RFC8335-3-d-v4: complains about unknown types"
  case echoesUnknownType =
    "RFC1122-3.2.2-a RFC4443-2.4.b-1 RFC4443-2.4.b-3 RFC4443-2.4.b-5 RFC8335-3-d-v4: sends unknown types back"
  case echoesTypeBeforeOptions =
    "RFC1122-3.2.2-a: sends unknown types back before it looks at the options of their datagrams"
  case answersDeprecatedType = "RFC6918-3-a: sends deprecated types back"
  case answersExperimentalType =
    "RFC1122-3.2.2-a RFC4443-2.4.b-2 RFC4443-2.4.b-3: sends experimental and reserved types back"
  case answersInformationRequest = "RFC1122-3.2.2.7-a: answers information requests"
  case answersAddressMaskRequest =
    "RFC1122-3.2.2.9-a: answers address mask requests though nobody appointed it"
  case answersExtendedEcho = "RFC8335-4-a-v4 RFC8335-4-off: answers extended echo requests unasked"
  case answersRouterSolicitation =
    "RFC1256-5.2-g RFC4861-6.1.1-host: advertises itself when routers are looked for"
  case answersSourceQuench = "RFC6633-6-a: sends source quench back"
  case believesAddressMaskReply = "RFC1122-3.2.2.9-b: takes over an address mask nobody asked for"
  case dropsOptionsOfEcho =
    "RFC1122-3.2.2.6-f RFC1122-3.2.2.8-f: sends echo and timestamp replies without the request's options"
  case reportsShortMessage =
    "RFC792-formats-e RFC4443-4.1-short RFC4443-2.4.d-2: complains about ICMP messages of less than eight octets"
  case diesOfShortMessage =
    "RFC792-formats-e RFC4443-4.1-short: crashes on ICMP messages of less than eight octets"
}

extension ReferenceDevice {
  /// Takes an ICMP message whose datagram is whole.
  mutating func receiveICMPv4(_ datagram: IPv4Datagram) {
    let message = datagram.payload
    // RFC792-formats-e
    guard message.count >= 8 || breaks(EchoMutant.answersShortEcho) && message.count >= 4 else {
      if breaks(ICMPMutant.diesOfShortMessage) { history.isDead = true }
      if breaks(ICMPMutant.reportsShortMessage) { reportIPv4(12, 0, about: datagram.withoutItsType) }
      return
    }
    guard hasAcceptableChecksum(message) || breaks(ReassemblyMutant.mixesOverlaps) && datagram.wasFragmented
    else {
      if breaks(ICMPMutant.reportsBadChecksum) { reportIPv4(12, 0, about: datagram.withoutItsType) }
      return
    }
    switch message.octet(0) {
    case 8: answerEcho(message, datagram)
    case 13: answerTimestamp(message, datagram)
    case 15:
      if breaks(ICMPMutant.answersInformationRequest) || breaks(NATMutant.answersInformation) {
        answer(message, type: 16, datagram)
      }
    case 17: if breaks(ICMPMutant.answersAddressMaskRequest) { answer(message, type: 18, datagram) }
    case 42: if breaks(ICMPMutant.answersExtendedEcho) { answer(message, type: 43, datagram) }
    case 9:
      receiveRouterAdvertisement4(message)
      receiveUnknownICMPv4(message, datagram)
    case 10: if breaks(ICMPMutant.answersRouterSolicitation) { advertiseRouter(to: datagram) }
    case 3, 5, 11, 12: receiveICMPv4Error(message, datagram)
    // RFC1122-3.2.2.6-i, RFC1122-3.2.2.8-j: replies that nobody asked for.
    case 0: if breaks(EchoMutant.answersEchoReply) { answer(message, type: 0, datagram) }
    case 14: if breaks(ICMPMutant.answersTimestampReply) { answer(message, type: 14, datagram) }
    // RFC6633-6-a, RFC6633-3-c: nothing comes of it.
    case 4:
      if breaks(ICMPMutant.answersSourceQuench) { answer(message, type: 4, datagram) }
      receiveICMPv4Error(message, datagram)
    case 18: if breaks(ICMPMutant.believesAddressMaskReply) { believeAddressMask(message) }
    // RFC1122-3.2.2-a, RFC6918-3-a: all others are unknown.
    default: receiveUnknownICMPv4(message, datagram)
    }
  }

  /// RFC792-formats-d: a message whose checksum is wrong has no effect at all.
  private func hasAcceptableChecksum(_ message: [UInt8]) -> Bool {
    if Checksum.internet(message) == 0 { return true }
    let type = message.octet(0)
    if breaks(ICMPMutant.repliesToBadChecksum), type == 8 { return true }
    if breaks(ICMPMutant.acceptsZeroChecksum), message.number16(2) == 0 { return true }
    if breaks(ICMPMutant.acceptsOnesChecksum), message.number16(2) == 0xffff { return true }
    if breaks(ICMPMutant.answersTimestampWithBadChecksum), type == 13 { return true }
    if breaks(ErrorInputMutant.believesErrorsWithBadChecksum), [3, 5, 11, 12].contains(type) { return true }
    if breaks(EchoMutant.answersEchoReply), type == 0 { return true }
    if breaks(AdvertisedRouter4Mutant.believesBadlySummedRouters4), type == 9 { return true }
    return false
  }

  /// Sends a message back whose type is none that is known.
  mutating func echoUnknownType(of datagram: IPv4Datagram) {
    let type = datagram.payload.octet(0)
    let isKnown = [0, 3, 4, 5, 42].contains(type) || (8...18).contains(type)
    if !isKnown { answer(datagram.payload, type: type, datagram) }
  }

  private mutating func receiveUnknownICMPv4(_ message: [UInt8], _ datagram: IPv4Datagram) {
    let type = message.octet(0)
    let isDeprecated = type == 6 || (15...18).contains(type) || (30...39).contains(type)
    if breaks(ICMPMutant.reportsUnknownType), !isDeprecated { reportIPv4(3, 2, about: datagram) }
    if breaks(ICMPMutant.echoesUnknownType), !isDeprecated { answer(message, type: type, datagram) }
    if breaks(ICMPMutant.answersDeprecatedType), isDeprecated { answer(message, type: type, datagram) }
    if breaks(ICMPMutant.answersExperimentalType), type >= 253 { answer(message, type: type, datagram) }
  }

  /// RFC1122-3.2.2.6-a: every echo request is answered, with the same identifier, sequence number and data
  /// [RFC792-echo-b] [RFC792-echo-c] [RFC1122-3.2.2.6-c], reversed addresses [RFC792-echo-a], and the options
  /// brought up to date [RFC1122-3.2.2.6-f].
  private mutating func answerEcho(_ message: [UInt8], _ datagram: IPv4Datagram) {
    if discardsEcho(message, service: datagram.tos) { return }
    if breaks(ICMPMutant.treatsIdentificationAsSequence),
      history.seen(identification: datagram.identification)
    {
      return
    }
    answer(message, type: 0, datagram)
    if breaks(EchoMutant.answersEchoTwice) { answer(message, type: 0, datagram) }
    if breaks(EchoMutant.alsoReportsAnsweredEcho), message.count > 72 { reportIPv4(12, 0, about: datagram) }
  }

  /// Sends a message back to its sender under another type.
  mutating func answer(_ message: [UInt8], type: UInt8, _ datagram: IPv4Datagram) {
    // RFC1122-3.2.2.6-b, RFC1122-3.2.2.8-c: what went to everybody may be ignored, and is.
    let isForAll = datagram.destination != configuration.ipv4
    if isForAll, !answersEverybody { return }
    var message = message
    message.put8(type, at: 0)
    message.put8(replyCode(to: message), at: 1)
    spoilEcho(&message, isReply: type == 0)
    setICMPv4Checksum(&message)
    spoilEchoChecksum(&message)
    var reply = IPv4Reply(to: datagram, from: configuration.ipv4)
    if isForAll, breaks(ICMPMutant.answersBroadcastFromBroadcast) { reply.source = datagram.destination }
    reply.tos = breaks(ICMPMutant.echoReplyHasFixedTOS) ? 0x10 : datagram.tos
    if breaks(EchoMutant.copiesTTL) { reply.ttl = datagram.bytes.octet(8) }
    if breaks(EchoMutant.repliesWithTTLOne) { reply.ttl = 1 }
    reply.options = breaks(ICMPMutant.dropsOptionsOfEcho) ? [] : datagram.echoedOptions
    reply.firstHop = datagram.returnHop
    sendIPv4(1, message, reply)
  }

  private var answersEverybody: Bool {
    breaks(ICMPMutant.answersBroadcastFromBroadcast) || breaks(ICMPMutant.echoesUnknownType)
      || breaks(IPv4Mutant.acceptsGroupNotJoined)
      || breaks(IPv4Mutant.acceptsForeignDestination) || breaks(IPv4Mutant.acceptsZeroDestination)
  }

  private func spoilEchoChecksum(_ message: inout [UInt8]) {
    if breaks(EchoMutant.sendsBadEchoChecksum) { message.put16(message.number16(2) ^ 0x8000, at: 2) }
    guard message.octet(0) == 0 else { return }
    if breaks(ICMPMutant.updatesChecksumWithoutCarry) || breaks(ICMPMutant.sendsNoChecksumBack) {
      var request = message
      request.put8(8, at: 0)
      request.put16(0, at: 2)
      let before = Checksum.internet(request)
      if breaks(ICMPMutant.updatesChecksumWithoutCarry) { message.put16(before &+ 0x0800, at: 2) }
      if breaks(ICMPMutant.sendsNoChecksumBack), before == 0 { message.put16(0, at: 2) }
    }
    let checksum = message.number16(2)
    if breaks(ICMPMutant.avoidsZeroChecksum), checksum == 0 { message.put16(1, at: 2) }
    if breaks(ICMPMutant.zeroesOnesChecksum), checksum == 0xffff { message.put16(0, at: 2) }
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
