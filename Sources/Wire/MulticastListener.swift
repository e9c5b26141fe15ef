/// Multicast listener discovery, versions 1 and 2: messages of ICMPv6 [RFC 2710] [RFC 3810].
public enum MulticastListener {
  /// Names of the types of group records in version 2 reports.
  public static let recordTypes = NameTable([
    "mode-is-include": 1, "mode-is-exclude": 2, "change-to-include": 3, "change-to-exclude": 4,
    "allow-new-sources": 5, "block-old-sources": 6,
  ])

  static let forms: [(type: UInt8, layout: HeaderLayout)] = [
    (130, query), (131, message), (132, message), (143, report),
  ]

  private static let common: [FieldRow] = [
    .number("maximum-response-delay", 16, "Milliseconds for answers, in queries [RFC 2710 3.4]."),
    .hexadecimal("reserved", 16, "Sent as zero [RFC 2710 3.5]."),
    .ipv6("group", "Group asked for or reported; `::` in general queries [RFC 2710 3.6]."),
  ]

  private static let message = ICMPv6.form(common)

  /// Version 1 ends after the group; the fields of version 2 are optional.
  private static let query = ICMPv6.form(
    common + [
      .hexadecimal("reserved2", 4, "Sent as zero [RFC 3810 5.1.6]."),
      .flag("suppress", "Routers shall not restart their timers [RFC 3810 5.1.7]."),
      .number("robustness", 3, "Losses which reports withstand [RFC 3810 5.1.8]."),
      .number("query-interval", 8, "Seconds between queries, coded [RFC 3810 5.1.9]."),
      .computed("number-of-sources", 16, .sourceCount, "Source addresses which follow [RFC 3810 5.1.10]."),
    ],
    length: 24
  )

  private static let report = ICMPv6.form([
    .hexadecimal("reserved", 16, "Sent as zero [RFC 3810 5.2.1]."),
    .computed("number-of-records", 16, .recordCount, "Group records which follow [RFC 3810 5.2.3]."),
  ])

  static let definition = LayerDefinition(
    .mld,
    title: "Multicast listener discovery, lists of version 2",
    reference: "RFC 3810 5",
    lists: [records, sources],
    []
  )

  private static let sourceRow = FieldRow.ipv6("source", is: 0, "A source address [RFC 3810 5.2.10].")

  private static let records = ElementList(
    "records",
    of: "record",
    framing: .record,
    summary: "Group records of a version 2 report [RFC 3810 5.2].",
    literal: nil,
    [
      ElementDefinition(
        "record",
        [
          .number("type", 8, is: 4, names: recordTypes, "Kind of record [RFC 3810 5.2.5]."),
          .computed(
            "aux-length",
            8,
            .element(.words(part: 1)),
            "Auxiliary data in words of four octets [RFC 3810 5.2.6]."
          ),
          .computed(
            "number-of-sources",
            16,
            .element(.count(part: 0)),
            "Source addresses in the record [RFC 3810 5.2.7]."
          ),
          .ipv6("group", is: 0, "Group that the record is about [RFC 3810 5.2.8]."),
        ],
        parts: [
          ElementPart("sources", .entries, [sourceRow], summary: "Source addresses [RFC 3810 5.2.9]."),
          ElementPart("aux", .octets, alignment: 4, summary: "Auxiliary data [RFC 3810 5.2.10]."),
        ],
        argument: "group",
        summary: "What the sender listens to of one group [RFC 3810 5.2.4]."
      )
    ]
  )

  private static let sources = ElementList(
    "sources",
    of: "source",
    framing: .fixed(octets: 16),
    summary: "Source addresses of a version 2 query [RFC 3810 5.1.11].",
    literal: nil,
    [
      ElementDefinition(
        "source",
        [sourceRow],
        argument: "source",
        summary: "A source that is asked for [RFC 3810 5.1.11]."
      )
    ]
  )
}
