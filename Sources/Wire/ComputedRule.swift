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

  /// Whether the value covers other fields, so that it must be worked out last.
  var isChecksum: Bool {
    switch self {
    case .headerChecksum, .checksum, .transportChecksum: true
    default: false
    }
  }
}
