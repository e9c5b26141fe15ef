extension Dissector {
  mutating func icmpv4(_ step: Step) -> Step? {
    guard let header = icmpHeader(step, ICMPv4.definition.forms) else { return nil }
    let start = step.range.lowerBound
    if step.isComplete { check(checksumAt: start + 2, over: step.range, .icmpv4) }
    let payload = header.upperBound..<step.range.upperBound
    switch frame[start] {
    case 3, 11, 12: return quoted(step, payload, lengthAt: start + 5, unit: 4)
    case 4, 5, 31, 40: return quoted(step, payload, lengthAt: nil, unit: 4)
    case 42: return Step(kind: .extensions, range: payload, isComplete: step.isComplete)
    default: return data(payload)
    }
  }

  mutating func icmpv6(_ step: Step) -> Step? {
    guard let header = icmpHeader(step, ICMPv6.definition.forms) else { return nil }
    let start = step.range.lowerBound
    if step.isComplete { checkTransport(step, over: step.range, checksumAt: start + 2, number: 58) }
    let payload = header.upperBound..<step.range.upperBound
    switch frame[start] {
    case 1, 3: return quoted(step, payload, lengthAt: start + 4, unit: 8)
    case 2, 4...127: return quoted(step, payload, lengthAt: nil, unit: 8)
    case 160: return Step(kind: .extensions, range: payload, isComplete: step.isComplete)
    case let type where NeighborDiscovery.hasOptions(type: type):
      return Step(kind: .ndpOptions, range: payload, isComplete: step.isComplete)
    case 130 where header.count == 28: return mld(payload, countAt: start + 26, list: 1, step)
    case 143: return mld(payload, countAt: start + 6, list: 0, step)
    default: return data(payload)
    }
  }

  /// The list of a listener report or query, as long as its count says; octets behind it are data.
  private mutating func mld(_ payload: Range<Int>, countAt offset: Int, list index: Int, _ step: Step)
    -> Step?
  {
    guard let lists = Protocols.definition(of: .mld)?.lists, lists.indices.contains(index) else { return nil }
    let count = Int(frame.uint16(at: offset) ?? 0)
    let there = lists[index].elements(of: frame, in: payload, header: payload.lowerBound).prefix(count)
    let sound = there.last?.isSound == false ? there.count - 1 : there.count
    if sound < count, step.isComplete, !isQuoted {
      remark(.length, step.kind, offset, "number of \(lists[index].key) says \(count), \(sound) are there")
    }
    let end = there.last?.range.upperBound ?? payload.lowerBound
    if end > payload.lowerBound {
      append(.mld, header: payload.lowerBound..<end, payload: end..<payload.upperBound, list: index)
    }
    return data(end..<payload.upperBound)
  }

  /// The variable part of a listener message without its message: taken for that of a report.
  mutating func multicastListener(_ step: Step) -> Step? {
    let end = step.range.upperBound
    append(.mld, header: step.range, payload: end..<end)
    return nil
  }

  /// Appends the header in the form that its type and code give it; nil if it isn't all there.
  private mutating func icmpHeader(_ step: Step, _ forms: HeaderForms) -> Range<Int>? {
    let start = step.range.lowerBound
    guard step.range.count >= 4 else {
      _ = truncated(step, needed: 4)
      return nil
    }
    let layout = forms.layout(type: frame[start], code: frame[start + 1])
    guard step.range.count >= layout.length else {
      _ = truncated(step, needed: layout.length)
      if step.isComplete, !isQuoted { checkShortMessage(step) }
      return nil
    }
    var length = step.range.count >= layout.fullLength ? layout.fullLength : layout.length
    if step.kind == .icmpv4, frame[start] == 9 { length += routerListLength(step) }
    append(step.kind, header: start..<start + length, payload: start + length..<step.range.upperBound)
    return start..<start + length
  }

  /// Octets of the entries of a router advertisement, by their count and size [RFC 1256 3].
  private mutating func routerListLength(_ step: Step) -> Int {
    let start = step.range.lowerBound
    let needed = Int(frame[start + 4]) * Int(frame[start + 5]) * 4
    let left = step.range.count - 8
    if needed > left, step.isComplete, !isQuoted {
      remark(
        .length,
        .icmpv4,
        start + 4,
        "number of addresses says \(frame[start + 4]), \(left) octets follow"
      )
    }
    return min(needed, left)
  }

  /// A message shorter than its form still has a checksum.
  private mutating func checkShortMessage(_ step: Step) {
    let offset = step.range.lowerBound + 2
    if step.kind == .icmpv4 {
      check(checksumAt: offset, over: step.range, .icmpv4)
    } else {
      checkTransport(step, over: step.range, checksumAt: offset, number: 58)
    }
  }

  /// Splits what an error carries into the quoted packet and the extensions which its length announces.
  private mutating func quoted(_ step: Step, _ payload: Range<Int>, lengthAt offset: Int?, unit: Int) -> Step?
  {
    // A quote inside a quote stays data: errors about errors don't exist.
    guard !isQuoted, !payload.isEmpty else { return data(payload) }
    var end = payload.upperBound
    if let offset, frame[offset] > 0 {
      let length = Int(frame[offset]) * unit
      if length <= payload.count {
        end = payload.lowerBound + length
      } else if step.isComplete {
        remark(.length, step.kind, offset, "length says \(length), \(payload.count) octets are quoted")
      }
    }
    _ = quote(Step(kind: .quote, range: payload.lowerBound..<end))
    guard end < payload.upperBound else { return nil }
    return Step(kind: .extensions, range: end..<payload.upperBound, isComplete: step.isComplete)
  }

  /// Takes a quoted packet apart; its version says which IP it is.
  mutating func quote(_ step: Step) -> Step? {
    append(.quote, header: step.range.lowerBound..<step.range.lowerBound, payload: step.range)
    guard !isQuoted, !step.range.isEmpty else { return nil }
    isQuoted = true
    switch frame[step.range.lowerBound] >> 4 {
    case 4: dissect(Step(kind: .ipv4, range: step.range))
    case 6: dissect(Step(kind: .ipv6, range: step.range))
    default: _ = data(step.range)
    }
    isQuoted = false
    return nil
  }

  mutating func neighborDiscoveryOptions(_ step: Step) -> Step? {
    guard !step.range.isEmpty else { return nil }
    let end = step.range.upperBound
    append(.ndpOptions, header: step.range, payload: end..<end)
    if step.isComplete { checkElements(of: .ndpOptions, step.range) }
    guard !isQuoted, let view = layers.last else { return nil }
    if let redirected = view.elements.first(where: { $0.number("type") == 4 && $0.range.count > 8 }) {
      return Step(kind: .quote, range: redirected.range.lowerBound + 8..<redirected.range.upperBound)
    }
    return nil
  }

  mutating func extensions(_ step: Step) -> Step? {
    let start = step.range.lowerBound
    if step.range.isEmpty { return nil }
    guard step.range.count >= 4 else { return truncated(step, needed: 4) }
    let end = step.range.upperBound
    append(.extensions, header: step.range, payload: end..<end)
    let version = frame[start] >> 4
    if version != 2 { remark(.version, .extensions, start, "version says \(version), not 2") }
    if step.isComplete, frame.uint16(at: start + 2) != 0 {
      check(checksumAt: start + 2, over: step.range, .extensions)
    }
    if step.isComplete { checkElements(of: .extensions, start + 4..<end) }
    return nil
  }
}
