/// The Internet Control Message Protocol for IPv4 [RFC 792].
public enum ICMPv4 {
  static let definition = LayerDefinition(
    .icmpv4,
    title: "Internet Control Message Protocol",
    reference: "RFC 792",
    lists: [routers],
    forms: HeaderForms(
      base: form([.hexadecimal("rest", 32, "Octets 4 to 8 of a message of unknown form [RFC 792].")]),
      byType: [
        (0, echo), (3, unreachable), (4, quench), (5, redirect), (8, echo), (9, routerAdvertisement),
        (10, reservedForm), (11, timeExceeded), (12, parameterProblem), (13, timestamp), (14, timestamp),
        (15, information), (16, information), (17, addressMask), (18, addressMask), (30, traceroute),
        (31, conversionError), (37, information), (38, domainNameReply), (40, photuris), (41, mobility),
        (42, extendedEchoRequest), (43, extendedEchoReply),
      ],
      byCode: [(3, 4, fragmentationNeeded)]
    )
  )

  /// The three fields of every message, and those of one form.
  private static func form(
    codes: NameTable? = nil,
    _ rows: [FieldRow],
    length: Int? = nil
  ) -> HeaderLayout {
    HeaderLayout(
      [
        .number("type", 8, is: 8, names: types, "Kind of message [RFC 792]."),
        .number("code", 8, names: codes, "Variety of the kind [RFC 792]."),
        .checksum(.checksum, "Checksum of the whole message [RFC 792]."),
      ] + rows,
      length: length
    )
  }

  /// The fields which tie replies to requests, of ICMP of both versions.
  static let identification: [FieldRow] = [
    .hexadecimal("identifier", 16, "Copied from request to reply [RFC 792] [RFC 4443 4.1]."),
    .number("sequence", 16, "Copied from request to reply [RFC 792] [RFC 4443 4.1]."),
  ]

  private static let quoteLength = FieldRow.computed(
    "length",
    8,
    .quoteLength(unit: 4),
    "Quoted datagram in units of four octets if extensions follow it, else 0 [RFC 4884 4]."
  )

  private static let echo = form(identification)
  private static let information = form(identification)
  private static let quench = form([.hexadecimal("unused", 32, "Sent as zero [RFC 792].")])
  private static let reservedForm = form([.hexadecimal("reserved", 32, "Sent as zero [RFC 1256 3].")])

  private static let unreachable = form(
    codes: unreachableCodes,
    [
      .hexadecimal("unused", 8, "Sent as zero [RFC 792]."), quoteLength,
      .hexadecimal("unused2", 16, "Sent as zero [RFC 792]."),
    ]
  )

  private static let fragmentationNeeded = form(
    codes: unreachableCodes,
    [
      .hexadecimal("unused", 8, "Sent as zero [RFC 792]."), quoteLength,
      .number("mtu", 16, "Largest datagram that the next link carries; 0 if unknown [RFC 1191 4]."),
    ]
  )

  private static let redirect = form(
    codes: redirectCodes,
    [.ipv4("gateway", "Better first hop for the quoted destination [RFC 792].")]
  )

  private static let timeExceeded = form(
    codes: timeExceededCodes,
    [
      .hexadecimal("unused", 8, "Sent as zero [RFC 792]."), quoteLength,
      .hexadecimal("unused2", 16, "Sent as zero [RFC 792]."),
    ]
  )

  private static let parameterProblem = form(
    codes: parameterProblemCodes,
    [
      .number("pointer", 8, "Octet of the quoted datagram where the error is [RFC 792]."), quoteLength,
      .hexadecimal("unused", 16, "Sent as zero [RFC 792]."),
    ]
  )

  private static let routerAdvertisement = form(
    codes: routerAdvertisementCodes,
    [
      .computed("number-of-addresses", 8, .routerCount, "Entries which follow [RFC 1256 3]."),
      .number("entry-size", 8, is: 2, "Words of four octets in an entry [RFC 1256 3]."),
      .number("lifetime", 16, is: 1800, "Seconds for which the addresses are valid [RFC 1256 3]."),
    ]
  )

