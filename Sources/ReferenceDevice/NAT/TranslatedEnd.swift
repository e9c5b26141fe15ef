internal import Wire

/// The two ends of a datagram, as a NAT looks at them: itself, or the one that an error quotes.
enum TranslatedEnd {
  case source, destination

  /// Where the address is in the IP header.
  var address: Int { self == .source ? 12 : 16 }

  /// Where the port or the query identifier is behind the IP header; nil for protocols without.
  func port(of protocolNumber: UInt8) -> Int? {
    switch protocolNumber {
    case 1: 4
    case 6, 17: self == .source ? 0 : 2
    default: nil
    }
  }
}

/// IPv4 datagrams whose ends are read and rewritten; checksums are brought up to date, never made anew, so that a wrong
/// one stays wrong.
extension [UInt8] {
  /// The octets of the IPv4 header; options are skipped [RFC5508-REQ3-c].
  var ipv4HeaderLength: Int { Int(octet(0) & 15) * 4 }

  /// One end of a datagram that isn't a later fragment; nil if it shows none.
  func natEnd(_ which: TranslatedEnd, headerLength: Int? = nil) -> NATEnd? {
    let start = headerLength ?? ipv4HeaderLength
    guard start >= 20, number16(6) & 0x1fff == 0, let place = which.port(of: octet(9)),
      start + place + 2 <= count
    else { return nil }
    return NATEnd(
      protocolNumber: octet(9),
      address: ipv4(which.address),
      port: number16(start + place)
    )
  }

  /// Rewrites one end of a datagram; of a later fragment the address only.
  mutating func rewrite(
    _ which: TranslatedEnd,
    _ address: IPv4Address,
    port: UInt16,
    headerLength: Int? = nil
  ) {
    let start = headerLength ?? ipv4HeaderLength
    let before = ipv4(which.address).octets
    rewrite(address.octets, at: which.address, checksumAt: 10)
    guard number16(6) & 0x1fff == 0, let place = which.port(of: octet(9)), start + place + 2 <= count else {
      return
    }
    let changed = [port >> 8, port & 0xff].map { UInt8(truncatingIfNeeded: $0) }
    let old = octets(start + place..<start + place + 2)
    replaceSubrange(start + place..<start + place + 2, with: changed)
    switch octet(9) {
    case 1: update(start + 2, from: old, to: changed)
    case 6: update(start + 16, from: before + old, to: address.octets + changed)
    // A UDP checksum of zero is none [RFC 768].
    case 17 where number16(start + 6) != 0:
      update(start + 6, from: before + old, to: address.octets + changed)
    default: break
    }
  }

  /// Brings a checksum up to date, if it is there: the quote of an error may end before it.
  private mutating func update(_ place: Int, from old: [UInt8], to new: [UInt8]) {
    guard place + 2 <= count else { return }
    put16(ChecksumUpdate.apply(number16(place), from: old, to: new), at: place)
  }
}
