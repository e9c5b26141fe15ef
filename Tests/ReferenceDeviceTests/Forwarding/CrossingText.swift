import Wire

/// A frame of a device with two sides in a line: all that a mutant may spoil, nothing that may differ between two right
/// runs.
///
/// The octets are read here once more by hand; only remarks come from the harness's own dissector.
struct CrossingText {
  private let frame: ArmFrame
  private let stimuli: [ArmFrame]

  /// What comes for a passage, at most four frames in full.
  static func text(of frames: [ArmFrame], about stimuli: [ArmFrame]) -> String {
    if frames.isEmpty { return "silence" }
    let shown = frames.prefix(4).map { CrossingText(frame: $0, stimuli: stimuli).text }.joined(separator: " + ")
    return frames.count > 4 ? "\(shown) + \(frames.count - 4) more" : shown
  }

  private var bytes: [UInt8] { frame.bytes }
  private var isIPv4: Bool { pair(12) == 0x0800 }
  private func octet(_ place: Int) -> Int { bytes.indices.contains(place) ? Int(bytes[place]) : 0 }
  private func pair(_ place: Int) -> Int { octet(place) << 8 | octet(place + 1) }

  private var text: String {
    guard isIPv4 || pair(12) == 0x86dd else { return "\(frame.arm) asks" }
    var words = ["\(frame.arm) \(addresses(14))"]
    let to = Array(bytes[0..<6])
    if to == Places.gateway(frame.arm).octets { words.append("via gateway") }
    if to[0] & 1 == 1 { words.append("to all") }
    words += body
    words += Dissection(bytes).remarks.map { "[\($0.isQuoted ? "quoted " : "")\($0.kind.rawValue)]" }
    return words.joined(separator: " ")
  }

  /// `A>F` for the addresses of an IP header at a place.
  private func addresses(_ place: Int) -> String {
    if octet(place) >> 4 == 4 {
      func address(_ at: Int) -> String {
        Places.name(of: IPv4Address(rawValue: UInt32(pair(at)) << 16 | UInt32(pair(at + 2))))
      }
      return "\(address(place + 12))>\(address(place + 16))"
    }
    func address(_ at: Int) -> String {
      Places.name(of: IPv6Address(octets: (at..<at + 16).map { UInt8(octet($0)) }) ?? .unspecified)
    }
    return "\(address(place + 8))>\(address(place + 24))"
  }

  private var body: [String] {
    let packet = Array(bytes[14..<min(bytes.count, end)])
    let ttl = isIPv4 ? octet(22) : octet(21)
    for stimulus in stimuli {
      let sent = Array(stimulus.bytes.dropFirst(14).prefix(packet.count))
      guard sent.count == packet.count, stimulus.arm != frame.arm || isReturned(sent) else { continue }
      let changed = packet.indices.filter { packet[$0] != sent[$0] && !isTTL($0) }
      if changed.isEmpty { return ["ttl \(ttl) as sent"] }
      if hasSameAddresses(packet, sent) {
        return ["ttl \(ttl) changed at \(changed.map(String.init).joined(separator: ","))"]
      }
    }
    return ownWords(ttl)
  }

  /// Whether what was sent from this side comes back there.
  private func isReturned(_ sent: [UInt8]) -> Bool {
    hasSameAddresses(Array(bytes[14...]), sent)
  }

  private func hasSameAddresses(_ packet: [UInt8], _ sent: [UInt8]) -> Bool {
    let range = isIPv4 ? 12..<20 : 8..<40
    guard packet.count >= range.upperBound, sent.count >= range.upperBound else { return false }
    return packet[range] == sent[range]
  }

  private func isTTL(_ place: Int) -> Bool { isIPv4 ? [8, 10, 11].contains(place) : place == 7 }

  private var end: Int { isIPv4 ? 14 + pair(16) : 54 + pair(18) }

  private func ownWords(_ ttl: Int) -> [String] {
    var words: [String] = []
    if ttl != 64 { words.append("ttl \(ttl)") }
    let service = isIPv4 ? octet(15) : pair(14) >> 4 & 255
    if service != 0 { words.append("tos \(service)") }
    var start = isIPv4 ? 14 + (octet(14) & 15) * 4 : 54
    var kind = isIPv4 ? octet(23) : octet(20)
    if start > 34, isIPv4 { words.append("options \(hex(34, start))") }
    if kind == 0, !isIPv4 {
      kind = octet(start)
      start += 8 * (octet(start + 1) + 1)
      words.append("hop-by-hop")
    }
    if isIPv4, pair(20) & 0x3fff != 0 { return words + fragmentWords(start, kind) }
    if kind == 44, !isIPv4 { return words + ["fragment at \(pair(start + 2) & 0xfff8)"] }
    return words + upperWords(kind, start)
  }