  private static let routers = ElementList(
    "addresses",
    of: "address",
    framing: .fixed(octets: 8, words: 5),
    types: [9],
    summary: "Entries of a router advertisement [RFC 1256 3].",
    literal: nil,
    [
      ElementDefinition(
        "address",
        [
          .ipv4("router", is: 0, "An address of the router [RFC 1256 3]."),
          .hexadecimal("preference", 32, "Preference as a default router, a signed number [RFC 1256 3]."),
        ],
        parts: [
          ElementPart("extra", .octets, summary: "Octets of larger entries, to be ignored [RFC 1256 3.1].")
        ],
        argument: "router",
        summary: "An address with its preference [RFC 1256 3]."
      )
    ]
  )

  private static let timestamp = form(
    identification + [
      .number("originate", 32, "Milliseconds since midnight UT when the request left [RFC 792]."),
      .number("receive", 32, "Milliseconds since midnight UT when the request arrived [RFC 792]."),
      .number("transmit", 32, "Milliseconds since midnight UT when the reply left [RFC 792]."),
    ]
  )

  private static let addressMask = form(
    identification + [.ipv4("mask", "Subnet mask of the link [RFC 950 I].")]
  )

  private static let traceroute = form([
    .hexadecimal("identifier", 16, "Copied from the traceroute option [RFC 1393 3.1]."),
    .hexadecimal("unused", 16, "Sent as zero [RFC 1393 3.1]."),
    .number("outbound-hop-count", 16, "Routers that the outbound packet passed [RFC 1393 3.1]."),
    .number("return-hop-count", 16, "Routers that the return packet passed [RFC 1393 3.1]."),
    .number("output-link-speed", 32, "Octets a second of the link [RFC 1393 3.1]."),
    .number("output-link-mtu", 32, "Largest packet of the link [RFC 1393 3.1]."),
  ])

  private static let conversionError = form([
    .number("pointer", 32, "Octet of the quoted datagram where the error is [RFC 1475 5.3].")
  ])

  private static let domainNameReply = form(
    identification + [.number("time-to-live", 32, "Seconds for which the names are valid [RFC 1788 4].")]
  )

  private static let photuris = form(
    codes: photurisCodes,
    [
      .hexadecimal("reserved", 16, "Sent as zero [RFC 2521 2]."),
      .number("pointer", 16, "Octet of the quoted datagram where the error is [RFC 2521 2]."),
    ]
  )

  private static let mobility = form([
    .number("subtype", 8, "Experiment [RFC 4065 2]."),
    .hexadecimal("reserved", 24, "Sent as zero [RFC 4065 2]."),
  ])

  private static let extendedEchoRequest = form(extendedEcho + extendedEchoRequestFlags)
  private static let extendedEchoReply = form(
    codes: extendedEchoReplyCodes,
    extendedEcho + extendedEchoReplyFlags
  )

  /// What extended echo requests and replies of both versions share.
  static let extendedEcho: [FieldRow] = [
    .hexadecimal("identifier", 16, "Copied from request to reply [RFC 8335 2]."),
    .number("sequence", 8, "Copied from request to reply [RFC 8335 2]."),
  ]

  static let extendedEchoRequestFlags: [FieldRow] = [
    .hexadecimal("reserved", 7, "Sent as zero [RFC 8335 2]."),
    .flag("local", is: true, "The probed interface is on the proxy itself [RFC 8335 2]."),
  ]

  static let extendedEchoReplyFlags: [FieldRow] = [
    .number("state", 3, names: neighborStates, "State of the neighbor entry [RFC 8335 3]."),
    .hexadecimal("reserved", 2, "Sent as zero [RFC 8335 3]."),
    .flag("active", "The probed interface is active [RFC 8335 3]."),
    .flag("ipv4", "IPv4 runs on the probed interface [RFC 8335 3]."),
    .flag("ipv6", "IPv6 runs on the probed interface [RFC 8335 3]."),
  ]
}
