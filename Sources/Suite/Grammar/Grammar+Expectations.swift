internal import Wire

extension Grammar.Mapping {
  /// What must come.
  static let expect: Grammar.Mapping = .init(
    "expect",
    title: "'expect'",
    "Waits for an answer of the target, or proves that there is none.",
    [
      .init(
        "expect",
        .either([.choice(["nothing"]), .phrase(.expectedPacket), .mapping(.outcomes)]),
        required: true,
        "A packet, `nothing` (proved silence), or a choice of outcomes.",
        example: "[{ icmpv4: { type: echo-reply } }, { data: $sent.data }]"
      ),
      .init(
        "within",
        .time,
        "The longest wait; measured from this run's round trips if not said. With `nothing`: how long.",
        example: "1s"
      ),
      .init("not-before", .time, "The least time between stimulus and answer.", example: "500ms"),
      .init(
        "since",
        .choice(of: Expectation.Origin.self),
        "What `not-before` counts from: the latest packet sent if not said, or the answer that a step took last.",
        example: "answer",
        needs: ("not-before", "there is no time to count")
      ),
      .init("times", .scalar(.count), "How many such frames must come; 1 if not said.", example: "1..2"),
      .init(
        "as",
        .scalar(.word),
        "A name under which later steps refer to the answer: `$NAME.ipv4.ttl`; `$received` is the latest one.",
        example: "error"
      ),
      .init(
        "record",
        .phrase(.measurements),
        "What of the answer is measured and reported.",
        example: "[ipv4.ttl, quoted.length]"
      ),
      .init("at", arm, "The side where it must come, or with `nothing` be silent; either if not said."),
    ]
  )

  /// Sets of outcomes.
  static let outcomes: Grammar.Mapping = .init(
    oneOf: "outcomes",
    title: "'expect'",
    "Several outcomes: one of them, all of them, or one after the other.",
    [
      .init(
        "any-of",
        .list(of: .mapping(.alternative)),
        "Alternatives; the first that matches decides.",
        example: "[{ outcome: pass, nothing: true }, { outcome: warn, packet: [icmpv4] }]"
      ),
      .init(
        "all-of",
        .list(of: .either([.phrase(.expectedPacket), .mapping(.member)])),
        "Packets which must all come, in any order.",
        example: "[[{ icmpv4: { code: 1 } }], [{ icmpv4: { code: 3 } }]]"
      ),
      .init(
        "sequence",
        .list(of: .either([.phrase(.expectedPacket), .mapping(.member)])),
        "Packets which must all come, in this order.",
        example: "[[{ icmpv4: { code: 1 } }], [{ icmpv4: { code: 3 } }]]"
      ),
    ]
  )

  /// One packet of `all-of`.
  static let member: Grammar.Mapping = .init(
    "all-of",
    title: "'all-of'",
    "One of the packets which must all come.",
    [
      .init("packet", .phrase(.expectedPacket), required: true, "What must come."),
      .init("at", arm, "The side where it must come."),
    ]
  )

  /// One answer among several.
  static let alternative: Grammar.Mapping = .init(
    "alternative",
    title: "an alternative",
    "One answer among several, and what it counts.",
    exactlyOne: ["packet", "nothing"],
    otherwise: "an alternative has either 'packet' or 'nothing: true'",
    [
      .init(
        "outcome",
        .choice(of: Alternative.Outcome.self),
        required: true,
        "What the case comes to when this answer is seen."
      ),
      .init("packet", .phrase(.expectedPacket), "The frame that must come."),
      .init("at", arm, "The side where it must come.", excludes: "nothing"),
      .init("nothing", .choice(["true"]), "Silence, proved as by `expect: nothing`."),
      .init("within", .time, "The longest time after the stimulus in which it counts.", example: "60s"),
      .init("not-before", .time, "The least time after the stimulus at which it counts.", example: "15s"),
      .init("record", .phrase(.measurements), "What of the frame is measured and reported."),
      .init("because", .text, "Why it counts so; stands in reports."),
    ]
  )

  /// A condition on a value.
  static let condition: Grammar.Mapping = .init(
    oneOf: "comparison",
    title: "a condition",
    "A condition on the value of a field.",
    [
      .init("not", .phrase(.pattern), "Anything but this.", example: "[0, 64]"),
      .init("at-least", .expression, "This number or more.", example: "32"),
      .init("at-most", .expression, "This number or less.", example: "1280"),
    ]
  )

  /// What the target must pass on.
  static let forwarded: Grammar.Mapping = .init(
    "forwarded",
    title: "'forwarded'",
    "A packet that the target passed on, held against the one that was sent.",
    [
      .init("of", .expression, required: true, "The packet that is passed on.", example: "$sent"),
      .init(
        "unchanged-except",
        .oneOrList(of: .choice(Grammar.fieldNames)),
        "Fields which may differ, besides TTL or hop limit, which is one less, and the checksum of the IPv4 header.",
        example: "[source, identifier, checksum]"
      ),
    ]
  )

  /// What an ICMP error must quote.
  static let quoted: Grammar.Mapping = .init(
    "quoted",
    title: "'quoted'",
    "The packet inside an ICMP error, held against the one that caused it.",
    [
      .init("of", .expression, required: true, "The packet that is quoted.", example: "$sent"),
      .init("at-least", .expression, "Octets of it behind its IP header which must be there.", example: "8"),
      .init("at-most-total", .expression, "Most octets of the whole error packet.", example: "576"),
      .init(
        "as-much-as-fits",
        .expression,
        "Octets that the whole error packet has, unless the invoking packet is quoted whole.",
        example: "1280"
      ),
      .init(
        "unchanged-except",
        .oneOrList(of: .choice(Grammar.fieldNames)),
        "Fields which may differ from the packet as sent; all others must be the same.",
        example: "[ttl, header-checksum]"
      ),
    ]
  )
}

extension Grammar.Phrase {
  /// The value of a field in an expectation.
  static let pattern: Grammar.Phrase = .init(
    "pattern",
    "A value, a condition, or a list of which one must hold.",
    .either([.expression, .phrase(.condition), .list(of: .phrase(.pattern))])
  )

  /// What a value must be, other than a value.
  static let condition: Grammar.Phrase = .init(
    "condition",
    "A range `a..b`; `any`, `present` or `absent`; or a mapping.",
    .either([.phrase(.conditionWord), .scalar(.range), .mapping(.condition)])
  )

  /// Words which stand for conditions.
  static let conditionWord: Grammar.Phrase = .init(
    "condition-word",
    "`any`, `present` or `absent`.",
    .choice(Grammar.conditions.map(\.name))
  )
}

extension Grammar.Phrase {
  /// What is measured.
  static let measurement: Grammar.Phrase = .init(
    "measurement",
    "A field of a layer, or one of some lengths and times.",
    .choice(Grammar.measurable)
  )

  /// One measurement or several.
  static let measurements: Grammar.Phrase = .init(
    "measurements",
    "A field of a layer such as `ipv4.ttl`; `packet.length`, `data.length`, `quoted.length`, `answer.delay`.",
    .oneOrList(of: .phrase(.measurement))
  )
}
