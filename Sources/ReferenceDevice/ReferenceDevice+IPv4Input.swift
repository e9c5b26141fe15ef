internal import Wire

/// How mutants deviate in looking at IPv4 headers and addresses.
enum IPv4Mutant: String, Deviation {
  case ignoresIPChecksum = "RFC1122-3.2.1.2-a: doesn't look at the IP header checksum"
  case acceptsZeroIPChecksum = "RFC1122-3.2.1.2-a: takes an IP header checksum of zero for none"
  case takesPaddingForData = "RFC894-frame-a: takes what the frame has behind the datagram for data"
  case silentAboutUnknownProtocol = "RFC1122-3.2.2.1-a: doesn't report unknown protocols"
  case wrongCodeForUnknownProtocol = "RFC1122-3.2.2.1-a: reports unknown protocols as closed ports"
  case takesICMPv6OverIPv4 = "RFC1122-3.2.2.1-a: swallows ICMPv6 over IPv4"
  case acceptsAnyVersion = "RFC1122-3.2.1.1-a: doesn't look at the IP version"
  case acceptsShortHeaderLength =
    "RFC1122-3.1-c RFC6274-3.2-a: takes a header length below five words for five"
  case acceptsTotalLengthBelowHeader = "RFC1122-3.1-d: takes datagrams shorter than their header"
  case acceptsTruncatedDatagram = "RFC1122-3.1-e RFC6274-3.4-a: takes datagrams of which a part is missing"
  case acceptsHeaderBeyondDatagram =
    "RFC1122-3.1-d RFC6274-3.2-a: takes a header longer than its datagram for a short one"
  case reportsTruncatedDatagram =
    "RFC1122-3.1-e RFC8200-3-plen-long: complains about packets of which a part is missing"
  case reportsTruncatedHeader =
    "RFC1122-3.1-f RFC8200-3-plen-long: complains about packets that end inside their IP header"
  case discardsLowTTL = "RFC1122-3.2.1.7-b: discards datagrams with a TTL of 0 or 1"
  case reportsLowTTL = "RFC1122-3.2.1.7-b: reports datagrams with a TTL of 0 or 1 as exceeded"
  case discardsReservedFlag = "RFC1812-4.2.2.3-a: discards datagrams whose reserved flag is set"
  case reportsReservedFlag = "RFC792-pp-a: complains about the reserved flag of a datagram that it takes"
  case acceptsBroadcastSource =
    "RFC1122-3.2.1.3-b RFC1122-3.2.1.3-c RFC1122-3.2.2-n RFC1122-3.3.2-e: takes datagrams from broadcast addresses"
  case acceptsMulticastSource = "RFC1122-3.2.1.3-d RFC1122-3.2.2-o: takes datagrams from groups"
  case acceptsLoopbackSource = "RFC1122-3.2.1.3-e RFC1122-3.2.2-m: takes datagrams from loopback addresses"
  case acceptsZeroSource =
    "RFC1122-3.2.1.3-f RFC1122-3.2.1.3-g RFC1122-3.2.2-l RFC1122-3.3.2-e: takes datagrams from 0.0.0.0/8"
  case acceptsClassESource = "RFC6274-4.3.4-a RFC1122-3.2.2-p: takes datagrams from class E addresses"
  case acceptsOwnSource = "RFC6274-4.3.7-a: takes datagrams that claim to be its own"
  case acceptsUnicastInBroadcastFrame = "RFC1122-3.3.6-d: takes datagrams for itself out of broadcast frames"
  case acceptsZeroDestination = "RFC6274-4.3.7-c: takes datagrams to 0.0.0.0/8 for its own"
  case acceptsGroupNotJoined = "RFC1112-7.2-b: takes datagrams to any group"
  case acceptsForeignDestination = "RFC1122-3.2.1.3-a: takes datagrams to any address"
}

