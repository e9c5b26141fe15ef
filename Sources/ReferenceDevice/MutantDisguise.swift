/// What mutants that complain about ICMP errors show to the prohibition of errors about errors.
extension IPv4Datagram {
  /// The same with the type of an echo request.
  var withoutItsType: IPv4Datagram {
    var datagram = self
    datagram.bytes.put8(8, at: headerLength)
    return datagram
  }

  /// The same as if it were the first fragment of an echo request.
  var withoutItsOffset: IPv4Datagram {
    var datagram = withoutItsType
    datagram.bytes.put16(0x2000, at: 6)
    return datagram
  }
}

extension IPv6Packet {
  /// The same with the type of an echo request.
  var withoutItsType: IPv6Packet {
    var packet = self
    if let upper = upperLayer() { packet.bytes.put8(128, at: upper.offset) }
    return packet
  }
}
