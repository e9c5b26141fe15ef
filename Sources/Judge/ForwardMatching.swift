internal import Craft
internal import Suite
internal import Wire

extension ForwardedMatcher {
  /// What isn't right about a packet that the target passed on: all but TTL or hop limit and the header's checksum is
  /// as it was sent, and one hop is counted [RFC 1812 5.3.1] [RFC 8200 3].
  func differences(in frame: Dissection) -> [FieldDifference] {
    let kind: LayerKind = family == .ipv6 ? .ipv6 : .ipv4
    guard let ip = frame.layer(kind) else {
      return [FieldDifference(field: "forwarded", required: "an \(kind) packet", seen: frame.summary)]
    }
    let hops = family == .ipv6 ? "hop-limit" : "ttl"
    // What is behind the packet is the link's.
    let seen = Array(ip.frame[ip.header.lowerBound..<max(ip.header.lowerBound, ip.payload.upperBound)])
    var result: [FieldDifference] = []
    let place = family == .ipv6 ? 7 : 8
    if !unchangedExcept.contains(hops), packet.count > place, seen.count > place {
      let required = packet[place] &- 1
      if seen[place] != required {
        result.append(
          FieldDifference(field: "\(kind).\(hops)", required: "\(required)", seen: "\(seen[place])")
        )
      }
    }
    if seen.count != packet.count {
      result.append(
        FieldDifference(field: "length", required: "\(packet.count) octets", seen: "\(seen.count) octets")
      )
    }
    let octets = ComparedOctets(
      packet: packet,
      family: family,
      mayDiffer: unchangedExcept + [hops, "header-checksum"]
    )
    if let difference = octets.difference(from: seen, name: "forwarded") { result.append(difference) }
    return result
  }
}
