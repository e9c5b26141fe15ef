extension Mutant {
  /// The name on the command line: `replies-to-bad-checksum`.
  public var name: String {
    let text = Array("\(self)".replacing("IPv", with: "Ipv").replacing("ICMPv", with: "Icmpv"))
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

  /// The clauses it breaks, by their ids in the requirement catalogue; for both IP versions where it breaks both.
  public var requirements: [String] {
    rawValue.prefix { $0 != ":" }.split(separator: " ").map(String.init)
  }

  /// What it does, without a full stop.
  public var summary: String { String(rawValue.drop { $0 != ":" }.dropFirst(2)) }

  /// The mutant of that name.
  public init?(name: String) {
    guard let mutant = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = mutant
  }
}
