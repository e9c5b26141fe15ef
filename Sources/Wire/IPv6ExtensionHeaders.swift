extension IPv6 {
  private static let nextHeader = FieldRow.computed(
    "next-header",
    8,
    .nextProtocol,
    names: ProtocolNumbers.internetProtocols,
    "What follows this header [RFC 8200 4]."
  )

  private static let headerLength = FieldRow.computed(
    "length",
    8,
    .headerLength(unit: 8, less: 1),
    "Header in units of eight octets, the first eight not counted [RFC 8200 4]."
  )

  /// Names of routing types.
  public static let routingTypes = NameTable([
    "source-route": 0, "nimrod": 1, "type-2": 2, "rpl-source-route": 3, "segment-routing": 4, "crh-16": 5,
    "crh-32": 6, "experimental-1": 253, "experimental-2": 254,
  ])

  static let hopByHop = LayerDefinition(
    .hopByHop,
    title: "Hop-by-hop options",
    reference: "RFC 8200 4.3",
    lists: [IPv6Option.list],
    [nextHeader, headerLength]
  )

  static let destinationOptions = LayerDefinition(
    .destinationOptions,
    title: "Destination options",
    reference: "RFC 8200 4.6",
    lists: [IPv6Option.list],
    [nextHeader, headerLength]
  )

  static let routing = LayerDefinition(
    .routing,
    title: "Routing header",
    reference: "RFC 8200 4.4",
    lists: [segments],
    [
      nextHeader, headerLength,
      .number("routing-type", 8, names: routingTypes, "Form of what follows [RFC 8200 4.4]."),
      .computed("segments-left", 8, .segmentsLeft, "Nodes still to be visited [RFC 8200 4.4]."),
      .hexadecimal(
        "reserved",
        32,
        "Reserved in types 0 and 2; last entry, flags and tag in type 4 [RFC 8754 2]."
      ),
      FieldRow.computed("last-entry", 8, .lastEntry, "Index of the last segment, in type 4 [RFC 8754 2].")
        .overlaying(bit: 32),
      FieldRow.hexadecimal("flags", 8, "Flags, in type 4 [RFC 8754 2].").overlaying(bit: 40),
      FieldRow.hexadecimal("tag", 16, "Tag, in type 4 [RFC 8754 2].").overlaying(bit: 48),
    ]
  )

  private static let segments = ElementList(
    "addresses",
    of: "address",
    framing: .fixed(octets: 16),
    summary: "Addresses to be visited, in types 0, 2 and 4 [RFC 8200 4.4] [RFC 8754 2].",
    literal: nil,
    [
      ElementDefinition(
        "address",
        [.ipv6("address", is: 0, "An address on the way [RFC 8200 4.4].")],
        argument: "address",
        summary: "An address on the way [RFC 8200 4.4]."
      )
    ]
  )

  static let fragment = LayerDefinition(
    .fragment,
    title: "Fragment header",
    reference: "RFC 8200 4.5",
    [
      nextHeader,
      .hexadecimal("reserved", 8, "Sent as zero, ignored on reception [RFC 8200 4.5]."),
      .number("offset", 13, "Place in the fragmentable part in units of eight octets [RFC 8200 4.5]."),
      .hexadecimal("reserved2", 2, "Sent as zero, ignored on reception [RFC 8200 4.5]."),
      .flag("more", "Not the last fragment [RFC 8200 4.5]."),
      .hexadecimal("identification", 32, "Common to all fragments of a packet [RFC 8200 4.5]."),
    ]
  )
}
