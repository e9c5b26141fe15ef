import Wire

/// What one frame of a target says, free of what may differ from run to run: identifications, exact TTLs, clocks, personas.
///
/// What the frame has from a stimulus is told as that, so that any copying error shows.
struct AnswerFacts {
  /// What kind of message it is, for example `icmpv4 destination-unreachable`.
  let message: String
  /// The same with its code, where that has a name.
  let title: String
  /// Name and value, outermost layer first; what is quoted has a `quoted` in front.
  let facts: [(name: String, value: String)]

  /// Tells what an answer says.
  init(_ packet: Reassembly.Packet, to stimuli: [Dissection], _ parties: Parties) {
    let answer = packet.frame
    let reader = FactReader(stimuli: stimuli, parties: parties)
    let words = Self.words(answer)
    message = words.dropLast(words.count > 2 ? 1 : 0).joined(separator: " ")
    title = words.joined(separator: " ")
    var facts: [(name: String, value: String)] = []
    for view in answer.layers where view.kind != .quote {
      facts += reader.facts(of: view, in: answer, isQuoted: false)
    }
    for view in answer.quote { facts += reader.facts(of: view, in: answer, isQuoted: true) }
    if !answer.quote.isEmpty {
      facts.append(("quoted octets", "\(answer.layers.last { $0.kind == .quote }?.payload.count ?? 0)"))
    }
    if !packet.fragments.isEmpty {
      facts.append(("fragments", packet.fragments.map { "\($0)" }.joined(separator: " + ")))
    }
    let remarks = answer.remarks.filter { !$0.isQuoted }.map(\.kind.rawValue)
    if !remarks.isEmpty { facts.append(("malformed", remarks.joined(separator: ", "))) }
    self.facts = facts
  }

  /// The innermost protocol, its type, and its code if that has a name.
  private static func words(_ frame: Dissection) -> [String] {
    let inner = frame.layers.last { ![.data, .quote, .extensions, .ndpOptions, .trailer].contains($0.kind) }
    guard let inner else { return ["nothing"] }
    func word(_ name: String) -> String? {
      guard let field = inner.fields.first(where: { $0.name == name }), let number = inner.number(name) else {
        return nil
      }
      return field.names?.name(of: number) ?? (name == "code" ? nil : "\(name) \(number)")
    }
    let kind = inner.kind.rawValue
    switch inner.kind {
    case .tcp:
      let flags = ["syn", "fin", "rst", "psh", "ack", "urg"].filter { inner.number($0) == 1 }
      return [kind, flags.joined(separator: "+")]
    case .ethernet, .udp: return [kind]
    case .ipv4, .ipv6, .fragment: return [kind, "payload"]
    default: return [kind] + ["operation", "type", "code"].compactMap(word)
    }
  }
}

/// Reads facts out of layers.
struct FactReader {
  let stimuli: [Dissection]
  let parties: Parties
  /// The packets of the stimuli, without their frames' headers, and the data of those that are fragments put together.
  private let octetsSent: [[UInt8]]

  init(stimuli: [Dissection], parties: Parties) {
    self.stimuli = stimuli
    self.parties = parties.with(senders: stimuli)
    octetsSent =
      stimuli.compactMap { $0.layers.first.map { Array($0.payloadBytes) } } + [Self.together(stimuli)]
  }

  /// The facts of one layer.
  func facts(of view: LayerView, in frame: Dissection, isQuoted: Bool) -> [(name: String, value: String)] {
    let prefix = (isQuoted ? "quoted " : "") + view.kind.rawValue
    if view.kind == .data || view.kind == .raw {
      return [(prefix, text(of: Array(view.bytes)))]
    }
    var facts: [(name: String, value: String)] = []
    for field in view.fields {
      guard let value = view.value(of: field),
        let text = text(of: value, field, view, in: frame, isQuoted: isQuoted)
      else { continue }
      facts.append(("\(prefix) \(field.name)", text))
    }
    if view.kind != .tcp || isQuoted {
      let elements = view.elements.map { text(of: $0) }
      if !elements.isEmpty {
        facts.append(("\(prefix) \(view.list?.noun ?? "element")s", elements.joined(separator: "; ")))
      }
    }
    return facts
  }

  /// What a field says; nil if that is nobody's concern.
  private func text(
    of value: FieldValue,
    _ field: Field,
    _ view: LayerView,
    in frame: Dissection,
    isQuoted: Bool
  ) -> String? {
    if isQuoted { return quotedText(of: value, field, view, in: frame) }
    switch (view.kind, field.name) {
    case (.ethernet, "source"), (.ethernet, "ethertype"), (.ipv4, "version"), (.ipv6, "version"),
      (_, "identification"), (_, "checksum"), (_, "header-checksum"), (.tcp, "window"), (.tcp, "data-offset"):
      return nil
    // They follow from the rest, and that they do is checked.
    case (_, "total-length"), (_, "payload-length"), (_, "header-length"), (.udp, "length"): return nil
    // Parts of a field that is told as a whole.
    case (_, "dscp"), (_, "ecn"): return nil
    case (.ipv4, "ttl"), (.ipv6, "hop-limit"):
      guard case .number(let number) = value else { return nil }
      return number == 255 || number >= 32 ? "32 or more" : "\(number)"
    case (.ipv6, "flow-label"):
      return value == .number(0) ? "0" : wasSent(value, field.name, .ipv6) ? "as sent" : "some number"
    case (.tcp, "sequence"), (.tcp, "acknowledgement"):
      return sequenceText(value, field.name)
    case (.icmpv4, "receive"), (.icmpv4, "transmit"):
      return wasSent(value, field.name, .icmpv4) ? "as sent" : "a time"
    case (.udp, "source-port"), (.tcp, "source-port"):
      return wasSent(value, "destination-port", view.kind) ? "that written to" : "another"
    case (.udp, "destination-port"), (.tcp, "destination-port"):
      return wasSent(value, "source-port", view.kind) ? "the sender's" : "another"
    case (_, "identifier"), (_, "sequence"), (_, "originate"):
      return wasSent(value, field.name, view.kind) ? "as sent" : field.text(of: value)
    default:
      if case .number = value { return field.text(of: value) }
      if case .octets(let octets) = value { return text(of: octets) }
      return parties.name(of: value)
    }
  }