extension ReferenceDevice {
  /// Checks a datagram's header, addresses and options, and hands it to reassembly and to its protocol.
  ///
  /// All that is wrong with the header or the addresses is discarded without a word.
  mutating func receiveIPv4(_ packet: [UInt8], _ frame: FrameHeader) {
    guard let length = validIPv4HeaderLength(packet) else {
      return complainAboutTruncation(packet, frame)
    }
    var end = min(Int(packet.number16(2)), packet.count)
    if breaks(IPv4Mutant.takesPaddingForData) || end < length { end = packet.count }
    var datagram = IPv4Datagram(bytes: packet.octets(0..<end), frame: frame, headerLength: length)
    guard isAcceptable(source: datagram.source), isForThisHost(datagram) else { return }
    // RFC1122-3.2.1.7-b: a TTL of 0 or 1 is no reason to discard at the destination.
    if breaks(IPv4Mutant.discardsLowTTL), packet.octet(8) < 2 { return }
    if breaks(IPv4Mutant.reportsLowTTL), packet.octet(8) < 2 { return reportIPv4(11, 0, about: datagram) }
    if breaks(IPv4Mutant.discardsReservedFlag), packet.octet(6) & 0x80 != 0 { return }
    if breaks(IPv4Mutant.reportsReservedFlag), packet.octet(6) & 0x80 != 0 {
      reportIPv4(12, 0, rest: [6, 0, 0, 0], about: datagram)
    }
    guard processOptions(&datagram) else {
      // RFC1122-3.2.2-a
      if breaks(ICMPMutant.echoesTypeBeforeOptions), datagram.protocolNumber == 1, !datagram.isFragment {
        echoUnknownType(of: datagram)
      }
      return
    }
    if datagram.isFragment { return reassemble(datagram) }
    // RFC791-3.2-c: whatever waits under its identification.
    if breaks(ReassemblyMutant.queuesWholeDatagram), isAwaited(datagram) { return }
    deliver(datagram)
  }

  /// The octets of the header if it is that of a whole datagram.
  private func validIPv4HeaderLength(_ packet: [UInt8]) -> Int? {
    // RFC1122-3.1-f: less than 20 octets hold no header.
    guard packet.count >= 20 else { return nil }
    // RFC1122-3.2.1.1-a
    guard packet.octet(0) >> 4 == 4 || breaks(IPv4Mutant.acceptsAnyVersion) else { return nil }
    var length = Int(packet.octet(0) & 15) * 4
    let total = Int(packet.number16(2))
    // RFC1122-3.1-c, RFC6274-3.2-a
    if length < 20 {
      guard breaks(IPv4Mutant.acceptsShortHeaderLength) else { return nil }
      length = 20
    }
    if breaks(IPv4Mutant.acceptsHeaderBeyondDatagram), length > total { length = 20 }
    // RFC1122-3.1-d
    guard total >= length || breaks(IPv4Mutant.acceptsTotalLengthBelowHeader) else { return nil }
    // RFC1122-3.1-e, RFC6274-3.4-a
    guard total <= packet.count || breaks(IPv4Mutant.acceptsTruncatedDatagram) else { return nil }
    guard length <= packet.count else { return nil }
    // RFC1122-3.2.1.2-a
    if breaks(IPv4Mutant.ignoresIPChecksum) { return length }
    if breaks(IPv4Mutant.acceptsZeroIPChecksum), packet.number16(10) == 0 { return length }
    return Checksum.internet(packet[..<length]) == 0 ? length : nil
  }

  /// What mutants do that don't discard a datagram cut short without a word.
  private mutating func complainAboutTruncation(_ packet: [UInt8], _ frame: FrameHeader) {
    let isCut =
      packet.count >= 20 && Int(packet.number16(2)) > packet.count
      && breaks(IPv4Mutant.reportsTruncatedDatagram)
    guard isCut || packet.count < 20 && packet.count >= 16 && breaks(IPv4Mutant.reportsTruncatedHeader) else {
      return
    }
    var bytes = packet
    if bytes.count < 20 { bytes += configuration.ipv4.octets.suffix(20 - bytes.count) }
    reportIPv4(12, 0, about: IPv4Datagram(bytes: bytes + [8], frame: frame, headerLength: 20))
  }

