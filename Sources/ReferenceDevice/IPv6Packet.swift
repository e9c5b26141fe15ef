internal import Wire

/// An IPv6 packet whose fixed header has been found right.
struct IPv6Packet {
  /// From the IPv6 header on, without what the frame has behind it.
  var bytes: [UInt8]
  var frame: FrameHeader
  /// Whether it came with a fragment header, whole or not.
  var wasFragment = false

  var trafficClass: UInt8 { UInt8(truncatingIfNeeded: bytes.number16(0) >> 4) }
  var nextHeader: UInt8 { bytes.octet(6) }
  var hopLimit: UInt8 { bytes.octet(7) }
  var source: IPv6Address { bytes.ipv6(8) }
  var destination: IPv6Address { bytes.ipv6(24) }

  /// What a checksum with pseudo-header adds for an upper layer that begins at an offset [RFC4443-2.3-d].
  func pseudoHeader(_ protocolNumber: UInt8, from offset: Int) -> UInt64 {
    Checksum.pseudoHeader(
      source: source,
      destination: destination,
      protocol: protocolNumber,
      length: max(0, bytes.count - offset)
    )
  }
}

/// What the fragments of one packet have in common [RFC8200-4.5-id] [RFC8200-4.5-src] [RFC8200-4.5-dst].
struct FragmentKey6: Hashable, Sendable {
  var source: IPv6Address
  var destination: IPv6Address
  var identification: UInt32
}

/// The way along a packet's headers.
struct HeaderWalk {
  /// Where the header is that comes next.
  var offset = 40
  /// Where the number is that announced it.
  var announcedAt = 6
  /// What kind of header it is.
  var nextHeader: UInt8
}

extension IPv6Packet {
  /// Finds the upper-layer header without judging anything; nil if the packet ends before it or it isn't in this
  /// fragment.
  func upperLayer() -> HeaderWalk? {
    var walk = HeaderWalk(nextHeader: nextHeader)
    while [0, 43, 44, 60].contains(walk.nextHeader) {
      guard walk.offset + 8 <= bytes.count else { return nil }
      let isFragment = walk.nextHeader == 44
      if isFragment, bytes.number16(walk.offset + 2) & 0xfff8 != 0 { return nil }
      let length = isFragment ? 8 : (Int(bytes.octet(walk.offset + 1)) + 1) * 8
      walk = HeaderWalk(
        offset: walk.offset + length,
        announcedAt: walk.offset,
        nextHeader: bytes.octet(walk.offset)
      )
    }
    return walk
  }

  /// Whether there is a fragment header in front of the upper layer, also one of a whole packet.
  var hasFragmentHeader: Bool {
    var (next, offset) = (nextHeader, 40)
    while [0, 43, 60].contains(next), offset + 8 <= bytes.count {
      (next, offset) = (bytes.octet(offset), offset + (Int(bytes.octet(offset + 1)) + 1) * 8)
    }
    return next == 44
  }

  /// Whether the packet is seen to be an ICMPv6 error or redirect [RFC4443-2.4.e.1-e] [RFC4443-2.4.e.2-a].
  var isICMPv6Error: Bool {
    guard let upper = upperLayer(), upper.nextHeader == 58, upper.offset < bytes.count else { return false }
    let type = bytes.octet(upper.offset)
    return type < 128 || type == 137
  }
}
