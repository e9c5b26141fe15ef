internal import Suite
internal import Wire

extension Crafter {
  /// The frame corrupted, cut and padded, in this order.
  func spoiled(
    _ whole: [UInt8],
    _ stimulus: Stimulus,
    of packet: EncodedPacket,
    at position: SourcePosition
  ) throws(CraftError) -> [UInt8] {
    let start = packet.networkOffset
    var frame = whole
    for corruption in stimulus.corruptions { try corrupt(&frame, corruption, of: packet) }
    // What is changed afterwards may be the source.
    if frame != packet.bytes { try checkSource(of: EncodedPacket(bytes: frame, spans: [])) }
    if let truncate = stimulus.truncate {
      frame = Array(frame.prefix(start + (try resolver.number(truncate))))
    }
    if let pad = stimulus.pad { frame += try PacketBuilder(resolver: resolver).octets(pad.value) }
    let length = frame.count - start
    guard length <= context.mtu else {
      let advice = stimulus.fragmentation == nil ? "use 'fragment'" : "make the fragments smaller"
      throw resolver.invalid(
        position,
        "the packet has \(length) octets, the link carries \(context.mtu); \(advice)"
      )
    }
    return frame
  }

  private func corrupt(
    _ frame: inout [UInt8],
    _ corruption: Corruption,
    of packet: EncodedPacket
  ) throws(CraftError) {
    var start = packet.networkOffset
    if let layer = corruption.layer {
      guard let span = packet.spans.first(where: { $0.kind == layer.value && $0.depth == 0 }) else {
        throw resolver.invalid(layer.position, "the packet has no layer '\(layer.value)'")
      }
      start = span.range.lowerBound
    }
    let index = start + (try resolver.number(corruption.offset))
    guard frame.indices.contains(index) else {
      throw resolver.invalid(corruption.offset.position, "'at' lies behind the end of the packet")
    }
    let (name, value): (String, Located<Expression>) =
      switch corruption.change {
      case .xor(let mask): ("xor", mask)
      case .to(let octet): ("to", octet)
      }
    let number = try resolver.number(value)
    guard let octet = UInt8(exactly: number) else {
      throw resolver.invalid(value.position, "'\(name)' is one octet, up to 0xff, not \(number)")
    }
    if case .xor = corruption.change { frame[index] ^= octet } else { frame[index] = octet }
  }
}
