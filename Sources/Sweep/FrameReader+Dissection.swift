internal import Capture
internal import Suite
internal import Wire

/// Frames that aren't probes as they were crafted: witnesses, changed probes, errors about probes.
extension FrameReader {
  func dissect(_ frame: CapturedFrame) -> Observation {
    let dissection = Dissection(frame.bytes)
    let isSender = frame.arm == route.sender.arm
    let source = dissection.layer(.ethernet)?.value(of: "source")
    if let number = witnessNumber(dissection) {
      if !isSender { return .witnessArrived(number) }
      return source == .mac(witness.sender) ? .witnessLeft(number) : .other
    }
    guard let message = dissection.layer(version == .v4 ? .icmpv4 : .icmpv6) else { return .other }
    if isSender, source != .mac(route.sender.mac) { return rejection(dissection, message) }
    guard let kind = probe(in: dissection, message) else { return .other }
    if isSender { return .altered(kind) }
    return .arrived(kind, FieldDifference.between(Dissection(factory.frame(kind)), dissection))
  }

  /// The number of a witness: of a frame whose data begins with its tag.
  private func witnessNumber(_ dissection: Dissection) -> UInt32? {
    guard let tag = tag(in: dissection.layers), tag.purpose == .witness, tag.run == witness.tag.run,
      tag.part == witness.tag.part
    else { return nil }
    return tag.number
  }

  /// The tag behind the ICMP header, or else that of the data; fields of longer headers lie over it.
  private func tag(in layers: [LayerView]) -> SweepTag? {
    if let message = layers.last(where: { $0.kind == .icmpv4 || $0.kind == .icmpv6 }) {
      let end = max(message.header.upperBound, message.payload.upperBound)
      let start = min(message.header.lowerBound + 8, end)
      return SweepTag(message.frame[start..<end])
    }
    guard let data = layers.last, data.kind == .data else { return nil }
    return SweepTag(data.bytes)
  }

  private var ipKind: LayerKind { version == .v4 ? .ipv4 : .ipv6 }

  /// Which probe a message is, whatever was rewritten: by its tag, else by the number in the IP header.
  private func probe(in dissection: Dissection, _ message: LayerView) -> MessageKind? {
    if let tag = tag(in: dissection.layers) { return kind(of: tag) }
    guard let ip = dissection.layer(ipKind),
      ip.value(of: "destination") == route.receiver.address(version)
        || ip.value(of: "source") == route.source,
      let number = number(in: dissection.layers)
    else { return nil }
    let kind = MessageKind(number: number)
    // What doesn't quote has lost its tag only with its data.
    return version.quotes(kind.type) || message.payload.count < SweepTag.length ? kind : nil
  }

  /// The probe of a tag; nil if it isn't one of this slice.
  private func kind(of tag: SweepTag) -> MessageKind? {
    let own = factory.form.tag
    guard tag.purpose == own.purpose, tag.run == own.run, tag.part == own.part, tag.number <= 0xffff else {
      return nil
    }
    return MessageKind(number: UInt16(tag.number))
  }

  /// The probe's number in the header of a packet: the identification, or the flow label's upper part.
  private func number(in layers: [LayerView]) -> UInt16? {
    guard let ip = layers.first(where: { $0.kind == ipKind }) else { return nil }
    if version == .v4 { return ip.number("identification").map { UInt16(truncatingIfNeeded: $0) } }
    guard let label = ip.number("flow-label"), label & 15 == UInt64(factory.form.tag.part & 15) else {
      return nil
    }
    return UInt16(truncatingIfNeeded: label >> 4)
  }

  /// An error to the sender that quotes one of its probes.
  private func rejection(_ dissection: Dissection, _ message: LayerView) -> Observation {
    guard let ip = dissection.layer(ipKind), ip.value(of: "destination") == route.source,
      let error = message.kindOfMessage, version.quotes(error.type),
      let quotedIP = dissection.quotedLayer(ipKind), let kind = quotedProbe(dissection, quotedIP)
    else { return .other }
    let source = ip.value(of: "source")?.description ?? "?"
    let quoted = dissection.quote.first { $0.kind == .icmpv4 || $0.kind == .icmpv6 }
    return .rejected(
      kind,
      Fate.Rejection(error, from: source, misquoted: misquoted(kind, quotedIP, quoted))
    )
  }

  /// Which probe an error quotes.
  private func quotedProbe(_ dissection: Dissection, _ ip: LayerView) -> MessageKind? {
    let isOurs = ip.value(of: "source") == route.source || ip.value(of: "destination") == route.destination
    let carried = version == .v4 ? ip.number("protocol") : ip.number("next-header")
    guard isOurs, carried == (version == .v4 ? 1 : 58) else { return nil }
    if let tag = tag(in: dissection.quote) { return kind(of: tag) }
    let byHeader = number(in: dissection.quote).map { MessageKind(number: $0) }
    let message = dissection.quote.first { $0.kind == .icmpv4 || $0.kind == .icmpv6 }
    guard let byMessage = message?.kindOfMessage else { return byHeader }
    if byHeader == byMessage { return byHeader }
    // The header was rewritten: type, code and the four octets behind the checksum are still the probe's.
    let rest = factory.form.rest(byMessage, version)
    guard let message, message.header.count >= 8 else { return nil }
    return Array(message.bytes.dropFirst(4).prefix(4)) == rest.octets ? byMessage : nil
  }

  /// Fields of the quoted probe that aren't as sent.
  private func misquoted(_ kind: MessageKind, _ ip: LayerView, _ message: LayerView?) -> [String] {
    let sent = Dissection(factory.frame(kind))
    var names: [String] = []
    for quoted in [ip, message].compactMap(\.self) {
      guard let original = sent.layer(quoted.kind) else { continue }
      var end = 0
      for field in quoted.fields where field.bitOffset >= end {
        end = field.bitOffset + field.bitWidth
        guard !Self.quotedFreely.contains(field.name), let value = quoted.value(of: field) else { continue }
        if value != original.value(of: field.name) { names.append("\(quoted.kind).\(field.name)") }
      }
    }
    return names
  }

  /// What a router may have changed before it found the packet wanting.
  private static let quotedFreely: Set<String> = ["ttl", "hop-limit", "header-checksum"]
}

extension LayerView {
  /// Type and code of an ICMP message; nil if they aren't there.
  var kindOfMessage: MessageKind? {
    guard let type = number("type"), let code = number("code") else { return nil }
    return MessageKind(type: UInt8(truncatingIfNeeded: type), code: UInt8(truncatingIfNeeded: code))
  }
}

extension UInt32 {
  /// Its octets in wire order.
  var octets: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> (24 - 8 * $0)) } }
}
