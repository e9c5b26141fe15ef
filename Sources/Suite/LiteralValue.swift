package import Wire

/// Why a word can't be the value of a field.
package struct LiteralFault: Error {
  /// A sentence without a full stop, with the nearest right spelling.
  package var message: String
}

extension Field {
  /// What a word means for this field, whether it fits or not: a number, a name, an address.
  package func value(ofLiteral text: String) throws(LiteralFault) -> FieldValue {
    switch format {
    case .mac:
      if text == "broadcast" { return .mac(.broadcast) }
      if let address = MACAddress(text) { return .mac(address) }
      throw LiteralFault(message: "'\(text)' is not an Ethernet address for '\(name)'")
    case .ipv4:
      if let address = IPv4Address(text) ?? WellKnownAddresses.ipv4[text] { return .ipv4(address) }
      let hint = Self.hint(for: text, among: WellKnownAddresses.ipv4.keys.sorted())
      throw LiteralFault(message: "'\(text)' is not an IPv4 address for '\(name)'\(hint)")
    case .ipv6:
      if let address = IPv6Address(text) ?? WellKnownAddresses.ipv6[text] { return .ipv6(address) }
      let hint = Self.hint(for: text, among: WellKnownAddresses.ipv6.keys.sorted())
      throw LiteralFault(message: "'\(text)' is not an IPv6 address for '\(name)'\(hint)")
    case .decimal, .hexadecimal, .flag:
      if let number = UInt64(literal: text) ?? names?.number(named: text) { return .number(number) }
      if bitWidth == 1, let flag = ["true": 1, "false": 0][text] { return .number(UInt64(flag)) }
      let all = names?.names ?? []
      var hint = bitWidth == 1 ? "; it is true or false" : Self.hint(for: text, among: all)
      if hint.isEmpty, !all.isEmpty {
        hint = "; it has these names: \(all.prefix(40).joined(separator: ", "))"
      }
      throw LiteralFault(message: "'\(text)' is neither a number nor a name of '\(name)'\(hint)")
    }
  }

  /// Why a value can't stand in this field: it is of another kind, or too large; nil if it can.
  package func misfit(of value: FieldValue) -> String? {
    switch (value, format) {
    case (.mac, .mac), (.ipv4, .ipv4), (.ipv6, .ipv6): return nil
    case (.number(let number), .decimal), (.number(let number), .hexadecimal), (.number(let number), .flag):
      guard bitWidth < 64, number >> UInt64(bitWidth) != 0 else { return nil }
      return "\(number) doesn't fit the \(bitWidth) bits of '\(name)'"
    case (.octets(let octets), _) where octets.count * 8 == bitWidth: return nil
    default: return "\(value.kind) can't be the value of '\(name)'"
    }
  }

  private static func hint(for text: String, among names: [String]) -> String {
    Spelling.guess(for: text, among: names) ?? ""
  }
}

extension FieldValue {
  /// The value with what it is, for messages.
  package var kind: String {
    switch self {
    case .number(let number): "the number \(number)"
    case .mac(let address): "the Ethernet address \(address)"
    case .ipv4(let address): "the IPv4 address \(address)"
    case .ipv6(let address): "the IPv6 address \(address)"
    case .octets(let octets): "data of \(octets.count) octets"
    }
  }
}
