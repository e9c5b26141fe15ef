internal import Suite
internal import Wire

/// How mutants deviate with datagrams that the next link doesn't carry, mostly over both IP versions.
enum TooBigMutant: String, Deviation {
  static let role = Role.router
  case fragmentsDespiteDF =
    "RFC792-du-c RFC6864-4.3-b RFC8200-5-nofrag: fragments what isn't to be fragmented on its way"
  case silentAboutTooBig = "RFC1191-4-a RFC4443-3.2-a: doesn't report what the next link doesn't carry"
  case saysNoMTU = "RFC1812-5.2.7.1-f RFC4443-3.2-mtu: reports what is too big with an MTU of 0"
  case saysPacketSize =
    "RFC1191-4-c RFC4443-3.2-mtu: reports what is too big with the packet's own length as MTU"
  case saysArrivalMTU =
    "RFC1191-4-a RFC4443-3.2-mtu: reports what is too big with the MTU of the link that it came from"
  case saysMTUInUpperHalf = "RFC1191-4-b: puts the MTU into the wrong half of the word"
  case carriesLittle = "RFC791-3.2-g: takes datagrams of more than 64 octets for too big"
  case refusesExactFit = "RFC1191-4-c RFC4443-3.2-edge: takes what just fits for too big"
  case wrongCodeForTooBig = "RFC1191-4-a: reports what is too big as unreachable host"
  case reportsBigErrors = "RFC1812-4.3.2.7-a RFC4443-2.4.e.1-d: reports errors that are too big"
  case dropsWhatNeedsFragments =
    "RFC1812-4.2.2.7-a: forwards nothing that would need fragments, and doesn't say so"
  case fragmentsLateFirst = "RFC1812-4.2.2.7-b: sends the last fragment first"
  case fragmentsSmall = "RFC1812-4.2.2.7-b: makes twice as many fragments as are needed"
  case fragmentsWithFreshID = "RFC791-3.2-f: gives fragments an identification of its own"
  case forgetsMoreFragments = "RFC791-3.2-f: ends a fragment that isn't the last by one that says it is"
  case restartsOffsets = "RFC791-3.2-f: counts offsets anew when it fragments a fragment"
  case copiesAllOptions = "RFC791-3.2-e: copies all options into all fragments"
  case copiesNoOption = "RFC791-3.2-e: copies no option into later fragments"
  case clearsReservedFlagOfFragments = "RFC1812-5.2.5-a: clears the reserved flag when it fragments"
}

extension ForwardingDevice {
  /// A datagram in pieces that the way carries; nil if it mustn't be cut, which is reported.
  mutating func fragments(of transit: Transit4, for route: Route<IPv4Address>) -> [[UInt8]]? {
    let datagram = transit.datagram
    var most = breaks(TooBigMutant.refusesExactFit) ? route.mtu - 1 : route.mtu
    if breaks(TooBigMutant.carriesLittle) { most = 64 }
    guard datagram.bytes.count > most else { return [datagram.bytes] }
    let fragmentsNothing = breaks(TooBigMutant.dropsWhatNeedsFragments) || breaks(NATMutant.fragmentsNothing)
    if fragmentsNothing, !datagram.dontFragment { return nil }
    // RFC792-du-c, RFC6864-4.3-b
    if datagram.dontFragment, !breaks(TooBigMutant.fragmentsDespiteDF) {
      reportTooBig(transit, route)
      return nil
    }
    var pieces = cut(datagram, to: route.mtu)
    if breaks(TooBigMutant.fragmentsLateFirst) { pieces.reverse() }
    return pieces
  }

  /// RFC1191-4-a: the error says in the lower half of its second word how much the way carries, the upper half zero
  /// [RFC1191-4-b].
  private mutating func reportTooBig(_ transit: Transit4, _ route: Route<IPv4Address>) {
    if breaks(TooBigMutant.silentAboutTooBig) || breaks(NATMutant.hidesTooBig) { return }
    var mtu = route.mtu
    if breaks(TooBigMutant.saysNoMTU) { mtu = 0 }
    if breaks(TooBigMutant.saysPacketSize) { mtu = transit.datagram.bytes.count }
    if breaks(TooBigMutant.saysArrivalMTU) { mtu = host(on: transit.arrival).configuration.mtu }
    var rest: [UInt8] = []
    rest.append32(UInt32(mtu) << (breaks(TooBigMutant.saysMTUInUpperHalf) ? 16 : 0))
    var datagram = transit.original
    if breaks(TooBigMutant.reportsBigErrors), datagram.protocolNumber == 1 {
      datagram = datagram.withoutItsType
    }
    report4(3, breaks(TooBigMutant.wrongCodeForTooBig) ? 1 : 4, rest: rest, about: datagram)
  }

  /// Cuts a datagram into as few pieces as can be, in their order [RFC1812-4.2.2.7-b]; each has the header of the
  /// whole [RFC791-3.2-f], with the options that are for all fragments [RFC791-3.2-e].
  func cut(_ datagram: IPv4Datagram, to mtu: Int) -> [[UInt8]] {
    let payload = datagram.payload
    var header = datagram.bytes.octets(0..<datagram.headerLength)
    if breaks(TooBigMutant.fragmentsWithFreshID) { header.put16(0x0f0f, at: 4) }
    let start = breaks(TooBigMutant.restartsOffsets) ? 0 : datagram.fragmentOffset
    var pieces: [[UInt8]] = []
    var offset = 0
    repeat {
      if offset > 0, pieces.count == 1 { header = headerOfLaterFragments(header) }
      var room = max(8, (mtu - header.count) & ~7)
      if breaks(TooBigMutant.fragmentsSmall) { room = max(8, room / 2 & ~7) }
      let rest = payload.count - offset
      let isLast =
        breaks(TooBigMutant.fragmentsSmall) ? rest <= room : header.count + rest <= mtu
      let end = isLast ? payload.count : offset + room
      // RFC791-3.2-f: the last inherits what the whole said.
      let hasMore = !isLast || datagram.moreFragments && !breaks(TooBigMutant.forgetsMoreFragments)
      var flags = UInt16(truncatingIfNeeded: (start + offset) / 8) & 0x1fff | (hasMore ? 0x2000 : 0)
      flags |= datagram.bytes.number16(6) & 0xc000
      if breaks(TooBigMutant.clearsReservedFlagOfFragments) { flags &= 0x7fff }
      pieces.append(Self.piece(header, payload.octets(offset..<end), flags))
      offset = end
    } while offset < payload.count
    return pieces
  }

  private static func piece(_ header: [UInt8], _ part: [UInt8], _ flags: UInt16) -> [UInt8] {
    var piece = header
    piece.put8(UInt8(0x40 | header.count / 4), at: 0)
    piece.put16(UInt16(truncatingIfNeeded: header.count + part.count), at: 2)
    piece.put16(flags, at: 6)
    piece.put16(0, at: 10)
    piece.put16(Checksum.internet(piece), at: 10)
    return piece + part
  }

  private func headerOfLaterFragments(_ header: [UInt8]) -> [UInt8] {
    if breaks(TooBigMutant.copiesAllOptions) { return header }
    let copied =
      breaks(TooBigMutant.copiesNoOption) ? [] : ReferenceDevice.copiedOptions(header.octets(from: 20))
    return header.octets(0..<20) + copied
  }
}
