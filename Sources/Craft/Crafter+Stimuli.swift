internal import Suite
internal import Wire

extension Crafter {
  /// The most frames that one step may send.
  static let frameLimit = 10_000
  /// The most frames that one trial may send.
  static let trialFrameLimit = 100_000
  /// The most octets that the packets of one trial may have.
  static let trialOctetLimit = 64 << 20

  /// Works out a `send` step, and remembers its packet under its names.
  mutating func stimulus(_ stimulus: Stimulus, at position: SourcePosition) throws(CraftError)
    -> PlannedStimulus
  {
    let template = try PacketBuilder(resolver: resolver).template(of: stimulus.layers)
    let packet: EncodedPacket
    do {
      packet = try template.encode()
    } catch {
      throw resolver.invalid(place(of: error, in: stimulus.layers) ?? position, "\(error)")
    }
    try checkFaults(of: stimulus.layers, in: template)
    try checkSource(of: packet)
    resolver.packets["sent"] = packet
    if let name = stimulus.name { resolver.packets[name] = packet }

    let frames = try frames(of: packet, stimulus, layers: template.layers, at: position)
    var count = 1
    if let times = stimulus.count {
      count = try resolver.number(times)
      guard count > 0 else { throw resolver.invalid(times.position, "'repeat' is at least 1") }
    }
    guard count <= Self.frameLimit, count * frames.count <= Self.frameLimit else {
      throw resolver.invalid(position, "the step sends more than 10,000 frames")
    }
    frameCount += count * frames.count
    octetCount += packet.bytes.count + frames.reduce(0) { $0 + $1.count }
    guard frameCount <= Self.trialFrameLimit, octetCount <= Self.trialOctetLimit else {
      throw resolver.invalid(position, "the case sends more than 100,000 frames or 64 MB")
    }
    var planned: [PlannedStimulus.Frame] = []
    for round in 0..<count {
      let offset = (stimulus.every ?? .zero) * round
      planned += frames.map { PlannedStimulus.Frame(bytes: $0, offset: offset) }
    }
    return PlannedStimulus(frames: planned, packet: packet, name: stimulus.name)
  }

  /// The packet whole, or cut as the step says, each frame spoiled as the step says.
  private func frames(
    of packet: EncodedPacket,
    _ stimulus: Stimulus,
    layers: [LayerTemplate],
    at position: SourcePosition
  ) throws(CraftError) -> [[UInt8]] {
    guard let fragmentation = stimulus.fragmentation else {
      return [try spoiled(packet.bytes, stimulus, of: packet, at: position)]
    }
    let fragmenter = Fragmenter(
      packet,
      identification: UInt32(context.endpoints.id),
      checksum: layers.first { $0.kind == .ipv4 }?.fields["header-checksum"]
    )
    guard let fragmenter else { throw resolver.invalid(position, "only an IP packet can be fragmented") }
    let pieces: [Fragmenter.Piece]
    switch fragmentation {
    case .explicit(let list): pieces = try self.pieces(list)
    case .rule(let rule): pieces = try self.pieces(rule, of: fragmenter)
    }
    guard pieces.count <= Self.frameLimit else {
      throw resolver.invalid(position, "the step sends more than 10,000 frames")
    }
    var frames: [[UInt8]] = []
    for piece in pieces {
      if spoilsHeaderChecksum(of: stimulus.layers), fragmenter.isRight(piece) {
        throw .faultIsRight("ipv4.header-checksum")
      }
      frames.append(
        try spoiled(fragmenter.frame(of: piece), stimulus, of: packet, at: position)
      )
    }
    return frames
  }

  /// Fragments as written one by one.
  private func pieces(_ list: [FragmentSpecification]) throws(CraftError) -> [Fragmenter.Piece] {
    var pieces: [Fragmenter.Piece] = []
    for item in list {
      let offset = try resolver.number(item.offset)
      guard offset.isMultiple(of: 8), offset <= 65_528 else {
        throw resolver.invalid(
          item.offset.position,
          "a fragment's offset is a multiple of 8 up to 65528, not \(offset)"
        )
      }
      let length = try resolver.number(item.length)
      guard length <= 65_535 else {
        throw resolver.invalid(item.length.position, "a fragment has at most 65535 octets, not \(length)")
      }
      var data: [UInt8]?
      if let own = item.data {
        let octets = try PacketBuilder(resolver: resolver).octets(own.value)
        guard !octets.isEmpty || length == 0 else {
          throw resolver.invalid(own.position, "no octets can't fill a fragment of \(length)")
        }
        data = (0..<length).map { octets[$0 % octets.count] }
      }
      pieces.append(.init(offset: offset, length: length, more: item.more, data: data))
    }
    return pieces
  }

  /// Fragments by rule, in their order.
  private func pieces(
    _ rule: FragmentRule,
    of fragmenter: Fragmenter
  ) throws(CraftError) -> [Fragmenter.Piece] {
    let all: [Fragmenter.Piece]
    switch rule.size {
    case .atomic: all = fragmenter.whole
    case .octets(let expression):
      let size = try resolver.number(expression)
      var (overlap, gap) = (0, 0)
      if let reach = rule.overlap { overlap = try resolver.number(reach) }
      if let hole = rule.gap { gap = try resolver.number(hole) }
      guard size > 0, [size, overlap, gap].allSatisfy({ $0.isMultiple(of: 8) }), overlap < size, gap < size
      else {
        throw resolver.invalid(
          expression.position,
          "'size', 'overlap' and 'gap' are multiples of 8, and the size is the largest; use 'fragments' for others"
        )
      }
      all = fragmenter.pieces(size: size, overlap: overlap, gap: gap, differing: rule.differs)
    }
    let order: [Int]
    switch rule.order {
    case nil: order = Array(all.indices)
    case .explicit(let list): order = list
    case .named(let word):
      switch resolver.fault(word.value) {
      case "forward": order = Array(all.indices)
      case "reverse": order = all.indices.reversed()
      default: throw resolver.invalid(word.position, "'order' is forward or reverse")
      }
    }
    for index in order + rule.omit + rule.duplicate where !all.indices.contains(index) {
      throw resolver.invalid(
        rule.size.position,
        "there is no fragment \(index): the packet has \(all.count), counted from 0"
      )
    }
    let pieces = order.filter { !rule.omit.contains($0) }
      .flatMap { rule.duplicate.contains($0) ? [all[$0], all[$0]] : [all[$0]] }
    guard !pieces.isEmpty else {
      throw resolver.invalid(rule.size.position, "no fragment is left to be sent")
    }
    return pieces
  }

  /// Where the suite says what couldn't be encoded.
  private func place(of error: EncodingError, in layers: [LayerSpecification]) -> SourcePosition? {
    for layer in layers {
      if layer.kind == error.layer {
        return layer.fields.first { $0.name == error.field }?.value.position ?? layer.position
      }
      if case .layers(let inner) = layer.quote, let place = place(of: error, in: inner) { return place }
    }
    return nil
  }
}
