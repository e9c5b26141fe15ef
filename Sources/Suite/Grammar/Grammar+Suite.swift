internal import Wire

extension Grammar.Mapping {
  /// A suite file.
  package static let suite: Grammar.Mapping = .init(
    "suite",
    title: "a suite",
    "A suite file: cases about one subject.",
    [
      .init(
        "suite",
        .scalar(.suiteName),
        required: true,
        "The suite's name: unique in a run, the first part of each trial's name.",
        example: "icmpv4.echo"
      ),
      .init("title", .text, "One line for people; the name if not said."),
      .init(
        "roles",
        .either([roles, .list(roles, least: 0)]),
        "Kinds of target that the suite applies to; any if not said.",
        example: "[host, router]"
      ),
      .init(
        "needs",
        capabilities,
        "Capabilities without which every case is skipped.",
        example: "[timestamp]"
      ),
      .init(
        "arms",
        arms,
        "Where Assay touches the network: `near`, the side on which the tester is, or `near+far`, both sides of the target."
      ),
      .init("family", family, "IP version of the control probes; that of the first packet sent if not said."),
    ] + reuse + [
      .init("setup", someSteps, "Steps before those of every case; what goes wrong in them fails nothing."),
      .init("cleanup", someSteps, "Steps after those of every case, whatever came of it."),
      .init("locks", .oneOrList(of: .scalar(.word)), locks, example: "[path-mtu]"),
      .init("cases", .list(of: .mapping(.testCase)), required: true, "The cases, run in this order."),
    ]
  )

  /// A case of a suite.
  static let testCase: Grammar.Mapping = .init(
    "case",
    title: "a case",
    "A test purpose: what is sent and what must come of it.",
    [
      .init(
        "id",
        .scalar(.word),
        required: true,
        "The case's name: unique in its suite.",
        example: "reply-mirrors-request"
      ),
      .init("title", .text, required: true, "The rule that the case tests, in one line."),
      .init(
        "requirement",
        .oneOrList(of: .text),
        "Ids of the clauses that it tests, from the catalogue; the first gives the level.",
        example: "RFC1122-3.2.2.6-c"
      ),
      .init("needs", capabilities, "Capabilities without which the case is skipped, beside the suite's."),
      .init(
        "vary",
        .phrase(.variation),
        "Variables and their values; each combination is a trial of its own.",
        example: "{ length: [0, 1, 56, 1472], ttl: [1, 64, 255] }"
      ),
      .init(
        "setup",
        someSteps,
        "Steps that bring the target where the case needs it; after those of the suite."
      ),
      .init("steps", someSteps, required: true, "What is done and awaited, in this order."),
      .init(
        "cleanup",
        someSteps,
        "Steps that undo what was done, whatever came of it; before those of the suite."
      ),
      .init("locks", .oneOrList(of: .scalar(.word)), locks, example: "[neighbour-cache]"),
      .init(
        "others",
        .choice(["allowed"]),
        "With `allowed`, a frame that belongs to the trial and that no step expects doesn't fail it."
      ),
      .init("family", family, "IP version of the control probes, if not the suite's."),
      .init("arms", arms, "Where Assay touches the network, if not the suite's."),
    ]
  )

  private static let someSteps: Grammar.Shape = .list(of: .phrase(.step))
  private static let locks =
    "State of the target that no other trial may use meanwhile, by names that suites agree on; `target`: all of it."

  /// What a suite names once and uses often.
  private static let reuse: [Grammar.Key] = [
    .init(
      "include",
      .oneOrList(of: .text),
      "Files beside this one whose packets, expectations and defaults it uses."
    ),
    .init(
      "packets",
      .freeKeys(.phrase(.packet)),
      "Packets by name, for `send: NAME`.",
      example: "{ request: [ipv4, { icmpv4: { type: echo-request, identifier: $id } }] }"
    ),
    .init(
      "expectations",
      .freeKeys(.phrase(.expectedPacket)),
      "Expected frames by name, for `expect: NAME`.",
      example: "{ reply: [{ icmpv4: { type: echo-reply, identifier: $id } }] }"
    ),
    .init("defaults", .mapping(.defaults), "What layers and expectations have unless they say otherwise."),
  ]

