extension PacketEncoder {
  /// Appends a layer's options and the padding which its header needs.
  mutating func appendOptions(_ layer: LayerTemplate, start: Int) {
    for option in layer.options {
      switch layer.kind {
      case .ndpOptions: appendUnits(option, pads: layer.padsOptions)
      case .hopByHop, .destinationOptions: append(option, counting: option.body.count)
      default: append(option, counting: option.body.count + 2)
      }
    }
    guard layer.padsOptions else { return }
    switch layer.kind {
    case .hopByHop, .destinationOptions:
      let gap = -(bytes.count - start) & 7
      if gap == 1 {
        bytes.append(0)
      } else if gap > 1 {
        bytes.append(1)
        bytes.append(UInt8(gap - 2))
        bytes.append(contentsOf: repeatElement(0, count: gap - 2))
      }
    case .ndpOptions: break
    default: bytes.append(contentsOf: repeatElement(0, count: -(bytes.count - start) & 3))
    }
  }

  private mutating func append(_ option: OptionTemplate, counting length: Int) {
    bytes.append(option.type)
    if option.hasLength { bytes.append(option.length ?? UInt8(truncatingIfNeeded: length)) }
    bytes.append(contentsOf: option.body)
  }

  /// Neighbour discovery counts its options in units of eight octets.
  private mutating func appendUnits(_ option: OptionTemplate, pads: Bool) {
    let units = (option.body.count + 2 + 7) / 8
    bytes.append(option.type)
    if option.hasLength { bytes.append(option.length ?? UInt8(truncatingIfNeeded: units)) }
    bytes.append(contentsOf: option.body)
    let octets = option.body.count + (option.hasLength ? 2 : 1)
    if pads { bytes.append(contentsOf: repeatElement(0, count: -octets & 7)) }
  }
}
