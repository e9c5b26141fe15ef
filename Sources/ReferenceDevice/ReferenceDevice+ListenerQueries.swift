internal import Capture
internal import Wire

/// How mutants deviate in taking queries for multicast listeners.
enum ListenerQueryMutant: String, Deviation {
  case takesQueriesFromAfar =
    "RFC3810-6.2-src RFC2710-5-src: takes queries from addresses that aren't link-local"
  case takesQueriesFromNobody = "RFC3590-4-a RFC3810-6.2-src RFC2710-5-src: takes queries from ::"
  case takesQueriesOfAnyHopLimit = "RFC3810-6.2-hl: takes queries whose hop limit isn't 1"
  case takesQueriesWithoutAlert = "RFC3810-6.2-ra: takes queries without a router alert"
  case takesShortQueries = "RFC2710-5-len: takes queries of less than 24 octets"
  case takesQueriesBetweenVersions = "RFC3810-8.1-len: takes queries of 25 to 27 octets"
  case takesQueriesWithBadChecksum = "RFC3810-5.1.2-ck RFC2710-5-ck: takes queries whose checksum is wrong"
  case takesQueriesForHosts = "RFC2710-3.6-mc: takes queries for addresses that are no groups"
  case discardsQueriesWithCode =
    "RFC3810-5.1.1-code RFC2710-3.2-code: discards queries whose code isn't zero"
  case discardsReservedQueries = "RFC2710-3.5-res RFC3810-5.1.1-code: discards queries with reserved bits"
  case discardsLongQueries = "RFC3810-5.1.12-add: discards queries with octets behind their sources"
  case ignoresQueriesToItself = "RFC3810-5.1.15-dst: takes no queries to its own address"
  case reportsInvalidQueries = "RFC2710-4-noerr: complains about queries that it doesn't take"
  case ignoresOldQueries = "RFC3810-8.2-v1 RFC2710-4-gq: takes no queries of version 1"
  case staysWithVersionTwo = "RFC3810-8.2-v1 RFC2710-4-gq: answers version 1 with version 2"
  case forgetsVersionOne = "RFC3810-8.2-v1: goes back to version 2 at the next query of it"
  case staysWithVersionOne = "RFC3810-8.2-v1: never goes back to version 2"
  case answersReports = "RFC3810-6-type: takes the reports of others for queries"
}

/// Multicast listener discovery [RFC 2710] [RFC 3810]: what is asked.
extension ReferenceDevice {
  /// Octets of a version 1 query, and the least of a version 2 query.
  private static let lengths = (one: 24, two: 28)

  /// Takes a query, and draws when it is answered.
  mutating func receiveListenerQuery(_ message: [UInt8], _ packet: IPv6Packet) {
    guard isAcceptableQuery(message, packet) else {
      if breaks(ListenerQueryMutant.reportsInvalidQueries) { reportIPv6(4, 0, pointer: 40, about: packet) }
      return
    }
    let isOld = message.count < Self.lengths.two
    if isOld, breaks(ListenerQueryMutant.ignoresOldQueries) { return }
    let code = message.number16(4)
    let longest = Duration.milliseconds(isOld ? Int(code) : Self.decode(code))
    if isOld { hearOldQuerier(longest) } else { hearQuerier(message) }
    let query = ListenerQuery(
      group: message.ipv6(8),
      sources: isOld ? [] : sources(in: message),
      longestDelay: longest
    )
    schedule(query)
    answerListenerQueries()
  }

