internal import Wire

/// A datagram whose header has been found right.
struct IPv4Datagram {
  /// From the IP header on, without what the frame has behind it.
  var bytes: [UInt8]
  var frame: FrameHeader
  var headerLength: Int
  /// Whether it was put together from fragments.
  var wasFragmented = false

  var tos: UInt8 { bytes.octet(1) }
  var identification: UInt16 { bytes.number16(4) }
  var dontFragment: Bool { bytes.octet(6) & 0x40 != 0 }
  var moreFragments: Bool { bytes.octet(6) & 0x20 != 0 }
  /// In octets.
  var fragmentOffset: Int { Int(bytes.number16(6) & 0x1fff) * 8 }
  var isFragment: Bool { moreFragments || fragmentOffset > 0 }
  var protocolNumber: UInt8 { bytes.octet(9) }
  var source: IPv4Address { bytes.ipv4(12) }
  var destination: IPv4Address { bytes.ipv4(16) }
  var payload: [UInt8] { bytes.octets(from: headerLength) }
  /// Whether it is an ICMP error, or might be one because its type isn't there to be seen.
  var isICMPv4Error: Bool {
    guard protocolNumber == 1 else { return false }
    guard bytes.count > headerLength else { return true }
    return [3, 4, 5, 11, 12].contains(bytes.octet(headerLength))
  }

  /// Options to be sent back, as `IPv4Options` left them.
  var echoedOptions: [UInt8] = []
  /// Where an answer goes first when the datagram came by a source route.
  var returnHop: IPv4Address?
}

/// What the fragments of one datagram have in common [RFC791-3.2-a].
struct FragmentKey4: Hashable, Sendable {
  var source: IPv4Address
  var destination: IPv4Address
  var protocolNumber: UInt8
  var identification: UInt16
}
