internal import Wire

/// Puts the target's fragmented answers together again, so that they can be held against a pattern.
struct Reassembler {
  /// What became of a frame.
  enum Result {
    /// It isn't a fragment.
    case whole
    /// It waits for the others.
    case held
    /// It completed a datagram: an Ethernet frame as if it had never been fragmented.
    case complete([UInt8])
  }

  private struct Key: Hashable {
    var source: FieldValue
    var destination: FieldValue
    var identification: UInt64
    var proto: UInt64
  }

  private struct Assembly {
    var pieces: [(range: Range<Int>, bytes: ArraySlice<UInt8>)] = []
    /// Everything in front of the first fragment's payload.
    var head: [UInt8] = []
    var total: Int?
  }

  private var assemblies: [Key: Assembly] = [:]

  /// Fragments still waiting for others.
  var hasIncomplete: Bool { !assemblies.isEmpty }

  /// Takes a frame in.
  mutating func add(_ frame: Dissection) -> Result {
    if let ip = frame.layer(.ipv4) { return addIPv4(frame, ip) }
    if let ip = frame.layer(.ipv6), let fragment = frame.layer(.fragment) {
      return addIPv6(frame, ip, fragment)
    }
    return .whole
  }

  private mutating func addIPv4(_ frame: Dissection, _ ip: LayerView) -> Result {
    let offset = Int(ip.number("fragment-offset") ?? 0) * 8
    let more = ip.number("more-fragments") == 1
    guard offset > 0 || more, let source = ip.value(of: "source"),
      let destination = ip.value(of: "destination"),
      let identification = ip.number("identification"), let proto = ip.number("protocol")
    else { return .whole }
    let key = Key(source: source, destination: destination, identification: identification, proto: proto)
    guard
      var whole = add(
        ip.payloadBytes,
        at: offset,
        more: more,
        head: Array(ip.frame[..<ip.header.upperBound]),
        to: key
      )
    else { return .held }
    let start = ip.header.lowerBound
    Self.put(UInt16(truncatingIfNeeded: whole.count - start), at: start + 2, in: &whole)
    Self.put(0, at: start + 6, in: &whole)
    Self.put(0, at: start + 10, in: &whole)
    let headerEnd = start + Int(whole[start] & 0x0f) * 4
    guard headerEnd <= whole.count else { return .held }
    Self.put(Checksum.internet(Array(whole[start..<headerEnd])), at: start + 10, in: &whole)
    return .complete(whole)
  }

  private mutating func addIPv6(_ frame: Dissection, _ ip: LayerView, _ fragment: LayerView) -> Result {
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
    guard var whole = add(payload, at: offset, more: more, head: head, to: key) else { return .held }
    let start = ip.header.lowerBound
    Self.put(UInt16(truncatingIfNeeded: whole.count - start - 40), at: start + 4, in: &whole)
    return .complete(whole)
  }

  /// Files one piece; the whole datagram once nothing is missing.
  private mutating func add(
    _ bytes: ArraySlice<UInt8>,
    at offset: Int,
    more: Bool,
    head: [UInt8],
    to key: Key
  ) -> [UInt8]? {
    var assembly = assemblies[key] ?? Assembly()
    assembly.pieces.append((offset..<offset + bytes.count, bytes))
    if offset == 0 { assembly.head = head }
    if !more { assembly.total = offset + bytes.count }
    assemblies[key] = assembly
    guard let total = assembly.total, total <= 65_535, !assembly.head.isEmpty else { return nil }
    var payload: [UInt8] = []
    payload.reserveCapacity(total)
    for piece in assembly.pieces.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard piece.range.lowerBound <= payload.count else { return nil }
      if piece.range.upperBound > payload.count {
        payload += piece.bytes.dropFirst(payload.count - piece.range.lowerBound)
      }
    }
    guard payload.count == total else { return nil }
    assemblies[key] = nil
    return assembly.head + payload
  }

  private static func put(_ value: UInt16, at offset: Int, in bytes: inout [UInt8]) {
    guard bytes.indices.contains(offset + 1) else { return }
    bytes[offset] = UInt8(value >> 8)
    bytes[offset + 1] = UInt8(value & 0xff)
  }
}
