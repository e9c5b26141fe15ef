extension ElementList {
  /// One option of a table, before the list says how its type and length are laid out.
  struct OptionRow {
    var name: String
    var type: UInt64
    var rows: [FieldRow] = []
    var parts: [ElementPart] = []
    var argument: String?
    var hasLength = true
    var summary: String

    /// An option with fields and parts behind its length.
    static func option(
      _ name: String,
      _ type: UInt64,
      _ rows: [FieldRow] = [],
      _ parts: [ElementPart] = [],
      argument: String? = nil,
      summary: String
    ) -> OptionRow {
      OptionRow(name: name, type: type, rows: rows, parts: parts, argument: argument, summary: summary)
    }

    /// An option of which only the name is known.
    static func octets(_ name: String, _ type: UInt64, _ summary: String) -> OptionRow {
      let data = ElementPart("data", .octets, summary: "What follows the length, as it is \(summary.source).")
      return OptionRow(name: name, type: type, parts: [data], argument: "data", summary: summary)
    }

    /// An option of a single octet.
    static func single(_ name: String, _ type: UInt64, _ summary: String) -> OptionRow {
      OptionRow(name: name, type: type, hasLength: false, summary: summary)
    }
  }

  /// A list of options with a type and a length of one octet each.
  static func options(
    _ framing: ElementFraming,
    isLayer: Bool = false,
    summary: String,
    _ options: [OptionRow]
  ) -> ElementList {
    let source = summary.source
    let length = FieldRow.computed(
      "length",
      8,
      .element(.length(unit: framing.lengthUnit, less: framing == .ipv6 ? 2 : 0)),
      framing.lengthSummary + " \(source)."
    )
    func type(_ value: UInt64, names: NameTable? = nil) -> FieldRow {
      .number("type", 8, is: value, names: names, "Kind of option \(source).")
    }
    let names = NameTable(pairs: options.map { ($0.name, $0.type) })
    return ElementList(
      "options",
      of: "option",
      framing: framing,
      isLayer: isLayer,
      summary: summary,
      literal: ElementDefinition(
        "",
        [type(0, names: names), length],
        parts: [ElementPart("data", .octets, summary: "What follows the length, as it is \(source).")],
        summary: "An option by its numbers \(source)."
      ),
      options.map { option in
        ElementDefinition(
          option.name,
          [type(option.type)] + (option.hasLength ? [length] : []) + option.rows,
          identifiedBy: ["type"],
          parts: option.parts,
          argument: option.argument,
          summary: option.summary
        )
      }
    )
  }
}

extension ElementFraming {
  /// What the length of an element says.
  fileprivate var lengthSummary: String {
    switch self {
    case .internet: "Octets of the option, type and length included"
    case .ipv6: "Octets of the option behind its length"
    case .neighborDiscovery: "Option in units of eight octets, type and length included"
    case .object: "Octets of the object, its header included"
    case .record, .fixed: "Octets"
    }
  }
}

extension String {
  /// The source at the end of a summary, in brackets.
  fileprivate var source: String {
    guard let start = lastIndex(of: "["), let end = lastIndex(of: "]"), start < end else { return "" }
    return String(self[start...end])
  }
}
