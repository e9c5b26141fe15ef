internal import Wire

extension Grammar.Phrase {
  /// A packet to send.
  static let packet: Grammar.Phrase = .init(
    "packet",
    "A packet: its layers from the outside in, each a name, or a name with its fields; or the name of one of `packets`.",
    .either([
      .list(of: .either([.choice(Grammar.Mapping.layer.names), .mapping(.layer), .mapping(.namedPacket)])),
      .scalar(.word), .scalar(.variable), .mapping(.namedPacket),
    ])
  )

  /// A frame to hold answers against.
  static let expectedPacket: Grammar.Phrase = .init(
    "expected-packet",
    "A frame: its layers from the outside in. Layers and fields that aren't named may be anything.",
    .either([
      .list(
        of: .either([
          .choice(Grammar.Mapping.expectedLayer.names), .mapping(.expectedLayer), .mapping(.namedExpectation),
        ])
      ),
      .scalar(.word), .mapping(.namedExpectation),
    ])
  )

  /// Octets to send.
  static let octets: Grammar.Phrase = .init(
    "octets",
    "Octets: a mapping says how they are made, a variable such as `$sent.data` where they come from, a list "
      + "puts them one after the other.",
    .either([.expression, .mapping(.data), .list(of: .either([.expression, .mapping(.data)]))])
  )
}

extension Grammar.Mapping {
  /// One layer of a packet to send.
  static let layer: Grammar.Mapping = .init(
    oneOf: "layer",
    title: "a layer",
    "One layer of a packet to send.",
    Protocols.all.map { definition in
      .init(definition.kind.rawValue, sentShape(of: definition), summary(of: definition))
    }
  )

  /// One layer of an expected frame.
  static let expectedLayer: Grammar.Mapping = .init(
    oneOf: "expected-layer",
    title: "a layer",
    "One layer of an expected frame.",
    Protocols.all.map { definition in
      .init(definition.kind.rawValue, expectedShape(of: definition), summary(of: definition))
    } + [
      .init(
        "quoted",
        .mapping(.quoted),
        "The packet inside an ICMP error.",
        example: "{ of: $sent, at-least: 8 }"
      ),
      .init(
        "forwarded",
        .mapping(.forwarded),
        "A packet that the target passed on, held against the one that was sent: TTL or hop limit less one, the rest as it was.",
        example: "{ of: $sent }"
      ),
    ]
  )

  /// Fields that layers to send have unless they say otherwise.
  static let layerDefaults: Grammar.Mapping = .init(
    "layer-defaults",
    title: "'send'",
    "Layers with the fields that they have unless they say otherwise.",
    layer.keys
  )

  /// Fields that expected layers have unless they say otherwise.
  static let expectedDefaults: Grammar.Mapping = .init(
    "expected-defaults",
    title: "'expect'",
    "Expected layers with the fields that they have unless they say otherwise.",
    expectedLayer.keys
  )

  private static func summary(of definition: LayerDefinition) -> String {
    definition.title + (definition.reference.isEmpty ? "." : " [\(definition.reference)].")
  }

  private static func sentShape(of definition: LayerDefinition) -> Grammar.Shape {
    let kind = definition.kind
    return switch kind {
    case .data, .raw, .trailer: .phrase(.octets)
    case .quote: .either([.phrase(.packet), .mapping(.quote)])
    default:
      .either(
        [.empty, .mapping(.sent(kind))]
          + definition.lists.filter(\.isLayer).map { Grammar.Shape.elements(of: $0, in: kind) }
      )
    }
  }

  private static func expectedShape(of definition: LayerDefinition) -> Grammar.Shape {
    let kind = definition.kind
    if kind == .data || kind == .trailer { return .either([.expression, .mapping(.expectedData)]) }
    return .either(
      [.empty, .choice(["absent"]), .mapping(.expected(kind))]
        + definition.lists.filter(\.isLayer).flatMap { Grammar.Shape.expected($0, in: kind).forms }
    )
  }

  /// The fields of a layer to send.
  static func sent(_ kind: LayerKind) -> Grammar.Mapping { fieldsByKind[kind]?.sent ?? none }
  /// The fields of an expected layer.
  static func expected(_ kind: LayerKind) -> Grammar.Mapping { fieldsByKind[kind]?.expected ?? none }

  private static let none: Grammar.Mapping = .init(
    "no-fields",
    title: "a layer",
    "A layer without fields.",
    []
  )

