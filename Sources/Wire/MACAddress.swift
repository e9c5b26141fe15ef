/// An Ethernet address.
public struct MACAddress: Hashable, Sendable {
  /// The address in the low 48 bits.
  public var rawValue: UInt64
  public init(rawValue: UInt64) { self.rawValue = rawValue & 0xffff_ffff_ffff }
}
