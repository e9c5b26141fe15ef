internal import Wire

/// How mutants deviate with IPv6 fragments.
enum IPv6FragmentMutant: String, Deviation {
  case acceptsIPv6Overlap = "RFC8200-4.5-overlap RFC5722-4-a: takes overlapping fragments"
  case acceptsOddIPv6Fragment = "RFC8200-4.5-len8 RFC8200-4.5-len8-mid: takes IPv6 fragments of any length"
  case queuesAtomicFragment = "RFC6946-4-a: takes an atomic fragment for one of many"
  case discardsAtomicFragment = "RFC8200-4.5-atomic: discards packets in a single fragment"
  case silentAboutOddFragment = "RFC8200-4.5-len8: doesn't report fragments of odd length"
  case silentAboutOversizedFragment =
    "RFC8200-4.5-64k: doesn't report fragments that end beyond 65,535 octets"
  case acceptsIncompleteChain =
    "RFC7112-5-host RFC8200-4.5-chain-ulp: takes first fragments without all headers"
  case wantsDataInFirstFragment =
    "RFC8200-4.5-chain-ulp: takes a first fragment that ends behind the upper-layer header for incomplete"
  case reassemblesAcrossDestinations =
    "RFC8200-4.5-dst: puts together fragments to different addresses of its own"
  case wantsSameNextHeader = "RFC8200-4.5-nh-diff: gives up when fragments name different next headers"
  case wantsSameHeaders =
    "RFC8200-4.5-hdr-diff: gives up when the hop limit or traffic class of fragments differs"
  case answersEmptyFragment = "RFC8200-4.5-zero: answers a fragment that carries nothing"
  case reportsOverlap = "RFC8200-4.5-overlap-noicmp: complains about fragments that overlap"
  case reportsWholeAsTooBig =
    "RFC4443-3.2-host: reports what it has put together as too big if it exceeds the link's MTU"
  case looksBehindBadFragment =
    "RFC8200-4-order-b RFC8200-4-order-c: looks at options behind a fragment header before the fragment"
  case skipsOptionsBehindFragment =
    "RFC8200-4-order-d: doesn't look at options behind a fragment header that is done"
  case wrongCodeForIncompleteChain = "RFC7112-5-fmt: reports first fragments without all headers with code 0"
}

extension ReferenceDevice {
  /// Takes the fragment header at the walk's place.
  ///
  /// Returns where to go on in `packet`, which is then without its fragment header; nil if there is nothing to go
  /// on with.
  mutating func takeFragmentHeader(_ packet: inout IPv6Packet, _ walk: HeaderWalk) -> HeaderWalk? {
    guard walk.offset + 8 <= packet.bytes.count else { return nil }
    if breaks(IPv6FragmentMutant.looksBehindBadFragment), refusesOptions(behind: walk, packet) { return nil }
    let field = packet.bytes.number16(walk.offset + 2)
    let offset = Int(field & 0xfff8)
    let isLast = field & 1 == 0
    // RFC8200-4.5-atomic, RFC6946-4-a, -b: whole by itself, whatever else is waiting; RFC6946-4-c: of any length.
    if offset == 0, isLast, !breaks(IPv6FragmentMutant.queuesAtomicFragment) {
      if breaks(IPv6FragmentMutant.discardsAtomicFragment) { return nil }
      return removeFragmentHeader(of: &packet, walk, data: packet.bytes.octets(from: walk.offset + 8))
    }
    guard isAcceptable(packet, walk, offset: offset, isLast: isLast) else { return nil }
    return reassemble6(&packet, walk, offset: offset, isLast: isLast)
  }

