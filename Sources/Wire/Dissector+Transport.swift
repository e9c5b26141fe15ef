extension Dissector {
  mutating func udp(_ step: Step) -> Step? {
    let start = step.range.lowerBound
    guard step.range.count >= 8 else { return truncated(step, needed: 8) }
    let length = Int(frame.uint16(at: start + 4) ?? 0)
    var end = step.range.upperBound
    if length < 8 || length > step.range.count {
      if step.isComplete {
        remark(.length, .udp, start + 4, "length says \(length), \(step.range.count) octets are there")
      }
    } else {
      if length < step.range.count, step.isComplete {
        remark(.length, .udp, start + 4, "length says \(length), \(step.range.count) octets are there")
      }
      end = start + length
    }
    append(.udp, header: start..<start + 8, payload: start + 8..<end)
    if step.isComplete, length >= 8, length <= step.range.count {
      let isUnchecked = frame.uint16(at: start + 6) == 0
      if !isUnchecked {
        checkTransport(step, over: start..<end, checksumAt: start + 6, number: 17)
      } else if step.ip?.version == 6 {
        remark(.checksum, .udp, start + 6, "checksum is 0, which IPv6 doesn't allow")
      }
    }
    return data(start + 8..<end)
  }

  mutating func tcp(_ step: Step) -> Step? {
    let start = step.range.lowerBound
    guard step.range.count >= 20 else { return truncated(step, needed: 20) }
    let offset = Int(frame[start + 12] >> 4) * 4
    if offset < 20 || offset > step.range.count && step.isComplete {
      remark(
        .length,
        .tcp,
        start + 12,
        "data offset says \(offset), the fixed part has 20 and \(step.range.count) octets are there"
      )
    }
    let end = start + min(max(offset, 20), step.range.count)
    append(.tcp, header: start..<end, payload: end..<step.range.upperBound)
    if offset == end - start { checkElements(of: .tcp, start + 20..<end) }
    if step.isComplete { checkTransport(step, over: step.range, checksumAt: start + 16, number: 6) }
    return data(end..<step.range.upperBound)
  }

  /// Compares a checksum with pseudo-header; without an IP header around it nothing can be said.
  mutating func checkTransport(_ step: Step, over range: Range<Int>, checksumAt offset: Int, number: UInt8) {
    guard let ip = step.ip else { return }
    if ip.version == 4 {
      guard number != 58, let source = frame.ipv4Address(at: ip.start + 12),
        let destination = frame.ipv4Address(at: ip.start + 16)
      else { return }
      let pseudo = Checksum.pseudoHeader(
        source: source,
        destination: destination,
        protocol: number,
        length: range.count
      )
      check(checksumAt: offset, over: range, adding: pseudo, step.kind)
    } else {
      guard let source = ip.homeAddress ?? frame.ipv6Address(at: ip.start + 8),
        let destination = ip.finalDestination ?? frame.ipv6Address(at: ip.start + 24)
      else { return }
      let pseudo = Checksum.pseudoHeader(
        source: source,
        destination: destination,
        protocol: number,
        length: range.count
      )
      check(checksumAt: offset, over: range, adding: pseudo, step.kind)
    }
  }
}
