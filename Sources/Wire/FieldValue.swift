/// What a header field holds.
public enum FieldValue: Hashable, Sendable {
  /// A number of up to 64 bits, in host order.
  case number(UInt64)
  /// An Ethernet address.
  case mac(MACAddress)
  /// An IPv4 address.
  case ipv4(IPv4Address)
  /// An IPv6 address.
  case ipv6(IPv6Address)
  /// Octets without further structure, such as echo data.
  case octets([UInt8])
}