  /// Checks a fragment's length, end and header chain.
  private mutating func isAcceptable(
    _ packet: IPv6Packet,
    _ walk: HeaderWalk,
    offset: Int,
    isLast: Bool
  ) -> Bool {
    let length = packet.bytes.count - walk.offset - 8
    // RFC8200-4.5-len8, RFC8200-4.5-len8-mid, RFC8200-4.5-mixed-pad
    if !isLast, length % 8 != 0 {
      if breaks(IPv6FragmentMutant.acceptsOddIPv6Fragment) { return true }
      if !breaks(IPv6FragmentMutant.silentAboutOddFragment) { reportIPv6(4, 0, pointer: 4, about: packet) }
      return false
    }
    if breaks(ReassemblyMutant.wantsLastFragmentOfEights), isLast, length % 8 != 0 { return false }
    // RFC8200-4.5-64k
    if walk.offset - 40 + offset + length > 65_535 {
      if breaks(ReassemblyMutant.diesOfOversizedDatagram) { history.isDead = true }
      if !breaks(IPv6FragmentMutant.silentAboutOversizedFragment) {
        reportIPv6(4, 0, pointer: UInt32(walk.offset + 2), about: packet)
      }
      return false
    }
    // RFC8200-4.5-chain, RFC8200-4.5-chain-ulp, RFC7112-5-host, RFC7112-5-fmt
    if offset == 0, !hasWholeChain(packet), !breaks(IPv6FragmentMutant.acceptsIncompleteChain) {
      reportIPv6(4, breaks(IPv6FragmentMutant.wrongCodeForIncompleteChain) ? 0 : 3, pointer: 0, about: packet)
      return false
    }
    // RFC8200-4.5-zero: nothing in it.
    if length == 0, breaks(IPv6FragmentMutant.answersEmptyFragment) {
      answerEcho6(packet, [128, 0, 0, 0, 0, 0, 0, 0])
    }
    return length > 0 || isLast
  }

  /// Whether a first fragment has all headers including the upper layer's.
  private func hasWholeChain(_ packet: IPv6Packet) -> Bool {
    guard let upper = packet.upperLayer() else { return false }
    var needed = [6: 20, 17: 8, 58: 8][upper.nextHeader] ?? 0
    if breaks(IPv6FragmentMutant.wantsDataInFirstFragment) { needed += 1 }
    return upper.offset + needed <= packet.bytes.count
  }

  private mutating func reassemble6(
    _ packet: inout IPv6Packet,
    _ walk: HeaderWalk,
    offset: Int,
    isLast: Bool
  ) -> HeaderWalk? {
    let key = FragmentKey6(
      source: breaks(ReassemblyMutant.reassemblesAcrossSources) ? .unspecified : packet.source,
      destination: breaks(IPv6FragmentMutant.reassemblesAcrossDestinations)
        ? .unspecified : packet.destination,
      identification: breaks(ReassemblyMutant.reassemblesAcrossIdentifications)
        ? 0 : packet.bytes.number32(walk.offset + 4)
    )
    var reassembly = reassembly(reassembly6[key], with: packet.bytes, ttl: packet.hopLimit)
    let data = packet.bytes.octets(from: walk.offset + 8)
    if offset == 0, reassembly.first == nil {
      reassembly.first = packet.bytes
      reassembly.firstFrame = packet.frame
      reassembly.headerLength = walk.offset
    }
    if breaks(ReassemblyMutant.needsFragmentsInOrder), offset != reassembly.data.count {
      reassembly.isPoisoned = true
    }
    if differs(packet, walk, from: reassembly) { reassembly.isPoisoned = true }
    if breaks(IPv6FragmentMutant.reportsOverlap), reassembly.fit(data, at: offset, isLast: isLast) != .new {
      reportIPv6(4, 0, pointer: UInt32(walk.offset + 2), about: packet)
    }
    if !reassembly.isPoisoned { add6(data, at: offset, isLast: isLast, to: &reassembly) }
    guard reassembly.isComplete, !reassembly.isPoisoned, let first = reassembly.first,
      let frame = reassembly.firstFrame
    else {
      reassembly6[key] = reassembly
      return nil
    }
    reassembly6[key] = nil
    // The headers in front of the fragment header are those of fragment zero [RFC8200-4.5-hdr-diff], and so is
    // the number of what follows [RFC8200-4.5-nh-diff].
    packet = IPv6Packet(bytes: first, frame: frame)
    var whole = reassembly.data
    if breaks(ReassemblyMutant.losesLastOctetInReassembly) { whole.removeLast() }
    guard reassembly.headerLength - 40 + whole.count <= 65_535 else { return nil }
    // RFC4443-3.2-host
    if breaks(IPv6FragmentMutant.reportsWholeAsTooBig),
      reassembly.headerLength + whole.count > configuration.mtu
    {
      reportIPv6(2, 0, pointer: UInt32(configuration.mtu), about: packet)
      return nil
    }
    let walk = HeaderWalk(
      offset: reassembly.headerLength,
      announcedAt: announcement(of: reassembly.headerLength, in: packet),
      nextHeader: 44
    )
    return removeFragmentHeader(of: &packet, walk, data: whole)
  }

