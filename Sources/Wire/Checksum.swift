/// The Internet checksum and the pseudo-headers which go into it [RFC 1071].
///
/// ```
/// let checksum = Checksum.internet([0x45, 0x00, 0x00, 0x1c])   // 0xbae3
/// ```
public enum Checksum {
  /// The checksum to send over these octets, whose checksum field is zero; 0 if the checksum there is right.
  ///
  /// `adding` is a sum of ``sum(_:)``, ``pseudoHeader(source:destination:protocol:length:)-(IPv4Address,_,_,_)`` or both.
  public static func internet(_ bytes: RawSpan, adding initial: UInt64 = 0) -> UInt16 {
    ~fold(sum(bytes) &+ initial)
  }

  /// The checksum to send over these octets, whose checksum field is zero; 0 if the checksum there is right.
  public static func internet(_ bytes: some Collection<UInt8>, adding initial: UInt64 = 0) -> UInt16 {
    ~fold(sum(bytes) &+ initial)
  }

  /// The sum of 16-bit words in network order, an odd last octet padded with zero; to be added to others.
  public static func sum(_ bytes: RawSpan) -> UInt64 {
    bytes.withUnsafeBytes { sum($0) }
  }

  /// The sum of 16-bit words in network order, an odd last octet padded with zero; to be added to others.
  public static func sum(_ bytes: some Collection<UInt8>) -> UInt64 {
    if let sum = bytes.withContiguousStorageIfAvailable({ sum(UnsafeRawBufferPointer($0)) }) { return sum }
    return Array(bytes).withUnsafeBytes { sum($0) }
  }

  /// What the pseudo-header of UDP and TCP over IPv4 adds to the sum [RFC 768] [RFC 9293 3.1].
  public static func pseudoHeader(
    source: IPv4Address,
    destination: IPv4Address,
    protocol number: UInt8,
    length: Int
  ) -> UInt64 {
    words(UInt64(source.rawValue)) &+ words(UInt64(destination.rawValue)) &+ UInt64(number)
      &+ words(UInt64(truncatingIfNeeded: length))
  }

  /// What the pseudo-header of everything over IPv6 adds to the sum [RFC 8200 8.1].
  public static func pseudoHeader(
    source: IPv6Address,
    destination: IPv6Address,
    protocol number: UInt8,
    length: Int
  ) -> UInt64 {
    words(source.high) &+ words(source.low) &+ words(destination.high) &+ words(destination.low)
      &+ UInt64(number) &+ words(UInt64(truncatingIfNeeded: length))
  }

  /// The sum of the four 16-bit words of a number.
  private static func words(_ value: UInt64) -> UInt64 {
    value >> 48 &+ value >> 32 & 0xffff &+ value >> 16 & 0xffff &+ value & 0xffff
  }

  /// Adds the carries until 16 bits remain.
  @inline(__always)
  static func fold(_ sum: UInt64) -> UInt16 {
    var sum = sum
    while sum > 0xffff { sum = sum >> 16 &+ sum & 0xffff }
    return UInt16(truncatingIfNeeded: sum)
  }

  /// Sums in the machine's order, eight octets at a time, and swaps once at the end.
  static func sum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var offset = 0
    let whole = bytes.count & ~7
    while offset < whole {
      let value = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      low &+= value & 0xffff_ffff
      high &+= value >> 32
      offset &+= 8
    }
    if offset < bytes.count {
      var last: UInt64 = 0
      withUnsafeMutableBytes(of: &last) { target in
        target.copyBytes(from: UnsafeRawBufferPointer(rebasing: bytes[offset...]))
      }
      low &+= last & 0xffff_ffff
      high &+= last >> 32
    }
    return UInt64(fold(fold64(low) &+ fold64(high)).bigEndian)
  }

  private static func fold64(_ sum: UInt64) -> UInt64 { sum >> 32 &+ sum & 0xffff_ffff }
}
