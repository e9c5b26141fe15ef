/// The options of IPv4 [RFC 791 3.1].
enum IPv4Option {
  static let list = ElementList.options(
    .internet,
    summary: "Options of the datagram [RFC 791 3.1].",
    [
      .single("end", 0, "End of the option list; padding follows [RFC 791 3.1]."),
      .single("nop", 1, "No operation [RFC 791 3.1]."),
      .option(
        "record-route",
        7,
        [pointer(4)],
        [hops(fill: ElementPart.Fill(key: "slots", byDefault: 3, range: 0...255))],
        summary: "Record route: routers write their addresses into the slots [RFC 791 3.1]."
      ),
      .option(
        "mtu-probe",
        11,
        [.number("mtu", 16, "Smallest MTU on the way so far [RFC 1063 3.1].")],
        argument: "mtu",
        summary: "MTU probe, obsolete [RFC 1063 3.1]."
      ),
      .option(
        "mtu-reply",
        12,
        [.number("mtu", 16, "Smallest MTU on the way [RFC 1063 3.1].")],
        argument: "mtu",
        summary: "MTU reply, obsolete [RFC 1063 3.1]."
      ),
      .option("quick-start", 25, QuickStart.rows, summary: "Quick-start request [RFC 4782 3.1]."),
      .octets("experimental-1", 30, "For experiments [RFC 4727 2.3]."),
      .option(
        "timestamp",
        68,
        [
          pointer(5),
          .number("overflow", 4, "Nodes that found no slot [RFC 791 3.1]."),
          .number("flag", 4, names: timestampFlags, "What is recorded [RFC 791 3.1]."),
        ],
        [
          ElementPart(
            "entries",
            .entries,
            [timestamp],
            presence: .when("flag", 0),
            fill: slots,
            summary: "Timestamps [RFC 791 3.1]."
          ),
          ElementPart(
            "entries",
            .entries,
            [.ipv4("address", is: 0, "Who writes or wrote the timestamp [RFC 791 3.1]."), timestamp],
            presence: .unless("flag", 0),
            fill: slots,
            summary: "Addresses with timestamps [RFC 791 3.1]."
          ),
        ],
        summary: "Internet timestamp [RFC 791 3.1]."
      ),
      .option(
        "traceroute",
        82,
        [
          .hexadecimal("identifier", 16, "Copied into traceroute messages [RFC 1393 2.2]."),
          .number("outbound-hop-count", 16, "Routers passed on the way out [RFC 1393 2.2]."),
          .number("return-hop-count", 16, "Routers passed on the way back [RFC 1393 2.2]."),
          .ipv4("originator", is: 0, "Who gets the traceroute messages [RFC 1393 2.2]."),
        ],
        summary: "Traceroute, obsolete [RFC 1393 2.2]."
      ),
      .octets("experimental-2", 94, "For experiments [RFC 4727 2.3]."),
      .option(
        "security",
        130,
        [.hexadecimal("classification", 8, is: 0xab, names: classifications, "Level [RFC 1108 2.3].")],
        [ElementPart("authority", .octets, summary: "Flags of the protection authorities [RFC 1108 2.4].")],
        argument: "classification",
        summary: "Basic security [RFC 1108 2]."
      ),
      .option(
        "lsrr",
        131,
        [pointer(4)],
        [hops()],
        argument: "addresses",
        summary: "Loose source and record route [RFC 791 3.1]."
      ),
      .octets("extended-security", 133, "Extended security [RFC 1108 3]."),
      .octets("commercial-security", 134, "Commercial security [RFC 6814 2]."),
      .option(
        "stream-id",
        136,
        [.number("stream", 16, "SATNET stream [RFC 791 3.1].")],
        argument: "stream",
        summary: "Stream identifier, obsolete [RFC 6814 2.1]."
      ),
      .option(
        "ssrr",
        137,
        [pointer(4)],
        [hops()],
        argument: "addresses",
        summary: "Strict source and record route [RFC 791 3.1]."
      ),
      .octets("extended-internet-protocol", 145, "Extended Internet Protocol, obsolete [RFC 6814 2]."),
      .octets("address-extension", 147, "Address extension, obsolete [RFC 6814 2]."),
      .option(
        "router-alert",
        148,
        [.number("value", 16, "0: routers shall look at the packet [RFC 2113 2.1].")],
        argument: "value",
        summary: "Router alert [RFC 2113 2.1]."
      ),
      .octets("selective-directed-broadcast", 149, "Selective directed broadcast, obsolete [RFC 6814 2]."),
      .octets("upstream-multicast", 152, "Upstream multicast [RFC 6814 2]."),
      .octets("experimental-3", 158, "For experiments [RFC 4727 2.3]."),
      .octets("experimental-4", 222, "For experiments [RFC 4727 2.3]."),
    ]
  )

  private static let timestampFlags = NameTable(["timestamps": 0, "addresses": 1, "prespecified": 3])

  private static let classifications = NameTable([
    "top-secret": 0x3d, "secret": 0x5a, "confidential": 0x96, "unclassified": 0xab,
  ])

  private static let slots = ElementPart.Fill(key: "slots", byDefault: 2, range: 0...255)

  private static let timestamp = FieldRow.number(
    "timestamp",
    32,
    "Milliseconds since midnight UT [RFC 791 3.1]."
  )

  private static func pointer(_ value: UInt64) -> FieldRow {
    .number("pointer", 8, is: value, "Octet of the next slot, counted from 1 at the type [RFC 791 3.1].")
  }

  private static func hops(fill: ElementPart.Fill? = nil) -> ElementPart {
    ElementPart(
      "addresses",
      .entries,
      [.ipv4("address", is: 0, "A router [RFC 791 3.1].")],
      fill: fill,
      summary: "Routers passed, and to be passed [RFC 791 3.1]."
    )
  }
}

/// The body of the quick-start option of both versions of IP.
enum QuickStart {
  static let rows: [FieldRow] = [
    .number("function", 4, "0 for a request, 8 for a report [RFC 4782 3.1]."),
    .number("rate", 4, "Rate asked for, coded [RFC 4782 3.1]."),
    .number("ttl", 8, "Difference to the TTL shows routers that don't understand it [RFC 4782 3.1]."),
    .hexadecimal("nonce", 30, "Shows that no router raised the rate [RFC 4782 3.1]."),
    .number("reserved", 2, "Sent as zero [RFC 4782 3.1]."),
  ]
}
