internal import Capture
internal import Wire

/// How mutants deviate in sending ICMPv6 errors.
enum ICMPv6ErrorMutant: String, Deviation {
  case quotesAsMuchAsIPv4 = "RFC4443-2.4.c-1: quotes no more in ICMPv6 than in ICMPv4"
  case reportsUnspecifiedSource =
    "RFC4443-2.4.e.6-u1 RFC4443-2.4.e.6-u4 RFC4443-2.4.e.6-u6: complains to all nodes about packets from nobody"
  case silentAboutOption10ToGroup =
    "RFC8200-4.2-do-10-mc RFC8200-4.2-hbh-10-mc: doesn't report unknown options of packets to groups"
  case errorsFromLinkLocal = "RFC4443-2.2.a-2: sends ICMPv6 errors from its link-local address"
  case pointerStaysInQuote = "RFC4443-3.4-ptr-far: points no further than the quote goes"
}

/// What is left of the errors that may be sent to one destination: a token bucket [RFC4443-2.4.f-1].
struct ErrorBudget: Sendable {
  var tokens: Double
  var refilled: Timestamp

  /// Takes a token out if there is one.
  mutating func spend(at now: Timestamp, burst: Double, perSecond rate: Double) -> Bool {
    let elapsed = Double((now - refilled).wholeNanoseconds) / 1e9
    tokens = min(burst, tokens + elapsed * rate)
    refilled = now
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }
}

extension ReferenceDevice {
  /// Sends an ICMPv6 error about a packet, unless one of the prohibitions forbids it.
  ///
  /// It goes to the packet's source [RFC4443-3-dst], from the address that it was sent to if that is the device's
  /// [RFC4443-2.2.a-2] [RFC4443-2.2.b-1], and quotes as much as fits into 1280 octets [RFC4443-2.4.c-1]
  /// [RFC4443-2.4.c-2] as it came [RFC4443-2.4.c-3]; what isn't a pointer is zero [RFC4443-3.1-unused].
  /// `isForced`: a mutant minds no prohibition.
  mutating func reportIPv6(
    _ type: UInt8,
    _ code: UInt8,
    pointer: UInt32 = 0,
    about packet: IPv6Packet,
    isForced: Bool = false
  ) {
    guard isForced || mayReport(type, code, about: packet), spendsToken(for: packet.source) else { return }
    var rest: [UInt8] = []
    rest.append32(breaks(ErrorMutant.fillsUnusedField) && type != 4 ? 0xdead_beef : spoiled(pointer, type))
    let message = [type, code, 0, 0] + rest + quote(of: packet)
    let source = breaks(ErrorMutant.errorsFromDestination) ? packet.destination : replySource(for: packet)
    var reply = IPv6Reply(source: source, destination: packet.source)
    if packet.source.isUnspecified { reply.destination = .allNodes }
    if breaks(ICMPv6ErrorMutant.errorsFromLinkLocal) { reply.source = configuration.linkLocal }
    if breaks(ErrorMutant.errorsGoToGateway) { reply.destination = configuration.ipv6Gateway }
    if breaks(ErrorMutant.errorTTLIsOne) { reply.hopLimit = 1 }
    sendICMPv6(message, reply)
    if breaks(ErrorMutant.reportsTwice) { sendICMPv6(message, reply) }
  }

  /// RFC4443-3.4-ptr: the pointer counts from the start of the IPv6 header, also to what isn't quoted any more
  /// [RFC4443-3.4-ptr-far].
  private func spoiled(_ pointer: UInt32, _ type: UInt8) -> UInt32 {
    guard type == 4 else { return pointer }
    if breaks(IPv4OptionMutant.pointerIsZero) { return 0 }
    if breaks(IPv4OptionMutant.pointerOffByOne) { return pointer &+ 1 }
    if breaks(ICMPv6ErrorMutant.pointerStaysInQuote) { return min(pointer, 1231) }
    return breaks(IPv4OptionMutant.pointerCountsFromOptions) && pointer >= 40 ? pointer &- 40 : pointer
  }

  private func quote(of packet: IPv6Packet) -> [UInt8] {
    var quoted = packet.bytes
    if breaks(ErrorMutant.decrementsQuotedTTL) { quoted.put8(quoted.octet(7) &- 1, at: 7) }
    if breaks(ErrorMutant.clearsQuotedTOS) {
      quoted.put8(0x60, at: 0)
      quoted.put8(quoted.octet(1) & 15, at: 1)
    }
    if breaks(ErrorMutant.swapsQuotedLength) { quoted.put16(quoted.number16(4).byteSwapped, at: 4) }
    var most = 1280 - 48
    if breaks(ErrorMutant.quotesEverything) { most = 65_535 - 8 }
    if breaks(ErrorMutant.quotes28Octets) { most = 28 }
    if breaks(ErrorMutant.quotesHeaderOnly) { most = 40 }
    if breaks(ErrorMutant.quotesSevenOctets) { most = 47 }
    if breaks(ICMPv6ErrorMutant.quotesAsMuchAsIPv4) { most = 528 }
    if breaks(ErrorMutant.padsShortQuote), quoted.count < 64 {
      quoted += [UInt8](repeating: 0, count: 64 - quoted.count)
    }
    return Array(quoted.prefix(most))
  }

  /// RFC4443-2.4-prec: the prohibitions of 2.4 (e) override all others.
  private func mayReport(_ type: UInt8, _ code: UInt8, about packet: IPv6Packet) -> Bool {
    // RFC4443-2.4.e.1-e to -h, RFC4443-2.4.e.2-a
    if packet.isICMPv6Error, !breaks(ErrorMutant.reportsErrors) { return false }
    // RFC4443-2.4.e.6-u1 to -u6, -m1 to -m4: the source is no single node's.
    if packet.source.isUnspecified { return breaks(ICMPv6ErrorMutant.reportsUnspecifiedSource) }
    if packet.source.isMulticast { return breaks(IPv6Mutant.acceptsIPv6MulticastSource) }
    // RFC4443-2.4.e.6-a1: nor that of one router.
    if configuration.isAnycast(packet.source) { return breaks(RouterNeighborMutant.reportsToAnycast) }
    // RFC4443-2.4.e.3-x2, RFC4443-2.4.e.4-x: unknown options are reported all the same.
    if type == 4, code == 2, !breaks(ICMPv6ErrorMutant.silentAboutOption10ToGroup) { return true }
    // RFC4443-2.4.e.3-a to -e
    if packet.destination.isMulticast { return breaks(ErrorMutant.reportsMulticast) }
    // RFC4443-2.4.e.4-a, RFC4443-2.4.e.5-a
    return !packet.frame.destination.isMulticast || breaks(ErrorMutant.reportsLinkBroadcast)
  }

  private mutating func spendsToken(for destination: IPv6Address) -> Bool {
    let burst = Double(configuration.errorBurst)
    var budget = errorBudgets[destination] ?? ErrorBudget(tokens: burst, refilled: now)
    let isAllowed = budget.spend(at: now, burst: burst, perSecond: Double(configuration.errorsPerSecond))
    errorBudgets[destination] = budget
    return isAllowed
  }
}
