/// The Internet Control Message Protocol for IPv6 [RFC 4443].
public enum ICMPv6 {
  static let definition = LayerDefinition(
    .icmpv6,
    title: "Internet Control Message Protocol version 6",
    reference: "RFC 4443",
    forms: HeaderForms(
      base: form([.hexadecimal("rest", 32, "Octets 4 to 8 of a message of unknown form [RFC 4443 2.1].")]),
      byType: [
        (1, unreachable), (2, packetTooBig), (3, timeExceeded), (4, parameterProblem),
        (128, echo), (129, echo), (138, renumbering), (139, nodeQuery), (140, nodeReply),
        (144, homeAgent), (145, homeAgent), (146, homeAgent), (147, mobilePrefixAdvertisement),
        (148, pathSolicitation), (149, pathAdvertisement), (150, mobility), (151, multicastRouter),
        (152, bare), (153, bare), (157, duplicateAddress), (158, duplicateAddress),
        (160, extendedEchoRequest), (161, extendedEchoReply),
      ] + NeighborDiscovery.forms + MulticastListener.forms
    )
  )

  /// The three fields of every message, and those of one form.
  static func form(
    codes: NameTable? = nil,
    _ rows: [FieldRow],
    length: Int? = nil
  ) -> HeaderLayout {
    HeaderLayout(
      [
        .number("type", 8, is: 128, names: types, "Kind of message [RFC 4443 2.1]."),
        .number("code", 8, names: codes, "Variety of the kind [RFC 4443 2.1]."),
        .checksum(
          .transportChecksum(protocol: 58),
          "Checksum of pseudo-header and the whole message [RFC 4443 2.3]."
        ),
      ] + rows,
      length: length
    )
  }

  private static let quoteLength = FieldRow.computed(
    "length",
    8,
    .quoteLength(unit: 8),
    "Quoted packet in units of eight octets if extensions follow it, else 0 [RFC 4884 4]."
  )

  private static let bare = form([])
  private static let echo = form(ICMPv4.identification)

  private static let unreachable = form(
    codes: unreachableCodes,
    [quoteLength, .hexadecimal("unused", 24, "Sent as zero [RFC 4443 3.1].")]
  )

  private static let packetTooBig = form([
    .number("mtu", 32, is: 1280, "Largest packet that the next link carries [RFC 4443 3.2].")
  ])

  private static let timeExceeded = form(
    codes: timeExceededCodes,
    [quoteLength, .hexadecimal("unused", 24, "Sent as zero [RFC 4443 3.3].")]
  )

  private static let parameterProblem = form(
    codes: parameterProblemCodes,
    [.number("pointer", 32, "Octet of the quoted packet where the error is [RFC 4443 3.4].")]
  )

  private static let renumbering = form(
    codes: renumberingCodes,
    [
      .number("sequence", 32, "Number of the command [RFC 2894 3.1]."),
      .number("segment", 8, "Part of the command [RFC 2894 3.1]."),
      .hexadecimal("flags", 8, "Test, result, all interfaces, site, processed [RFC 2894 3.1]."),
      .number("maximum-delay", 16, "Milliseconds before an answer [RFC 2894 3.1]."),
      .hexadecimal("reserved", 32, "Sent as zero [RFC 2894 3.1]."),
    ]
  )

  private static let nodeInformation: [FieldRow] = [
    .number("qtype", 16, names: nodeQueryTypes, "What is asked for [RFC 4620 5]."),
    .hexadecimal("flags", 16, "Depend on the kind of query [RFC 4620 5]."),
    .hexadecimal("nonce", 64, "Copied from query to reply [RFC 4620 4]."),
  ]
  private static let nodeQuery = form(codes: nodeQueryCodes, nodeInformation)
  private static let nodeReply = form(codes: nodeReplyCodes, nodeInformation)

  private static let homeAgent = form([
    .hexadecimal("identifier", 16, "Copied from request to reply [RFC 6275 6.5]."),
    .hexadecimal("reserved", 16, "Sent as zero [RFC 6275 6.5]."),
  ])

  private static let mobilePrefixAdvertisement = form([
    .hexadecimal("identifier", 16, "Copied from the solicitation [RFC 6275 6.8]."),
    .flag("managed", "Addresses come from DHCP [RFC 6275 6.8]."),
    .flag("other", "Other configuration comes from DHCP [RFC 6275 6.8]."),
    .hexadecimal("reserved", 14, "Sent as zero [RFC 6275 6.8]."),
  ])

  private static let pathSolicitation = form([
    .hexadecimal("identifier", 16, "Copied from solicitation to advertisement [RFC 3971 6.4.1]."),
    .number("component", 16, is: 65_535, "Certificate asked for; 65535 for all [RFC 3971 6.4.1]."),
  ])

  private static let pathAdvertisement = form([
    .hexadecimal("identifier", 16, "Copied from solicitation to advertisement [RFC 3971 6.4.2]."),
    .number("all-components", 16, "Certificates in the path [RFC 3971 6.4.2]."),
    .number("component", 16, "Place of this one in the path [RFC 3971 6.4.2]."),
    .hexadecimal("reserved", 16, "Sent as zero [RFC 3971 6.4.2]."),
  ])

  private static let mobility = form([
    .number("subtype", 8, "Experiment [RFC 4065 2]."),
    .hexadecimal("reserved", 24, "Sent as zero [RFC 4065 2]."),
  ])

  private static let multicastRouter = form([
    .number("query-interval", 16, "Seconds between listener queries [RFC 4286 3]."),
    .number("robustness", 16, "Losses which queries withstand [RFC 4286 3]."),
  ])

  private static let duplicateAddress = form([
    .number("status", 8, "Outcome of the registration [RFC 6775 4.4]."),
    .hexadecimal("reserved", 8, "Sent as zero [RFC 6775 4.4]."),
    .number("lifetime", 16, "Minutes of the registration [RFC 6775 4.4]."),
    .hexadecimal("eui-64", 64, "Who registers [RFC 6775 4.4]."),
    .ipv6("registered-address", "What is registered [RFC 6775 4.4]."),
  ])

  private static let extendedEchoRequest = form(ICMPv4.extendedEcho + ICMPv4.extendedEchoRequestFlags)
  private static let extendedEchoReply = form(
    codes: ICMPv4.extendedEchoReplyCodes,
    ICMPv4.extendedEcho + ICMPv4.extendedEchoReplyFlags
  )
}
