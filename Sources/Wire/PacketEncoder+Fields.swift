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
        if !writeForeign(name, setting, forms, layer, placed) { failed = true }
        continue
      }
      if placed.layout.overlays & 1 << UInt64(index) != 0 {
        later.append((index, setting))
      } else if !write(index, setting, layer, &placed) {
        failed = true
      }
    }
    for (index, setting) in later.sorted(by: { $0.index < $1.index })
    where !write(index, setting, layer, &placed) {
      failed = true
    }
    if failed { throw firstError(layer, forms, placed.layout) }
  }

  /// Writes one field or keeps its setting for later; false if the value isn't possible.
  private mutating func write(
    _ index: Int,
    _ setting: FieldSetting,
    _ layer: LayerTemplate,
    _ placed: inout Placed
  ) -> Bool {
    let layout = placed.layout
    if case .computed = layout.fields[index].byDefault {
      guard case .given = setting else {
        placed.adjustments.append((index, setting))
        extend(placed.start + layout.end(of: index), layout, placed.start)
        return true
      }
    }
    placed.given |= 1 << UInt64(index)
    return store(layout.fields[index], setting, layer.kind, layout, placed.start)
  }

  /// Writes a field which only other forms of the header have; false if none has it.
  private mutating func writeForeign(
    _ name: String,
    _ setting: FieldSetting,
    _ forms: HeaderForms,
    _ layer: LayerTemplate,
    _ placed: Placed
  ) -> Bool {
    guard let field = forms.allFields.first(where: { $0.name == name }) else { return false }
    return store(field, setting, layer.kind, placed.layout, placed.start)
  }

  private mutating func store(
    _ field: Field,
    _ setting: FieldSetting,
    _ kind: LayerKind,
    _ layout: HeaderLayout,
    _ start: Int
  ) -> Bool {
    extend(start + (field.bitOffset + field.bitWidth + 7) >> 3, layout, start)
    var right: UInt64 = 0
    if case .given = setting {
    } else if field.bitWidth <= 64 {
      right = bytes.load(atBit: start * 8 + field.bitOffset, width: field.bitWidth) ?? 0
    }
    guard let bits = try? setting.bits(rightValue: right, field: field, layer: kind) else { return false }
    let bit = start * 8 + field.bitOffset
    if field.bitWidth > 64 {
      bytes.store(bits.high, atBit: bit, width: field.bitWidth - 64)
      bytes.store(bits.low, atBit: bit + field.bitWidth - 64, width: 64)
    } else {
      bytes.store(bits.low, atBit: bit, width: field.bitWidth)
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
  private func firstError(_ layer: LayerTemplate, _ forms: HeaderForms, _ layout: HeaderLayout)
    -> EncodingError
  {
    for (name, setting) in layer.fields.sorted(by: { $0.key < $1.key }) {
      let field =
        layout.index(of: name).map { layout.fields[$0] } ?? forms.allFields.first { $0.name == name }
      guard let field else { return EncodingError(layer: layer.kind, field: name, message: "unknown field") }
      do throws(EncodingError) {
        _ = try setting.bits(rightValue: 0, field: field, layer: layer.kind)
      } catch {
        return error
      }
    }
    return EncodingError(layer: layer.kind, field: nil, message: "can't be encoded")
  }
}
