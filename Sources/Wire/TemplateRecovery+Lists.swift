extension TemplateRecovery {
  /// Adds the list behind a header: options, addresses, objects, records.
  func withList(_ view: LayerView, _ piece: Piece) -> [Piece] {
    let rest = piece.header.upperBound..<view.header.upperBound
    guard let list = view.list else { return rest.isEmpty ? [piece] : [piece, plain(.data, rest)] }
    var whole = piece
    whole.header = view.header
    let alignment = list.framing.listAlignment
    let isAligned = view.header.count.isMultiple(of: alignment)
    // A header that ends before its length does ends where the packet ends.
    if !isAligned { whole.template.truncate = view.header.count }
    var elements = view.elements
    while let last = elements.last, isAligned, isPadding(last, before: rest.upperBound, list.framing) {
      elements.removeLast()
    }
    if !elements.isEmpty { whole.template.lists[list.key] = elements.map { template(of: $0) } }
    return [whole]
  }

  /// Whether the encoder would append these octets anyway, from the element on.
  private func isPadding(_ element: ElementView, before end: Int, _ framing: ElementFraming) -> Bool {
    let octets = octets[element.range.lowerBound..<end]
    guard octets.count < framing.listAlignment else { return false }
    switch framing {
    case .internet: return octets.allSatisfy { $0 == 0 }
    case .ipv6:
      // One option fills the gap.
      guard element.range.upperBound == end else { return false }
      if octets.count == 1 { return octets.first == 0 }
      return octets.first == 1 && octets.dropFirst(2).allSatisfy { $0 == 0 }
    case .neighborDiscovery, .object, .record, .fixed: return false
    }
  }

  /// The template of an element, with the packet in it as layers.
  private func template(of element: ElementView) -> ElementTemplate {
    let template = element.template
    guard let key = element.definition?.parts.first(where: { $0.kind == .packet })?.key,
      case .octets(let octets)? = template.parts[key]
    else { return template }
    let kind: LayerKind
    switch (octets.first ?? 0) >> 4 {
    case 4: kind = .ipv4
    case 6: kind = .ipv6
    default: return template
    }
    var layers = PacketTemplate(recovering: octets, as: kind).layers
    // The option is filled up anyway.
    if let last = layers.last, last.kind == .trailer, last.body.count < element.list.framing.elementAlignment,
      last.body.allSatisfy({ $0 == 0 })
    {
      layers.removeLast()
    }
    var structured = template
    structured.parts[key] = .packet(layers)
    return (try? element.list.encode([structured])) == Array(element.bytes) ? structured : template
  }
}
