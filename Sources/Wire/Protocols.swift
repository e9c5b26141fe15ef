/// The table of everything that Assay knows about headers.
public enum Protocols {
  /// All kinds of layer, outermost first.
  public static let all: [LayerDefinition] = [
    Ethernet.definition, Ethernet.vlan, ARP.definition, IPv4.definition, IPv6.definition,
    IPv6.hopByHop, IPv6.destinationOptions, IPv6.routing, IPv6.fragment, ICMPv4.definition, ICMPv6.definition,
    NeighborDiscovery.options, UDP.definition, TCP.definition, ICMPExtensions.definition,
    LayerDefinition(.quote, title: "Quoted packet", reference: "RFC 792", []),
    LayerDefinition(.data, title: "Data", reference: "", []),
    LayerDefinition(.raw, title: "Raw octets", reference: "", []),
  ]

  /// What is known about a kind of layer; nil for kinds that Assay doesn't know.
  public static func definition(of kind: LayerKind) -> LayerDefinition? {
    all.first { $0.kind == kind }
  }
}
