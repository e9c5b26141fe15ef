public import Suite

/// A named deviation of the reference device from some clauses, to prove that the suites notice it.
public struct Mutant: Sendable, CaseIterable {
  /// The case that declares it.
  let deviation: any Deviation
  /// The name on the command line: `replies-to-bad-checksum`.
  public let name: String
  /// The clauses it breaks, by their ids in the requirement catalogue; for both IP versions where it breaks both.
  public let requirements: [String]
  /// What it does, without a full stop.
  public let summary: String
  /// The kind of box on which it shows.
  public let role: Role

  init(_ deviation: some Deviation) {
    self.deviation = deviation
    role = type(of: deviation).role
    let text = deviation.rawValue
    name = Self.name(of: "\(deviation)")
    requirements = text.prefix { $0 != ":" }.split(separator: " ").map(String.init)
    summary = String(text.drop { $0 != ":" }.dropFirst(2))
  }

  /// The mutant of that name.
  public init?(name: String) {
    guard let mutant = Self.everywhere.first(where: { $0.name == name }) else {
      return nil
    }
    self = mutant
  }

  /// `acceptsIPv6UDPWithoutChecksum` → `accepts-ipv6-udp-without-checksum`.
  private static func name(of declared: String) -> String {
    let text = Array(declared.replacing("IPv", with: "Ipv").replacing("ICMPv", with: "Icmpv"))
    var name = ""
    for (place, letter) in text.enumerated() {
      let before = place > 0 ? text[place - 1] : nil
      let after = place + 1 < text.count ? text[place + 1] : nil
      let startsWord =
        letter.isUppercase && (before?.isUppercase == false || after?.isLowercase == true)
        || letter.isNumber && before?.isNumber == false && before != "v"
      if startsWord, place > 0 { name += "-" }
      name += letter.lowercased()
    }
    return name
  }
}

extension Mutant: Hashable {
  /// Names are unique.
  public static func == (one: Mutant, other: Mutant) -> Bool { one.name == other.name }
  /// By name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
