/// Domain names in wire form, without compression [RFC 1035 3.1].
public enum DomainName {
  /// The octets of a name, its root label included; nil for empty or long labels, and for more than 255 octets.
  ///
  /// A dot at the end changes nothing; the empty name is the root.
  public static func octets(of name: String) -> [UInt8]? {
    var octets: [UInt8] = []
    var text = name[...]
    if text.hasSuffix(".") { text = text.dropLast() }
    if !text.isEmpty {
      for label in text.split(separator: ".", omittingEmptySubsequences: false) {
        guard (1...63).contains(label.utf8.count) else { return nil }
        octets.append(UInt8(label.utf8.count))
        octets += Array(label.utf8)
      }
    }
    octets.append(0)
    return octets.count <= 255 ? octets : nil
  }

  /// The names which octets hold one after the other, zeros behind them left out; nil if it isn't only that.
  ///
  /// Labels of other characters than letters, digits, hyphens and underscores have no text here.
  public static func names(in octets: ArraySlice<UInt8>) -> [String]? {
    var names: [String] = []
    var rest = octets
    while let first = rest.first, first != 0 {
      var labels: [String] = []
      while let length = rest.popFirst(), length != 0 {
        let label = rest.prefix(Int(length))
        guard length < 64, label.count == Int(length), label.allSatisfy(isPlain) else { return nil }
        labels.append(String(decoding: label, as: UTF8.self))
        rest = rest.dropFirst(Int(length))
        if rest.isEmpty { return nil }
      }
      names.append(labels.joined(separator: "."))
    }
    return rest.allSatisfy { $0 == 0 } ? names : nil
  }

  private static func isPlain(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
