/// The extension structure at the end of ICMP messages [RFC 4884 7].
public enum ICMPExtensions {
  /// Names of object classes.
  public static let classes = NameTable([
    "mpls": 1, "interface-information": 2, "interface-identification": 3, "extended-information": 4,
    "reverse-path-information": 5,
  ])

  static let definition = LayerDefinition(
    .extensions,
    title: "ICMP extensions",
    reference: "RFC 4884 7",
    lists: [objects],
    [
      .number("version", 4, is: 2, "Version of the structure [RFC 4884 7]."),
      .hexadecimal("reserved", 12, "Sent as zero, ignored on reception [RFC 4884 7]."),
      .checksum(.checksum, "Checksum of the structure; 0 means none [RFC 4884 7]."),
    ]
  )

  private static let objects = ElementList(
    "objects",
    of: "object",
    framing: .object,
    summary: "Objects of the structure [RFC 4884 7.1].",
    literal: ElementDefinition(
      "",
      [length, .number("class", 8, names: classes, "Kind of object [RFC 4884 7.1]."), cType(0)],
      parts: [ElementPart("data", .octets, summary: "Payload of the object [RFC 4884 7.1].")],
      summary: "An object by its numbers [RFC 4884 7.1]."
    ),
    [
      ElementDefinition(
        "mpls",
        [length, number(1), cType(1)],
        identifiedBy: ["class", "c-type"],
        parts: [
          ElementPart(
            "entries",
            .entries,
            [
              .number("label", 20, "Label [RFC 3032 2.1]."),
              .number("traffic-class", 3, "Traffic class, once experimental bits [RFC 5462 3]."),
              .computed(
                "bottom",
                1,
                .element(.last),
                format: .flag,
                "Last entry of the stack [RFC 3032 2.1]."
              ),
              .number("ttl", 8, is: 1, "Time to live [RFC 3032 2.1]."),
            ],
            summary: "The label stack as it arrived, top entry first [RFC 4950 2]."
          )
        ],
        argument: "entries",
        summary: "MPLS label stack [RFC 4950 2]."
      ),
      ElementDefinition(
        "interface-information",
        [
          length, number(2), .number("role", 2, names: roles, "Which interface it is [RFC 5837 4.1]."),
          .number("reserved", 2, "Sent as zero [RFC 5837 4.1]."), presence("ifindex", 0),
          presence("address", 1),
          presence("name", 2), presence("mtu", 3),
        ],
        identifiedBy: ["class"],
        parts: [
          ElementPart(
            "ifindex",
            .group,
            [.number("ifindex", 32, "Index of the interface [RFC 5837 4.1].")],
            presence: .flag("has-ifindex"),
            summary: "Index of the interface [RFC 5837 4.1]."
          ),
          ElementPart(
            "address",
            .address,
            [family, .hexadecimal("reserved", 16, "Sent as zero [RFC 5837 4.2].")],
            presence: .flag("has-address"),
            summary: "Address of the interface [RFC 5837 4.2]."
          ),
          ElementPart(
            "name",
            .text,
            [.computed("length", 8, .element(.textLength), "Octets of length and name [RFC 5837 4.3].")],
            presence: .flag("has-name"),
            alignment: 4,
            summary: "Name of the interface [RFC 5837 4.3]."
          ),
          ElementPart(
            "mtu",
            .group,
            [.number("mtu", 32, "MTU of the interface [RFC 5837 4.1].")],
            presence: .flag("has-mtu"),
            summary: "MTU of the interface [RFC 5837 4.1]."
          ),
        ],
        summary: "What is known about an interface or next hop [RFC 5837 4]."
      ),
      ElementDefinition(
        "interface-identification",
        [
          length, number(3),
          .computed("c-type", 8, .element(.choice), names: identifications, "How it is told [RFC 8335 2.1]."),
        ],
        identifiedBy: ["class"],
        parts: [
          ElementPart(
            "name",
            .text,
            presence: .when("c-type", 1),
            alignment: 4,
            summary: "Name of the interface [RFC 8335 2.1]."
          ),
          ElementPart(
            "index",
            .group,
            [.number("index", 32, "Index of the interface [RFC 8335 2.1].")],
            presence: .when("c-type", 2),
            summary: "Index of the interface [RFC 8335 2.1]."
          ),
          ElementPart(
            "address",
            .address,
            [
              family,
              .computed(
                "address-length",
                8,
                .element(.addressLength),
                "Octets of the address [RFC 8335 2.1]."
              ),
              .hexadecimal("reserved", 8, "Sent as zero [RFC 8335 2.1]."),
            ],
            presence: .when("c-type", 3),
            alignment: 4,
            summary: "Address of the interface [RFC 8335 2.1]."
          ),
        ],
        summary: "The interface that a probe asks for [RFC 8335 2.1]."
      ),
    ]
  )

  private static let roles = NameTable(["incoming": 0, "sub-ip": 1, "outgoing": 2, "next-hop": 3])

  private static let identifications = NameTable(["name": 1, "index": 2, "address": 3])

  private static let length = FieldRow.computed(
    "length",
    16,
    .element(.length(unit: 1, less: 0)),
    "Octets of the object, its header included [RFC 4884 7.1]."
  )

  private static let family = FieldRow.computed(
    "afi",
    16,
    .element(.family),
    names: NameTable(["ipv4": 1, "ipv6": 2, "ethernet": 16_389]),
    "Address family [RFC 5837 4.2] [RFC 8335 2.1]."
  )

  private static func number(_ value: UInt64) -> FieldRow {
    .number("class", 8, is: value, names: classes, "Kind of object [RFC 4884 7.1].")
  }

  private static func cType(_ value: UInt64) -> FieldRow {
    .number("c-type", 8, is: value, "Variety of the kind [RFC 4884 7.1].")
  }

  private static func presence(_ key: String, _ part: Int) -> FieldRow {
    .computed(
      "has-\(key)",
      1,
      .element(.presence(part: part)),
      format: .flag,
      "The \(key) is there [RFC 5837 4.1]."
    )
  }
}
