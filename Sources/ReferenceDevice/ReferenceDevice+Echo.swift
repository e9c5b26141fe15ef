/// How mutants deviate as an echo server, over both IP versions.
enum EchoMutant: String, Deviation {
  case sendsBadEchoChecksum = "RFC792-formats-c RFC4443-2.3-a: sends echo replies with a wrong checksum"
  case silentAboutEcho = "RFC1122-3.2.2.6-a RFC4443-4.1-a: answers no echo request"
  case answersOneEchoInThree = "RFC1122-3.2.2.6-a RFC4443-4.1-a: answers one echo request in three"
  case answersEchoOnce =
    "RFC1122-3.2.2.6-a RFC4443-2-a RFC4443-4.1-a: answers one echo request of an identifier and a sequence number"
  case answersEchoTwice = "RFC792-echo-a RFC4443-4.1-a: answers every echo request twice"
  case alsoReportsAnsweredEcho =
    "RFC792-pp-a RFC4443-3.4-a: complains about long echo requests that it has answered"
  case answersShortEcho =
    "RFC792-formats-e RFC4443-4.1-short: answers echo requests without identifier or sequence number"
  case discardsEchoWithTOS = "RFC2474-3-a RFC8200-3-tc: answers only echo requests of the default service"
  case zeroesIdentifier = "RFC792-echo-b RFC4443-4.2-idseq: replies with identifier 0"
  case swapsIdentifierOctets = "RFC792-echo-b RFC4443-4.2-idseq: swaps the octets of the identifier"
  case incrementsSequence = "RFC792-echo-b RFC4443-4.2-idseq: replies with the next sequence number"
  case discardsZeroIdentifier = "RFC792-echo-b RFC4443-4.1-zero: takes identifier 0 for none"
  case discardsZeroSequence = "RFC792-echo-b RFC4443-4.1-zero: takes sequence number 0 for none"
  case wrapsSequenceEarly = "RFC792-echo-b RFC4443-4.2-idseq: replies with 15 bits of the sequence number"
  case confusesEchoesTogether =
    "RFC792-echo-b RFC4443-4.2-idseq: answers requests that come together with the first one's sequence number"
  case zeroesSequence = "RFC792-echo-b RFC4443-4.2-idseq: replies with sequence number 0"
  case repliesWithCodeOne = "RFC792-echo-a RFC4443-4.2-type: replies with code 1"
  case invertsUnknownCode =
    "RFC792-echo-d RFC4443-4.2-type: replies to an undefined code with all its bits but one turned over"
  case truncatesEchoDataAt56 = "RFC1122-3.2.2.6-c RFC4443-4.2-data: sends at most 56 octets of data back"
  case truncatesEchoDataAt548 = "RFC1122-3.2.2.6-c: sends at most 548 octets of data back"
  case truncatesEchoDataAt1232 = "RFC4443-4.2-data-frag: sends at most 1232 octets of data back"
  case dropsLastEchoOctet = "RFC1122-3.2.2.6-c RFC4443-4.2-data: leaves out the last octet of the data"
  case dropsOddEchoOctet = "RFC1122-3.2.2.6-c RFC4443-4.2-data: leaves out the last octet of odd data"
  case fillsOddEchoData = "RFC792-echo-c RFC4443-4.2-data: fills odd data up to an even length"
  case zeroesLongEchoData = "RFC792-echo-c RFC4443-4.2-data: sends zeros back behind the 64th octet"
  case appendsToEchoData = "RFC792-echo-c RFC4443-4.2-data: adds an octet to the data"
  case clearsHighBitOfData = "RFC792-echo-c RFC4443-4.2-data: sends data back with seven bits an octet"
  case zeroesEchoData = "RFC792-echo-c RFC4443-4.2-data: sends zeros back"
  case copiesTTL = "RFC792-formats-f: copies TTL or hop limit of the request"
  case repliesWithTTLOne = "RFC792-formats-f: sends replies with TTL or hop limit 1"
  case answersEchoReply = "RFC1122-3.2.2.6-i RFC4443-4.2-unsol: answers echo replies"
}

/// How mutants fail as echo servers, over both IP versions alike.
extension ReferenceDevice {
  /// Whether a mutant leaves an echo request unanswered.
  mutating func discardsEcho(_ request: [UInt8], service: UInt8) -> Bool {
    if breaks(EchoMutant.silentAboutEcho) { return true }
    if breaks(EchoMutant.answersOneEchoInThree), history.counts(EchoMutant.answersOneEchoInThree) % 3 != 1 {
      return true
    }
    if breaks(EchoMutant.answersEchoOnce), history.seen(echo: request.number32(4)) { return true }
    if breaks(EchoMutant.discardsEchoWithTOS), service != 0 { return true }
    if breaks(EchoMutant.discardsZeroIdentifier), request.number16(4) == 0 { return true }
    return breaks(EchoMutant.discardsZeroSequence) && request.number16(6) == 0
  }

  /// The code of the reply to a request [RFC4443-4.2-type].
  func replyCode(to request: [UInt8]) -> UInt8 {
    if breaks(EchoMutant.repliesWithCodeOne) { return 1 }
    let code = request.octet(1)
    return code != 0 && breaks(EchoMutant.invertsUnknownCode) ? code ^ 0xfe : 0
  }

  /// The ways in which an answer may differ from its request; its checksum comes later.
  mutating func spoilEcho(_ message: inout [UInt8], isReply: Bool) {
    if breaks(EchoMutant.zeroesIdentifier) { message.put16(0, at: 4) }
    if breaks(EchoMutant.swapsIdentifierOctets) { message.put16(message.number16(4).byteSwapped, at: 4) }
    if breaks(EchoMutant.incrementsSequence) { message.put16(message.number16(6) &+ 1, at: 6) }
    if breaks(EchoMutant.wrapsSequenceEarly) { message.put16(message.number16(6) & 0x7fff, at: 6) }
    if breaks(EchoMutant.zeroesSequence) { message.put16(0, at: 6) }
    if breaks(EchoMutant.confusesEchoesTogether) {
      message.put16(history.sequences.value(of: message.number16(4), message.number16(6), at: now), at: 6)
    }
    guard message.count > 8, isReply else { return }
    let isOdd = message.count % 2 == 1
    if breaks(EchoMutant.truncatesEchoDataAt56), message.count > 64 { message = message.octets(0..<64) }
    if breaks(EchoMutant.truncatesEchoDataAt548), message.count > 556 { message = message.octets(0..<556) }
    if breaks(EchoMutant.truncatesEchoDataAt1232), message.count > 1240 { message = message.octets(0..<1240) }
    if breaks(EchoMutant.dropsLastEchoOctet) || breaks(EchoMutant.dropsOddEchoOctet) && isOdd {
      message.removeLast()
    }
    if breaks(EchoMutant.appendsToEchoData) || breaks(EchoMutant.fillsOddEchoData) && isOdd {
      message.append(0)
    }
    if breaks(EchoMutant.clearsHighBitOfData) { for place in 8..<message.count { message[place] &= 0x7f } }
    if breaks(EchoMutant.zeroesEchoData) { for place in 8..<message.count { message[place] = 0 } }
    if breaks(EchoMutant.zeroesLongEchoData), message.count > 72 {
      for place in 72..<message.count { message[place] = 0 }
    }
  }
}