  private static let fieldsByKind = Dictionary(
    Protocols.all.map { ($0.kind, fields(of: $0)) },
    uniquingKeysWith: { first, _ in first }
  )

  private static func fields(
    of definition: LayerDefinition
  ) -> (sent: Grammar.Mapping, expected: Grammar.Mapping) {
    let kind = definition.kind
    let fields = definition.fields.map { field in
      let forms = definition.fields(named: field.name)
      return (field, Grammar.Phrase.value(of: forms, at: "\(kind).\(field.name)"))
    }
    var keys = fields.map { Grammar.Key($0.name, .sent($1, $0), $0.summary) }
    keys += [
      .init(
        "truncate",
        .expression,
        "Octets that are kept of this layer and what it carries.",
        example: "28"
      ),
      .init("repeat", .expression, "How many such layers stand one behind the other.", example: "$headers"),
    ]
    keys += definition.lists.map { .init($0.key, .elements(of: $0, in: kind), $0.summary) }
    let expected =
      fields.map { Grammar.Key($0.name, .expected($1), $0.summary) }
      + definition.lists.map { .init($0.key, .expected($0, in: kind), $0.summary) }
    let name = kind.rawValue
    return (
      Grammar.Mapping("\(kind)-fields", title: name, "", layer: name, keys),
      Grammar.Mapping("seen-\(kind)-fields", title: name, "", layer: name, expected)
    )
  }

  private static let octetKeys: [Grammar.Key] = [
    .init("counter", .expression, "So many octets that count up from 0.", example: "56"),
    .init("zeros", .expression, "So many octets of zero.", example: "56"),
    .init(
      "random",
      .expression,
      "So many octets at random; the same in every run with the same seed.",
      example: "56"
    ),
    .init("text", .scalar(.anyText), "The octets of a text in UTF-8.", example: "still here"),
    .init("hex", .scalar(.hexadecimal), "Octets as pairs of hexadecimal digits.", example: "00 01 0a 0b"),
    .init("uint8", .expression, "A number in one octet.", example: "7"),
    .init("uint16", .expression, "A number in two octets, in network order.", example: "0x0102"),
    .init("uint32", .expression, "A number in four octets, in network order.", example: "86400"),
    .init(
      "dns-name",
      .expression,
      "A domain name in wire form, the root behind it.",
      example: "host.example"
    ),
    .init(
      "addresses",
      .oneOrList(of: .expression),
      "Addresses of any kind, one after the other.",
      example: "[$tester.ipv6, 2001:db8::7]"
    ),
  ]

  /// Octets to send.
  static let data: Grammar.Mapping = .init(oneOf: "data", title: "data", "How octets are made.", octetKeys)

  /// Octets that are expected.
  static let expectedData: Grammar.Mapping = .init(
    oneOf: "expected-data",
    title: "data",
    "What the data of a frame must be.",
    octetKeys
      + [
        Grammar.Key("length", .phrase(.pattern), "How many octets there are.", example: "0..8"),
        Grammar.Key("starts-with", .expression, "What the first octets are.", example: "$sent.data"),
      ]
  )

  /// The packet inside an ICMP error.
  static let quote: Grammar.Mapping = .init(
    "quote",
    title: "'quote'",
    "The packet inside an ICMP error to send.",
    exactlyOne: ["of", "packet"],
    otherwise: "'quote' needs 'of' (an earlier packet) or 'packet' (a list of layers)",
    [
      .init("of", .expression, "An earlier packet.", example: "$sent"),
      .init(
        "packet",
        .phrase(.packet),
        "A packet of its own; from the target to the tester if not said otherwise.",
        excludes: "of"
      ),
      .init("truncate", .expression, "Octets of it that are kept.", example: "28"),
      .init(
        "pad",
        .scalar(.flag),
        "With `false`, it isn't filled up to the octets that extensions behind it need [RFC 4884 5].",
        example: "false"
      ),
      .init(
        "edit",
        .phrase(.packet),
        "Layers with fields of the earlier packet that are changed; what was right stays right.",
        example: "[{ ipv4: { ttl: 1 } }, { udp: { destination-port: 9 } }]",
        needs: ("of", "which packet is changed")
      ),
    ]
      + Grammar.fieldNames.filter { !Grammar.quoteKeys.contains($0) }.map {
        .init(
          $0,
          .expression,
          "A changed field of the earlier packet, in whichever layer has it.",
          needs: ("of", "which packet is changed")
        )
      }
  )
}
