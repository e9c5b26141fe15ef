import Wire

/// Puts a target's fragments together, so that how it cut a packet is one fact of the whole.
enum Reassembly {
  /// A packet, and the payloads of the fragments that it came in; none for one that came whole.
  typealias Packet = (frame: Dissection, fragments: [Int])

  private struct Key: Hashable {
    var addresses: [FieldValue?]
    var identification: UInt64?
    var upper: UInt64?
  }

  /// The packets of a target in the order in which they were complete; fragments of others stay as they are.
  static func packets(_ frames: [Dissection]) -> [Packet] {
    var packets: [Packet] = []
    var waiting: [Key: [Dissection]] = [:]
    for frame in frames {
      guard let piece = piece(of: frame) else {
        packets.append((frame, []))
        continue
      }
      waiting[piece.key, default: []].append(frame)
      if let whole = whole(waiting[piece.key] ?? []) {
        packets.append(whole)
        waiting[piece.key] = nil
      }
    }
    return packets
      + frames.filter { frame in waiting.values.joined().contains { $0.isSameFrame(as: frame) } }
      .map { ($0, []) }
  }

  private static func piece(of frame: Dissection) -> (
    key: Key, offset: Int, more: Bool, octets: ArraySlice<UInt8>
  )? {
    guard let ip = frame.layer(.ipv4) ?? frame.layer(.ipv6),
      let view = frame.layer(.fragment) ?? frame.layer(.ipv4)
    else { return nil }
    let offset = Int(view.number("fragment-offset") ?? view.number("offset") ?? 0) * 8
    let more = (view.number("more-fragments") ?? view.number("more")) == 1
    guard offset > 0 || more else { return nil }
    let key = Key(
      addresses: [ip.value(of: "source"), ip.value(of: "destination")],
      identification: view.number("identification"),
      upper: view.number("protocol") ?? view.number("next-header")
    )
    return (key, offset, more, view.payloadBytes)
  }

  /// The packet, if these are all of its fragments.
  private static func whole(_ frames: [Dissection]) -> Packet? {
    let pieces = frames.compactMap { frame in piece(of: frame).map { (frame: frame, piece: $0) } }
      .sorted { $0.piece.offset < $1.piece.offset }
    guard let first = pieces.first, first.piece.offset == 0, pieces.last?.piece.more == false else {
      return nil
    }
    var payload: [UInt8] = []
    for (_, piece) in pieces {
      guard piece.offset == payload.count else { return nil }
      payload += piece.octets
    }
    var bytes = first.frame.headBeforeFragment
    guard let ip = first.frame.layer(.ipv4) ?? first.frame.layer(.ipv6) else { return nil }
    let start = ip.header.lowerBound
    bytes += payload
    if ip.kind == .ipv4 {
      bytes.put(bytes.count - start, at: start + 2)
      bytes.put(0, at: start + 6)
      bytes.put(0, at: start + 10)
      bytes.put(Int(Checksum.internet(Array(bytes[ip.header]))), at: start + 10)
    } else {
      bytes.put(bytes.count - start - 40, at: start + 4)
    }
    return (Dissection(bytes), pieces.map { $0.piece.octets.count })
  }
}

extension Dissection {
  /// All headers of a first fragment that come before what was cut, none of them saying that something was.
  fileprivate var headBeforeFragment: [UInt8] {
    guard let frame = layers.first?.frame else { return [] }
    if let ip = layer(.ipv4) { return Array(frame[..<ip.header.upperBound]) }
    guard let place = layers.firstIndex(where: { $0.kind == .fragment }), place > 0 else { return [] }
    var head = Array(frame[..<layers[place].header.lowerBound])
    let before = layers[place - 1]
    let field = before.header.lowerBound + (before.kind == .ipv6 ? 6 : 0)
    if head.indices.contains(field), frame.indices.contains(layers[place].header.lowerBound) {
      head[field] = frame[layers[place].header.lowerBound]
    }
    return head
  }

  fileprivate func isSameFrame(as other: Dissection) -> Bool {
    layers.first?.frame == other.layers.first?.frame
  }
}

extension [UInt8] {
  fileprivate mutating func put(_ number: Int, at place: Int) {
    guard place >= 0, place + 1 < count else { return }
    self[place] = UInt8(truncatingIfNeeded: number >> 8)
    self[place + 1] = UInt8(truncatingIfNeeded: number)
  }
}
