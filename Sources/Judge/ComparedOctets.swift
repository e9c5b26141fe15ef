internal import Craft
internal import Suite
internal import Wire

/// A packet as it was sent, to be held octet for octet against what was seen of it later.
struct ComparedOctets {
  /// From its IP header on.
  var packet: [UInt8]
  var family: Family
  /// Names of fields that may differ.
  var mayDiffer: [String]

  /// The first place where it differs; nil if it doesn't, as far as both go.
  func difference(from seen: [UInt8], name: String) -> FieldDifference? {
    let mayDiffer = octetsThatMayDiffer
    let common = min(seen.count, packet.count)
    guard let at = (0..<common).first(where: { seen[$0] != packet[$0] && !mayDiffer.contains($0) }) else {
      return nil
    }
    let end = min(at + 8, common)
    return FieldDifference(
      field: "\(name) octet \(at)\(self.name(ofOctet: at))",
      required: ValueText.hex(packet[at..<end]),
      seen: ValueText.hex(seen[at..<end])
    )
  }

  private var outer: [LayerView] {
    Dissection(packet: packet, as: family == .ipv6 ? .ipv6 : .ipv4).layers
  }

  private var octetsThatMayDiffer: Set<Int> {
    guard !mayDiffer.isEmpty else { return [] }
    var result: Set<Int> = []
    for layer in outer {
      for field in layer.fields where mayDiffer.contains(field.name) {
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
