extension Dissector {
  mutating func ipv6(_ step: Step) -> Step? {
    let start = step.range.lowerBound
    guard step.range.count >= 40 else { return truncated(step, needed: 40) }
    let version = frame[start] >> 4
    if version != 6 { remark(.version, .ipv6, start, "version says \(version), not 6") }
    let nextHeader = frame[start + 6]
    let field = Int(frame.uint16(at: start + 4) ?? 0)
    let payloadLength = field == 0 && nextHeader == 0 ? jumboLength(step) ?? 0 : field
    let available = step.range.count - 40
    var end = start + 40 + min(payloadLength, available)
    if payloadLength > available {
      if step.isComplete, !isQuoted {
        remark(
          .length,
          .ipv6,
          start + 4,
          "payload length says \(payloadLength), \(container) has \(available)"
        )
      }
      end = step.range.upperBound
    } else if payloadLength < available {
      remarkOnTrailing(step, start + 4, "payload length says \(payloadLength), \(container) has \(available)")
    }
    append(.ipv6, header: start..<start + 40, payload: start + 40..<end)
    return following(
      nextHeader,
      start + 40..<end,
      isComplete: step.isComplete && payloadLength <= available,
      EnclosingHeader(version: 6, start: start)
    )
  }

  /// The length in a jumbo payload option at the start of a hop-by-hop header [RFC 2675 2].
  private func jumboLength(_ step: Step) -> Int? {
    let start = step.range.lowerBound + 40
    guard frame.count >= start + 8, frame[start + 2] == 0xc2, frame[start + 3] == 4 else { return nil }
    return frame.uint32(at: start + 4).map(Int.init)
  }

  /// The step for a next-header number.
  private mutating func following(
    _ nextHeader: UInt8,
    _ range: Range<Int>,
    isComplete: Bool,
    _ ip: EnclosingHeader?
  ) -> Step? {
    guard let kind = ProtocolNumbers.layer(ofInternetProtocol: nextHeader) else { return data(range) }
    if range.isEmpty, isQuoted { return nil }
    return Step(kind: kind, range: range, isComplete: isComplete, ip: ip)
  }

  mutating func extensionHeader(_ step: Step) -> Step? {
    let start = step.range.lowerBound
    guard step.range.count >= 8 else { return truncated(step, needed: 8) }
    let length = (Int(frame[start + 1]) + 1) * 8
    if length > step.range.count, step.isComplete {
      remark(.length, step.kind, start + 1, "length says \(length), \(step.range.count) octets are left")
    }
    let end = min(start + length, step.range.upperBound)
    append(step.kind, header: start..<end, payload: end..<step.range.upperBound)
    var ip = step.ip
    if step.kind == .routing {
      if let address = IPv6.finalDestination(routing: start..<end, in: frame) {
        ip?.finalDestination = address
      }
    } else if length <= step.range.count {
      checkElements(of: step.kind, start + 2..<end)
      if step.kind == .destinationOptions, step.ip != nil {
        ip?.homeAddress = IPv6.homeAddress(destinationOptions: start..<end, in: frame)
      }
    }
    guard length <= step.range.count else { return nil }
    return following(frame[start], end..<step.range.upperBound, isComplete: step.isComplete, ip)
  }

  mutating func fragment(_ step: Step) -> Step? {
    let start = step.range.lowerBound
    guard step.range.count >= 8 else { return truncated(step, needed: 8) }
    let payload = start + 8..<step.range.upperBound
    append(.fragment, header: start..<start + 8, payload: payload)
    let offset = frame.uint16(at: start + 2) ?? 0
    guard offset >> 3 == 0 else { return data(payload) }
    return following(frame[start], payload, isComplete: step.isComplete && offset & 1 == 0, step.ip)
  }
}