  /// RFC3810-6.2-src, RFC3590-4-a, RFC2710-5-src, RFC3810-6.2-hl, RFC3810-6.2-ra, RFC2710-5-len, RFC3810-8.1-len,
  /// RFC2710-3.6-mc; code, reserved bits and octets behind the sources say nothing [RFC3810-5.1.1-code]
  /// [RFC3810-5.1.12-add], and any own address will do [RFC3810-5.1.15-dst].
  private func isAcceptableQuery(_ message: [UInt8], _ packet: IPv6Packet) -> Bool {
    guard
      packet.source.isLinkLocal
        || packet.source.isUnspecified && breaks(ListenerQueryMutant.takesQueriesFromNobody)
        || !packet.source.isUnspecified && breaks(ListenerQueryMutant.takesQueriesFromAfar)
    else { return false }
    guard packet.hopLimit == 1 || breaks(ListenerQueryMutant.takesQueriesOfAnyHopLimit) else { return false }
    guard packet.hasListenerAlert || breaks(ListenerQueryMutant.takesQueriesWithoutAlert) else {
      return false
    }
    let hasLength =
      switch message.count {
      case ..<Self.lengths.one: breaks(ListenerQueryMutant.takesShortQueries)
      case Self.lengths.one, Self.lengths.two...: true
      default: breaks(ListenerQueryMutant.takesQueriesBetweenVersions)
      }
    guard hasLength else { return false }
    let group = message.ipv6(8)
    guard group.isUnspecified || group.isMulticast || breaks(ListenerQueryMutant.takesQueriesForHosts) else {
      return false
    }
    if message.octet(1) != 0, breaks(ListenerQueryMutant.discardsQueriesWithCode) { return false }
    if message.number16(6) != 0, breaks(ListenerQueryMutant.discardsReservedQueries) { return false }
    let end = message.count < Self.lengths.two ? message.count : 28 + 16 * Int(message.number16(26))
    if message.count > end, breaks(ListenerQueryMutant.discardsLongQueries) { return false }
    return packet.destination.isMulticast || !breaks(ListenerQueryMutant.ignoresQueriesToItself)
  }

  /// RFC3810-8.2-v1: as long as a router of version 1 may be there, only that is spoken; what was to be said in the other
  /// one is dropped.
  private mutating func hearOldQuerier(_ longest: Duration) {
    if breaks(ListenerQueryMutant.staysWithVersionTwo) { return }
    if !listener.speaksVersionOne(at: now) { listener.forgetAll() }
    var time = listener.queryInterval * listener.robustness + longest
    if breaks(ListenerQueryMutant.staysWithVersionOne) { time = .seconds(1_000_000) }
    listener.versionOneUntil = now + time
  }

  private mutating func hearQuerier(_ message: [UInt8]) {
    let robustness = Int(message.octet(24) & 7)
    listener.robustness = robustness == 0 ? 2 : robustness
    let interval = message.octet(25)
    let seconds = interval < 128 ? Int(interval) : (Int(interval & 15) | 16) << (Int(interval >> 4 & 7) + 3)
    listener.queryInterval = .seconds(seconds)
    if breaks(ListenerQueryMutant.forgetsVersionOne) { listener.versionOneUntil = nil }
  }

  /// Milliseconds of a Maximum Response Code, which is a floating-point number from 32768 on [RFC3810-5.1.3-mrc].
  private static func decode(_ code: UInt16) -> Int {
    code < 0x8000 ? Int(code) : (Int(code & 0xfff) | 0x1000) << (Int(code >> 12 & 7) + 3)
  }

  private func sources(in message: [UInt8]) -> [IPv6Address] {
    let count = min(Int(message.number16(26)), (message.count - Self.lengths.two) / 16)
    return (0..<max(0, count)).map { message.ipv6(28 + 16 * $0) }
  }

  /// Hears what another listener reports: in version 1, the group needn't be reported twice [RFC2710-4-supp]; it is no
  /// reason to say anything [RFC3810-6-type].
  mutating func hearReport(_ message: [UInt8], _ packet: IPv6Packet) {
    if breaks(ListenerQueryMutant.answersReports) {
      listener.general = now
      return answerListenerQueries()
    }
    guard message.octet(0) == 131, message.count >= Self.lengths.one, packet.source.isLinkLocal,
      packet.hopLimit == 1, listener.speaksVersionOne(at: now)
    else { return }
    listener.groups[message.ipv6(8)] = nil
  }
}

extension IPv6Packet {
  /// Whether there is a router alert for multicast listener discovery in front [RFC 2711 2.1].
  fileprivate var hasListenerAlert: Bool {
    guard nextHeader == 0 else { return false }
    let end = 48 + Int(bytes.octet(41)) * 8
    var offset = 42
    while offset < end {
      let type = bytes.octet(offset)
      if type == 5 { return bytes.octet(offset + 1) == 2 && bytes.number16(offset + 2) == 0 }
      offset += type == 0 ? 1 : 2 + Int(bytes.octet(offset + 1))
    }
    return false
  }
}
