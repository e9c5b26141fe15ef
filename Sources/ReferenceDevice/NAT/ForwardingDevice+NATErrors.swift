internal import Suite
internal import Wire

/// How mutants of a NAT deviate in translating ICMP errors.
enum NATErrorMutant: String, Deviation {
  static var role: Role { .nat }

  case passesBadChecksum = "RFC5508-REQ3-a: lets errors in whose checksum is wrong"
  case passesBadQuotedChecksum = "RFC5508-REQ3-b: lets errors in that quote a wrong IP header checksum"
  case readsQuoteBehindTwenty =
    "RFC5508-REQ3-c: looks for quoted ports behind 20 octets, whatever the length of the quoted header"
  case wantsQuotedTransportChecksum = "RFC5508-REQ3-d: lets no error in whose quoted UDP checksum is wrong"
  case cutsExtensions = "RFC5508-REQ3-e RFC4884-6-a-v4: cuts off what stands behind the quoted packet"
  case passesErrorsOfNobody = "RFC5508-REQ4-a: hands errors about packets that nobody sent to somebody inside"
  case keepsQuotedAddress = "RFC5508-REQ4-b: leaves its outside address in the quotes of errors that come in"
  case keepsQuotedPort = "RFC5508-REQ4-b: leaves the outside port in the quotes of errors that come in"
  case keepsErrorChecksum = "RFC5508-REQ4-b: doesn't bring the checksum of errors that come in up to date"
  case clearsErrorRest = "RFC5508-REQ4-c RFC5508-REQ10-c: clears the MTU and pointer of errors that come in"
  case changesErrorCode = "RFC5508-REQ4-c RFC4787-9-c: makes host unreachable of all unreachable codes"
  case hidesErrorSource = "RFC5508-REQ4-d RFC4787-9-b: lets errors in as if it had sent them itself"
  case wantsErrorFromPeer = "RFC4787-9-b: lets errors in only from whom the packet was for"
  case passesInsideErrorsOfNobody = "RFC5508-REQ5-a: lets errors out about packets that never came in"
  case keepsInsideQuote = "RFC5508-REQ5-b: shows inside addresses in the quotes of errors that go out"
  case leaksInsideSource = "RFC5508-REQ5-c: lets errors out with their inside source address"
  case turnsNoErrorsRound =
    "RFC5508-REQ7-b: drops errors that inside hosts send each other by outside addresses"
  case turnsErrorsToNAT = "RFC5508-REQ7-c: keeps errors for itself that inside hosts send each other"
  case dropsTooBig = "RFC5508-REQ10-c: lets no fragmentation needed in"
  case dropsUnreachables = "RFC4787-9-c RFC5382-7.3-a: lets no unreachable in but fragmentation needed"
}

/// ICMP errors through a NAT: the packet that they quote looks on each side as it did there.
extension ForwardingDevice {
  /// The mapping of a quoted end.
  private func quoteMapping(_ quoted: [UInt8]) -> NATMapping? {
    let start = breaks(NATErrorMutant.readsQuoteBehindTwenty) ? 20 : quoted.ipv4HeaderLength
    guard let end = quoted.natEnd(.source, headerLength: start), end.address == outside else { return nil }
    return natTable.mapping(end.protocolNumber, end.port, from: quoted.ipv4(16), at: now)
  }

  /// RFC5508-REQ3-a, RFC5508-REQ3-b: whether an error and the header that it quotes have right checksums; what the quoted
  /// packet carries isn't looked at [RFC5508-REQ3-d].
  private func isSound(_ message: [UInt8], _ quoted: [UInt8]) -> Bool {
    guard Checksum.internet(message) == 0 || breaks(NATErrorMutant.passesBadChecksum) else { return false }
    let length = quoted.ipv4HeaderLength
    guard length >= 20, length <= quoted.count else { return false }
    guard Checksum.internet(quoted[..<length]) == 0 || breaks(NATErrorMutant.passesBadQuotedChecksum) else {
      return false
    }
    guard breaks(NATErrorMutant.wantsQuotedTransportChecksum), quoted.octet(9) == 17,
      (length...quoted.count).contains(Int(quoted.number16(2)))
    else { return true }
    let datagram = quoted.octets(length..<Int(quoted.number16(2)))
    let header = quoted.octets(12..<20) + [0, 17] + quoted.octets(length + 4..<length + 6)
    return Checksum.internet(header + datagram) == 0
  }

