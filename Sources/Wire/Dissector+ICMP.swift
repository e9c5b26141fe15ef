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
    default: return data(payload)
    }
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
    let length = step.range.count >= layout.fullLength ? layout.fullLength : layout.length
    append(step.kind, header: start..<start + length, payload: start + length..<step.range.upperBound)
    return start..<start + length
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
    if step.isComplete { checkOptions(.ndpOptions, step.range) }
    guard !isQuoted, let view = layers.last else { return nil }
    if let redirected = view.options.first(where: { $0.type == 4 && $0.body.count > 6 }) {
      return Step(kind: .quote, range: redirected.body.lowerBound + 6..<redirected.body.upperBound)
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
    if step.isComplete, let view = isQuoted ? quote.last : layers.last {
      let objects = view.extensionObjects
      if let last = objects.last, last.length < 4 || last.offset + Int(last.length) > end {
        remark(
          .length,
          .extensions,
          last.offset,
          "object length says \(last.length), \(end - last.offset) octets are left"
        )
      }
    }
    return nil
  }
}
