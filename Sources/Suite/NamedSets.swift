/// Sets of numbers that suites call by name in `vary`.
public enum NamedSets {
  /// All sets by name, each ascending.
  public static let all = Dictionary(uniqueKeysWithValues: table.map { ($0.name, $0.numbers) })

  /// The sets in the order of the reference: name, what is in it and after whom, its numbers ascending.
  static let table: [(name: String, summary: String, numbers: [UInt64])] = [
    (
      "unassigned-icmpv4-types",
      "ICMPv4 types without any assignment, those for experiments left out [IANA ICMP Type Numbers] [RFC 4727].",
      [1, 2, 7] + Array(19...29) + Array(44...252) + [255]
    ),
    (
      "deprecated-icmpv4-types", "ICMPv4 types which are formally deprecated [RFC 6633] [RFC 6918].",
      [4, 6] + Array(15...18) + Array(30...39)
    ),
    (
      "unassigned-icmpv6-error-types", "ICMPv6 error types without assignment [IANA ICMPv6 Parameters].",
      [0] + Array(5...99) + Array(102...126)
    ),
    (
      "unassigned-icmpv6-informational-types",
      "ICMPv6 informational types without assignment; 255 is reserved for expansion [IANA ICMPv6 Parameters].",
      Array(162...199) + Array(202...254)
    ),
    (
      "unassigned-ip-protocols", "IP protocol numbers without assignment [IANA Protocol Numbers].",
      Array(149...252)
    ),
  ]
}
