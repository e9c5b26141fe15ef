/// A checksum of a crafted packet: where it is, and the sum of which it is the complement.
struct ChecksumSum: Hashable, Sendable, BitwiseCopyable {
  /// Where its 16 bits begin in the packet.
  var bit: Int
  /// The sum of all octets that it covers; 0 only if all of them are zero.
  var sum: UInt64
  /// Whether a checksum of zero goes out as 0xffff, as in UDP.
  var avoidsZero: Bool

  /// The right checksum.
  var value: UInt64 {
    let value = UInt64(~Checksum.fold(sum))
    return avoidsZero && value == 0 ? 0xffff : value
  }
}

extension PacketEncoder {
  /// Notes a checksum, where somebody wants to know.
  mutating func record(_ rule: ComputedRule, _ right: UInt64, atBit bit: Int, _ setting: FieldSetting?) {
    guard sums != nil, rule.isChecksum else { return }
    let avoidsZero = rule == .transportChecksum(protocol: 17)
    // A right value of 0xffff stands for a sum of nothing but zeros, except where it stands for zero.
    let sum = avoidsZero && right == 0xffff ? 0xffff : ~right & 0xffff
    sums?.append((ChecksumSum(bit: bit, sum: sum, avoidsZero: avoidsZero), setting))
  }
}
