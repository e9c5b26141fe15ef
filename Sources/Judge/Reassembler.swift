internal import Wire

/// Puts the target's fragmented answers together again, so that they can be held against a pattern.
struct Reassembler {
  /// What became of a frame.
  enum Result {
    /// It isn't a fragment.
    case whole
    /// It waits for the others.
    case held
    /// It completed a datagram: an Ethernet frame as if it had never been fragmented, and the numbers of its pieces.
    case complete([UInt8], pieces: Set<Int>)
  }

  private struct Key: Hashable {
    var source: FieldValue
    var destination: FieldValue
    var identification: UInt64
    var proto: UInt64
  }

  /// One datagram on its way.
  private struct Assembly {
    /// Everything in front of the first fragment's payload.
    var head: [UInt8] = []
    var payload: [UInt8] = []
    /// What isn't there yet, in order; the last hole is open-ended until the last fragment is there.
    var holes: [Range<Int>] = [0..<Reassembler.limit]
    var numbers: Set<Int> = []
    /// The end of the last fragment.
    var total: Int?

    var isComplete: Bool { holes.isEmpty && !head.isEmpty && payload.count == total }

    /// Fills the holes that a fragment covers [RFC 815]; what came first stays.
    mutating func fill(_ range: Range<Int>, _ bytes: ArraySlice<UInt8>, isLast: Bool) {
      if payload.count < range.upperBound {
        payload += repeatElement(0, count: range.upperBound - payload.count)
      }
      var rest: [Range<Int>] = []
      rest.reserveCapacity(holes.count + 1)
      for hole in holes {
        let filled = hole.clamped(to: range)
        guard !filled.isEmpty else {
          rest.append(hole)
          continue
        }
        let start = bytes.startIndex + filled.lowerBound - range.lowerBound
        payload.replaceSubrange(filled, with: bytes[start..<start + filled.count])
        if hole.lowerBound < filled.lowerBound { rest.append(hole.lowerBound..<filled.lowerBound) }
        if filled.upperBound < hole.upperBound { rest.append(filled.upperBound..<hole.upperBound) }
      }
      if isLast {
        total = range.upperBound
        rest = rest.map { $0.clamped(to: 0..<range.upperBound) }.filter { !$0.isEmpty }
      }
      holes = rest
    }
  }

  /// No datagram is longer.
  private static let limit = 65_536
  /// More datagrams than this at once are left in pieces.
  private static let mostAssemblies = 1000

  private var assemblies: [Key: Assembly] = [:]

  /// Takes a frame in.
  ///
  /// - Parameters:
  ///   - frame: The frame.
  ///   - index: A number by which the caller knows it.
  mutating func add(_ frame: Dissection, index: Int) -> Result {
    if let ip = frame.layer(.ipv4) { return addIPv4(frame, ip, index) }
    if let ip = frame.layer(.ipv6), let fragment = frame.layer(.fragment) {
      return addIPv6(frame, ip, fragment, index)
    }
    return .whole
  }

  private mutating func addIPv4(_ frame: Dissection, _ ip: LayerView, _ index: Int) -> Result {
    let offset = Int(ip.number("fragment-offset") ?? 0) * 8
    let more = ip.number("more-fragments") == 1
    guard offset > 0 || more, let source = ip.value(of: "source"),
      let destination = ip.value(of: "destination"),
      let identification = ip.number("identification"), let proto = ip.number("protocol")
    else { return .whole }
    let key = Key(source: source, destination: destination, identification: identification, proto: proto)
    guard
      let assembly = add(
        ip.payloadBytes,
        at: offset,
        more: more,
        head: Array(ip.frame[..<ip.header.upperBound]),
        to: key,
        index
      )
    else { return .held }
    var whole = assembly.head + assembly.payload
    let start = ip.header.lowerBound
    Self.put(UInt16(truncatingIfNeeded: whole.count - start), at: start + 2, in: &whole)
    Self.put(0, at: start + 6, in: &whole)
    Self.put(0, at: start + 10, in: &whole)
    let headerEnd = start + Int(whole[start] & 0x0f) * 4
    guard headerEnd <= whole.count else { return .held }
    Self.put(Checksum.internet(Array(whole[start..<headerEnd])), at: start + 10, in: &whole)
    return .complete(whole, pieces: assembly.numbers)
  }

  private mutating func addIPv6(
    _ frame: Dissection,
    _ ip: LayerView,
    _ fragment: LayerView,
    _ number: Int
  ) -> Result {
    let offset = Int(fragment.number("offset") ?? 0) * 8
    let more = fragment.number("more") == 1
    guard offset > 0 || more, let source = ip.value(of: "source"),
      let destination = ip.value(of: "destination"),
      let identification = fragment.number("identification"), let next = fragment.number("next-header")
    else { return .whole }
    var head = Array(ip.frame[..<fragment.header.lowerBound])
    let key = Key(source: source, destination: destination, identification: identification, proto: 0)
    // The header in front of the fragment header gets the next header of what was fragmented.
    let index = frame.layers.firstIndex { $0.kind == .fragment } ?? 0
    let before = frame.layers[max(0, index - 1)]
    let nextOffset = before.header.lowerBound + (before.kind == .ipv6 ? 6 : 0)
    guard nextOffset < head.count else { return .whole }
    head[nextOffset] = UInt8(truncatingIfNeeded: next)
    let payload = ip.frame[
      fragment.header.upperBound..<max(fragment.header.upperBound, ip.payload.upperBound)
    ]
    guard let assembly = add(payload, at: offset, more: more, head: head, to: key, number) else {
      return .held
    }
    var whole = assembly.head + assembly.payload
    let start = ip.header.lowerBound
    Self.put(UInt16(truncatingIfNeeded: whole.count - start - 40), at: start + 4, in: &whole)
    return .complete(whole, pieces: assembly.numbers)
  }

  /// Files one piece; the whole datagram once nothing is missing.
  private mutating func add(
    _ bytes: ArraySlice<UInt8>,
    at offset: Int,
    more: Bool,
    head: [UInt8],
    to key: Key,
    _ index: Int
  ) -> Assembly? {
    let range = offset..<offset + bytes.count
    guard range.upperBound < Self.limit, assemblies[key] != nil || assemblies.count < Self.mostAssemblies
    else { return nil }
    assemblies[key, default: Assembly()].fill(range, bytes, isLast: !more)
    assemblies[key]?.numbers.insert(index)
    if offset == 0 { assemblies[key]?.head = head }
    guard let assembly = assemblies[key], assembly.isComplete else { return nil }
    assemblies[key] = nil
    return assembly
  }

  private static func put(_ value: UInt16, at offset: Int, in bytes: inout [UInt8]) {
    guard bytes.indices.contains(offset + 1) else { return }
    bytes[offset] = UInt8(value >> 8)
    bytes[offset + 1] = UInt8(value & 0xff)
  }
}
