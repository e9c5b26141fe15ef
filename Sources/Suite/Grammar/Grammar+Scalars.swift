extension Grammar {
  /// A kind of scalar: how it is written.
  package struct Scalar: Sendable {
    /// What a typed YAML reader may take a scalar for; Assay itself takes all for text.
    package enum YAMLType: String, Sendable { case string, integer, number, boolean, null }

    /// Its name in the JSON Schema and the reference.
    package let name: String
    /// What readers may take it for.
    package let types: [YAMLType]
    /// A regular expression (of ECMA 262, as JSON Schema wants it) which all match that are read as text.
    package let pattern: String
    /// The greatest number; nil where there is none, or it is no number.
    package let maximum: UInt64?
    /// One line, shown in the reference.
    package let summary: String

    init(
      _ name: String,
      _ types: [YAMLType] = [.string],
      pattern: String,
      maximum: UInt64? = nil,
      _ summary: String
    ) {
      self.name = name
      self.types = types
      self.pattern = pattern
      self.maximum = maximum
      self.summary = summary
    }
  }
}

extension Grammar.Scalar {
  private static let numeral = "(0[xX][0-9A-Fa-f_]+|0[bB][01_]+|[0-9][0-9_]*)"
  private static let ipv4 = #"[0-9]{1,3}(\.[0-9]{1,3}){3}"#
  private static let ipv6 = "[0-9A-Fa-f:.]{2,45}"
  /// At least one character.
  private static let something = #"[\s\S]"#

  static let text = Self(
    "text",
    [.string, .number, .boolean],
    pattern: something,
    "Any text that isn't empty."
  )
  static let anyText = Self(
    "any-text",
    [.string, .number, .boolean, .null],
    pattern: "",
    "Any text, also an empty one."
  )
  static let ipVersion = Self(
    "ip-version",
    [.string, .integer],
    pattern: "^[46]$",
    "A version of IP, 4 or 6."
  )
  static let suiteName = Self(
    "suite-name",
    [.string, .number, .boolean],
    pattern: #"^[a-z0-9-]{1,80}(\.[a-z0-9-]{1,80})*$"#,
    "Lower-case words with hyphens, joined by dots: `icmpv4.echo`."
  )
  static let word = Self(
    "word",
    [.string, .number, .boolean],
    pattern: "^[a-z0-9-]{1,80}$",
    "Lower-case letters, digits and hyphens."
  )
  static let number = Self(
    "number",
    [.string, .integer],
    pattern: "^\(numeral)$",
    "A whole number: `64`, `0x40` or `0b1000000`; underscores may group digits."
  )
  static let expression = Self(
    "expression",
    [.string, .number, .boolean],
    pattern: something,
    "A number, a name, an address, a variable, or arithmetic on them: `$length * 8 + 4`."
  )
  static let formula = Self(
    "formula",
    pattern: #"[$]| [-+*] "#,
    "A variable, or arithmetic on numbers and variables: `$id`, `$length * 8 + 4`."
  )
  static let range = Self("range", pattern: #"\.\."#, "Values from the lower to the higher: `32..255`.")
  static let duration = Self(
    "duration",
    pattern: #"^([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|ms|s)$"#,
    "A time with its unit: `2s`, `250ms`, `50us`; at most a day."
  )
  static let count = Self(
    "count",
    [.string, .integer],
    pattern: #"^[0-9]+(\.\.[0-9]+)?$"#,
    "A number of times, or a range of them: `1`, `2..4`; at most 10,000."
  )
  static let flag = Self("flag", [.string, .boolean], pattern: "^(true|false)$", "`true` or `false`.")
  static let hexadecimal = Self(
    "hexadecimal",
    [.string, .number, .null],
    pattern: #"^([ :\n]*[0-9A-Fa-f][ :\n]*[0-9A-Fa-f])*[ :\n]*$"#,
    "Pairs of hexadecimal digits; spaces, line breaks and colons may separate them."
  )
  static let variable = Self("variable", pattern: #"^\$[a-z0-9.-]+$"#, "A variable: `$order`.")
  static let date = Self("date", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A day: `2027-06-30`.")
  static let ipv4Address = Self("ipv4-address", pattern: "^\(ipv4)$", "An IPv4 address: `192.0.2.1`.")
  static let ipv4Prefix = Self(
    "ipv4-prefix",
    pattern: "^\(ipv4)(/[0-9]{1,2})?$",
    "An IPv4 address with the prefix length of its network: `192.0.2.1/24`."
  )
  static let ipv4Range = Self(
    "ipv4-range",
    pattern: "^\(ipv4)(-\(ipv4))?$",
    "Addresses from the first to the last: `192.0.2.64-192.0.2.191`."
  )
  static let ipv6Address = Self(
    "ipv6-address",
    [.string, .number],
    pattern: "^\(ipv6)$",
    "An IPv6 address: `2001:db8::1`."
  )
  static let ipv6Prefix = Self(
    "ipv6-prefix",
    pattern: "^\(ipv6)(/[0-9]{1,3})?$",
    "An IPv6 address with the prefix length of its network: `2001:db8::1/64`."
  )
  static let ipv6Range = Self(
    "ipv6-range",
    pattern: "^\(ipv6)(-\(ipv6))?$",
    "Addresses from the first to the last: `2001:db8::64-2001:db8::bf`."
  )
  static let macAddress = Self(
    "mac-address",
    [.string, .number],
    pattern: "^[0-9A-Fa-f]{1,2}([:-][0-9A-Fa-f]{1,2}){5}$",
    "An Ethernet address: `02:00:00:00:00:07`."
  )

  /// A number of so many bits.
  static func number(bits: Int) -> Self {
    Self(
      "number-\(bits)",
      [.string, .integer],
      pattern: "^\(numeral)$",
      // Readers of JSON keep numbers exactly up to 53 bits only.
      maximum: bits <= 53 ? (1 << UInt64(bits)) - 1 : nil,
      "A whole number of \(bits) bit\(bits == 1 ? "" : "s")."
    )
  }
}
