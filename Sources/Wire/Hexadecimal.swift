/// Reads one to `maximumDigits` hexadecimal digits and nothing else.
func hexadecimalNumber(_ digits: some Collection<UInt8>, maximumDigits: Int) -> UInt64? {
  guard (1...maximumDigits).contains(digits.count) else { return nil }
  var value: UInt64 = 0
  for digit in digits {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt64(digit - UInt8(ascii: "A") + 10)
    default: return nil
    }
  }
  return value
}

/// Writes a number in lower-case hexadecimal with at least so many digits.
func hexadecimalText(_ value: UInt64, digits: Int) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