  /// What a field of a quoted packet says: as sent, or what it is now.
  private func quotedText(of value: FieldValue, _ field: Field, _ view: LayerView, in frame: Dissection)
    -> String
  {
    if wasSent(value, field.name, view.kind) { return "as sent" }
    if field.name.hasSuffix("checksum") {
      let isWrong = frame.remarks.contains { $0.isQuoted && $0.kind == .checksum && $0.layer == view.kind }
      return isWrong ? "wrong" : "computed anew"
    }
    if case .number = value { return field.text(of: value) }
    return parties.name(of: value)
  }

  private func wasSent(_ value: FieldValue, _ name: String, _ kind: LayerKind) -> Bool {
    stimuli.contains { frame in
      frame.layers.contains { $0.kind == kind && $0.value(of: name) == value }
    }
  }

  /// TCP numbers are one's own, or follow from those that were sent.
  private func sequenceText(_ value: FieldValue, _ name: String) -> String {
    guard case .number(let number) = value else { return "?" }
    if number == 0 { return "0" }
    let other = name == "sequence" ? "acknowledgement" : "sequence"
    for frame in stimuli {
      guard let sent = frame.layer(.tcp)?.number(other) else { continue }
      let distance = UInt32(truncatingIfNeeded: number &- sent)
      if distance < 100_000, sent != 0 { return "sent \(other) + \(distance)" }
    }
    return "some number"
  }

  /// What octets are: as sent, a part of what was sent, or a fingerprint.
  private func text(of octets: [UInt8]) -> String {
    if octets.isEmpty { return "none" }
    let sent = stimuli.contains { frame in
      frame.layers.contains { ($0.kind == .data || $0.kind == .raw) && $0.bytes.elementsEqual(octets) }
    }
    if sent { return "\(octets.count) octets as sent" }
    if octets.count >= 4, octetsSent.contains(where: { $0.hasRun(octets) }) {
      return "\(octets.count) octets of what was sent"
    }
    if octets.allSatisfy({ $0 == 0 }) { return "\(octets.count) zeros" }
    let fingerprint = octets.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    return "\(octets.count) other octets (\(String(fingerprint, radix: 16)))"
  }

  private func text(of element: ElementView) -> String {
    let name = element.name.isEmpty ? "type \(element.number("type") ?? 0)" : element.name
    let wasSent = stimuli.contains { frame in
      frame.layers.contains { view in
        view.elements.contains { $0.bytes.elementsEqual(element.bytes) }
      }
    }
    if wasSent { return "\(name) as sent" }
    var words = [name]
    for field in element.fields where field.name != "type" {
      guard let value = element.value(of: field.name) else { continue }
      if case .number = value {
        words.append("\(field.name) \(field.text(of: value))")
      } else {
        words.append("\(field.name) \(parties.name(of: value))")
      }
    }
    for (part, _, value) in element.parts {
      guard case .entries(let entries) = value else {
        words.append("\(part.key) \(part.text(of: value))")
        continue
      }
      let texts = entries.map { entry in
        entry.sorted { $0.key < $1.key }.map { key, value in
          key == "timestamp" ? value == .number(0) ? "no time" : "a time" : parties.name(of: value)
        }.joined(separator: " at ")
      }
      words.append("[\(texts.joined(separator: ", "))]")
    }
    return words.joined(separator: " ")
  }

  /// The payload of stimuli that are fragments of one packet, in the order of their offsets.
  private static func together(_ stimuli: [Dissection]) -> [UInt8] {
    var payload: [UInt8] = []
    for frame in stimuli {
      guard let view = frame.layer(.fragment) ?? frame.layer(.ipv4) else { continue }
      let offset = Int(view.number("fragment-offset") ?? view.number("offset") ?? 0) * 8
      let octets = view.payloadBytes
      if payload.count < offset + octets.count {
        payload += [UInt8](repeating: 0, count: offset + octets.count - payload.count)
      }
      payload.replaceSubrange(offset..<offset + octets.count, with: octets)
    }
    return payload
  }
}

extension [UInt8] {
  /// Whether these octets come in it one behind the other.
  fileprivate func hasRun(_ octets: [UInt8]) -> Bool {
    guard let first = octets.first, octets.count <= count else { return false }
    return (0...count - octets.count).contains { place in
      self[place] == first && self[place..<place + octets.count].elementsEqual(octets)
    }
  }
}