  /// A file that suites include.
  static let shared: Grammar.Mapping = .init(
    "shared",
    title: "an included file",
    "A file that suites include: packets, expectations and defaults.",
    reuse
  )

  /// What layers and expectations have unless they say otherwise.
  static let defaults: Grammar.Mapping = .init(
    "defaults",
    title: "'defaults'",
    "What layers and expectations have unless they say otherwise; quoted packets are not meant.",
    [
      .init(
        "send",
        .mapping(.layerDefaults),
        "Fields of layers that are sent.",
        example: "{ ipv4: { ttl: 255, dont-fragment: true } }"
      ),
      .init(
        "expect",
        .mapping(.expectedDefaults),
        "Fields of layers that are expected, where those layers are named.",
        example: "{ ipv4: { source: $target, destination: $tester } }"
      ),
      .init("within", .time, "The longest wait for an answer.", example: "2s"),
    ]
  )

  /// A packet by its name, with changes.
  static let namedPacket: Grammar.Mapping = .init(
    "named-packet",
    title: "a named packet",
    "A packet of `packets`, with changes.",
    [
      .init(
        "packet",
        .either([.scalar(.word), .scalar(.variable)]),
        required: true,
        "Its name, or a variable of `vary` whose values are names; `nothing` stands for no layer.",
        example: "request"
      ),
      .init(
        "with",
        .phrase(.packet),
        "Layers whose fields replace those of the first layer of the same name; others go to the end.",
        example: "[{ icmpv4: { checksum: wrong } }]"
      ),
    ]
  )

  /// An expected frame by its name, with changes.
  static let namedExpectation: Grammar.Mapping = .init(
    "named-expectation",
    title: "a named expectation",
    "A frame of `expectations`, with changes.",
    [
      .init("packet", .scalar(.word), required: true, "Its name.", example: "reply"),
      .init(
        "with",
        .phrase(.expectedPacket),
        "Layers whose fields replace those of the first layer of the same name; others go to the end.",
        example: "[{ ipv4: { ttl: 64 } }]"
      ),
    ]
  )

  /// Targets that a suite applies to.
  private static let roles: Grammar.Shape = .choice(["any"] + Role.allCases.map(\.rawValue))
  private static let capabilities: Grammar.Shape = .oneOrList(of: .text)
  private static let family: Grammar.Shape = .choice(of: Family.self)
  /// Places where Assay touches the network.
  static let arms: Grammar.Shape = .choice(["near", "near+far"])
  /// One of them.
  static let arm: Grammar.Shape = .choice(of: Arm.self)
}

extension Grammar.Phrase {
  /// The variables of a case.
  static let variation: Grammar.Phrase = .init(
    "vary",
    "Variables and their values: a mapping is a product, a list names its combinations.",
    .either([.mapping(.axes), .list(of: .freeKeys(.phrase(.variedValue)))])
  )

  /// One value of a variable.
  static let variedValue: Grammar.Phrase = .init(
    "varied-value",
    "A value, a range such as `0..7`, or a named set; variables and fault words are values as well. `{ name: value }` gives a value a name of its own.",
    .either([.choice(NamedSets.table.map(\.name)), .expression, .freeKeys(.expression, least: 1, most: 1)])
  )
}

extension Grammar.Mapping {
  /// The product of `vary`.
  static let axes: Grammar.Mapping = .init(
    "axes",
    title: "'vary'",
    "One key for each variable, with its values: ranges and named sets unfold in place.",
    others: .oneOrList(of: .phrase(.variedValue)),
    [
      .init(
        "except",
        .either([
          .freeKeys(.oneOrList(of: .phrase(.variedValue))),
          .list(of: .freeKeys(.oneOrList(of: .phrase(.variedValue)), least: 1, most: nil)),
        ]),
        "Values that are taken out again; a list takes out combinations.",
        example: "[{ type: 3, code: [4, 5] }]"
      ),
      .init(
        "zip",
        .oneOrList(of: .freeKeys(.oneOrList(of: .phrase(.variedValue)), least: 2, most: nil)),
        "Variables that go through their values in step; a list has several such groups.",
        example: "{ type: [3, 11], code: [4, 0] }"
      ),
    ]
  )
}
