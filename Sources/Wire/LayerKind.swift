/// A kind of layer, by its name in the suite language.
///
/// Open, because a packet may hold anything; what Assay knows is in ``Protocols``.
public struct LayerKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The name in the suite language.
  public let rawValue: String
  /// Stands for the name of a kind that Assay knows, so that kinds are compared and looked up as numbers; 0 for others.
  let number: UInt8

  /// The kind of this name.
  public init(rawValue: String) {
    self.init(rawValue, Self.numbers[rawValue] ?? 0)
  }

  private init(_ rawValue: String, _ number: UInt8) {
    self.rawValue = rawValue
    self.number = number
  }

  /// Whether both have the same name.
  public static func == (a: LayerKind, b: LayerKind) -> Bool {
    a.number == b.number && (a.number != 0 || a.rawValue == b.rawValue)
  }

  /// Feeds the name, or what stands for it.
  public func hash(into hasher: inout Hasher) {
    if number != 0 { hasher.combine(number) } else { hasher.combine(rawValue) }
  }

  /// The name in the suite language.
  public var description: String { rawValue }

  /// An Ethernet header.
  public static let ethernet = LayerKind("ethernet", 1)
  /// An 802.1Q tag.
  public static let vlan = LayerKind("vlan", 2)
  /// An ARP packet.
  public static let arp = LayerKind("arp", 3)
  /// An IPv4 header.
  public static let ipv4 = LayerKind("ipv4", 4)
  /// An IPv6 header.
  public static let ipv6 = LayerKind("ipv6", 5)
  /// A hop-by-hop options header.
  public static let hopByHop = LayerKind("hop-by-hop", 6)
  /// A destination options header.
  public static let destinationOptions = LayerKind("destination-options", 7)
  /// A routing header.
  public static let routing = LayerKind("routing", 8)
  /// A fragment header.
  public static let fragment = LayerKind("fragment", 9)
  /// An ICMP message for IPv4.
  public static let icmpv4 = LayerKind("icmpv4", 10)
  /// An ICMP message for IPv6.
  public static let icmpv6 = LayerKind("icmpv6", 11)
  /// The options of a neighbour discovery message.
  public static let ndpOptions = LayerKind("ndp-options", 12)
  /// The variable part of multicast listener discovery, version 2.
  public static let mld = LayerKind("mld", 13)
  /// A UDP header.
  public static let udp = LayerKind("udp", 14)
  /// A TCP header.
  public static let tcp = LayerKind("tcp", 15)
  /// The packet inside an ICMP message.
  public static let quote = LayerKind("quote", 16)
  /// The extension structure at the end of an ICMP message [RFC 4884].
  public static let extensions = LayerKind("extensions", 17)
  /// Payload, or what isn't understood.
  public static let data = LayerKind("data", 18)
  /// Octets behind the packet that a frame carries.
  public static let trailer = LayerKind("trailer", 19)
  /// Octets given as they are.
  public static let raw = LayerKind("raw", 20)

  private static let numbers = Dictionary(
    uniqueKeysWithValues: known.map { ($0.rawValue, $0.number) }
  )

  /// All kinds that have a number, in the order of these.
  private static let known: [LayerKind] = [
    .ethernet, .vlan, .arp, .ipv4, .ipv6, .hopByHop, .destinationOptions, .routing, .fragment, .icmpv4,
    .icmpv6, .ndpOptions, .mld, .udp, .tcp, .quote, .extensions, .data, .trailer, .raw,
  ]
}
