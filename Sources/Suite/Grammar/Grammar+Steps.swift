internal import Wire

extension Grammar.Phrase {
  /// One step of a case.
  static let step: Grammar.Phrase = .init(
    "step",
    "What is done or awaited next.",
    .either(
      [.choice(Grammar.Mapping.steps.filter(\.isWordAlone).map(\.stepWord))]
        + Grammar.Mapping.steps.map { step in .mapping(step) }
    )
  )
}

extension Grammar.Mapping {
  /// The kinds of step; the first key of each says which one it is.
  package static let steps: [Grammar.Mapping] = [
    send, expect, forbid, wait, control, tcpConnect, tcpExchange, tcpClose, udpExchange,
  ]

  /// The word by which a step is known.
  var stepWord: String { keys.first?.name ?? name }

  /// Whether the step is written as its word alone.
  var isWordAlone: Bool { if case .empty? = keys.first?.shape { true } else { false } }

  /// A packet to send.
  static let send: Grammar.Mapping = .init(
    "send",
    title: "'send'",
    "Sends a packet. What isn't said is right; what is said goes out as said.",
    [
      .init(
        "send",
        .phrase(.packet),
        required: true,
        "The packet: its layers from the outside in.",
        example: "[ipv4, { icmpv4: { type: echo-request, identifier: $id } }]"
      ),
      .init(
        "as",
        .scalar(.word),
        "A name under which later steps refer to the packet: `$NAME.icmpv4.identifier`.",
        example: "first"
      ),
      .init("repeat", .expression, "How many times it is sent; once if not said.", example: "3"),
      .init(
        "every",
        .time,
        "The time between repetitions; back to back if not said.",
        example: "10ms",
        needs: ("repeat", "how often")
      ),
      .init(
        "truncate",
        .expression,
        "Octets of the IP packet that are kept; its lengths stay as they were.",
        example: "27"
      ),
      .init(
        "pad",
        .phrase(.octets),
        "Octets behind the IP packet, which no length counts: a number of zeros, or data.",
        example: "18"
      ),
      .init(
        "corrupt",
        .either([.mapping(.corruption), .list(.mapping(.corruption), least: 0)]),
        "Octets of the IP packet that are changed, checksums and all.",
        example: "[{ at: 20, xor: 0xff }]"
      ),
      .init(
        "fragment",
        .mapping(.fragmentRule),
        "Cuts the packet into fragments by rule.",
        example: "{ size: 1480, order: reverse }"
      ),
      .init(
        "fragments",
        .list(of: .mapping(.fragment)),
        "The fragments one by one, sent in this order.",
        example: "[{ offset: 0, length: 24, more: true }, { offset: 24, length: 16, more: false }]",
        excludes: "fragment"
      ),
      .init("from", arm, "The side from which it is sent; `near` if not said."),
    ]
  )

  /// A frame that must not come.
  static let forbid: Grammar.Mapping = .init(
    "forbid",
    title: "'forbid'",
    "From here to the end of the trial, no such frame may come from the target.",
    [
      .init(
        "forbid",
        .phrase(.expectedPacket),
        required: true,
        "What must not come: layers as in `expect`.",
        example: "[{ icmpv4: { type: redirect } }]"
      ),
      .init("at", arm, "The side where it must not come; on neither if not said."),
    ]
  )

  /// A pause.
  static let wait: Grammar.Mapping = .init(
    "wait",
    title: "'wait'",
    "Does nothing for a while.",
    [.init("wait", .time, required: true, "How long.", example: "300ms")]
  )

  /// A control probe.
  static let control: Grammar.Mapping = .init(
    "control",
    title: "'control'",
    "Sends a control probe, a plain echo, which must be answered.",
    [.init("control", .empty, required: true, "A control probe here.")]
  )

  /// An octet to change.
  static let corruption: Grammar.Mapping = .init(
    "corrupt",
    title: "'corrupt'",
    "An octet of the IP packet that is changed on its way out.",
    exactlyOne: ["xor", "to"],
    [
      .init(
        "at",
        .expression,
        required: true,
        "Distance from the start of the IP packet, or of `layer`, in octets.",
        example: "20"
      ),
      .init("layer", .choice(layer.names), "The layer from whose start `at` counts; the first of that name."),
      .init("to", .expression, "What the octet becomes.", example: "0x45"),
      .init(
        "xor",
        .expression,
        "What the octet is combined with by exclusive or.",
        example: "0xff"
      ),
    ]
  )

  /// Fragments by rule.
  static let fragmentRule: Grammar.Mapping = .init(
    "fragment-rule",
    title: "'fragment'",
    "Fragments of equal size; they have numbers from 0.",
    exactlyOne: ["size", "atomic"],
    [
      .init(
        "atomic",
        .scalar(.flag),
        "With `true`, the whole packet in a single fragment: for IPv6 an atomic one [RFC 6946].",
        example: "true"
      ),
      .init(
        "size",
        .expression,
        "Octets of the IP payload in each fragment: a multiple of 8.",
        example: "1480"
      ),
      .init(
        "order",
        .either([.choice(["forward", "reverse"]), .scalar(.variable), .list(index, least: 0)]),
        "The order in which they go out: `forward`, `reverse`, or their numbers.",
        example: "[1, 0]"
      ),
      .init("omit", indices, "Numbers of fragments that aren't sent.", example: "[1]"),
      .init("duplicate", indices, "Numbers of fragments that are sent twice.", example: "[0]"),
      .init(
        "overlap",
        .expression,
        "Octets by which each fragment but the first reaches back into the one before: a multiple of 8.",
        example: "8"
      ),
      .init(
        "differing",
        .scalar(.flag),
        "With `true`, the overlapping octets are the complement of those of the fragment before.",
        example: "true",
        needs: ("overlap", "where they overlap")
      ),
      .init(
        "gap",
        .expression,
        "Octets of the payload that are missing in front of each fragment but the first: a multiple of 8.",
        example: "8",
        excludes: "overlap"
      ),
    ]
  )

  private static let index: Grammar.Shape = .either([.number, .scalar(.variable)])
  private static let indices: Grammar.Shape = .either([index, .list(index, least: 0)])

  /// One fragment as written.
  static let fragment: Grammar.Mapping = .init(
    "fragment",
    title: "a fragment",
    "One fragment: so many octets of the IP payload from an offset.",
    [
      .init(
        "offset",
        .expression,
        required: true,
        "Where it begins in the IP payload, in octets.",
        example: "24"
      ),
      .init("length", .expression, required: true, "Octets of the IP payload that it has.", example: "16"),
      .init(
        "more",
        .either([.scalar(.flag), .scalar(.variable)]),
        required: true,
        "Whether it says that more fragments follow.",
        example: "false"
      ),
      .init("data", .phrase(.octets), "Its octets, if not those of the packet; cut or repeated to `length`."),
      .init(
        "edit",
        .phrase(.packet),
        "Layers of the finished fragment with fields that are changed; what was right stays right.",
        example: "[{ ipv6: { hop-limit: 1 } }, { fragment: { identification: 7 } }]"
      ),
    ]
  )
}
