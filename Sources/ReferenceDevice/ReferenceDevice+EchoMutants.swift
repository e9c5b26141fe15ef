/// How mutants fail as echo servers, over both IP versions alike.
extension ReferenceDevice {
  /// Whether a mutant leaves an echo request unanswered.
  mutating func discardsEcho(_ request: [UInt8], service: UInt8) -> Bool {
    if breaks(.silentAboutEcho) { return true }
    if breaks(.answersOneEchoInThree), history.counts(.answersOneEchoInThree) % 3 != 1 { return true }
    if breaks(.discardsEchoWithTOS), service != 0 { return true }
    if breaks(.discardsZeroIdentifier), request.number16(4) == 0 { return true }
    return breaks(.discardsZeroSequence) && request.number16(6) == 0
  }

  /// The ways in which an answer may differ from its request; its checksum comes later.
  func spoilEcho(_ message: inout [UInt8], isReply: Bool) {
    guard !mutants.isEmpty else { return }
    if breaks(.zeroesIdentifier) { message.put16(0, at: 4) }
    if breaks(.swapsIdentifierOctets) { message.put16(message.number16(4).byteSwapped, at: 4) }
    if breaks(.incrementsSequence) { message.put16(message.number16(6) &+ 1, at: 6) }
    if breaks(.wrapsSequenceEarly) { message.put16(message.number16(6) & 0x7fff, at: 6) }
    if breaks(.zeroesSequence) { message.put16(0, at: 6) }
    guard message.count > 8, isReply else { return }
    let isOdd = message.count % 2 == 1
    if breaks(.truncatesEchoDataAt56), message.count > 64 { message = message.octets(0..<64) }
    if breaks(.truncatesEchoDataAt548), message.count > 556 { message = message.octets(0..<556) }
    if breaks(.truncatesEchoDataAt1232), message.count > 1240 { message = message.octets(0..<1240) }
    if breaks(.dropsLastEchoOctet) || breaks(.dropsOddEchoOctet) && isOdd { message.removeLast() }
    if breaks(.appendsToEchoData) || breaks(.fillsOddEchoData) && isOdd { message.append(0) }
    if breaks(.clearsHighBitOfData) { for place in 8..<message.count { message[place] &= 0x7f } }
    if breaks(.zeroesEchoData) { for place in 8..<message.count { message[place] = 0 } }
    if breaks(.zeroesLongEchoData), message.count > 72 {
      for place in 72..<message.count { message[place] = 0 }
    }
  }
}
