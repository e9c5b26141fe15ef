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
  public static func definition(of kind: LayerKind) -> LayerDefinition? { place(of: kind).map { all[$0] } }

  /// The forms of a kind's header, without copying the whole definition.
  static func forms(of kind: LayerKind) -> HeaderForms? { place(of: kind).map { forms[$0] } }

  private static let forms = all.map(\.forms)

  /// The place of a kind in `all`.
  private static func place(of kind: LayerKind) -> Int? {
    let place = places[Int(kind.number)]
    return place < 0 ? nil : place
  }

  /// The same by the kind's number; -1 for none.
  private static let places: [Int] = {
    var places = [Int](repeating: -1, count: 256)
    for (place, definition) in all.enumerated() { places[Int(definition.kind.number)] = place }
    places[0] = -1
    return places
  }()
}
