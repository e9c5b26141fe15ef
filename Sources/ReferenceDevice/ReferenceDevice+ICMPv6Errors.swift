internal import Capture
internal import Wire

/// What is left of the errors that may be sent to one destination: a token bucket [RFC4443-2.4.f-1].
struct ErrorBudget: Sendable {
  var tokens: Double
  var refilled: Timestamp
}

extension ReferenceDevice {
  /// Sends an ICMPv6 error about a packet, unless one of the prohibitions forbids it.
  ///
  /// It goes to the packet's source [RFC4443-3-dst], from the address that it was sent to if that is the device's
  /// [RFC4443-2.2.a-2] [RFC4443-2.2.b-1], and quotes as much as fits into 1280 octets [RFC4443-2.4.c-1]
  /// [RFC4443-2.4.c-2] as it came [RFC4443-2.4.c-3]; what isn't a pointer is zero [RFC4443-3.1-unused].
  mutating func reportIPv6(_ type: UInt8, _ code: UInt8, pointer: UInt32 = 0, about packet: IPv6Packet) {
    guard mayReport(type, code, about: packet), spendsToken(for: packet.source) else { return }
    var rest: [UInt8] = []
    rest.append32(breaks(.fillsUnusedField) && type != 4 ? 0xdead_beef : spoiled(pointer, type))
    let message = [type, code, 0, 0] + rest + quote(of: packet)
    let source = breaks(.errorsFromDestination) ? packet.destination : replySource(for: packet)
    var reply = IPv6Reply(source: source, destination: packet.source)
    if packet.source.isUnspecified { reply.destination = .allNodes }
    if breaks(.errorTTLIsOne) { reply.hopLimit = 1 }
    sendICMPv6(message, reply)
    if breaks(.reportsTwice) { sendICMPv6(message, reply) }
  }

  /// RFC4443-3.4-ptr: the pointer counts from the start of the IPv6 header.
  private func spoiled(_ pointer: UInt32, _ type: UInt8) -> UInt32 {
    guard type == 4 else { return pointer }
    if breaks(.pointerIsZero) { return 0 }
    if breaks(.pointerOffByOne) { return pointer &+ 1 }
    return breaks(.pointerCountsFromOptions) && pointer >= 40 ? pointer &- 40 : pointer
  }

  private func quote(of packet: IPv6Packet) -> [UInt8] {
    var quoted = packet.bytes
    if breaks(.decrementsQuotedTTL) { quoted.put8(quoted.octet(7) &- 1, at: 7) }
    if breaks(.clearsQuotedTOS) {
      quoted.put8(0x60, at: 0)
      quoted.put8(quoted.octet(1) & 15, at: 1)
    }
    if breaks(.swapsQuotedLength) { quoted.put16(quoted.number16(4).byteSwapped, at: 4) }
    var most = 1280 - 48
    if breaks(.quotesEverything) { most = 65_535 - 8 }
    if breaks(.quotes28Octets) { most = 28 }
    if breaks(.quotesHeaderOnly) { most = 40 }
    if breaks(.quotesSevenOctets) { most = 47 }
    if breaks(.quotesAsMuchAsIPv4) { most = 528 }
    if breaks(.padsShortQuote), quoted.count < 64 {
      quoted += [UInt8](repeating: 0, count: 64 - quoted.count)
    }
    return Array(quoted.prefix(most))
  }

  /// RFC4443-2.4-prec: the prohibitions of 2.4 (e) override all others.
  private func mayReport(_ type: UInt8, _ code: UInt8, about packet: IPv6Packet) -> Bool {
    // RFC4443-2.4.e.1-e to -h, RFC4443-2.4.e.2-a
    if packet.isICMPv6Error, !breaks(.reportsErrors) { return false }
    // RFC4443-2.4.e.6-u1 to -u6, -m1 to -m4: the source is no single node's.
    if packet.source.isUnspecified { return breaks(.reportsUnspecifiedSource) }
    if packet.source.isMulticast { return breaks(.acceptsIPv6MulticastSource) }
    // RFC4443-2.4.e.3-x2, RFC4443-2.4.e.4-x: unknown options are reported all the same.
    if type == 4, code == 2, !breaks(.silentAboutOption10ToGroup) { return true }
    // RFC4443-2.4.e.3-a to -e
    if packet.destination.isMulticast { return breaks(.reportsMulticast) }
    // RFC4443-2.4.e.4-a, RFC4443-2.4.e.5-a
    return !packet.frame.destination.isMulticast || breaks(.reportsLinkBroadcast)
  }

  private mutating func spendsToken(for destination: IPv6Address) -> Bool {
    let burst = Double(configuration.errorBurst)
    var budget = errorBudgets[destination] ?? ErrorBudget(tokens: burst, refilled: now)
    let elapsed = Double((now - budget.refilled).wholeNanoseconds) / 1e9
    budget.tokens = min(burst, budget.tokens + elapsed * Double(configuration.errorsPerSecond))
    budget.refilled = now
    let isAllowed = budget.tokens >= 1
    if isAllowed { budget.tokens -= 1 }
    errorBudgets[destination] = budget
    return isAllowed
  }
}
