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
    if let difference = octets.difference(from: seen, name: "quoted") { result.append(difference) }
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

  private var octets: ComparedOctets {
    ComparedOctets(packet: packet, family: family, mayDiffer: unchangedExcept)
  }
}
