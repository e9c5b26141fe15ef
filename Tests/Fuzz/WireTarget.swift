import Wire

/// Everything a consumer may read of a frame is within it, and the frame can be made again.
struct WireTarget {
  private let input: [UInt8]

  init(_ input: [UInt8]) { self.input = input }

  /// What octets behind an odd one begin with; all others are Ethernet.
  private static let kinds: [LayerKind] = [
    .ipv4, .ipv6, .icmpv4, .icmpv6, .udp, .tcp, .arp, .vlan, .hopByHop, .destinationOptions, .routing,
    .fragment, .ndpOptions, .mld, .extensions, .quote, .data, .raw,
  ]

  func examine() throws(BrokenProperty) {
    // An odd first octet is a group address, and rare in frames.
    if let first = input.first, !first.isMultiple(of: 2) {
      try examine(Array(input.dropFirst()), as: Self.kinds[Int(first / 2) % Self.kinds.count])
    } else {
      try examine(input, as: .ethernet)
    }
    try TextProperties.check(input)
  }

  private func examine(_ bytes: [UInt8], as kind: LayerKind) throws(BrokenProperty) {
    let dissection = Dissection(packet: bytes, as: kind)
    for layers in [dissection.layers, dissection.quote] {
      var last = 0
      for layer in layers {
        try LayerProperties.check(layer, of: bytes)
        try require(layer.header.lowerBound >= last, "\(layer.kind): begins before the layer around it")
        last = layer.header.lowerBound
      }
    }
    for remark in dissection.remarks {
      try require((0...bytes.count).contains(remark.offset), "a remark at octet \(remark.offset)")
      try require(!remark.text.isEmpty, "an empty remark")
    }
    try require(!dissection.summary.isEmpty, "an empty summary")
    try require(dissection.trailer.endIndex <= bytes.count, "a trailer behind the end")
    try require(
      HexReader.octets(in: AnnotatedHex.render(dissection)) == bytes,
      "the dump doesn't show all octets once"
    )
    try recover(bytes, as: kind)
  }

  private func recover(_ bytes: [UInt8], as kind: LayerKind) throws(BrokenProperty) {
    let template = PacketTemplate(recovering: bytes, as: kind)
    guard let packet = try? template.encode() else {
      throw BrokenProperty("\(kind): the recovered template can't be encoded")
    }
    try require(packet.bytes == bytes, "\(kind): the recovered template makes other octets")
    for span in packet.spans {
      try require(
        span.range.upperBound <= bytes.count,
        "\(span.kind): octets \(span.range) of \(bytes.count)"
      )
    }
    try require(
      HexReader.octets(in: AnnotatedHex.render(packet)) == bytes,
      "the crafted packet's dump doesn't show all octets once"
    )
  }
}
