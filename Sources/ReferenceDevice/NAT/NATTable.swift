internal import Capture
internal import Suite
internal import Wire

/// How mutants of a NAT deviate in keeping mappings.
enum NATMappingMutant: String, Deviation {
  static var role: Role { .nat }

  case mapsEachRemoteAnew = "RFC5508-REQ1-b: uses another identifier outside for each host that is asked"
  case sharesIdentifiers = "RFC5508-REQ1-c: gives the queries of two inside hosts the same identifier outside"
  case forgetsQueriesEarly = "RFC5508-REQ2-a: forgets queries after 25 seconds"
  case forgetsAfterErrors = "RFC5508-REQ6-a: forgets a query when an error about it comes"
  case forgetsUDPAfterErrors = "RFC4787-9-a: forgets the mapping of UDP when an error about it comes"
  case forgetsTCPAfterErrors = "RFC5382-7.3-b: forgets the mapping of TCP when an error about it comes"
  case keepsIdentification =
    "RFC7857-10-a RFC6864-5.3.1-a: leaves the identifications of all inside hosts as they are"
}

/// A port or a query identifier of somebody's.
struct NATEnd: Hashable, Sendable {
  /// 1 (the identifiers of ICMP queries), 6 or 17.
  var protocolNumber: UInt8
  var address: IPv4Address
  var port: UInt16
}

/// What an inside port or query identifier is outside.
struct NATMapping: Sendable {
  var inside: NATEnd
  var outsidePort: UInt16
  /// Whom it was used towards: nobody else gets in by it.
  var remotes: Set<IPv4Address>
  var expires: Timestamp
}

/// The mappings of a NAT: one for each inside end, whomever it speaks with [RFC5508-REQ1-b], and no two with the same
/// port outside [RFC5508-REQ1-c].
struct NATTable: Sendable {
  private struct OutsideKey: Hashable {
    var protocolNumber: UInt8
    var port: UInt16
  }

  private struct InsideKey: Hashable {
    var end: NATEnd
    /// Only a mutant looks at it.
    var remote: IPv4Address?
  }

  private var mappings: [OutsideKey: NATMapping] = [:]
  private var outsidePorts: [InsideKey: UInt16] = [:]
  /// More mappings than these aren't kept; what would need one more doesn't pass.
  private static let limit = 16_384
  /// The NAT's own address outside: from there inside hosts reach each other [RFC5508-REQ7-b].
  let outside: IPv4Address

  private let mapsEachRemoteAnew: Bool
  private let sharesIdentifiers: Bool

  /// An empty one, for a NAT with that address outside and these deviations.
  init(outside: IPv4Address, _ deviations: ActiveDeviations) {
    self.outside = outside
    mapsEachRemoteAnew = deviations.contain(NATMappingMutant.mapsEachRemoteAnew)
    sharesIdentifiers = deviations.contain(NATMappingMutant.sharesIdentifiers)
  }

  /// The outside port of an inside end that sends to somebody; makes a mapping if there is none.
  ///
  /// - Parameters:
  ///   - end: Who sends inside.
  ///   - remote: To whom.
  ///   - now: The time.
  ///   - lifetime: How long the mapping lasts from now on.
  /// - Returns: The port, or nil if there is none left.
  mutating func outsidePort(
    of end: NATEnd,
    to remote: IPv4Address,
    at now: Timestamp,
    lasting lifetime: Duration
  ) -> UInt16? {
    let key = InsideKey(end: end, remote: mapsEachRemoteAnew ? remote : nil)
    if let port = outsidePorts[key] {
      let place = OutsideKey(protocolNumber: end.protocolNumber, port: port)
      if var mapping = mappings[place], mapping.inside == end, mapping.expires > now {
        mapping.remotes.insert(remote)
        mapping.expires = now + lifetime
        mappings[place] = mapping
        return port
      }
    }
    guard let port = freePort(for: end, at: now) else { return nil }
    outsidePorts[key] = port
    mappings[OutsideKey(protocolNumber: end.protocolNumber, port: port)] = NATMapping(
      inside: end,
      outsidePort: port,
      remotes: [remote],
      expires: now + lifetime
    )
    return port
  }

  /// The inside port itself if it is free outside, else the next that is.
  private mutating func freePort(for end: NATEnd, at now: Timestamp) -> UInt16? {
    if mappings.count >= Self.limit {
      mappings = mappings.filter { $0.value.expires > now }
      outsidePorts = outsidePorts.filter { key, port in
        mappings[OutsideKey(protocolNumber: key.end.protocolNumber, port: port)] != nil
      }
      if mappings.count >= Self.limit { return nil }
    }
    var port = end.port
    repeat {
      let taken = mappings[OutsideKey(protocolNumber: end.protocolNumber, port: port)]
      guard let taken, taken.expires > now, !(sharesIdentifiers && end.protocolNumber == 1) else {
        return port
      }
      port &+= 1
    } while port != end.port
    return nil
  }

  /// The mapping of an outside port that is in force and was used towards somebody.
  func mapping(_ protocolNumber: UInt8, _ port: UInt16, from remote: IPv4Address, at now: Timestamp)
    -> NATMapping?
  {
    guard let mapping = mappings[OutsideKey(protocolNumber: protocolNumber, port: port)],
      mapping.expires > now, isKnown(remote, to: mapping)
    else { return nil }
    return mapping
  }

  /// The mapping of an inside end that is in force and was used towards somebody.
  func mapping(ofInside end: NATEnd, towards remote: IPv4Address, at now: Timestamp) -> NATMapping? {
    mappings.values.first { $0.inside == end && $0.expires > now && isKnown(remote, to: $0) }
  }

  private func isKnown(_ remote: IPv4Address, to mapping: NATMapping) -> Bool {
    mapping.remotes.contains(remote) || remote == outside
  }

  /// What a mutant does: a mapping is gone.
  mutating func forget(_ mapping: NATMapping) {
    let key = OutsideKey(protocolNumber: mapping.inside.protocolNumber, port: mapping.outsidePort)
    mappings[key] = nil
  }

  /// What a mutant takes for the mapping of a packet that nobody sent: one with that port, or of that peer.
  func mapping(like port: UInt16?, from peer: IPv4Address) -> NATMapping? {
    let all = mappings.values.sorted { $0.outsidePort < $1.outsidePort }
    return all.first { $0.outsidePort == port } ?? all.first { $0.remotes.contains(peer) }
  }
}
