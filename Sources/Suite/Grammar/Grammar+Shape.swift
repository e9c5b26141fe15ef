internal import Wire

extension Grammar {
  /// What a value looks like.
  package indirect enum Shape: Sendable {
    /// A word, a number or a text.
    case scalar(Scalar)
    /// One of these words.
    case choice([String])
    /// One of several shapes.
    case either([Shape])
    /// A list with at least so many items.
    case list(Shape, least: Int)
    /// A mapping whose keys the author chooses.
    case freeKeys(Shape)
    /// A mapping of the table.
    case keys(@Sendable () -> Mapping)
    /// A shape that has a name.
    case named(@Sendable () -> Phrase)
    /// Nothing at all: `key:`.
    case empty
    /// What this version of Assay refuses, with words of its own.
    case refused

    /// A list of at least one item.
    static func list(of item: Shape) -> Shape { .list(item, least: 1) }
    /// One item alone, or a list of them.
    static func oneOrList(of item: Shape) -> Shape { .either([item, .list(item, least: 1)]) }
    /// A mapping of the table; it may contain itself.
    static func mapping(_ mapping: @autoclosure @escaping @Sendable () -> Mapping) -> Shape { .keys(mapping) }
    /// A shape that has a name; it may contain itself.
    static func phrase(_ phrase: @autoclosure @escaping @Sendable () -> Phrase) -> Shape { .named(phrase) }
    /// The words of an enumeration.
    static func choice<Word: RawRepresentable & CaseIterable>(
      of type: Word.Type
    ) -> Shape where Word.RawValue == String {
      .choice(type.allCases.map(\.rawValue))
    }

    /// Any text.
    static var text: Shape { .scalar(.text) }
    /// A number, a name, a variable, arithmetic.
    static var expression: Shape { .scalar(.expression) }
    /// A whole number.
    static var number: Shape { .scalar(.number) }
    /// A time with its unit.
    static var duration: Shape { .scalar(.duration) }
  }

  /// A kind of scalar: how it is written.
  package struct Scalar: Sendable {
    /// Its name in the JSON Schema and the reference.
    package let name: String
    /// A regular expression (of ECMA 262, as JSON Schema wants it) which all of them match.
    package let pattern: String
    /// One line, shown in the reference.
    package let summary: String
  }
}

extension Grammar.Shape {
  /// The shapes of which a value has one; most often the shape alone.
  var forms: [Grammar.Shape] { if case .either(let forms) = self { forms.flatMap(\.forms) } else { [self] } }

  /// The first mapping of the table among its forms.
  var mapping: Grammar.Mapping? {
    forms.lazy.compactMap { form in if case .keys(let mapping) = form { mapping() } else { nil } }.first
  }

  /// What may be the value of a field.
  static func field(_ field: Field, isSent: Bool) -> Grammar.Shape {
    let names = field.names?.names ?? []
    let value = isSent ? Grammar.Shape.expression : .phrase(.pattern)
    return names.isEmpty ? value : .either([.choice(names), value])
  }
}

extension Grammar.Scalar {
  private static let numeral = "(0[xX][0-9A-Fa-f_]+|0[bB][01_]+|[0-9][0-9_]*)"

  static let text = Self(name: "text", pattern: #"[\s\S]"#, summary: "Any text that isn't empty.")
  static let anyText = Self(name: "any-text", pattern: "", summary: "Any text, also an empty one.")
  static let suiteName = Self(
    name: "suite-name",
    pattern: #"^[a-z0-9-]{1,80}(\.[a-z0-9-]{1,80})*$"#,
    summary: "Lower-case words with hyphens, joined by dots: `icmpv4.echo`."
  )
  static let word = Self(
    name: "word",
    pattern: "^[a-z0-9-]{1,80}$",
    summary: "Lower-case letters, digits and hyphens."
  )
  static let number = Self(
    name: "number",
    pattern: "^\(numeral)$",
    summary: "A whole number: `64`, `0x40` or `0b1000000`; underscores may group digits."
  )
  static let expression = Self(
    name: "expression",
    pattern: #"[\s\S]"#,
    summary: "A number, a name, an address, a variable, or arithmetic on them: `$length * 8 + 4`."
  )
  static let duration = Self(
    name: "duration",
    pattern: #"^([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|ms|s)$"#,
    summary: "A time with its unit: `2s`, `250ms`, `50us`; at most a day."
  )
  static let count = Self(
    name: "count",
    pattern: #"^[0-9]+(\.\.[0-9]+)?$"#,
    summary: "A number of times, or a range of them: `1`, `2..4`; at most 10,000."
  )
  static let flag = Self(name: "flag", pattern: "^(true|false)$", summary: "`true` or `false`.")
  static let hexadecimal = Self(
    name: "hexadecimal",
    pattern: #"^([ :\n]*[0-9A-Fa-f][ :\n]*[0-9A-Fa-f])*[ :\n]*$"#,
    summary: "Pairs of hexadecimal digits; spaces, line breaks and colons may separate them."
  )
  static let measurement = Self(
    name: "measurement",
    pattern: #"^[a-z0-9-]+\.[a-z0-9-]+$"#,
    summary: "What is measured: `ipv4.ttl`."
  )
  static let date = Self(
    name: "date",
    pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    summary: "A day: `2027-06-30`."
  )
  static let ipv4Address = Self(
    name: "ipv4-address",
    pattern: #"^[0-9]{1,3}(\.[0-9]{1,3}){3}$"#,
    summary: "An IPv4 address: `192.0.2.1`."
  )
  static let ipv4Prefix = Self(
    name: "ipv4-prefix",
    pattern: #"^[0-9]{1,3}(\.[0-9]{1,3}){3}(/[0-9]{1,2})?$"#,
    summary: "An IPv4 address with the prefix length of its network: `192.0.2.1/24`."
  )
  static let ipv4Range = Self(
    name: "ipv4-range",
    pattern: #"^[0-9]{1,3}(\.[0-9]{1,3}){3}(-[0-9]{1,3}(\.[0-9]{1,3}){3})?$"#,
    summary: "Addresses from the first to the last: `192.0.2.64-192.0.2.191`."
  )
  static let ipv6Address = Self(
    name: "ipv6-address",
    pattern: #"^[0-9A-Fa-f:.]{2,45}$"#,
    summary: "An IPv6 address: `2001:db8::1`."
  )
  static let ipv6Prefix = Self(
    name: "ipv6-prefix",
    pattern: #"^[0-9A-Fa-f:.]{2,45}(/[0-9]{1,3})?$"#,
    summary: "An IPv6 address with the prefix length of its network: `2001:db8::1/64`."
  )
  static let ipv6Range = Self(
    name: "ipv6-range",
    pattern: #"^[0-9A-Fa-f:.]{2,45}(-[0-9A-Fa-f:.]{2,45})?$"#,
    summary: "Addresses from the first to the last: `2001:db8::64-2001:db8::bf`."
  )
  static let macAddress = Self(
    name: "mac-address",
    pattern: "^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$",
    summary: "An Ethernet address: `02:00:00:00:00:07`."
  )
}
