/// A kind of layer, by its name in the suite language.
///
/// Open, because a packet may hold anything; what Assay knows is in ``Protocols``.
public struct LayerKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let ethernet = LayerKind(rawValue: "ethernet")
  public static let vlan = LayerKind(rawValue: "vlan")
  public static let arp = LayerKind(rawValue: "arp")
  public static let ipv4 = LayerKind(rawValue: "ipv4")
  public static let ipv6 = LayerKind(rawValue: "ipv6")
  public static let hopByHop = LayerKind(rawValue: "hop-by-hop")
  public static let destinationOptions = LayerKind(rawValue: "destination-options")
  public static let routing = LayerKind(rawValue: "routing")
  public static let fragment = LayerKind(rawValue: "fragment")
  public static let icmpv4 = LayerKind(rawValue: "icmpv4")
  public static let icmpv6 = LayerKind(rawValue: "icmpv6")
  public static let ndpOptions = LayerKind(rawValue: "ndp-options")
  public static let udp = LayerKind(rawValue: "udp")
  public static let tcp = LayerKind(rawValue: "tcp")
  public static let quote = LayerKind(rawValue: "quote")
  public static let extensions = LayerKind(rawValue: "extensions")
  public static let data = LayerKind(rawValue: "data")
  public static let raw = LayerKind(rawValue: "raw")
}
