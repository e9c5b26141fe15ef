extension Dissector {
  mutating func ethernet(_ step: Step) -> Step? {
    guard step.range.count >= 14 else { return truncated(step, needed: 14) }
    return afterTag(step, length: 14)
  }

  mutating func vlan(_ step: Step) -> Step? {
    guard step.range.count >= 4 else { return truncated(step, needed: 4) }
    return afterTag(step, length: 4)
  }

  /// The EtherType is the last field of the header; below 0x0600 it is the length of what follows.
  private mutating func afterTag(_ step: Step, length: Int) -> Step? {
    let end = step.range.lowerBound + length
    let type = frame.uint16(at: end - 2) ?? 0
    var payload = end..<step.range.upperBound
    if type < 0x0600, Int(type) <= payload.count { payload = end..<end + Int(type) }
    append(step.kind, header: step.range.lowerBound..<end, payload: payload)
    guard let kind = ProtocolNumbers.layer(ofEtherType: type) else { return data(payload) }
    return Step(kind: kind, range: payload)
  }

  mutating func arp(_ step: Step) -> Step? {
    guard step.range.count >= 28 else { return truncated(step, needed: 28) }
    let start = step.range.lowerBound
    append(.arp, header: start..<start + 28, payload: start + 28..<start + 28)
    if frame[start + 4] != 6 || frame[start + 5] != 4 {
      remark(
        .length,
        .arp,
        start + 4,
        "address lengths say \(frame[start + 4]) and \(frame[start + 5]), Ethernet and IPv4 have 6 and 4"
      )
    }
    return nil
  }
}
