internal import Capture
internal import Craft
internal import Wire

/// How values are written in explanations.
enum ValueText {
  /// A value as its field is written, with its name: `3 (port-unreachable)`.
  static func text(_ value: FieldValue, for field: Field?) -> String {
    switch value {
    case .mac(let address): return "\(address)"
    case .ipv4(let address): return "\(address)"
    case .ipv6(let address): return "\(address)"
    case .octets(let octets): return octets.count <= 16 ? hex(octets[...]) : "\(octets.count) octets"
    case .number(let number):
      let text: String
      if field?.format == .hexadecimal {
        let digits = String(number, radix: 16)
        let width = ((field?.bitWidth ?? 0) + 3) / 4
        text = "0x" + String(repeating: "0", count: max(0, width - digits.count)) + digits
      } else {
        text = String(number)
      }
      return field?.names?.name(of: number).map { "\(text) (\($0))" } ?? text
    }
  }

  /// `0a 1b 2c`.
  static func hex(_ octets: some Sequence<UInt8>) -> String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }

  /// `12.345 ms`.
  static func milliseconds(_ duration: Duration) -> String {
    let nanoseconds = duration.wholeNanoseconds
    let magnitude = nanoseconds.magnitude
    let whole = magnitude / 1_000_000
    let fraction = String(magnitude / 1000 % 1000)
    let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
    return (nanoseconds < 0 ? "-" : "") + "\(whole).\(padded) ms"
  }
}

extension Predicate {
  /// The condition in words: `32 to 255`, `not 3`, `192.0.2.1`.
  func text(for field: Field?) -> String {
    func text(_ value: FieldValue) -> String { ValueText.text(value, for: field) }
    return switch self {
    case .equals(let value): text(value)
    case .range(let low, let high): "\(text(low)) to \(text(high))"
    case .oneOf(let all): all.map { $0.text(for: field) }.joined(separator: " or ")
    case .not(let predicate): "not \(predicate.text(for: field))"
    case .atLeast(let value): "at least \(text(value))"
    case .atMost(let value): "at most \(text(value))"
    case .any: "anything"
    case .present: "present"
    case .absent: "absent"
    case .own(let own): "as its \(own.field) says"
    }
  }
}
