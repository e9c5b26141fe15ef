internal import Craft
internal import Suite
internal import Wire

extension QuotedMatcher {
  /// What is wrong with the packet that an ICMP error quotes.
  func differences(in frame: Dissection) -> [FieldDifference] {
    guard let quote = frame.layer(.quote) else {
      return [FieldDifference(field: "quoted", required: "the invoking packet", seen: "no quoted packet")]
    }
    let seen = Array(quote.payloadBytes)
    var result: [FieldDifference] = []

    let headerLength = ipHeaderLength
    let behind = seen.count - headerLength
    let available = packet.count - headerLength
    if behind < min(atLeast, available) {
      result.append(
        FieldDifference(
          field: "quoted length",
          required: "the IP header and at least \(min(atLeast, available)) octets",
          seen: behind >= 0 ? "the IP header and \(behind) octets" : "\(seen.count) octets"
        )
      )
    }
    if let limit = atMostTotal, let total = totalLength(of: frame), total > limit {
      result.append(
        FieldDifference(field: "total length", required: "at most \(limit) octets", seen: "\(total) octets")
      )
    }
    if let limit = asMuchAsFits, seen.count < packet.count, let total = totalLength(of: frame), total != limit
    {
      result.append(
        FieldDifference(
          field: "total length",
          required: "\(limit) octets, since the invoking packet has more to quote",
          seen: "\(total) octets"
        )
      )
    }
    let mayDiffer = octetsThatMayDiffer
    let common = min(seen.count, packet.count)
    if let at = (0..<common).first(where: { seen[$0] != packet[$0] && !mayDiffer.contains($0) }) {
      let end = min(at + 8, common)
      result.append(
        FieldDifference(
          field: "quoted octet \(at)\(name(ofOctet: at))",
          required: ValueText.hex(packet[at..<end]),
          seen: ValueText.hex(seen[at..<end])
        )
      )
    }
    if seen.count > packet.count, seen[packet.count...].contains(where: { $0 != 0 }) {
      result.append(
        FieldDifference(
          field: "quoted length",
          required: "at most the \(packet.count) octets that were sent",
          seen: "\(seen.count) octets"
        )
      )
    }
    return result
  }

  private var ipHeaderLength: Int {
    family == .ipv6 ? 40 : packet.first.map { Int($0 & 0x0f) * 4 } ?? 20
  }

  private func totalLength(of frame: Dissection) -> Int? {
    if let ip = frame.layer(.ipv4) { return ip.number("total-length").map { Int($0) } }
    return frame.layer(.ipv6).flatMap { $0.number("payload-length") }.map { Int($0) + 40 }
  }

  private var outer: [LayerView] {
    Dissection(packet: packet, as: family == .ipv6 ? .ipv6 : .ipv4).layers
  }

  private var octetsThatMayDiffer: Set<Int> {
    guard !unchangedExcept.isEmpty else { return [] }
    var result: Set<Int> = []
    for layer in outer {
      for field in layer.fields where unchangedExcept.contains(field.name) {
        let start = layer.header.lowerBound + field.bitOffset / 8
        let end = layer.header.lowerBound + (field.bitOffset + field.bitWidth + 7) / 8
        result.formUnion(start..<max(start, end))
      }
    }
    return result
  }

  /// The field that an octet of the invoking packet lies in, for the explanation.
  private func name(ofOctet octet: Int) -> String {
    for layer in outer where layer.header.contains(octet) {
      let bit = (octet - layer.header.lowerBound) * 8
      if let field = layer.fields.first(where: { $0.bitOffset < bit + 8 && bit < $0.bitOffset + $0.bitWidth })
      {
        return " (\(layer.kind).\(field.name))"
      }
    }
    return ""
  }
}
