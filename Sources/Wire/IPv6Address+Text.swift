extension IPv6Address {
  /// Reads the text forms of RFC 4291 2.2, with `::` and a dotted IPv4 tail; no zone.
  public init?(_ text: some StringProtocol) {
    var groups: [UInt16] = []
    var gap: Int?
    var rest = text[...]
    if rest.hasPrefix("::") {
      gap = 0
      rest = rest.dropFirst(2)
    }
    while !rest.isEmpty {
      let group = rest.prefix { $0 != ":" }
      rest = rest.dropFirst(group.count)
      if group.contains(".") {
        guard rest.isEmpty, groups.count <= 6, let tail = IPv4Address(group) else { return nil }
        groups += [UInt16(tail.rawValue >> 16), UInt16(tail.rawValue & 0xffff)]
        break
      }
      guard groups.count < 8, let value = hexadecimalNumber(group.utf8, maximumDigits: 4) else { return nil }
      groups.append(UInt16(value))
      if rest.hasPrefix("::") {
        guard gap == nil else { return nil }
        gap = groups.count
        rest = rest.dropFirst(2)
      } else if !rest.isEmpty {
        rest = rest.dropFirst()
        guard !rest.isEmpty else { return nil }
      }
    }
    if let gap {
      guard groups.count < 8 else { return nil }
      groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
    }
    guard groups.count == 8 else { return nil }
    self.init(
      high: groups.prefix(4).reduce(0) { $0 << 16 | UInt64($1) },
      low: groups.suffix(4).reduce(0) { $0 << 16 | UInt64($1) }
    )
  }
}

extension IPv6Address: CustomStringConvertible {
  /// The one canonical form: lower case, no leading zeros, the longest run of zero groups as `::`, and a
  /// dotted tail for IPv4-mapped addresses [RFC 5952 4, 5].
  public var description: String {
    if high == 0, low >> 32 == 0xffff { return "::ffff:\(IPv4Address(rawValue: UInt32(low & 0xffff_ffff)))" }
    let groups = (0..<8).map { ($0 < 4 ? high : low) >> (48 - 16 * ($0 & 3)) & 0xffff }
    var longest = 0..<0
    var index = 0
    while index < 8 {
      let run = index..<(groups[index...].firstIndex { $0 != 0 } ?? 8)
      if run.count > longest.count { longest = run }
      index = max(run.upperBound, index + 1)
    }
    func text(_ range: Range<Int>) -> String {
      groups[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    return longest.count < 2
      ? text(0..<8) : "\(text(0..<longest.lowerBound))::\(text(longest.upperBound..<8))"
  }
}
