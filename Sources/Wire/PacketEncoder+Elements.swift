extension ElementList {
  /// The octets of elements one after the other, without the padding of the header around them.
  ///
  /// - Throws: `EncodingError` for an unknown element or field, and for a value which the field can't hold.
  public func encode(_ elements: [ElementTemplate], pads: Bool = true) throws(EncodingError) -> [UInt8] {
    var encoder = PacketEncoder()
    for element in elements { try encoder.append(element, of: self, pads: pads, depth: 0) }
    return encoder.bytes
  }
}

extension PacketEncoder {
  /// Fields that are in place, but not yet the computed ones among them.
  struct ElementHead {
    var start: Int
    var layout: HeaderLayout
    var given: UInt64 = 0
    var adjustments: [(index: Int, setting: FieldSetting)] = []
  }

  /// A part that is in place.
  struct ElementPlace {
    /// Its place in the element's definition.
    var index: Int
    var count: Int
    var octets: Int
  }

  /// Appends a layer's lists and the padding which its header needs.
  mutating func appendLists(
    _ layer: LayerTemplate,
    _ span: Int,
    start: Int,
    depth: Int
  ) throws(EncodingError) {
    let lists = Protocols.definition(of: layer.kind)?.lists ?? []
    for (index, list) in lists.enumerated() {
      let elements = layer.lists[list.key]
      // Only the headers of IPv6 options need their padding without any option, too.
      if elements == nil, list.framing != .ipv6 { continue }
      if elements != nil { spans[span].list = index }
      for element in elements ?? [] {
        do throws(EncodingError) {
          try append(element, of: list, pads: layer.padsOptions, depth: depth)
        } catch {
          throw EncodingError(layer: layer.kind, field: list.key, message: error.description)
        }
      }
      if layer.padsOptions { pad(list.framing, from: start) }
    }
    if layer.kind == .routing { presetSegmentsLeft(of: layer, from: start) }
    if let unknown = layer.lists.keys.sorted().first(where: { key in !lists.contains { $0.key == key } }) {
      throw EncodingError(layer: layer.kind, field: nil, message: "has no list '\(unknown)'")
    }
  }

  /// The nodes that a routing header still has to visit: in type 4, its last address is where the packet goes first.
  func segmentsLeft(of layer: LayerTemplate, from start: Int) -> UInt64 {
    let segments = layer.lists["addresses"]?.count ?? 0
    return UInt64(start + 2 < bytes.count && bytes[start + 2] == 4 ? max(0, segments - 1) : segments)
  }

  /// Checksums of what follows a routing header depend on its segments left, so that they can't be computed late.
  private mutating func presetSegmentsLeft(of layer: LayerTemplate, from start: Int) {
    let setting = layer.fields["segments-left"]
    guard setting?.value == nil, start + 3 < bytes.count else { return }
    let right = segmentsLeft(of: layer, from: start)
    let value = setting?.altered(right, width: 8, isChecksum: false) ?? right
    bytes[start + 3] = UInt8(truncatingIfNeeded: value)
  }

  private mutating func pad(_ framing: ElementFraming, from start: Int) {
    let gap = -(bytes.count - start) & (framing.listAlignment - 1)
    guard framing == .ipv6 else { return bytes.append(contentsOf: repeatElement(0, count: gap)) }
    if gap == 1 {
      bytes.append(0)
    } else if gap > 1 {
      bytes += [1, UInt8(gap - 2)]
      bytes.append(contentsOf: repeatElement(0, count: gap - 2))
    }
  }

