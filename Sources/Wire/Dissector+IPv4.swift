extension Dissector {
  mutating func ipv4(_ step: Step) -> Step? {
    let start = step.range.lowerBound
    guard step.range.count >= 20 else { return truncated(step, needed: 20) }
    let version = frame[start] >> 4
    if version != 4 { remark(.version, .ipv4, start, "version says \(version), not 4") }
    let headerLength = ipv4HeaderLength(step)
    let totalLength = Int(frame.uint16(at: start + 2) ?? 0)
    let end = ipv4End(step, headerLength: headerLength, totalLength: totalLength)
    let header = start..<start + headerLength
    append(.ipv4, header: header, payload: header.upperBound..<end)
    if headerLength == Int(frame[start] & 15) * 4 {
      check(checksumAt: start + 10, over: header, .ipv4, named: "header checksum")
    }
    checkElements(of: .ipv4, header.lowerBound + 20..<header.upperBound)
    let fragment = frame.uint16(at: start + 6) ?? 0
    let isComplete = step.isComplete && fragment & 0x3fff == 0 && end - start == totalLength
    guard fragment & 0x1fff == 0, let kind = ProtocolNumbers.layer(ofInternetProtocol: frame[start + 9]),
      !kind.isIPv6Extension
    else { return data(header.upperBound..<end) }
    return Step(
      kind: kind,
      range: header.upperBound..<end,
      isComplete: isComplete,
      ip: EnclosingHeader(version: 4, start: start)
    )
  }

  /// The octets of the header, within what is there.
  private mutating func ipv4HeaderLength(_ step: Step) -> Int {
    let start = step.range.lowerBound
    let length = Int(frame[start] & 15) * 4
    if length < 20 {
      remark(.length, .ipv4, start, "header length says \(length), the fixed part has 20")
      return 20
    }
    if length > step.range.count {
      remark(.length, .ipv4, start, "header length says \(length), \(container) has \(step.range.count)")
      return step.range.count
    }
    return length
  }

  /// Where the datagram ends: by its total length, or with the frame where that makes no sense.
  private mutating func ipv4End(_ step: Step, headerLength: Int, totalLength: Int) -> Int {
    let start = step.range.lowerBound
    let available = step.range.count
    if totalLength < headerLength {
      remark(.length, .ipv4, start + 2, "total length says \(totalLength), the header has \(headerLength)")
      return step.range.upperBound
    }
    if totalLength > available {
      // Quotes and fragments inside tunnels are cut short by nature.
      if step.isComplete, !isQuoted {
        remark(.length, .ipv4, start + 2, "total length says \(totalLength), \(container) has \(available)")
      }
      return step.range.upperBound
    }
    if totalLength < available {
      remarkOnTrailing(step, start + 2, "total length says \(totalLength), \(container) has \(available)")
    }
    return start + totalLength
  }

  /// What lengths are compared with.
  var container: String { isQuoted ? "the quote" : "the frame" }

  /// Octets after the end of the packet are padding up to Ethernet's 60 octets (64 with the check sequence).
  mutating func remarkOnTrailing(_ step: Step, _ offset: Int, _ text: String) {
    guard !isQuoted, step.ip == nil, frame.count > 64 else { return }
    remark(.trailing, step.kind, offset, text)
  }

  /// Remarks on the first element whose length makes no sense.
  mutating func checkElements(of kind: LayerKind, _ area: Range<Int>, list index: Int = 0) {
    guard !area.isEmpty, let lists = Protocols.definition(of: kind)?.lists, lists.indices.contains(index),
      let last = lists[index].elements(of: frame, in: area, header: area.lowerBound).last, !last.isSound
    else { return }
    let offset = last.range.lowerBound
    let left = "\(area.upperBound - offset) octets are left"
    switch lists[index].framing {
    case .object:
      let length = frame.uint16(at: offset).map { "length says \($0)" } ?? "has no length"
      remark(.length, kind, offset, "object \(length), \(left)")
    case .internet, .ipv6, .neighborDiscovery:
      let length = offset + 1 < area.upperBound ? "length says \(frame[offset + 1])" : "has no length"
      remark(.option, kind, offset, "option \(frame[offset]) \(length), \(left)")
    case .record, .fixed:
      remark(.length, kind, offset, "\(lists[index].noun) needs more octets than the \(left)")
    }
  }
}

extension LayerKind {
  /// Whether only IPv6 carries this layer.
  var isIPv6Extension: Bool {
    switch self {
    case .hopByHop, .routing, .fragment, .destinationOptions: true
    default: false
    }
  }
}
