extension UnsafeMutableRawBufferPointer {
  /// Writes the low `width` bits of a value, most significant bit first; bits beyond the end are dropped.
  package func store(_ value: UInt64, atBit bit: Int, width: Int) {
    var value = value
    var end = bit + width
    // Nearly all fields are whole octets.
    if (bit | width) & 7 == 0 {
      let start = bit >> 3
      var octet = end >> 3
      while octet > start {
        octet -= 1
        if octet < count { self[octet] = UInt8(truncatingIfNeeded: value) }
        value >>= 8
      }
      return
    }
    var remaining = width
    while remaining > 0 {
      let octet = (end - 1) >> 3
      let shift = (8 - end & 7) & 7
      let taken = Swift.min(remaining, 8 - shift)
      let mask = UInt8(truncatingIfNeeded: (1 << taken - 1) << shift)
      if octet < count {
        self[octet] = self[octet] & ~mask | UInt8(truncatingIfNeeded: value << UInt64(shift)) & mask
      }
      value >>= UInt64(taken)
      end -= taken
      remaining -= taken
    }
  }
}

extension [UInt8] {
  /// Writes the low `width` bits of a value, most significant bit first; bits beyond the array are dropped.
  mutating func store(_ value: UInt64, atBit bit: Int, width: Int) {
    withUnsafeMutableBytes { $0.store(value, atBit: bit, width: width) }
  }

  /// Reads `width` (at most 64) bits, most significant bit first; nil if the array ends before them.
  func load(atBit bit: Int, width: Int) -> UInt64? {
    guard bit >= 0, width >= 0, bit + width <= count * 8 else { return nil }
    var value: UInt64 = 0
    var position = bit
    var remaining = width
    while remaining > 0 {
      let taken = Swift.min(remaining, 8 - position & 7)
      let shift = 8 - position & 7 - taken
      value = value << UInt64(taken) | UInt64(self[position >> 3] >> UInt8(shift)) & (1 << UInt64(taken) - 1)
      position += taken
      remaining -= taken
    }
    return value
  }

  /// The 16-bit number in network order at an offset; nil if it isn't all there.
  func uint16(at offset: Int) -> UInt16? {
    guard offset >= 0, offset < count - 1 else { return nil }
    return UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
  }

  /// The 32-bit number in network order at an offset; nil if it isn't all there.
  func uint32(at offset: Int) -> UInt32? {
    guard offset >= 0, offset < count - 3 else { return nil }
    return UInt32(self[offset]) << 24 | UInt32(self[offset + 1]) << 16 | UInt32(self[offset + 2]) << 8
      | UInt32(self[offset + 3])
  }

  /// The IPv4 address at an offset; nil if it isn't all there.
  func ipv4Address(at offset: Int) -> IPv4Address? { uint32(at: offset).map(IPv4Address.init(rawValue:)) }

  /// The IPv6 address at an offset; nil if it isn't all there.
  func ipv6Address(at offset: Int) -> IPv6Address? {
    guard offset >= 0, let high = load(atBit: offset * 8, width: 64),
      let low = load(atBit: offset * 8 + 64, width: 64)
    else { return nil }
    return IPv6Address(high: high, low: low)
  }
}
