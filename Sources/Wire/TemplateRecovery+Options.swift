extension TemplateRecovery {
  /// Adds the options behind a header; what can't be said as options stays as it is.
  func withOptions(_ view: LayerView, _ piece: Piece) -> [Piece] {
    let area = piece.header.upperBound..<view.header.upperBound
    guard !area.isEmpty || view.kind == .hopByHop || view.kind == .destinationOptions else { return [piece] }
    guard let style = OptionStyle(view.kind) else { return [piece, plain(.data, area)] }
    var whole = piece
    whole.header = view.header
    var offset = area.lowerBound
    while offset < area.upperBound, !isPadding(offset..<area.upperBound, style, area) {
      let option = style.option(in: octets, at: offset, end: area.upperBound)
      if style == .neighborDiscovery, !option.isSound { break }
      guard option.view.length != nil || option.view.body.lowerBound == offset + 1 else {
        return [piece, plain(.data, area)]
      }
      whole.template.options.append(
        OptionTemplate(
          type: option.view.type,
          length: option.isSound ? nil : option.view.length,
          body: Array(octets[option.view.body]),
          hasLength: option.view.length != nil
        )
      )
      offset = option.isSound && option.view.length == nil ? offset + 1 : option.view.body.upperBound
    }
    guard style != .neighborDiscovery else {
      whole.header = piece.header.lowerBound..<offset
      return offset < area.upperBound ? [whole, plain(.data, offset..<area.upperBound)] : [whole]
    }
    // A header that ends before its length does ends where the packet ends.
    let alignment = style == .ipv6 ? 8 : 4
    if !view.header.count.isMultiple(of: alignment) { whole.template.truncate = view.header.count }
    return [whole]
  }

  /// Whether these last octets of the options are those that the encoder would append.
  private func isPadding(_ rest: Range<Int>, _ style: OptionStyle, _ area: Range<Int>) -> Bool {
    switch style {
    case .neighborDiscovery: return false
    case .internet: return rest.count < 4 && area.count.isMultiple(of: 4) && octets[rest].allSatisfy { $0 == 0 }
    case .ipv6:
      guard rest.count < 8, (area.count + 2).isMultiple(of: 8) else { return false }
      if rest.count == 1 { return octets[rest.lowerBound] == 0 }
      return octets[rest.lowerBound] == 1 && Int(octets[rest.lowerBound + 1]) == rest.count - 2
        && octets[rest].dropFirst(2).allSatisfy { $0 == 0 }
    }
  }
}