  /// Whether a datagram may have come from that address.
  private func isAcceptable(source: IPv4Address) -> Bool {
    // RFC1122-3.2.1.3-b, -c
    if configuration.isBroadcast(source) { return breaks(IPv4Mutant.acceptsBroadcastSource) }
    // RFC1122-3.2.1.3-d
    if source.isMulticast { return breaks(IPv4Mutant.acceptsMulticastSource) }
    // RFC1122-3.2.1.3-e, RFC6274-4.3.7-b
    if source.isLoopback { return breaks(IPv4Mutant.acceptsLoopbackSource) }
    // RFC1122-3.2.1.3-f, -g
    if source.isNetworkZero { return breaks(IPv4Mutant.acceptsZeroSource) }
    // RFC6274-4.3.4-a
    if source.isClassE { return breaks(IPv4Mutant.acceptsClassESource) }
    // RFC6274-4.3.7-a
    if source == configuration.ipv4 { return breaks(IPv4Mutant.acceptsOwnSource) }
    return true
  }

  /// Whether a datagram is meant for this host [RFC1122-3.2.1.3-a].
  private func isForThisHost(_ datagram: IPv4Datagram) -> Bool {
    let to = datagram.destination
    let isGroupFrame = datagram.frame.destination.isMulticast
    // RFC1122-3.3.6-d: to one host, but in a frame to all stations.
    if to == configuration.ipv4 {
      return !isGroupFrame || breaks(IPv4Mutant.acceptsUnicastInBroadcastFrame)
        || breaks(ErrorMutant.reportsLinkBroadcast)
    }
    // RFC6274-4.3.7-c
    if to.isNetworkZero { return breaks(IPv4Mutant.acceptsZeroDestination) }
    if configuration.isBroadcast(to) { return true }
    // RFC1112-7.2-b
    if to.isMulticast {
      return to == DeviceConfiguration.allHosts
        || to == DeviceConfiguration.allRouters && configuration.isRouter
        || breaks(IPv4Mutant.acceptsGroupNotJoined)
    }
    // RFC1122-3.2.1.3-a, RFC1122-3.1-b, RFC6274-4.3.7-b
    return breaks(IPv4Mutant.acceptsForeignDestination) && !isGroupFrame
  }

  /// Hands a whole datagram to its protocol.
  mutating func deliver(_ datagram: IPv4Datagram) {
    switch datagram.protocolNumber {
    case 1: receiveICMPv4(datagram)
    // IGMP: a host that listens to 224.0.0.1 only has nothing to report.
    case 2: return
    case 6: receiveTCP(datagram)
    case 17: receiveUDP(datagram)
    default: refuseProtocol(datagram)
    }
  }

  /// RFC1122-3.2.2.1-a: a transport protocol that the host doesn't have is reported.
  private mutating func refuseProtocol(_ datagram: IPv4Datagram) {
    if breaks(IPv4Mutant.silentAboutUnknownProtocol) { return }
    if breaks(IPv4Mutant.takesICMPv6OverIPv4), datagram.protocolNumber == 58 { return }
    reportIPv4(3, breaks(IPv4Mutant.wrongCodeForUnknownProtocol) ? 3 : 2, about: datagram)
  }
}

extension IPv4Address {
  /// 127.0.0.0/8.
  var isLoopback: Bool { rawValue >> 24 == 127 }
  /// 0.0.0.0/8: this host on this network.
  var isNetworkZero: Bool { rawValue >> 24 == 0 }
  /// 240.0.0.0/4 but for the limited broadcast.
  var isClassE: Bool { rawValue >> 28 == 15 && !isLimitedBroadcast }
}
