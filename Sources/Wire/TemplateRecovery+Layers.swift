extension TemplateRecovery {
  /// The layers of a packet, which together have all the octets of a range.
  func pieces(of views: [LayerView], quoting quote: [LayerView], within range: Range<Int>) -> [Piece] {
    var pieces: [Piece] = []
    var end = range.lowerBound
    var packetEnd: Int?
    for view in views where view.header.lowerBound == end && view.header.upperBound <= range.upperBound {
      if packetEnd == nil, view.kind != .ethernet, view.kind != .vlan {
        packetEnd = max(view.header.upperBound, view.payload.upperBound)
      }
      switch view.kind {
      case .data:
        pieces.append(plain(.data, view.header))
        end = view.header.upperBound
      case .quote:
        // The quote of a redirect is in the options before it.
        if pieces.last?.template.kind == .ndpOptions { continue }
        pieces += quotation(view, of: quote, isExtended: views.last?.kind == .extensions)
        end = view.payload.upperBound
      default:
        pieces += header(view)
        end = pieces.last.map(\.header.upperBound) ?? end
      }
    }
    let packet = end..<min(max(packetEnd ?? end, end), range.upperBound)
    if !packet.isEmpty { pieces.append(plain(.raw, packet)) }
    if packet.upperBound < range.upperBound {
      pieces.append(plain(.trailer, packet.upperBound..<range.upperBound))
    }
    return pieces
  }

  /// A layer that is nothing but octets.
  func plain(_ kind: LayerKind, _ range: Range<Int>) -> Piece {
    Piece(template: LayerTemplate(kind, body: Array(octets[range])), header: range)
  }

  /// The packet in an ICMP error, and what keeps the encoder from filling it up where it isn't full.
  private func quotation(_ view: LayerView, of layers: [LayerView], isExtended: Bool) -> [Piece] {
    var quote = Piece(template: LayerTemplate(.quote), header: view.payload)
    quote.quoted = pieces(of: layers, quoting: [], within: view.payload)
    guard isExtended else { return [quote] }
    func filledUp(_ count: Int) -> Int { max(128, (count + 7) & ~7) }
    if let trailer = quote.quoted.last, trailer.template.kind == .trailer,
      trailer.template.body.allSatisfy({ $0 == 0 }),
      filledUp(view.payload.count - trailer.header.count) == view.payload.count
    {
      quote.quoted.removeLast()
    } else if filledUp(view.payload.count) != view.payload.count {
      let end = view.payload.upperBound
      return [quote, plain(.data, end..<end)]
    }
    return [quote]
  }

  /// A header with everything said that isn't a constant default, and with its list.
  private func header(_ view: LayerView) -> [Piece] {
    guard let forms = Protocols.forms(of: view.kind) else { return [plain(.raw, view.header)] }
    let start = view.header.lowerBound
    func octet(_ index: Int) -> UInt8? {
      guard index < forms.base.defaults.count else { return nil }
      return index < view.header.count ? octets[start + index] : forms.base.defaults[index]
    }
    let layout = forms.hasTypes ? forms.layout(type: octet(0), code: octet(1)) : forms.base
    let length = view.header.count >= layout.fullLength ? layout.fullLength : layout.length
    let header = start..<min(start + length, view.header.upperBound)
    var piece = Piece(template: LayerTemplate(view.kind), header: header, layout: layout)
    piece.template.fields = fields(layout, header)
    if header.count < layout.length {
      piece.template.truncate = header.count
      return [piece]
    }
    return withList(view, piece)
  }

  /// The fields of a header that aren't constant defaults, as far as its octets are there.
  private func fields(_ layout: HeaderLayout, _ header: Range<Int>) -> [String: FieldSetting] {
    var image = layout.defaults
    for (index, octet) in octets[header].enumerated() where index < image.count { image[index] = octet }
    var fields: [String: FieldSetting] = [:]
    var tail: Field?
    for (index, field) in layout.fields.enumerated() where layout.overlays & 1 << UInt64(index) == 0 {
      guard field.bitOffset < header.count * 8, let value = image.value(of: field, in: image.indices) else {
        continue
      }
      let isComputed = field.byDefault == .computed
      if isComputed || value != layout.defaults.value(of: field, in: layout.defaults.indices) {
        fields[field.name] = .given(value)
      }
      if field.bitOffset >= layout.length * 8, !isComputed {
        if tail == nil || value != layout.defaults.value(of: field, in: layout.defaults.indices) {
          tail = field
        }
      }
    }
    // The fields at the end that may be missing are there as soon as one of them is said.
    if let tail, let value = image.value(of: tail, in: image.indices) { fields[tail.name] = .given(value) }
    return fields
  }
}
