/// The table of everything that Assay knows about headers.
public enum Protocols {
  /// All kinds of layer, outermost first.
  public static let all: [LayerDefinition] = [
    Ethernet.definition, Ethernet.vlan, ARP.definition, IPv4.definition, IPv6.definition,
    IPv6.hopByHop, IPv6.destinationOptions, IPv6.routing, IPv6.fragment, ICMPv4.definition, ICMPv6.definition,
    NeighborDiscovery.options, MulticastListener.definition, UDP.definition, TCP.definition,
    ICMPExtensions.definition,
    LayerDefinition(.quote, title: "Quoted packet", reference: "RFC 792", []),
    LayerDefinition(.data, title: "Data", reference: "", []),
    LayerDefinition(.trailer, title: "Trailer", reference: "IEEE 802.3", []),
    LayerDefinition(.raw, title: "Raw octets", reference: "", []),
  ]

  /// What is known about a kind of layer; nil for kinds that Assay doesn't know.
  public static func definition(of kind: LayerKind) -> LayerDefinition? { places[kind].map { all[$0] } }

  /// The forms of a kind's header, without copying the whole definition.
  static func forms(of kind: LayerKind) -> HeaderForms? { formsOfKind[kind] }

  private static let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.kind, $0) })
  private static let formsOfKind = Dictionary(uniqueKeysWithValues: all.map { ($0.kind, $0.forms) })
}
