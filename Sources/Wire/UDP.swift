/// The User Datagram Protocol [RFC 768].
public enum UDP {
  static let definition = LayerDefinition(
    .udp,
    title: "User Datagram Protocol",
    reference: "RFC 768",
    [
      .number("source-port", 16, is: 40_000, "Port of the sender [RFC 768]."),
      .number("destination-port", 16, is: 33_434, "Port of the receiver [RFC 768]."),
      .computed("length", 16, .length, "Octets of header and data [RFC 768]."),
      .checksum(
        .transportChecksum(protocol: 17),
        "Checksum of pseudo-header, header and data; 0 means none over IPv4 [RFC 768]."
      ),
    ]
  )
}
