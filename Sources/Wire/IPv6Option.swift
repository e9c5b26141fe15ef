/// The options of the hop-by-hop and destination options headers [RFC 8200 4.2].
enum IPv6Option {
  static let list = ElementList.options(
    .ipv6,
    summary: "Options of the header, filled up to eight octets [RFC 8200 4.2].",
    [
      .single("pad1", 0, "One octet of padding [RFC 8200 4.2]."),
      .option(
        "padn",
        1,
        [],
        [
          ElementPart(
            "data",
            .octets,
            fill: ElementPart.Fill(key: "size", byDefault: 2, range: 2...257),
            summary: "Padding, sent as zero [RFC 8200 4.2]."
          )
        ],
        argument: "size",
        summary: "Padding of two octets or more, `size` in all [RFC 8200 4.2]."
      ),
      .option(
        "tunnel-encapsulation-limit",
        4,
        [.number("limit", 8, is: 4, "Further encapsulations that are allowed [RFC 2473 4.1.1].")],
        argument: "limit",
        summary: "Tunnel encapsulation limit [RFC 2473 4.1.1]."
      ),
      .option(
        "router-alert",
        5,
        [.number("value", 16, names: routerAlerts, "Why routers shall look [RFC 2711 2.1].")],
        argument: "value",
        summary: "Router alert [RFC 2711 2.1]."
      ),
      .octets("calipso", 7, "Security label [RFC 5570 5.1]."),
      .octets("duplicate-detection", 8, "Duplicate packet detection [RFC 6621 6.1]."),
      .octets("performance-metrics", 15, "Performance and diagnostic metrics [RFC 8250 3.1]."),
      .octets("ioam-1", 17, "In-situ measurement in destination options [RFC 9486 3]."),
      .octets("alternate-marking-1", 18, "Alternate marking [RFC 9343 3.1]."),
      .octets("experimental-1", 0x1e, "For experiments [RFC 4727 3.2]."),
      .octets("rpl", 0x23, "Routing for lossy networks [RFC 9008 4.2]."),
      .option("quick-start", 0x26, QuickStart.rows, summary: "Quick-start request [RFC 4782 3.2]."),
      .option(
        "minimum-path-mtu",
        0x30,
        [
          .number("minimum-mtu", 16, "Smallest MTU on the way so far [RFC 9268 5]."),
          .number("returned-mtu", 15, "Smallest MTU on the way back, halved [RFC 9268 5]."),
          .flag("return", "The receiver shall tell what it got [RFC 9268 5]."),
        ],
        argument: "minimum-mtu",
        summary: "Minimum path MTU [RFC 9268 5]."
      ),
      .octets("ioam-2", 0x31, "In-situ measurement in hop-by-hop options [RFC 9486 3]."),
      .octets("alternate-marking-2", 0x32, "Alternate marking [RFC 9343 3.1]."),
      .octets("experimental-2", 0x3e, "For experiments [RFC 4727 3.2]."),
      .octets("experimental-3", 0x5e, "For experiments [RFC 4727 3.2]."),
      .octets("rpl-old", 0x63, "Routing for lossy networks, former number [RFC 6553 3]."),
      .octets("mpl", 0x6d, "Multicast in lossy networks [RFC 7731 6.1]."),
      .octets("experimental-4", 0x7e, "For experiments [RFC 4727 3.2]."),
      .octets("ilnp-nonce", 0x8b, "Identifier-locator nonce [RFC 6744 2]."),
      .octets("line-identification", 0x8c, "Line of a subscriber [RFC 6788 5]."),
      .octets("experimental-5", 0x9e, "For experiments [RFC 4727 3.2]."),
      .octets("experimental-6", 0xbe, "For experiments [RFC 4727 3.2]."),
      .option(
        "jumbo",
        0xc2,
        [.number("payload-length", 32, is: 65_536, "Octets after the IPv6 header [RFC 2675 2].")],
        argument: "payload-length",
        summary: "Length of a packet with more than 65,535 octets of payload [RFC 2675 2]."
      ),
      .option(
        "home-address",
        0xc9,
        [.ipv6("address", "Address of the mobile node at home [RFC 6275 6.3].")],
        argument: "address",
        summary: "Home address of a mobile node [RFC 6275 6.3]."
      ),
      .octets("experimental-7", 0xde, "For experiments [RFC 4727 3.2]."),
      .octets("deprecated-ip-dff", 0xee, "Depth-first forwarding [RFC 6971 5]."),
      .octets("experimental-8", 0xfe, "For experiments [RFC 4727 3.2]."),
    ]
  )

  private static let routerAlerts = NameTable(["mld": 0, "rsvp": 1, "active-networks": 2])
}
