/// An IPv6 address.
public struct IPv6Address: Hashable, Sendable {
  /// The first 64 bits, in host order.
  public var high: UInt64
  /// The last 64 bits, in host order.
  public var low: UInt64
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}
