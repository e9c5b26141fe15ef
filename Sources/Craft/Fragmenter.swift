internal import Wire

/// Cuts an IP packet into fragments, right or wrong.
///
/// Works on octets, so that a datagram which no IP length field can describe may still be fragmented: that is what a
/// "ping of death" is.
struct Fragmenter {
  /// One fragment: `length` octets of the payload from `offset` on.
  struct Piece: Hashable {
    var offset: Int
    var length: Int
    var more: Bool
    /// Its octets, if not those of the packet.
    var data: [UInt8]?
  }

  /// What stands in front of the IP packet.
  let link: [UInt8]
  /// What lies behind the IP packet.
  let trailer: [UInt8]
  /// The IP packet, its unfragmentable part first.
  let packet: [UInt8]
  /// Octets of the unfragmentable part (the IPv4 header; the IPv6 header and the headers before the fragment header).
  let headerLength: Int
  let isIPv6: Bool
  /// Where the last `next header` octet of the unfragmentable part lies (IPv6).
  let nextHeaderOffset: Int
  /// Identification that all fragments share.
  let identification: UInt32
  /// How each fragment's IPv4 header checksum comes about; nil: it is right.
  let checksum: FieldSetting?

  private var payload: ArraySlice<UInt8> { packet[min(headerLength, packet.count)...] }

  /// The whole payload as one piece.
  var whole: [Piece] { [Piece(offset: 0, length: payload.count, more: false)] }

  /// Pieces of `size` octets; each but the first reaches back by `overlap`, or leaves out `gap` octets before it.
  func pieces(size: Int, overlap: Int, gap: Int = 0, differing: Bool = false) -> [Piece] {
    let total = payload.count
    guard size > 0 else { return [] }
    return stride(from: 0, to: max(total, 1), by: size).map { start in
      let from = start == 0 ? 0 : min(max(0, start - overlap) + gap, total)
      let end = min(start + size, total)
      var piece = Piece(offset: from, length: max(0, end - from), more: end < total)
      if differing, from < start {
        let octets = payload.dropFirst(from).prefix(piece.length)
        piece.data = octets.enumerated().map { $0.offset < start - from ? ~$0.element : $0.element }
      }
      return piece
    }
  }

  /// The frame of one piece; octets beyond the payload's end count upwards.
  func frame(of piece: Piece) -> [UInt8] {
    var data = piece.data ?? Array(payload.dropFirst(piece.offset).prefix(piece.length))
    data += (data.count..<max(data.count, piece.length)).map { UInt8(truncatingIfNeeded: piece.offset + $0) }
    return link + (isIPv6 ? ipv6(piece, data) : ipv4Header(piece, length: data.count) + data) + trailer
  }

  private func ipv4Header(_ piece: Piece, length: Int) -> [UInt8] {
    var header = Array(packet.prefix(headerLength))
    if piece.offset > 0, header.count > 20 {
      // Only the first fragment keeps the options here.
      header = Array(header.prefix(20))
      header[0] = header[0] & 0xf0 | 5
    }
    guard header.count >= 20 else { return header }
    put(UInt16(truncatingIfNeeded: header.count + length), at: 2, in: &header)
    let flags = UInt16(header[6] & 0xc0) << 8 | (piece.more ? 0x2000 : 0)
    put(flags | UInt16(truncatingIfNeeded: piece.offset / 8) & 0x1fff, at: 6, in: &header)
    put(0, at: 10, in: &header)
    put(spoiled(Checksum.internet(header)), at: 10, in: &header)
    return header
  }

  /// Whether the header checksum of a fragment, meant to be wrong, is the right one by accident.
  func isRight(_ piece: Piece) -> Bool {
    // A header with its right checksum sums up to nothing.
    !isIPv6 && Checksum.internet(ipv4Header(piece, length: piece.length)) == 0
  }

  /// The checksum that the step asks for, given the right one.
  private func spoiled(_ right: UInt16) -> UInt16 {
    switch checksum {
    case nil: right
    case .given(.number(let number))?: UInt16(truncatingIfNeeded: number)
    case let setting?: UInt16(truncatingIfNeeded: setting.altered(UInt64(right), width: 16, isChecksum: true))
    }
  }

  private func ipv6(_ piece: Piece, _ data: [UInt8]) -> [UInt8] {
    var header = Array(packet.prefix(headerLength))
    guard header.count >= 40, nextHeaderOffset < header.count else { return header + data }
    let inner = header[nextHeaderOffset]
    header[nextHeaderOffset] = 44
    let position = UInt16(truncatingIfNeeded: piece.offset / 8) << 3 | (piece.more ? 1 : 0)
    var extra: [UInt8] = [inner, 0, 0, 0, 0, 0, 0, 0]
    put(position, at: 2, in: &extra)
    put(UInt16(truncatingIfNeeded: identification >> 16), at: 4, in: &extra)
    put(UInt16(truncatingIfNeeded: identification), at: 6, in: &extra)
    put(UInt16(truncatingIfNeeded: header.count - 40 + extra.count + data.count), at: 4, in: &header)
    return header + extra + data
  }

  private func put(_ value: UInt16, at offset: Int, in bytes: inout [UInt8]) {
    bytes[offset] = UInt8(value >> 8)
    bytes[offset + 1] = UInt8(value & 0xff)
  }
}
