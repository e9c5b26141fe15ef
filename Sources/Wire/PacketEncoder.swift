/// Appends layers from the outside in, then works out what depends on the rest from the inside out.
struct PacketEncoder {
  /// A layer whose header is in place, but not yet its computed fields.
  struct Placed {
    var start: Int
    var headerEnd: Int
    var layout: HeaderLayout
    /// One bit for each field that the template gives.
    var given: UInt64 = 0
    /// Settings relative to the computed value; usually none.
    var adjustments: [(index: Int, setting: FieldSetting)] = []
  }

  var bytes: [UInt8] = []
  var spans: [LayerSpan] = []
  /// What the given values of computed fields would be if they were right; nil: nobody wants to know.
  var rightValues: [ComputedField: UInt64]?
  /// The checksums in the order in which they were worked out, with the faults in them; nil: nobody wants to know.
  var sums: [(checksum: ChecksumSum, fault: FieldSetting?)]?

  init() { bytes.reserveCapacity(256) }

  /// Appends a whole packet: its layers nest in each other and end together.
  mutating func append(_ layers: [LayerTemplate], depth: Int) throws(EncodingError) {
    var placed: [Placed] = []
    placed.reserveCapacity(layers.count)
    spans.reserveCapacity(spans.count + layers.count)
    // What lies behind the packet is no part of it: no length and no checksum counts it.
    let hasTrailer = !layers.isEmpty && layers[layers.count - 1].kind == .trailer
    let end = layers.count - (hasTrailer ? 1 : 0)
    for index in 0..<end {
      placed.append(try place(layers, index, depth: depth))
    }
    for index in (0..<end).reversed() {
      if let kept = layers[index].truncate, layers[index].kind != .quote {
        cut(kept, from: placed[index].start)
      }
      compute(layers, placed, index)
      if rightValues != nil { observe(layers, placed, index) }
    }
    guard hasTrailer else { return }
    spans.append(
      LayerSpan(kind: .trailer, range: bytes.count..<bytes.count + layers[end].body.count, depth: depth)
    )
    bytes += layers[end].body
  }

  /// The packet as it goes out.
  consuming func finish() -> EncodedPacket { EncodedPacket(bytes: bytes, spans: spans) }

  /// Appends the header of one layer with its options and body.
  private mutating func place(
    _ layers: [LayerTemplate],
    _ index: Int,
    depth: Int
  ) throws(EncodingError) -> Placed {
    let layer = layers[index]
    guard let forms = Protocols.forms(of: layer.kind) else {
      throw EncodingError(layer: layer.kind, field: nil, message: "unknown layer")
    }
    let layout = forms.hasTypes ? Self.layout(layer, forms) : forms.base
    var placed = Placed(start: bytes.count, headerEnd: bytes.count + layout.length, layout: layout)
    if layout.length == layout.fullLength {
      bytes.append(contentsOf: layout.defaults)
    } else {
      bytes.append(contentsOf: layout.defaults.prefix(layout.length))
    }
    if !layer.fields.isEmpty { try apply(layer, forms, to: &placed) }
    let ownSpan = spans.count
    spans.append(LayerSpan(kind: layer.kind, range: placed.start..<placed.start, depth: depth))
    if !layer.lists.isEmpty || layer.kind == .hopByHop || layer.kind == .destinationOptions {
      try appendLists(layer, ownSpan, start: placed.start, depth: depth)
    }
    bytes.append(contentsOf: layer.body)
    if !layer.quoted.isEmpty { try append(layer.quoted, depth: depth + 1) }
    if layer.kind == .quote {
      cutAndPadQuote(layer, from: placed.start, extended: layers[(index + 1)...].first?.kind == .extensions)
    }
    placed.headerEnd = bytes.count
    spans[ownSpan].range = placed.start..<bytes.count
    return placed
  }

  /// Cuts a quote, and fills it up to what extensions behind it need [RFC 4884 5].
  private mutating func cutAndPadQuote(_ layer: LayerTemplate, from start: Int, extended: Bool) {
    cut(layer.truncate, from: start)
    guard extended, layer.padsOptions else { return }
    let count = bytes.count - start
    bytes.append(contentsOf: repeatElement(0, count: max(128, (count + 7) & ~7) - count))
  }

  /// Keeps so many octets from a place on, and clips the spans to what is left.
  mutating func cut(_ kept: Int?, from start: Int) {
    guard let kept, bytes.count - start > kept else { return }
    let end = start + max(0, kept)
    bytes.removeLast(bytes.count - end)
    spans.removeAll { $0.range.lowerBound >= end && !$0.range.isEmpty }
    for index in spans.indices { spans[index].range = spans[index].range.clamped(to: 0..<end) }
  }

  /// The form of a header by the type and code that its template says; impossible ones are refused later.
  private static func layout(_ layer: LayerTemplate, _ forms: HeaderForms) -> HeaderLayout {
    func octet(_ name: String, _ index: Int) -> UInt8 {
      let usual = forms.base.defaults[index]
      guard let setting = layer.fields[name] else { return usual }
      let bits = setting.bits(rightValue: UInt64(usual), slot: forms.base.slots[index])
      return bits.map { UInt8(truncatingIfNeeded: $0.low) } ?? usual
    }
    return forms.layout(type: octet("type", 0), code: octet("code", 1))
  }
}