  /// Appends one element.
  mutating func append(
    _ element: ElementTemplate,
    of list: ElementList,
    pads: Bool,
    depth: Int
  ) throws(EncodingError) {
    let start = bytes.count
    if let octets = element.plainOctets {
      bytes += octets
      return cut(element.truncate, from: start)
    }
    guard let definition = list.definition(named: element.name) else {
      throw EncodingError(
        layer: LayerKind(rawValue: element.name),
        field: nil,
        message: "unknown \(list.noun)"
      )
    }
    let head = try place(element.fields, definition.layout, of: element.name)
    var placed: [ElementPlace] = []
    for index in definition.parts.indices {
      if let part = try place(index, of: element, definition, start: start, depth: depth) {
        placed.append(part)
      }
    }
    if let unknown = element.parts.keys.sorted().first(where: { key in
      !definition.parts.contains { $0.key == key }
    }) {
      throw EncodingError(layer: LayerKind(rawValue: element.name), field: unknown, message: "unknown field")
    }
    if pads {
      let alignment = list.framing.elementAlignment
      bytes.append(contentsOf: repeatElement(0, count: -(bytes.count - start) & (alignment - 1)))
    }
    cut(element.truncate, from: start)
    let octets = bytes.count - start
    compute(head) { rule in
      switch rule {
      case .length(let unit, let less): return max(0, (octets + unit - 1) / unit - less)
      case .count(let part): return placed.first { $0.index == part }?.count ?? 0
      case .words(let part): return ((placed.first { $0.index == part }?.octets ?? 0) + 3) / 4
      case .presence(let part): return placed.contains { $0.index == part } ? 1 : 0
      case .choice:
        for case .when(_, let value) in placed.lazy.map({ definition.parts[$0.index].presence }) {
          return Int(truncatingIfNeeded: value)
        }
        return 0
      case .last, .family, .addressLength, .textLength: return 0
      }
    }
  }

  // MARK: Fields

  /// Appends fields with their defaults and what is given.
  mutating func place(
    _ fields: [String: FieldSetting],
    _ layout: HeaderLayout,
    of name: String,
    except other: String? = nil
  ) throws(EncodingError) -> ElementHead {
    var head = ElementHead(start: bytes.count, layout: layout)
    bytes += layout.defaults
    var found = other.flatMap { fields[$0] } == nil ? 0 : 1
    if fields.count > found {
      for (index, field) in layout.fields.enumerated() {
        guard let setting = fields[field.name] else { continue }
        found += 1
        let slot = layout.slots[index]
        if slot.isComputed, setting.value == nil {
          head.adjustments.append((index, setting))
          continue
        }
        head.given |= 1 << UInt64(index)
        let right =
          slot.bitWidth <= 64 ? bytes.load(atBit: head.start * 8 + slot.bitOffset, width: slot.bitWidth) : 0
        guard let bits = setting.bits(rightValue: right ?? 0, slot: slot) else {
          throw EncodingError(
            layer: LayerKind(rawValue: name),
            field: field.name,
            message: setting.misfit(field)
          )
        }
        store(bits, slot, from: head.start)
      }
    }
    if found < fields.count,
      let unknown = fields.keys.sorted().first(where: { $0 != other && layout.index(of: $0) == nil })
    {
      throw EncodingError(layer: LayerKind(rawValue: name), field: unknown, message: "unknown field")
    }
    return head
  }

  private mutating func store(
    _ bits: (high: UInt64, low: UInt64),
    _ slot: HeaderLayout.Slot,
    from start: Int
  ) {
    let bit = start * 8 + slot.bitOffset
    if slot.bitWidth > 64 {
      bytes.store(bits.high, atBit: bit, width: slot.bitWidth - 64)
      bytes.store(bits.low, atBit: bit + slot.bitWidth - 64, width: 64)
    } else {
      bytes.store(bits.low, atBit: bit, width: slot.bitWidth)
    }
  }

  /// Fills in the computed fields that aren't given.
  mutating func compute(_ head: ElementHead, _ right: (ElementRule) -> Int) {
    for (index, rule) in head.layout.computed where head.given & 1 << UInt64(index) == 0 {
      guard case .element(let rule) = rule else { continue }
      let slot = head.layout.slots[index]
      var value = UInt64(right(rule))
      if let setting = head.adjustments.first(where: { $0.index == index })?.setting {
        value = setting.altered(value, width: slot.bitWidth, isChecksum: false)
      }
      bytes.store(value, atBit: head.start * 8 + slot.bitOffset, width: slot.bitWidth)
    }
  }
}
