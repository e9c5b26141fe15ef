/// How the encoder works out a field which a template leaves open.
enum ComputedRule: Sendable, Hashable {
  /// The EtherType of the next layer.
  case etherType
  /// The protocol number of the next layer.
  case nextProtocol
  /// Header octets in units of `unit`, minus `less` units.
  case headerLength(unit: Int, less: Int)
  /// Octets from the start of the header to the end.
  case length
  /// Octets after the header.
  case payloadLength
  /// The Internet checksum of the header alone.
  case headerChecksum
  /// The Internet checksum of header and payload.
  case checksum
  /// The Internet checksum of pseudo-header, header and payload; UDP sends 0 as 0xffff.
  case transportChecksum(protocol: UInt8)
  /// Octets of the quoted datagram in units of `unit` if extensions follow, else 0 [RFC 4884 4].
  case quoteLength(unit: Int)
  /// Number of router advertisement entries [RFC 1256 3].
  case routerCount
  /// Number of group records of a version 2 listener report [RFC 3810 5.2].
  case recordCount
  /// Number of source addresses of a version 2 listener query [RFC 3810 5.1].
  case sourceCount
  /// Number of segments that a routing header still has to visit [RFC 8200 4.4].
  case segmentsLeft
  /// The last entry of a segment routing header; in other routing headers what is there [RFC 8754 2].
  case lastEntry
  /// Worked out from one element of a list.
  case element(ElementRule)

  /// Whether the value covers other fields, so that it must be worked out last.
  var isChecksum: Bool {
    switch self {
    case .headerChecksum, .checksum, .transportChecksum: true
    default: false
    }
  }
}

/// How the encoder works out a field of a list element; parts are meant by their place in its definition.
///
/// Plain numbers only, so that the rules of all headers stay cheap to copy.
enum ElementRule: BitwiseCopyable, Sendable, Hashable {
  /// Octets of the element in units of `unit`, rounded up, minus `less` units.
  case length(unit: Int, less: Int)
  /// Number of entries of a part.
  case count(part: Int)
  /// Octets of a part in words of four, rounded up.
  case words(part: Int)
  /// 1 if a part is given.
  case presence(part: Int)
  /// The value for which the part that is given is there.
  case choice
  /// 1 in the last entry of a part.
  case last
  /// The address family of a part: 1 for IPv4, 2 for IPv6, 16389 for Ethernet.
  case family
  /// Octets of the address of a part.
  case addressLength
  /// Octets of a text with its length and its padding.
  case textLength
}
