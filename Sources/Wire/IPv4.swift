/// The Internet Protocol, version 4 [RFC 791].
public enum IPv4 {
  static let definition = LayerDefinition(
    .ipv4,
    title: "Internet Protocol version 4",
    reference: "RFC 791",
    lists: [IPv4Option.list],
    [
      .number("version", 4, is: 4, "Version of the protocol [RFC 791 3.1]."),
      .computed(
        "header-length",
        4,
        .headerLength(unit: 4, less: 0),
        "Header with options in units of four octets [RFC 791 3.1]."
      ),
      .hexadecimal("tos", 8, "Type of service, now differentiated services and ECN [RFC 791 3.1]."),
      .computed("total-length", 16, .length, "Octets of header and data [RFC 791 3.1]."),
      .number("identification", 16, "Common to all fragments of a datagram [RFC 791 3.1] [RFC 6864]."),
      .flag("reserved-flag", "Must be zero [RFC 791 3.1]."),
      .flag("dont-fragment", "Routers must not fragment the datagram [RFC 791 3.1]."),
      .flag("more-fragments", "Not the last fragment [RFC 791 3.1]."),
      .number("fragment-offset", 13, "Place in the datagram in units of eight octets [RFC 791 3.1]."),
      .number("ttl", 8, is: 64, "Routers that the datagram may still pass [RFC 791 3.1]."),
      .computed(
        "protocol",
        8,
        .nextProtocol,
        names: ProtocolNumbers.internetProtocols,
        "What the datagram carries [RFC 791 3.1]."
      ),
      .checksum(.headerChecksum, named: "header-checksum", "Checksum of header and options [RFC 791 3.1]."),
      .ipv4("source", "Address of the sender [RFC 791 3.1]."),
      .ipv4("destination", "Address of the receiver [RFC 791 3.1]."),
      .number("dscp", 6, "Differentiated services code point: upper six bits of tos [RFC 2474 3].")
        .overlaying(bit: 8),
      .number("ecn", 2, names: ecnNames, "Congestion notification: lower two bits of tos [RFC 3168 5].")
        .overlaying(bit: 14),
    ]
  )

  static let ecnNames = NameTable(["not-ect": 0, "ect-1": 1, "ect-0": 2, "ce": 3])
}
