/// The unit of a capture file's time stamps, as pcapng's `if_tsresol` writes it: a power of ten, or of two if
/// the highest bit is set.
public struct TimestampResolution: RawRepresentable, Hashable, Sendable {
  /// The octet in the file.
  public var rawValue: UInt8
  /// Any octet.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The default of both formats.
  public static let microseconds = TimestampResolution(rawValue: 6)
  /// What Assay writes.
  public static let nanoseconds = TimestampResolution(rawValue: 9)

  /// The point in time of a count of this unit, `offset` seconds later; what doesn't fit is clamped.
  func timestamp(_ count: UInt64, offset: Int64) -> Timestamp {
    let sinceEpoch = Int64(clamping: nanoseconds(count))
    let (shift, overflow) = offset.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return Timestamp(nanoseconds: offset < 0 ? .min : .max) }
    let (sum, carry) = sinceEpoch.addingReportingOverflow(shift)
    return Timestamp(nanoseconds: carry ? (shift < 0 ? .min : .max) : sum)
  }

  /// A count of this unit in nanoseconds, rounded down and clamped to 64 bits.
  private func nanoseconds(_ count: UInt64) -> UInt64 {
    let exponent = Int(rawValue & 0x7f)
    guard rawValue & 0x80 != 0 else {
      if exponent > 9 { return Self.power(exponent - 9).map { count / $0 } ?? 0 }
      let (product, overflow) = count.multipliedReportingOverflow(by: Self.power(9 - exponent) ?? 1)
      return overflow ? .max : product
    }
    let product = count.multipliedFullWidth(by: 1_000_000_000)
    if exponent >= 64 { return product.high >> (exponent - 64) }
    if exponent == 0 { return product.high == 0 ? product.low : .max }
    if product.high >> exponent != 0 { return .max }
    return product.high << (64 - exponent) | product.low >> exponent
  }

  /// 10 to the power of `exponent`, or nil if it exceeds 64 bits.
  private static func power(_ exponent: Int) -> UInt64? {
    guard exponent <= 19 else { return nil }
    var result: UInt64 = 1
    for _ in 0..<exponent { result *= 10 }
    return result
  }
}
