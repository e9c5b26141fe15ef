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

  /// The octets of one group record of a version 2 report [RFC 3810 5.2.4].
  ///
  /// `auxiliary` counts in words of four octets on the wire; other lengths are padded with zeros.
  public static func record(
    type: UInt8,
    group: IPv6Address,
    sources: [IPv6Address] = [],
    auxiliary: [UInt8] = []
  ) -> [UInt8] {
    let words = (auxiliary.count + 3) / 4
    let count = UInt16(truncatingIfNeeded: sources.count)
    return [type, UInt8(truncatingIfNeeded: words), UInt8(count >> 8), UInt8(count & 255)] + group.octets
      + sources.flatMap(\.octets) + auxiliary + [UInt8](repeating: 0, count: words * 4 - auxiliary.count)
  }

  /// The number of group records in the octets after the header of a version 2 report.
  static func recordCount(in bytes: [UInt8], from start: Int) -> Int {
    var offset = start
    var count = 0
    while offset < bytes.count - 19, let sources = bytes.uint16(at: offset + 2) {
      offset += 20 + 16 * Int(sources) + 4 * Int(bytes[offset + 1])
      count += 1
    }
    return count
  }
}
