extension Grammar.Mapping {
  /// A policy file.
  package static let policy: Grammar.Mapping = .init(
    "policy",
    title: "a policy",
    "A policy file: what a filter is to do with each kind of ICMP message, for `assay sweep`.",
    [
      .init("policy", .scalar(.suiteName), required: true, "The policy's name.", example: "rfc4890-transit"),
      .init("title", .text, "What it is, in a line."),
      .init("ip", .scalar(.ipVersion), required: true, "The version of IP that it speaks of."),
      .init(
        "rules",
        .list(of: .mapping(.policyRule)),
        required: true,
        "Its intents; each stands for itself."
      ),
      .init("otherwise", .mapping(.otherwise), "What holds for messages that no rule speaks of."),
    ]
  )

  /// One intent.
  static let policyRule: Grammar.Mapping = .init(
    "policy-rule",
    title: "a rule",
    "One intent: which messages it speaks of, and what may become of them.",
    [
      .init("id", .scalar(.word), required: true, "Its name in the policy."),
      .init("match", .mapping(.match), required: true, "The messages that it speaks of."),
    ] + intentKeys
  )

  /// The intent for the rest.
  static let otherwise: Grammar.Mapping = .init(
    "otherwise",
    title: "'otherwise'",
    "What holds for messages that no rule speaks of.",
    intentKeys
  )

  private static let intentKeys: [Grammar.Key] = [
    .init("title", .text, "What it wants, in a line."),
    .init(
      "requirement",
      .oneOrList(of: .text),
      "The clauses that it follows, from the catalogue; the first gives the level.",
      example: "RFC4890-T-ptb"
    ),
    .init(
      "direction",
      .oneOrList(of: .choice(of: SweepDirection.self)),
      "Which way: `outbound` goes from the near side to the far one; both if not said."
    ),
    .init(
      "state",
      .oneOrList(of: .choice(states)),
      "What the target knows of the message beforehand; `related` is all three kinds. All if not said."
    ),
    .init(
      "fate",
      .oneOrList(of: .choice(of: FilterPolicy.FateWord.self)),
      required: true,
      "What may become of it; `passed` is delivered or changed, `blocked` rejected or dropped."
    ),
    .init("by", .mapping(.rejectionPattern), "How rejected messages come back; anyhow if not said."),
    .init("changes", .mapping(.changePattern), "What changed messages have rewritten; anything if not said."),
  ]

  /// Words for states: those of the sweep, and one for all kinds of errors.
  static let states = SweepState.allCases.map(\.rawValue) + ["related"]

  /// Which messages.
  static let match: Grammar.Mapping = .init(
    "match",
    title: "'match'",
    "Which messages a rule speaks of; any other field by its layer and name, `icmpv4.mtu: 68`, has probes of its own.",
    others: .expression,
    [
      .init(
        "type",
        .oneOrList(of: .expression),
        "Types by name or number, ranges of them; all if not said.",
        example: "[destination-unreachable, 44..252]"
      ),
      .init(
        "code",
        .oneOrList(of: .expression),
        "Codes by name or number, ranges of them; all if not said.",
        example: "0..15"
      ),
    ]
  )

  /// The error that rejects.
  static let rejectionPattern: Grammar.Mapping = .init(
    "by",
    title: "'by'",
    "The error that rejected messages come back with.",
    [
      .init("type", .expression, "Its type.", example: "destination-unreachable"),
      .init("code", .expression, "Its code.", example: "communication-prohibited"),
      .init("from", .choice(["target", "anybody"]), "Whose address it comes from; anybody's if not said."),
    ]
  )

  /// What is rewritten.
  static let changePattern: Grammar.Mapping = .init(
    "changes",
    title: "'changes'",
    "What changed messages have rewritten; fields of the quoted packet begin with `quoted`.",
    [
      .init(
        "required",
        .list(of: .text),
        "Fields that must be rewritten.",
        example: "[ipv4.destination, quoted ipv4.source]"
      ),
      .init("allowed", .list(.text, least: 0), "Fields that may be rewritten besides; any if not said."),
    ]
  )
}
