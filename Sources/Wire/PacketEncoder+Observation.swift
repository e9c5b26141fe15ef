/// A computed field of a crafted packet.
struct ComputedField: Hashable {
  /// The layer's kind.
  var kind: LayerKind
  /// The octet at which the layer begins.
  var start: Int
  /// The field's place in the layout of its header.
  var index: Int
}

extension PacketEncoder {
  /// Works out what the given values of a layer's computed fields would be, all else being as it is.
  ///
  /// The layer's payload is final, and the header is left as it was.
  mutating func observe(_ layers: [LayerTemplate], _ placed: [Placed], _ index: Int) {
    let own = placed[index]
    for (field, rule) in own.layout.computed where own.given & 1 << UInt64(field) != 0 {
      let place = own.layout.slots[field]
      let octets = (own.start * 8 + place.bitOffset) >> 3..<own.start + place.end
      guard octets.upperBound <= own.headerEnd else { continue }
      let kept = bytes[octets.clamped(to: 0..<bytes.count)]
      if rule.isChecksum { bytes.store(0, atBit: own.start * 8 + place.bitOffset, width: 16) }
      let value = evaluate(rule, layers, placed, index)
      bytes.replaceSubrange(kept.indices, with: kept)
      let mask: UInt64 = place.bitWidth >= 64 ? .max : 1 << UInt64(place.bitWidth) - 1
      rightValues?[ComputedField(kind: layers[index].kind, start: own.start, index: field)] = value & mask
    }
  }
}
