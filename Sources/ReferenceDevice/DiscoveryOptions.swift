internal import Wire

/// What the options of a neighbor discovery message say, as far as a host understands them.
struct DiscoveryOptions {
  /// What a router says of a prefix [RFC 4861 4.6.2].
  struct Prefix {
    var prefix: IPv6Address
    var length: Int
    /// Whether its addresses are on the link.
    var isOnLink: Bool
    /// Whether hosts may make addresses of it.
    var isAutonomous: Bool
    /// Seconds; all ones for ever.
    var validLifetime: UInt32
    var preferredLifetime: UInt32
  }

  /// Ethernet addresses by the type of their option: 1 the source's, 2 the target's.
  var stations: [UInt8: MACAddress] = [:]
  var prefixes: [Prefix] = []
  var mtu: Int?
  /// What ties a message to another one [RFC 3971 5.3.2].
  var nonce: [UInt8]?

  subscript(type: UInt8) -> MACAddress? { stations[type] }

  /// Notes what one option says.
  ///
  /// - Parameter option: The option with type and length.
  mutating func read(_ option: [UInt8]) {
    let type = option.octet(0)
    switch type {
    // RFC2464-6-a, RFC2464-6-b: eight octets on Ethernet.
    case 1 where option.count == 8, 2 where option.count == 8: stations[type] = option.mac(2)
    case 3 where option.count == 32:
      prefixes.append(
        Prefix(
          prefix: option.ipv6(16),
          length: Int(option.octet(2)),
          isOnLink: option.octet(3) & 0x80 != 0,
          isAutonomous: option.octet(3) & 0x40 != 0,
          validLifetime: option.number32(4),
          preferredLifetime: option.number32(8)
        )
      )
    case 14: nonce = option.octets(from: 2)
    case 5 where option.count == 8: mtu = Int(option.number32(4))
    default: return
    }
  }
}
