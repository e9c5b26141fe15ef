/// A kind of layer, by its name in the suite language.
///
/// Open, because a packet may hold anything; what Assay knows is in ``Protocols``.
public struct LayerKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The name in the suite language.
  public let rawValue: String
  /// The kind of this name.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// The name in the suite language.
  public var description: String { rawValue }

  /// An Ethernet header.
  public static let ethernet = LayerKind(rawValue: "ethernet")
  /// An 802.1Q tag.
  public static let vlan = LayerKind(rawValue: "vlan")
  /// An ARP packet.
  public static let arp = LayerKind(rawValue: "arp")
  /// An IPv4 header.
  public static let ipv4 = LayerKind(rawValue: "ipv4")
  /// An IPv6 header.
  public static let ipv6 = LayerKind(rawValue: "ipv6")
  /// A hop-by-hop options header.
  public static let hopByHop = LayerKind(rawValue: "hop-by-hop")
  /// A destination options header.
  public static let destinationOptions = LayerKind(rawValue: "destination-options")
  /// A routing header.
  public static let routing = LayerKind(rawValue: "routing")
  /// A fragment header.
  public static let fragment = LayerKind(rawValue: "fragment")
  /// An ICMP message for IPv4.
  public static let icmpv4 = LayerKind(rawValue: "icmpv4")
  /// An ICMP message for IPv6.
  public static let icmpv6 = LayerKind(rawValue: "icmpv6")
  /// The options of a neighbour discovery message.
  public static let ndpOptions = LayerKind(rawValue: "ndp-options")
  /// The variable part of multicast listener discovery, version 2.
  public static let mld = LayerKind(rawValue: "mld")
  /// A UDP header.
  public static let udp = LayerKind(rawValue: "udp")
  /// A TCP header.
  public static let tcp = LayerKind(rawValue: "tcp")
  /// The packet inside an ICMP message.
  public static let quote = LayerKind(rawValue: "quote")
  /// The extension structure at the end of an ICMP message [RFC 4884].
  public static let extensions = LayerKind(rawValue: "extensions")
  /// Payload, or what isn't understood.
  public static let data = LayerKind(rawValue: "data")
  /// Octets behind the packet that a frame carries.
  public static let trailer = LayerKind(rawValue: "trailer")
  /// Octets given as they are.
  public static let raw = LayerKind(rawValue: "raw")
}
