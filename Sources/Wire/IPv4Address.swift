/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable {
  /// The address in host order.
  public var rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}