  /// A piece, and whether its data is that of what was sent.
  private func fragmentWords(_ start: Int, _ kind: Int) -> [String] {
    let offset = (pair(20) & 0x1fff) * 8
    let flags = (pair(20) & 0x2000 != 0 ? " more" : "") + (pair(20) & 0x8000 != 0 ? " reserved" : "")
    let data = Array(bytes[min(start, end)..<min(end, bytes.count)])
    let isCopy = stimuli.contains { stimulus in
      let sent = stimulus.bytes
      guard sent.count > 34 else { return false }
      let base = 14 + Int(sent[14] & 15) * 4
      let first = (Int(sent[20] & 0x1f) << 8 | Int(sent[21])) * 8
      return offset >= first && sent.dropFirst(base + offset - first).starts(with: data)
    }
    let id = stimuli.contains { $0.bytes.count > 20 && $0.bytes[18..<20] == bytes[18..<20] } ? "" : " new id"
    return ["protocol \(kind) fragment at \(offset)\(flags)\(id) \(data.count)\(isCopy ? "" : " changed")"]
  }

  private func upperWords(_ kind: Int, _ start: Int) -> [String] {
    switch kind {
    case 6, 17:
      let data = Array(bytes[min(end, start + (kind == 6 ? 20 : 8))..<end])
      let flags = kind == 6 ? " flags \(octet(start + 13))" : ""
      let isCopy = data == Stimulus.pattern(data.count) ? "" : " changed"
      return ["\(kind == 6 ? "tcp" : "udp") \(pair(start))>\(pair(start + 2))\(flags) data \(data.count)\(isCopy)"]
    case 1, 58: return messageWords(start)
    default: return ["protocol \(kind)"]
    }
  }

  private func messageWords(_ start: Int) -> [String] {
    let type = octet(start)
    var words = ["\(type)/\(octet(start + 1)) \(hex(start + 4, min(start + 8, end)))"]
    if !isIPv4, type == 137 { return words + redirectWords(start) }
    if isIPv4, type == 9 {
      return words + ["of \(Places.name(of: Places.address(hex: hex(start + 8, start + 12))))"]
    }
    if !isIPv4, type == 134 { return words + [hex(start + 16, end)] }
    let rest = Array(bytes[min(start + 8, end)..<end])
    if isIPv4 ? [3, 4, 5, 11, 12].contains(type) : type < 128 {
      let isCopy = stimuli.contains { $0.bytes.dropFirst(14).starts(with: rest) }
      words.append(isCopy ? "quotes \(rest.count)" : "quotes \(quote(start + 8)) \(rest.count)")
    } else {
      let isCopy = rest == Stimulus.pattern(rest.count)
      words.append("data \(rest.count)\(isCopy ? "" : " changed")")
    }
    return words
  }

  private func redirectWords(_ start: Int) -> [String] {
    let target = IPv6Address(octets: bytes[start + 8..<start + 24]) ?? .unspecified
    let destination = IPv6Address(octets: bytes[start + 24..<start + 40]) ?? .unspecified
    var words = ["to \(Places.name(of: target)) for \(Places.name(of: destination))"]
    var place = start + 40
    while place + 8 <= end, octet(place + 1) > 0 {
      words.append("option \(octet(place)) of \(octet(place + 1) * 8)")
      place += octet(place + 1) * 8
    }
    return words
  }

  /// What of a quote differs from what was sent: addresses, ports or identifier, TTL.
  private func quote(_ place: Int) -> String {
    let isQuoteIPv4 = octet(place) >> 4 == 4
    let upper = isQuoteIPv4 ? place + (octet(place) & 15) * 4 : place + 40
    let kind = isQuoteIPv4 ? octet(place + 9) : octet(place + 6)
    let ports =
      switch kind {
      case 6, 17: "\(pair(upper))>\(pair(upper + 2))"
      case 1, 58: "\(octet(upper))/\(octet(upper + 1)) \(hex(upper + 4, min(upper + 8, end)))"
      default: "protocol \(kind)"
      }
    let service = isQuoteIPv4 ? octet(place + 1) : pair(place) >> 4 & 255
    return "\(addresses(place)) ttl \(isQuoteIPv4 ? octet(place + 8) : octet(place + 7))"
      + (service == 0 ? "" : " tos \(service)") + " \(ports)"
  }

  private func hex(_ start: Int, _ end: Int) -> String {
    guard start < end, end <= bytes.count else { return "" }
    return bytes[start..<end].map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
