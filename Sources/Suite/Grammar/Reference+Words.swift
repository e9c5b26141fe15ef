internal import Wire

extension Reference {
  /// Words with a meaning of their own: variables, faults, conditions, sets, addresses.
  mutating func writeWords() {
    heading(2, "Words")
    heading(3, "Variables")
    paragraph("A variable of `vary` or a name given with `as` is written the same way.")
    words("variable", Grammar.variables, prefix: "$")
    paragraph(
      "Parts of a variable that stands for a host, such as `$tester.mac`; without a part, the field decides:"
    )
    words("part", Grammar.hostParts)
    paragraph("Parts of a variable that stands for a packet, such as `$sent.ipv4.ttl`:")
    words("part", Grammar.packetParts)
    paragraph("Parts of a variable that stands for a TCP connection, such as `$conn.remote-next`:")
    words("part", Grammar.connectionParts)
    heading(3, "Capabilities")
    paragraph(
      "What a target can claim, for `needs` and `$capability.NAME`. A target file may claim anything else; `assay run` tells which cases are skipped for want of what."
    )
    words("name", Grammar.capabilities)
    heading(3, "Locks")
    paragraph("Parts of a target's state that suites agree on; any other word is a lock as well.")
    words("name", Grammar.locks)
    heading(3, "Fault words")
    paragraph("In a packet that is sent, they spoil a field which Assay works out: a length, a checksum.")
    words("word", Grammar.faultWords)
    heading(3, "Conditions")
    paragraph("In an expectation, beside values, ranges `a..b` and [comparisons](#comparison):")
    words("word", Grammar.conditions)
    heading(3, "What can be measured")
    paragraph("What `record` may name besides the fields of layers:")
    words("name", Grammar.measurements)
    heading(3, "Named sets")
    paragraph("Sets of numbers, as values of `vary`:")
    table(
      ["name", "numbers", "what they are"],
      NamedSets.table.map { ["`\($0.name)`", Self.ranges($0.numbers), $0.summary] }
    )
    heading(3, "Names of addresses")
    let ipv4 = WellKnownAddresses.ipv4.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
    let ipv6 = WellKnownAddresses.ipv6.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
    table(
      ["name", "of", "address"],
      [["`broadcast`", "Ethernet", "\(MACAddress.broadcast)"]]
        + ipv4.map { ["`\($0)`", "IPv4", $1] } + ipv6.map { ["`\($0)`", "IPv6", $1] }
    )
  }

  private mutating func words(_ column: String, _ words: [Grammar.Word], prefix: String = "") {
    table([column, "meaning"], words.map { ["`\(prefix)\($0.name)`", $0.summary] })
  }

  /// `1, 2, 7, 19–29`.
  static func ranges(_ numbers: [UInt64]) -> String {
    var ranges: [ClosedRange<UInt64>] = []
    for number in numbers {
      if let last = ranges.last, number > 0, last.upperBound == number - 1 {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
      .joined(separator: ", ")
  }
}
