extension PacketEncoder {
  /// Writes what a template says into the header just appended.
  ///
  /// A field which another form of the header has is written where that form has it.
  mutating func apply(
    _ layer: LayerTemplate,
    _ forms: HeaderForms,
    to placed: inout Placed
  ) throws(EncodingError) {
    var later: [(index: Int, setting: FieldSetting)] = []
    var failed = false
    for (name, setting) in layer.fields {
      guard let index = placed.layout.index(of: name) else {
        if !writeForeign(name, setting, forms, placed) { failed = true }
        continue
      }
      if placed.layout.overlays & 1 << UInt64(index) != 0 {
        later.append((index, setting))
      } else if !write(index, setting, &placed) {
        failed = true
      }
    }
    for (index, setting) in later.sorted(by: { $0.index < $1.index })
    where !write(index, setting, &placed) {
      failed = true
    }
    if failed { throw firstError(layer, forms, placed.layout) }
  }

  /// Writes one field or keeps its setting for later; false if the value isn't possible.
  private mutating func write(
    _ index: Int,
    _ setting: FieldSetting,
    _ placed: inout Placed
  ) -> Bool {
    let slot = placed.layout.slots[index]
    if slot.isComputed {
      guard case .given = setting else {
        placed.adjustments.append((index, setting))
        extend(placed.start + slot.end, placed.layout, placed.start)
        return true
      }
    }
    placed.given |= 1 << UInt64(index)
    return store(slot, setting, placed)
  }

  /// Writes a field which only other forms of the header have; false if none has it.
  private mutating func writeForeign(
    _ name: String,
    _ setting: FieldSetting,
    _ forms: HeaderForms,
    _ placed: Placed
  ) -> Bool {
    guard let field = forms.allFields.first(where: { $0.name == name }) else { return false }
    return store(HeaderLayout.Slot(field), setting, placed)
  }

  private mutating func store(_ slot: HeaderLayout.Slot, _ setting: FieldSetting, _ placed: Placed) -> Bool {
    extend(placed.start + slot.end, placed.layout, placed.start)
    let bit = placed.start * 8 + slot.bitOffset
    var right: UInt64 = 0
    if case .given = setting {
    } else if slot.bitWidth <= 64 {
      right = bytes.load(atBit: bit, width: slot.bitWidth) ?? 0
    }
    guard let bits = setting.bits(rightValue: right, slot: slot) else { return false }
    if slot.bitWidth > 64 {
      bytes.store(bits.high, atBit: bit, width: slot.bitWidth - 64)
      bytes.store(bits.low, atBit: bit + slot.bitWidth - 64, width: 64)
    } else {
      bytes.store(bits.low, atBit: bit, width: slot.bitWidth)
    }
    return true
  }

  /// Makes room for optional fields at the end of a header.
  private mutating func extend(_ end: Int, _ layout: HeaderLayout, _ start: Int) {
    guard end > bytes.count else { return }
    let target = end - start <= layout.fullLength ? layout.fullLength : end - start
    for offset in bytes.count - start..<target {
      bytes.append(offset < layout.defaults.count ? layout.defaults[offset] : 0)
    }
  }

  /// The error of the first wrong field by name, so that the message doesn't depend on the dictionary's order.
  private func firstError(
    _ layer: LayerTemplate,
    _ forms: HeaderForms,
    _ layout: HeaderLayout
  ) -> EncodingError {
    for (name, setting) in layer.fields.sorted(by: { $0.key < $1.key }) {
      let field =
        layout.index(of: name).map { layout.fields[$0] } ?? forms.allFields.first { $0.name == name }
      guard let field else { return EncodingError(layer: layer.kind, field: name, message: "unknown field") }
      if setting.bits(rightValue: 0, slot: HeaderLayout.Slot(field)) == nil {
        return EncodingError(layer: layer.kind, field: name, message: setting.misfit(field))
      }
    }
    return EncodingError(layer: layer.kind, field: nil, message: "can't be encoded")
  }
}
