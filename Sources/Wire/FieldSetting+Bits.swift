extension FieldSetting {
  /// The bits that go out, given those which would be right; nil if the field can't hold them.
  func bits(rightValue right: UInt64, slot: HeaderLayout.Slot) -> (high: UInt64, low: UInt64)? {
    if case .given(let value) = self { return value.bits(width: slot.bitWidth) }
    guard slot.bitWidth <= 64 else { return nil }
    return (0, altered(right, width: slot.bitWidth, isChecksum: slot.isChecksum))
  }

  /// Why a field can't hold what the setting says.
  func misfit(_ field: Field) -> String {
    guard case .given(let value) = self else { return "takes only a given value" }
    return value.misfit(field)
  }

  /// A value in relation to the right one, modulo the width in bits; a given value doesn't alter it.
  public func altered(_ right: UInt64, width: Int, isChecksum: Bool) -> UInt64 {
    let mask: UInt64 = width >= 64 ? .max : 1 << UInt64(width) - 1
    switch self {
    case .given, .withoutPseudoHeader: return right
    case .computedPlus(let difference): return right &+ UInt64(bitPattern: Int64(difference)) & mask
    case .wrong:
      guard width > 2 else { return ~right & mask }
      let wrong = (right ^ 0x5a5a_5a5a_5a5a_5a5a) & mask
      return isChecksum && wrong == 0 ? (right ^ 0x3c3c) & mask : wrong
    case .offByOne:
      let next = right & mask &+ 1
      return next > mask || next == 0 ? 1 : next
    case .complement:
      let complement = ~right & mask
      // 0x0000 and 0xffff are the same number in one's complement.
      return isChecksum && (complement == 0 || complement == mask) ? 0x5a5a & mask : complement
    }
  }
}

extension Field {
  /// Whether the field holds an Internet checksum.
  var isChecksum: Bool { bitWidth == 16 && name.hasSuffix("checksum") }
}

extension FieldValue {
  /// The bits of the value in a field of this width; nil if it can't hold them.
  func bits(width: Int) -> (high: UInt64, low: UInt64)? {
    switch self {
    case .number(let number):
      guard width <= 64 else { return nil }
      return width == 64 || number >> UInt64(width) == 0 ? (0, number) : nil
    case .mac(let address): return width == 48 ? (0, address.rawValue) : nil
    case .ipv4(let address): return width == 32 ? (0, UInt64(address.rawValue)) : nil
    case .ipv6(let address): return width == 128 ? (address.high, address.low) : nil
    case .octets(let octets):
      guard octets.count * 8 == width else { return nil }
      let high = octets.dropLast(8).reduce(0) { $0 << 8 | UInt64($1) }
      return (high, octets.suffix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }
  }

  /// Why the value doesn't fit a field.
  fileprivate func misfit(_ field: Field) -> String {
    switch self {
    case .number(let number) where field.bitWidth <= 64: "\(number) doesn't fit \(field.bitWidth) bits"
    case .number: "takes an address, not a number"
    case .mac: "\(field.bitWidth) bits can't hold a MAC address"
    case .ipv4: "\(field.bitWidth) bits can't hold an IPv4 address"
    case .ipv6: "\(field.bitWidth) bits can't hold an IPv6 address"
    case .octets(let octets): "\(octets.count) octets don't fit \(field.bitWidth) bits"
    }
  }
}
