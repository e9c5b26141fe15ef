internal import Wire

extension Field {
  /// A value as suites write it: by its name where it has one.
  func literal(of value: FieldValue) -> String {
    guard case .number(let number) = value else { return value.description }
    if let name = names?.name(of: number), names?.number(named: name) == number, UInt64(literal: name) == nil,
      !SuiteDecoder.faultWords.contains(name)
    {
      return name
    }
    switch format {
    case .flag: return number == 0 ? "false" : "true"
    case .hexadecimal:
      let digits = String(number, radix: 16)
      return "0x" + String(repeating: "0", count: max(0, (bitWidth + 3) / 4 - digits.count)) + digits
    case .ipv4: return IPv4Address(rawValue: UInt32(truncatingIfNeeded: number)).description
    case .mac: return MACAddress(rawValue: number).description
    case .decimal, .ipv6: return String(number)
    }
  }

  /// How a field gets its value, as suites write it.
  func text(of setting: FieldSetting) -> String {
    switch setting {
    case .given(let value): literal(of: value)
    case .computedPlus(let difference):
      difference < 0 ? "$computed - \(difference.magnitude)" : "$computed + \(difference)"
    case .wrong: "wrong"
    case .offByOne: "off-by-one"
    case .complement: "complement"
    case .withoutPseudoHeader: "no-pseudo-header"
    }
  }

  /// What a template has where it doesn't say the field; nil if that depends on the packet.
  var usualValue: FieldValue? {
    switch byDefault {
    case .computed: return nil
    case .constant(let number): return .number(number)
    case .address:
      switch format {
      case .mac: return .mac(MACAddress(rawValue: 0))
      case .ipv6: return .ipv6(IPv6Address(high: 0, low: 0))
      default: return .ipv4(IPv4Address(rawValue: 0))
      }
    }
  }
}

extension SuiteWriter {
  /// Octets as suites write them: a counter, zeros, a text, else hexadecimal.
  static func data(_ octets: [UInt8]) -> YAMLText {
    let count = String(octets.count)
    if octets.allSatisfy({ $0 == 0 }) { return .mapping([.init("zeros", count)]) }
    if octets.count > 2, octets.enumerated().allSatisfy({ $1 == UInt8(truncatingIfNeeded: $0) }) {
      return .mapping([.init("counter", count)])
    }
    if octets.count > 3, octets.allSatisfy({ (0x20...0x7e).contains($0) }) {
      return .mapping([.init("text", String(decoding: octets, as: UTF8.self))])
    }
    return .mapping([.init("hex", hexadecimal(octets))])
  }

  /// Pairs of digits, over several lines if there are many.
  static func hexadecimal(_ octets: [UInt8]) -> YAMLText {
    guard octets.count > 36 else { return .scalar(digits(octets[...])) }
    return .literal(
      stride(from: 0, to: octets.count, by: 32).map { start in
        stride(from: start, to: min(start + 32, octets.count), by: 8)
          .map { digits(octets[$0..<min($0 + 8, start + 32, octets.count)]) }.joined(separator: " ")
      }
    )
  }

  static func digits(_ octets: ArraySlice<UInt8>) -> String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
