internal import Capture
internal import Wire

/// A datagram on its way through the router.
struct Transit4 {
  /// As it came: what errors about it quote.
  var original: IPv4Datagram
  /// As it goes on.
  var datagram: IPv4Datagram
  /// The side that it came from.
  var arrival: Arm
  /// Whether a NAT has changed its addresses.
  var isTranslated = false

  init(_ datagram: IPv4Datagram, from arm: Arm) {
    original = datagram
    self.datagram = datagram
    arrival = arm
  }
}

/// A packet on its way through the router.
struct Transit6 {
  /// As it came: what errors about it quote, and but for the hop limit what goes on [RFC8200-3-fwd-plain].
  var packet: IPv6Packet
  /// The side that it came from.
  var arrival: Arm
}

/// A packet which waits for the Ethernet address of its next hop.
struct Unresolved<Address: Hashable & Sendable, Packet> {
  var arm: Arm
  var hop: Address
  /// As it came.
  var packet: Packet
}

extension Unresolved: Sendable where Packet: Sendable {}

/// The Internet checksum brought up to date for a change, so that a wrong one stays as wrong as it was [RFC 1624].
enum ChecksumUpdate {
  /// The new checksum when 16-bit words change.
  static func apply(_ checksum: UInt16, from old: [UInt8], to new: [UInt8]) -> UInt16 {
    var sum = UInt64(~checksum) + Checksum.sum(new)
    // Each word that goes away is added as its complement.
    for place in stride(from: 0, to: old.count, by: 2) { sum += UInt64(~old.number16(place)) }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    return ~UInt16(truncatingIfNeeded: sum)
  }
}

extension [UInt8] {
  /// Replaces a number of 16 bits, and brings the checksum elsewhere up to date for it.
  mutating func rewrite16(_ number: UInt16, at offset: Int, checksumAt checksum: Int) {
    rewrite([UInt8(number >> 8), UInt8(number & 0xff)], at: offset, checksumAt: checksum)
  }

  /// Replaces octets from an even offset on, and brings the checksum elsewhere up to date for it.
  mutating func rewrite(_ new: [UInt8], at offset: Int, checksumAt checksum: Int) {
    guard offset + new.count <= count else { return }
    let old = octets(offset..<offset + new.count)
    replaceSubrange(offset..<offset + new.count, with: new)
    put16(ChecksumUpdate.apply(number16(checksum), from: old, to: new), at: checksum)
  }
}
