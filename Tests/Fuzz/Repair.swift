import Wire

/// Makes the lengths and checksums of damaged frames right again, so that the damage comes through.
enum Repair {
  static func octets(_ bytes: [UInt8]) -> [UInt8] {
    var template = PacketTemplate(recovering: bytes)
    for index in template.layers.indices {
      template.layers[index].fields = template.layers[index].fields.filter { !isComputed($0.key) }
    }
    return (try? template.encode().bytes) ?? bytes
  }

  private static func isComputed(_ field: String) -> Bool {
    field.hasSuffix("checksum") || ["total-length", "payload-length", "length"].contains(field)
  }
}

/// Cuts IPv4 packets into fragments.
enum Fragments {
  /// The pieces with at most so many octets each; none if it isn't an IPv4 packet.
  static func of(_ bytes: [UInt8], size: Int) -> [[UInt8]] {
    let packet = PacketTemplate(recovering: bytes)
    guard let index = packet.layers.firstIndex(where: { $0.kind == .ipv4 }),
      let ip = Dissection(bytes).layer(.ipv4), !ip.payload.isEmpty, let proto = ip.value(of: "protocol")
    else { return [] }
    var head = Array(packet.layers[...index])
    head[index].fields["protocol"] = .given(proto)
    head[index].fields = head[index].fields.filter { !["total-length", "header-checksum"].contains($0.key) }
    return stride(from: ip.payload.lowerBound, to: ip.payload.upperBound, by: size).compactMap { start in
      let end = min(start + size, ip.payload.upperBound)
      let offset = UInt64(start - ip.payload.lowerBound) / 8
      head[index].fields["fragment-offset"] = .given(.number(offset))
      head[index].fields["more-fragments"] = .given(.number(end < ip.payload.upperBound ? 1 : 0))
      let body = LayerTemplate(.raw, body: Array(bytes[start..<end]))
      return try? PacketTemplate(head + [body]).encode().bytes
    }
  }
}
