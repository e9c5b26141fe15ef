internal import Wire

extension EncodedPacket {
  /// The octets of the last `data` layer outside quotes; empty if there is none.
  var trailingData: [UInt8] {
    guard let span = spans.last(where: { $0.kind == .data && $0.depth == 0 }) else { return [] }
    return Array(bytes[span.range])
  }

  /// Where the IP packet begins: behind Ethernet and VLAN headers.
  var networkOffset: Int {
    spans.first { $0.depth == 0 && ![.ethernet, .vlan].contains($0.kind) }?.range.lowerBound ?? 0
  }

  /// The octets of the IP packet, without what lies behind it in the frame.
  var network: ArraySlice<UInt8> {
    let end = spans.last { $0.kind == .trailer && $0.depth == 0 }?.range.lowerBound ?? bytes.count
    return bytes[min(networkOffset, end)..<end]
  }

  /// The value of a field of a crafted layer, read back from the octets.
  func value(of name: String, in span: LayerSpan) -> FieldValue? {
    guard let definition = Protocols.definition(of: span.kind) else { return nil }
    let header = bytes[span.range]
    let isTyped = span.kind == .icmpv4 || span.kind == .icmpv6
    let type = isTyped ? header.first : nil
    let code = isTyped ? header.dropFirst().first : nil
    let candidates = definition.fields(type: type, code: code)
    guard let field = candidates.first(where: { $0.name == name }) ?? definition.field(named: name) else {
      return nil
    }
    guard field.bitOffset + field.bitWidth <= header.count * 8 else { return nil }
    func number(from bit: Int, width: Int) -> UInt64 {
      (bit..<bit + width).reduce(0) { value, bit in
        let octet = header[header.startIndex + bit / 8]
        return value << 1 | UInt64(octet >> UInt8(7 - bit % 8) & 1)
      }
    }
    switch field.format {
    case .mac: return .mac(MACAddress(rawValue: number(from: field.bitOffset, width: 48)))
    case .ipv4:
      return .ipv4(
        IPv4Address(rawValue: UInt32(truncatingIfNeeded: number(from: field.bitOffset, width: 32)))
      )
    case .ipv6:
      let high = number(from: field.bitOffset, width: 64)
      return .ipv6(IPv6Address(high: high, low: number(from: field.bitOffset + 64, width: 64)))
    case .decimal, .hexadecimal, .flag:
      guard field.bitWidth <= 64 else { return .octets(Array(header)) }
      return .number(number(from: field.bitOffset, width: field.bitWidth))
    }
  }
}
