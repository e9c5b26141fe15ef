extension FieldValue: CustomStringConvertible {
  /// The value without a field's names: decimal, addresses in their usual form, octets in hexadecimal.
  public var description: String {
    switch self {
    case .number(let number): String(number)
    case .mac(let address): address.description
    case .ipv4(let address): address.description
    case .ipv6(let address): address.description
    case .octets(let octets): octets.map { hexadecimalText(UInt64($0), digits: 2) }.joined(separator: " ")
    }
  }
}

extension Field {
  /// A value as people read it: `0x8efe`, `8 (echo-request)`, `192.0.2.1`.
  public func text(of value: FieldValue) -> String {
    guard case .number(let number) = value else { return value.description }
    let text: String
    switch format {
    case .hexadecimal: text = "0x" + hexadecimalText(number, digits: (bitWidth + 3) / 4)
    case .ipv4 where number <= UInt32.max: text = IPv4Address(rawValue: UInt32(number)).description
    case .mac: text = MACAddress(rawValue: number).description
    case .decimal, .flag, .ipv4, .ipv6: text = String(number)
    }
    return names?.name(of: number).map { "\(text) (\($0))" } ?? text
  }
}
