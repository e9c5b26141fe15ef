internal import Wire

extension Grammar.Shape {
  /// The options of a layer: each its name, its name with arguments, or its octets.
  static func options(of kind: LayerKind) -> Grammar.Shape {
    let table = Grammar.Mapping.option(of: kind)
    return .list(.either([.choice(table.names), .mapping(table), .mapping(.octetOption)]), least: 0)
  }
}

extension Grammar.Mapping {
  /// The options of a layer.
  static func option(of kind: LayerKind) -> Grammar.Mapping { optionsByKind[kind] ?? noOption }

  private static let noOption: Grammar.Mapping = .init(
    "no-option",
    title: "an option",
    "Options without names.",
    []
  )

  /// An option of any type.
  static let octetOption: Grammar.Mapping = .init(
    "octet-option",
    title: "an option",
    "An option of any type, octet by octet.",
    [
      .init("type", .expression, required: true, "The type octet.", example: "0x9e"),
      .init("length", .expression, "The length octet; the right one if not said.", example: "2"),
      .init("data", .expression, "What follows, as pairs of hexadecimal digits.", example: "0000"),
    ]
  )

  private static let optionsByKind = Dictionary(
    [LayerKind.ipv4, .hopByHop, .destinationOptions, .ndpOptions].map { kind in
      (
        kind,
        Grammar.Mapping(
          oneOf: "\(kind)-option",
          title: "an option",
          "One option of \(kind).",
          arguments(of: kind).map { name, arguments in
            .init(name, shape(of: name, arguments, of: kind), "The option \(name).")
          }
        )
      )
    },
    uniquingKeysWith: { first, _ in first }
  )

  private static func shape(of name: String, _ arguments: [String], of kind: LayerKind) -> Grammar.Shape {
    switch arguments {
    case []: return .empty
    case ["value"]: return .either([.empty, .expression])
    default:
      let mapping = Grammar.Mapping(
        "\(kind)-\(name)",
        title: "'\(name)'",
        "The arguments of \(name).",
        arguments.map { argument in
          argument == "addresses"
            ? .init("addresses", .oneOrList(of: .expression), "The addresses of the route.")
            : .init(argument, .expression, "The \(argument) of the option.")
        }
      )
      let list: [Grammar.Shape] = arguments.contains("addresses") ? [.list(.expression, least: 0)] : []
      return .either([.empty, .mapping(mapping)] + list)
    }
  }

  /// Arguments of the options that have a name, by layer; `value` is a single one without a name.
  private static func arguments(of kind: LayerKind) -> KeyValuePairs<String, [String]> {
    switch kind {
    case .ipv4:
      [
        "nop": [], "end": [], "router-alert": ["value"], "record-route": ["slots", "pointer", "length"],
        "timestamp": ["flag", "slots", "pointer", "overflow", "length"], "lsrr": ["pointer", "addresses"],
        "ssrr": ["pointer", "addresses"], "stream-id": ["value"],
      ]
    case .hopByHop, .destinationOptions:
      ["pad1": [], "padn": ["value"], "router-alert": ["value"], "jumbo": ["value"]]
    case .ndpOptions:
      ["source-link-layer": ["value"], "target-link-layer": ["value"], "mtu": ["value"], "nonce": ["value"]]
    default:
      [:]
    }
  }
}
