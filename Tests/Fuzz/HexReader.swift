/// Reads an annotated dump back.
enum HexReader {
  /// The octets in the order of the dump; nil if their offsets don't go on from one line to the next.
  static func octets(in dump: String) -> [UInt8]? {
    var octets: [UInt8] = []
    for line in Array(dump.utf8).split(separator: UInt8(ascii: "\n")) {
      var rest = line.drop { $0 == UInt8(ascii: " ") }
      let offset = rest.prefix { digit($0) != nil }
      rest = rest.dropFirst(offset.count)
      guard offset.count >= 4, rest.starts(with: "  ".utf8), rest.count >= 4,
        digit(rest[rest.startIndex + 2]) != nil, digit(rest[rest.startIndex + 3]) != nil
      else { continue }
      guard offset.reduce(0, { $0 << 4 | Int(digit($1) ?? 0) }) == octets.count else { return nil }
      rest = rest.dropFirst(1)
      while rest.count >= 3, rest.first == UInt8(ascii: " "), let high = digit(rest[rest.startIndex + 1]),
        let low = digit(rest[rest.startIndex + 2])
      {
        octets.append(high << 4 | low)
        rest = rest.dropFirst(3)
      }
    }
    return octets
  }

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
