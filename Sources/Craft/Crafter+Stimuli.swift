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
  mutating func stimulus(
    _ stimulus: Stimulus,
    at position: SourcePosition,
    countsRepetitions: Bool = false
  ) throws(CraftError) -> PlannedStimulus {
    resolver.arm = stimulus.arm
    defer { resolver.arm = .near }
    var count = 1
    if let times = stimulus.count {
      count = try resolver.number(times)
      guard count > 0 else { throw resolver.invalid(times.position, "'repeat' is at least 1") }
    }
    var every = Duration.zero
    if let time = stimulus.every { every = try self.time(time) }
    var made: Crafted?
    var planned: [PlannedStimulus.Frame] = []
    for round in 0..<min(count, Self.frameLimit + 1) {
      // Repetitions are alike unless they count themselves.
      if made == nil || countsRepetitions {
        resolver.repetition = round
        made = try craft(stimulus, at: position)
        octetCount += (made?.packet.bytes.count ?? 0) + (made?.frames.reduce(0) { $0 + $1.count } ?? 0)
      }
      let frames = made?.frames ?? []
      frameCount += frames.count
      planned += frames.map { PlannedStimulus.Frame(bytes: $0, offset: every * round) }
      guard planned.count <= Self.frameLimit else {
        throw resolver.invalid(position, "the step sends more than 10,000 frames")
      }
      guard frameCount <= Self.trialFrameLimit, octetCount <= Self.trialOctetLimit else {
        throw resolver.invalid(position, "the case sends more than 100,000 frames or 64 MB")
      }
    }
    guard let made else { throw resolver.invalid(position, "nothing is sent") }
    let isCut = stimulus.fragmentation != nil
    let result = PlannedStimulus(
      arm: stimulus.arm,
      frames: planned,
      packet: made.packet,
      name: stimulus.name,
      fragments: isCut
        ? made.frames.prefix(Self.fragmentMemory).map { EncodedPacket(of: Dissection($0)) } : []
    )
    resolver.remember(result)
    return result
  }

  /// So many fragments of a packet can be spoken of later.
  private static let fragmentMemory = 64

  /// One packet and the frames that it is sent in.
  private struct Crafted {
    var packet: EncodedPacket
    var frames: [[UInt8]]
  }

  private func craft(_ stimulus: Stimulus, at position: SourcePosition) throws(CraftError) -> Crafted {
    let builder = PacketBuilder(resolver: resolver)
    let layers = try builder.unfolded(stimulus.layers)
    let template = try builder.template(of: layers)
    let packet: EncodedPacket
    do {
      packet = try template.encode()
    } catch {
      throw resolver.invalid(place(of: error, in: layers) ?? position, "\(error)")
    }
    try checkFaults(of: layers, in: template)
    try checkSource(of: packet)
    var whole = stimulus
    whole.layers = layers
    return Crafted(
      packet: packet,
      frames: try frames(of: packet, whole, layers: template.layers, at: position)
    )
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
      identification: UInt32(context.endpoints.id) &+ UInt32(truncatingIfNeeded: resolver.repetition),
      checksum: layers.first { $0.kind == .ipv4 }?.fields["header-checksum"]
    )
    guard let fragmenter else { throw resolver.invalid(position, "only an IP packet can be fragmented") }
    let pieces: [Fragmenter.Piece]
    var edits: [[LayerSpecification]] = []
    switch fragmentation {
    case .explicit(let list):
      pieces = try self.pieces(list)
      edits = list.map(\.edits)
    case .rule(let rule): pieces = try self.pieces(rule, of: fragmenter)
    }
    guard pieces.count <= Self.frameLimit else {
      throw resolver.invalid(position, "the step sends more than 10,000 frames")
    }
    var frames: [[UInt8]] = []
    for (index, piece) in pieces.enumerated() {
      if spoilsHeaderChecksum(of: stimulus.layers), fragmenter.isRight(piece) {
        throw .faultIsRight("ipv4.header-checksum")
      }
      var frame = fragmenter.frame(of: piece)
      if edits.indices.contains(index), !edits[index].isEmpty { frame = try edited(frame, by: edits[index]) }
      frames.append(try spoiled(frame, stimulus, of: packet, at: position))
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
      guard let more = ["true": true, "false": false][resolver.fault(item.more.value) ?? ""] else {
        throw resolver.invalid(item.more.position, "'more' is true or false")
      }
      pieces.append(.init(offset: offset, length: length, more: more, data: data))
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
    case .explicit(let list): order = try indices(list)
    case .named(let word):
      switch resolver.fault(word.value) {
      case "forward": order = Array(all.indices)
      case "reverse": order = all.indices.reversed()
      default: throw resolver.invalid(word.position, "'order' is forward or reverse")
      }
    }
    let (omit, duplicate) = (try indices(rule.omit), try indices(rule.duplicate))
    for index in order + omit + duplicate where !all.indices.contains(index) {
      throw resolver.invalid(
        rule.size.position,
        "there is no fragment \(index): the packet has \(all.count), counted from 0"
      )
    }
    let pieces = order.filter { !omit.contains($0) }
      .flatMap { duplicate.contains($0) ? [all[$0], all[$0]] : [all[$0]] }
    guard !pieces.isEmpty else {
      throw resolver.invalid(rule.size.position, "no fragment is left to be sent")
    }
    return pieces
  }

  private func indices(_ list: [Located<Expression>]) throws(CraftError) -> [Int] {
    var indices: [Int] = []
    for item in list { indices.append(try resolver.number(item)) }
    return indices
  }

  /// A finished frame with some fields changed.
  private func edited(_ frame: [UInt8], by edits: [LayerSpecification]) throws(CraftError) -> [UInt8] {
    let template = try PacketBuilder(resolver: resolver).edited(PacketTemplate(recovering: frame), by: edits)
    do {
      return try template.encode().bytes
    } catch {
      throw resolver.invalid(place(of: error, in: edits) ?? trial.testCase.position, "\(error)")
    }
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
