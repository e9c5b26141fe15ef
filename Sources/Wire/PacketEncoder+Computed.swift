extension PacketEncoder {
  /// Fills in the computed fields of one layer, whose payload is final.
  mutating func compute(_ layers: [LayerTemplate], _ placed: [Placed], _ index: Int) {
    let own = placed[index]
    for (field, rule) in own.layout.computed where own.given & 1 << UInt64(field) == 0 {
      let place = own.layout.slots[field]
      let bit = own.start * 8 + place.bitOffset
      guard own.start + place.end <= own.headerEnd else { continue }
      if rule.isChecksum { bytes.store(0, atBit: bit, width: 16) }
      var value = evaluate(rule, layers, placed, index)
      if let setting = own.adjustments.first(where: { $0.index == field })?.setting {
        if setting == .withoutPseudoHeader, case .transportChecksum = rule {
          value = checksum(own.start..<bytes.count, adding: 0)
        }
        record(rule, value, atBit: bit, setting)
        value = setting.altered(value, width: place.bitWidth, isChecksum: place.isChecksum)
      } else if sums != nil {
        record(rule, value, atBit: bit, nil)
      }
      bytes.store(value, atBit: bit, width: place.bitWidth)
    }
  }

  /// The right value of a computed field; lengths beyond the field's width wrap when they are stored.
  func evaluate(
    _ rule: ComputedRule,
    _ layers: [LayerTemplate],
    _ placed: [Placed],
    _ index: Int
  ) -> UInt64 {
    let own = placed[index]
    let end = bytes.count
    let next = index + 1 < layers.count ? layers[index + 1].kind : nil
    switch rule {
    case .etherType: return UInt64(next.flatMap(ProtocolNumbers.etherType(of:)) ?? 0x88b5)
    case .nextProtocol:
      if let next { return UInt64(ProtocolNumbers.internetProtocol(of: next) ?? 253) }
      return own.layout === IPv4.definition.forms.base ? 253 : 59
    case .headerLength(let unit, let less):
      return UInt64(truncatingIfNeeded: (own.headerEnd - own.start) / unit - less)
    case .length: return UInt64(end - own.start)
    case .payloadLength: return UInt64(max(0, end - own.headerEnd))
    case .headerChecksum: return checksum(own.start..<min(own.headerEnd, end), adding: 0)
    case .checksum: return checksum(own.start..<end, adding: 0)
    case .transportChecksum(let number):
      let pseudo = pseudoHeader(layers, placed, index, number: number, length: end - own.start)
      let value = checksum(own.start..<end, adding: pseudo)
      return number == 17 && value == 0 ? 0xffff : value
    case .quoteLength(let unit):
      guard next == .quote, index + 2 < layers.count, layers[index + 2].kind == .extensions else { return 0 }
      return UInt64((placed[index + 2].start - placed[index + 1].start) / unit)
    case .routerCount: return UInt64(layers[index].lists["addresses"]?.count ?? 0)
    case .recordCount: return next == .mld ? UInt64(layers[index + 1].lists["records"]?.count ?? 0) : 0
    case .sourceCount: return next == .mld ? UInt64(layers[index + 1].lists["sources"]?.count ?? 0) : 0
    case .segmentsLeft: return segmentsLeft(of: layers[index], from: own.start)
    case .lastEntry:
      guard own.start + 4 < end else { return 0 }
      let segments = layers[index].lists["addresses"]?.count ?? 0
      return bytes[own.start + 2] == 4 && segments > 0 ? UInt64(segments - 1) : UInt64(bytes[own.start + 4])
    case .element: return 0
    }
  }

  private func checksum(_ range: Range<Int>, adding pseudo: UInt64) -> UInt64 {
    guard range.lowerBound <= range.upperBound, range.upperBound <= bytes.count else { return 0 }
    return UInt64(
      bytes.withUnsafeBytes { buffer in
        ~Checksum.fold(Checksum.sum(UnsafeRawBufferPointer(rebasing: buffer[range])) &+ pseudo)
      }
    )
  }

  /// What the pseudo-header of the nearest enclosing IP header adds: its addresses as they go out; 0 without one.
  private func pseudoHeader(
    _ layers: [LayerTemplate],
    _ placed: [Placed],
    _ index: Int,
    number: UInt8,
    length: Int
  ) -> UInt64 {
    guard let outer = layers[..<index].lastIndex(where: { $0.kind == .ipv4 || $0.kind == .ipv6 }) else {
      return 0
    }
    let start = placed[outer].start
    if layers[outer].kind == .ipv4 {
      guard number != 58, let source = bytes.ipv4Address(at: start + 12),
        let destination = bytes.ipv4Address(at: start + 16)
      else { return 0 }
      return Checksum.pseudoHeader(source: source, destination: destination, protocol: number, length: length)
    }
    guard var source = bytes.ipv6Address(at: start + 8), var destination = bytes.ipv6Address(at: start + 24)
    else {
      return 0
    }
    for inner in layers[..<index].indices.dropFirst(outer + 1) {
      let header = placed[inner].start..<placed[inner].headerEnd
      if layers[inner].kind == .routing {
        destination = IPv6.finalDestination(routing: header, in: bytes) ?? destination
      } else if layers[inner].kind == .destinationOptions, layers[inner].lists["options"] != nil {
        source = IPv6.homeAddress(destinationOptions: header, in: bytes) ?? source
      }
    }
    return Checksum.pseudoHeader(source: source, destination: destination, protocol: number, length: length)
  }
}

extension IPv6 {
  /// The last address of a routing header of type 0, 2 or 4 with segments left, which the pseudo-header has as
  /// its destination [RFC 8200 8.1]; nil for others.
  static func finalDestination(routing header: Range<Int>, in bytes: [UInt8]) -> IPv6Address? {
    guard header.upperBound <= bytes.count, header.count >= 24, bytes[header.lowerBound + 3] > 0 else {
      return nil
    }
    switch bytes[header.lowerBound + 2] {
    case 0, 2: return bytes.ipv6Address(at: header.lowerBound + 8 + (header.count - 8) / 16 * 16 - 16)
    case 4: return bytes.ipv6Address(at: header.lowerBound + 8)
    default: return nil
    }
  }

  /// The address in a home address option, which the pseudo-header has as its source [RFC 6275 11.3.2].
  static func homeAddress(destinationOptions header: Range<Int>, in bytes: [UInt8]) -> IPv6Address? {
    guard header.count >= 20, header.upperBound <= bytes.count else { return nil }
    var offset = header.lowerBound + 2
    while offset < header.upperBound {
      let extent = ElementFraming.ipv6.extent(
        of: bytes,
        at: offset,
        end: header.upperBound,
        header: header.lowerBound,
        definitions: []
      )
      if bytes[offset] == 0xc9, extent.end - offset == 18 { return bytes.ipv6Address(at: offset + 2) }
      guard extent.goesOn else { return nil }
      offset = extent.end
    }
    return nil
  }
}
