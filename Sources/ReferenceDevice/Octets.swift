internal import Wire

/// Numbers in network order; octets beyond the end read as zero, so that nothing traps.
extension [UInt8] {
  func octet(_ offset: Int) -> UInt8 { indices.contains(offset) ? self[offset] : 0 }

  func number16(_ offset: Int) -> UInt16 { UInt16(octet(offset)) << 8 | UInt16(octet(offset + 1)) }

  func number32(_ offset: Int) -> UInt32 { UInt32(number16(offset)) << 16 | UInt32(number16(offset + 2)) }

  /// The octets of a range as far as they are there.
  func octets(_ range: Range<Int>) -> [UInt8] { Array(self[range.clamped(to: 0..<count)]) }

  /// The octets from an offset on.
  func octets(from offset: Int) -> [UInt8] { octets(Swift.min(offset, count)..<count) }

  func ipv4(_ offset: Int) -> IPv4Address { IPv4Address(rawValue: number32(offset)) }

  func ipv6(_ offset: Int) -> IPv6Address {
    IPv6Address(
      high: UInt64(number32(offset)) << 32 | UInt64(number32(offset + 4)),
      low: UInt64(number32(offset + 8)) << 32 | UInt64(number32(offset + 12))
    )
  }

  func mac(_ offset: Int) -> MACAddress {
    MACAddress(rawValue: UInt64(number16(offset)) << 32 | UInt64(number32(offset + 2)))
  }

  /// Writes two octets if they are there.
  mutating func put16(_ number: UInt16, at offset: Int) {
    guard offset >= 0, offset + 1 < count else { return }
    self[offset] = UInt8(truncatingIfNeeded: number >> 8)
    self[offset + 1] = UInt8(truncatingIfNeeded: number)
  }

  /// Writes one octet if it is there.
  mutating func put8(_ number: UInt8, at offset: Int) {
    if indices.contains(offset) { self[offset] = number }
  }

  mutating func append16(_ number: UInt16) {
    append(UInt8(truncatingIfNeeded: number >> 8))
    append(UInt8(truncatingIfNeeded: number))
  }

  mutating func append32(_ number: UInt32) {
    append16(UInt16(truncatingIfNeeded: number >> 16))
    append16(UInt16(truncatingIfNeeded: number))
  }
}
