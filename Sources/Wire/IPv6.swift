/// The Internet Protocol, version 6 [RFC 8200].
public enum IPv6 {
  static let definition = LayerDefinition(
    .ipv6,
    title: "Internet Protocol version 6",
    reference: "RFC 8200",
    [
      .number("version", 4, is: 6, "Version of the protocol [RFC 8200 3]."),
      .hexadecimal("traffic-class", 8, "Differentiated services and ECN [RFC 8200 7]."),
      .hexadecimal("flow-label", 20, "Packets of one flow carry the same label [RFC 6437]."),
      .computed("payload-length", 16, .payloadLength, "Octets after this header [RFC 8200 3]."),
      .computed(
        "next-header",
        8,
        .nextProtocol,
        names: ProtocolNumbers.internetProtocols,
        "What follows this header [RFC 8200 3]."
      ),
      .number("hop-limit", 8, is: 64, "Routers that the packet may still pass [RFC 8200 3]."),
      .ipv6("source", "Address of the sender [RFC 8200 3]."),
      .ipv6("destination", "Address of the receiver, or of the next in a routing header [RFC 8200 3]."),
      .number("dscp", 6, "Differentiated services code point: upper six bits of traffic-class [RFC 2474 3].")
        .overlaying(bit: 4),
      .number(
        "ecn",
        2,
        names: IPv4.ecnNames,
        "Congestion notification: lower two bits of traffic-class [RFC 3168 5]."
      )
      .overlaying(bit: 10),
    ]
  )
}
