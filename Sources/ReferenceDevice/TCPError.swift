/// What an ICMP error says of a TCP segment, over either version of IP.
struct TCPError {
  enum Kind: Hashable {
    /// Passes by itself, as far as anybody can tell [RFC9293-3.9.2.2-c].
    case soft
    /// Says that there is no way to the peer's port [RFC9293-3.9.2.2-e].
    case hard
    /// The segment's packet is larger than the path carries: its MTU.
    case tooBig(Int)
    /// The segment is one of too many [RFC6633-3-c].
    case sourceQuench
  }

  var kind: Kind
  /// The device's port, as the quote has it.
  var ownPort: UInt16
  /// Both addresses and the other end's port, as the quote has them.
  var peer: TCPPeer
  /// The number of the segment's first octet.
  var sequence: UInt32
  /// Octets of the segment that are quoted.
  var quotedLength: Int

  /// What an ICMPv4 error means; nil if it quotes no segment with its ports and number.
  init?(type: UInt8, _ code: UInt8, mtu: Int, quoting packet: [UInt8], isTCP: (UInt8) -> Bool) {
    let header = Int(packet.octet(0) & 15) * 4
    // RFC1122-3.2.2-b: eight octets at least are quoted; only a first fragment has ports.
    guard packet.octet(0) >> 4 == 4, header >= 20, isTCP(packet.octet(9)), packet.count >= header + 8,
      packet.number16(6) & 0x1fff == 0, let kind = Kind(type: type, code, mtu: mtu)
    else { return nil }
    self.init(kind, packet.octets(12..<16), packet.octets(16..<20), packet.octets(from: header))
  }

  /// What an ICMPv6 error means; nil if it quotes no segment with its ports and number.
  init?(type6 type: UInt8, _ code: UInt8, mtu: Int, quoting packet: [UInt8], isTCP: (UInt8) -> Bool) {
    guard packet.octet(0) >> 4 == 6, isTCP(packet.octet(6)), packet.count >= 48,
      let kind = Kind(type6: type, code, mtu: mtu)
    else { return nil }
    self.init(kind, packet.octets(8..<24), packet.octets(24..<40), packet.octets(from: 40))
  }

  private init(_ kind: Kind, _ own: [UInt8], _ address: [UInt8], _ segment: [UInt8]) {
    self.kind = kind
    ownPort = segment.number16(0)
    peer = TCPPeer(own: own, address: address, port: segment.number16(2))
    sequence = segment.number32(4)
    quotedLength = segment.count
  }
}

extension TCPError.Kind {
  /// RFC9293-3.9.2.2-c, -e: hard is what speaks of protocol or port; RFC5927-5.2-c: not what speaks of the path MTU.
  fileprivate init?(type: UInt8, _ code: UInt8, mtu: Int) {
    switch (type, code) {
    case (3, 2...3): self = .hard
    case (3, 4): self = .tooBig(mtu)
    case (3, _), (11, _), (12, _): self = .soft
    case (4, _): self = .sourceQuench
    default: return nil
    }
  }

  /// The same for ICMPv6: RFC 9293 calls codes 1 and 4 of Destination Unreachable hard.
  fileprivate init?(type6 type: UInt8, _ code: UInt8, mtu: Int) {
    switch (type, code) {
    case (1, 1), (1, 4): self = .hard
    case (2, _): self = .tooBig(mtu)
    case (1, _), (3, _), (4, _): self = .soft
    default: return nil
    }
  }
}