  /// Whether a fragment differs from the first one in what only mutants compare.
  private func differs(_ packet: IPv6Packet, _ walk: HeaderWalk, from reassembly: Reassembly) -> Bool {
    let earliest = IPv6Packet(bytes: reassembly.earliest, frame: packet.frame)
    if breaks(IPv6FragmentMutant.wantsSameHeaders),
      earliest.hopLimit != packet.hopLimit || earliest.trafficClass != packet.trafficClass
    {
      return true
    }
    return breaks(IPv6FragmentMutant.wantsSameNextHeader)
      && packet.bytes.octet(walk.offset) != reassembly.earliest.octet(walk.offset)
  }

  /// Whether destination options right behind a fragment header ask for a discard, which only a mutant wants to know
  /// before the fragment is whole [RFC8200-4-order-b] [RFC8200-4-order-c].
  private mutating func refusesOptions(behind walk: HeaderWalk, _ packet: IPv6Packet) -> Bool {
    let start = walk.offset + 8
    guard packet.bytes.octet(walk.offset) == 60, packet.bytes.number16(walk.offset + 2) & 0xfff8 == 0 else {
      return false
    }
    let end = min(packet.bytes.count, start + (Int(packet.bytes.octet(start + 1)) + 1) * 8)
    return !processOptions6(HeaderWalk(offset: start, nextHeader: 60), end, of: packet)
  }

  /// RFC8200-4.5-overlap, RFC5722-4-a: any overlap ends the packet without a word [RFC8200-4.5-overlap-noicmp];
  /// an exact double is dropped [RFC8200-4.5-dup].
  private func add6(_ data: [UInt8], at offset: Int, isLast: Bool, to reassembly: inout Reassembly) {
    switch reassembly.fit(data, at: offset, isLast: isLast) {
    case .new: reassembly.add(data, at: offset, isLast: isLast)
    case .duplicate: reassembly.isPoisoned = breaks(ReassemblyMutant.duplicateSpoilsReassembly)
    case .overlapsAlike, .contradicts:
      if breaks(IPv6FragmentMutant.acceptsIPv6Overlap) || breaks(ReassemblyMutant.lastOverlapWins) {
        reassembly.add(data, at: offset, isLast: isLast)
      } else {
        reassembly.isPoisoned = true
      }
    }
  }

  /// Where the number is that announces the header at an offset.
  private func announcement(of offset: Int, in packet: IPv6Packet) -> Int {
    var place = 6
    var header = 40
    while header < offset {
      place = header
      header += (Int(packet.bytes.octet(header + 1)) + 1) * 8
    }
    return place
  }

  /// Puts the data where the fragment header was; what the fragment header announced comes next.
  private func removeFragmentHeader(
    of packet: inout IPv6Packet,
    _ walk: HeaderWalk,
    data: [UInt8]
  ) -> HeaderWalk {
    let next = packet.bytes.octet(walk.offset)
    packet.bytes = packet.bytes.octets(0..<walk.offset) + data
    packet.bytes.put8(next, at: walk.announcedAt)
    packet.bytes.put16(UInt16(truncatingIfNeeded: packet.bytes.count - 40), at: 4)
    packet.wasFragment = true
    return HeaderWalk(offset: walk.offset, announcedAt: walk.announcedAt, nextHeader: next)
  }
}