  /// An error from outside as it looks inside: quote and outer destination are those of who sent the quoted packet
  /// [RFC5508-REQ4-b] [RFC5508-REQ4-d]; all else stays, the source too [RFC5508-REQ4-c] [RFC4787-9-b].
  mutating func outsideError(_ datagram: IPv4Datagram) -> IPv4Datagram? {
    let message = datagram.payload
    let quoted = message.octets(from: 8)
    guard isSound(message, quoted) else { return nil }
    var found = quoteMapping(quoted)
    if found == nil, breaks(NATErrorMutant.passesErrorsOfNobody) {
      found = natTable.mapping(like: quoted.natEnd(.source)?.port, from: datagram.source)
    }
    guard let mapping = found, admitsError(message, from: datagram.source, quoted) else { return nil }
    forget(mapping)
    var inner = quoted
    let port = breaks(NATErrorMutant.keepsQuotedPort) ? mapping.outsidePort : mapping.inside.port
    let address = breaks(NATErrorMutant.keepsQuotedAddress) ? outside : mapping.inside.address
    inner.rewrite(.source, address, port: port)
    var head = message.octets(0..<8)
    if breaks(NATErrorMutant.clearsErrorRest) { head.replaceSubrange(4..., with: [0, 0, 0, 0]) }
    if breaks(NATErrorMutant.changesErrorCode), head.octet(0) == 3 { head.put8(1, at: 1) }
    var result = rebuilt(datagram, head, inner)
    result.bytes.rewrite(mapping.inside.address.octets, at: 16, checksumAt: 10)
    if breaks(NATErrorMutant.hidesErrorSource) {
      result.bytes.rewrite(near.configuration.ipv4.octets, at: 12, checksumAt: 10)
    }
    return result
  }

  private func admitsError(_ message: [UInt8], from source: IPv4Address, _ quoted: [UInt8]) -> Bool {
    let isTooBig = message.octet(0) == 3 && message.octet(1) == 4
    if isTooBig, breaks(NATErrorMutant.dropsTooBig) { return false }
    if message.octet(0) == 3, !isTooBig, breaks(NATErrorMutant.dropsUnreachables) { return false }
    return !breaks(NATErrorMutant.wantsErrorFromPeer) || source == quoted.ipv4(16)
  }

  /// What mutants do: an error ends the mapping that it is about [RFC5508-REQ6-a] [RFC4787-9-a] [RFC5382-7.3-b].
  private mutating func forget(_ mapping: NATMapping) {
    let forgets: NATMappingMutant =
      switch mapping.inside.protocolNumber {
      case 1: .forgetsAfterErrors
      case 17: .forgetsUDPAfterErrors
      default: .forgetsTCPAfterErrors
      }
    if breaks(forgets) { natTable.forget(mapping) }
  }

  /// An error from inside as it looks outside: the quoted packet as it came in [RFC5508-REQ5-b], from the outside address
  /// whoever sent it [RFC5508-REQ5-c]; nil if no such packet can have come in [RFC5508-REQ5-a].
  mutating func insideError(_ datagram: IPv4Datagram) -> IPv4Datagram? {
    let message = datagram.payload
    let quoted = message.octets(from: 8)
    let turnsRound = datagram.destination == outside
    if turnsRound, breaks(NATErrorMutant.turnsNoErrorsRound) { return nil }
    guard isSound(message, quoted) else { return nil }
    let mapping = quoted.natEnd(.destination).flatMap {
      natTable.mapping(ofInside: $0, towards: quoted.ipv4(12), at: now)
    }
    guard mapping != nil || breaks(NATErrorMutant.passesInsideErrorsOfNobody) else { return nil }
    var outer = quoted
    if let mapping, !breaks(NATErrorMutant.keepsInsideQuote) {
      outer.rewrite(.destination, outside, port: mapping.outsidePort)
    }
    var result = rebuilt(datagram, message.octets(0..<8), outer)
    if !breaks(NATErrorMutant.leaksInsideSource) {
      result.bytes.rewrite(outside.octets, at: 12, checksumAt: 10)
    }
    if turnsRound, breaks(NATErrorMutant.turnsErrorsToNAT) { return nil }
    return result
  }

  /// The same error about a packet that looks otherwise, with its checksum brought up to date.
  private func rebuilt(_ datagram: IPv4Datagram, _ head: [UInt8], _ quoted: [UInt8]) -> IPv4Datagram {
    var message = head + quoted
    if breaks(NATErrorMutant.cutsExtensions), head.octet(5) > 0 {
      message = message.octets(0..<8 + Int(head.octet(5)) * 4)
    }
    if !breaks(NATErrorMutant.keepsErrorChecksum) {
      message.put16(0, at: 2)
      message.put16(Checksum.internet(message), at: 2)
    }
    var result = datagram
    result.bytes.replaceSubrange(datagram.headerLength..., with: message)
    if message.count != datagram.payload.count {
      result.bytes.rewrite16(UInt16(truncatingIfNeeded: result.bytes.count), at: 2, checksumAt: 10)
    }
    return result
  }
}
