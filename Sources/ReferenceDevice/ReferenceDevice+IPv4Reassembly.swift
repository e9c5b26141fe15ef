internal import Wire

/// How mutants deviate in reassembly, mostly over both IP versions.
enum ReassemblyMutant: String, Deviation {
  case needsFragmentsInOrder = "RFC791-3.2-b RFC8200-4.5-reverse: wants fragments in their order"
  case duplicateSpoilsReassembly = "RFC791-3.2-b: gives up when a fragment comes twice"
  case reassemblesAcrossIdentifications = "RFC791-3.2-a RFC8200-4.5-id: puts together whatever has one sender"
  case reassemblesAcrossSources = "RFC791-3.2-a RFC8200-4.5-src: puts together fragments of different senders"
  case queuesWholeDatagram = "RFC791-3.2-c: takes a whole datagram for one of the fragments that wait"
  case reassemblesAcrossProtocols = "RFC791-3.2-a: puts together fragments of different protocols"
  case answersFirstFragmentAlone = "RFC791-3.2-a: takes the first fragment for the datagram"
  case mixesOverlaps = "RFC791-3.2-d: answers datagrams mixed of contradicting fragments"
  case reportsOversizedFragment = "RFC6274-3.7-b: complains about fragments that end beyond 65,535 octets"
  case lastOverlapWins = "RFC791-3.2-d RFC8200-4.5-overlap: lets contradicting fragments overwrite each other"
  case losesLastOctetInReassembly = "RFC1122-3.3.2-a RFC8200-4.5-inorder: loses the last octet in reassembly"
  case acceptsOddFragment = "RFC6274-3.7-a: takes fragments of any length"
  case wantsLastFragmentOfEights =
    "RFC791-3.2-b RFC8200-4.5-mixed-pad: discards last fragments whose length is no multiple of eight"
  case reassemblesAtMost576 = "RFC1122-3.3.2-b: puts together at most 576 octets"
  case refusesOverlap = "RFC6864-4.2-b: complains about fragments that bring the same octets once more"
  case dropsMarkedFragments = "RFC3168-5.3-a: drops fragments of transports that know congestion marks"
  case ignoresECNOfFragments = "RFC3168-5.3-a: mixes fragments with and without congestion marks"
  case diesOfOversizedDatagram =
    "RFC6274-3.7-b RFC8200-4.5-64k: crashes on fragments that end beyond 65,535 octets"
}

extension ReferenceDevice {
  /// Takes a fragment; delivers the datagram when it is whole [RFC1122-3.2.1.4-a].
  mutating func reassemble(_ fragment: IPv4Datagram) {
    let data = fragment.payload
    let isLast = !fragment.moreFragments
    // RFC6274-3.7-a
    if !isLast, data.isEmpty || data.count % 8 != 0 && !breaks(ReassemblyMutant.acceptsOddFragment) { return }
    if breaks(ReassemblyMutant.wantsLastFragmentOfEights), isLast, data.count % 8 != 0 { return }
    if breaks(ReassemblyMutant.dropsMarkedFragments), fragment.tos & 3 != 0 { return }
    // RFC6274-3.7-b
    guard fragment.fragmentOffset + data.count + fragment.headerLength <= 65_535 else {
      if breaks(ReassemblyMutant.diesOfOversizedDatagram) { history.isDead = true }
      if breaks(ReassemblyMutant.reportsOversizedFragment) {
        reportIPv4(12, 0, about: fragment.withoutItsOffset)
      }
      return
    }
    if breaks(ReassemblyMutant.answersFirstFragmentAlone), fragment.fragmentOffset == 0 {
      return deliver(fragment)
    }
    if breaks(ErrorMutant.reportsLaterFragments), fragment.fragmentOffset > 0,
      ![1, 2, 6, 17].contains(fragment.protocolNumber)
    {
      return deliver(fragment)
    }
    let key = fragmentKey(of: fragment)
    var reassembly = reassembly(reassembly4[key], with: fragment.bytes, ttl: fragment.bytes.octet(8))
    if breaks(ReassemblyMutant.refusesOverlap),
      reassembly.fit(data, at: fragment.fragmentOffset, isLast: isLast) == .overlapsAlike
    {
      return reportIPv4(12, 0, about: fragment.withoutItsOffset)
    }
    add(fragment, data, isLast, to: &reassembly)
    guard reassembly.isComplete, !reassembly.isPoisoned, let first = reassembly.first else {
      reassembly4[key] = reassembly
      return
    }
    reassembly4[key] = nil
    if breaks(ReassemblyMutant.reassemblesAtMost576), reassembly.headerLength + reassembly.data.count > 576 {
      return
    }
    guard let tos = combinedTOS(of: reassembly, first: first) else { return }
    deliver(wholeDatagram(reassembly, first: first, tos: tos))
  }

  /// Whether fragments wait under a datagram's identification.
  func isAwaited(_ datagram: IPv4Datagram) -> Bool { reassembly4[fragmentKey(of: datagram)] != nil }

  private func fragmentKey(of fragment: IPv4Datagram) -> FragmentKey4 {
    FragmentKey4(
      source: breaks(ReassemblyMutant.reassemblesAcrossSources) ? .unspecified : fragment.source,
      destination: fragment.destination,
      protocolNumber: breaks(ReassemblyMutant.reassemblesAcrossProtocols) ? 0 : fragment.protocolNumber,
      identification: breaks(ReassemblyMutant.reassemblesAcrossIdentifications) ? 0 : fragment.identification
    )
  }

  /// Puts a fragment into its place: any order, doubles and overlaps with the same octets do no harm
  /// [RFC791-3.2-b] [RFC6864-4.2-b]; a contradiction spoils the whole datagram [RFC791-3.2-d].
  private func add(
    _ fragment: IPv4Datagram,
    _ data: [UInt8],
    _ isLast: Bool,
    to reassembly: inout Reassembly
  ) {
    if reassembly.isPoisoned { return }
    reassembly.marks |= 1 << (fragment.tos & 3)
    if fragment.fragmentOffset == 0, reassembly.first == nil {
      reassembly.first = fragment.bytes
      reassembly.firstFrame = fragment.frame
      reassembly.headerLength = fragment.headerLength
    }
    if breaks(ReassemblyMutant.needsFragmentsInOrder), fragment.fragmentOffset != reassembly.data.count {
      reassembly.isPoisoned = true
    }
    switch reassembly.fit(data, at: fragment.fragmentOffset, isLast: isLast) {
    case .new: reassembly.add(data, at: fragment.fragmentOffset, isLast: isLast)
    case .overlapsAlike, .duplicate:
      if breaks(ReassemblyMutant.duplicateSpoilsReassembly) { reassembly.isPoisoned = true }
      reassembly.add(data, at: fragment.fragmentOffset, isLast: isLast)
    case .contradicts:
      let isTaken = breaks(ReassemblyMutant.lastOverlapWins) || breaks(ReassemblyMutant.mixesOverlaps)
      reassembly.isPoisoned = !isTaken
      if isTaken { reassembly.add(data, at: fragment.fragmentOffset, isLast: isLast) }
    }
  }

  /// The whole datagram under the header of fragment zero.
  private mutating func wholeDatagram(_ reassembly: Reassembly, first: [UInt8], tos: UInt8) -> IPv4Datagram {
    var bytes = first.octets(0..<reassembly.headerLength) + reassembly.data
    if breaks(ReassemblyMutant.losesLastOctetInReassembly) { bytes.removeLast() }
    bytes.put8(tos, at: 1)
    bytes.put16(UInt16(truncatingIfNeeded: bytes.count), at: 2)
    bytes.put16(first.number16(6) & 0xc000, at: 6)
    bytes.put16(0, at: 10)
    bytes.put16(Checksum.internet(bytes[..<reassembly.headerLength]), at: 10)
    let frame =
      reassembly.firstFrame ?? FrameHeader(source: configuration.mac, destination: configuration.mac)
    var datagram = IPv4Datagram(bytes: bytes, frame: frame, headerLength: reassembly.headerLength)
    datagram.wasFragmented = true
    _ = processOptions(&datagram)
    return datagram
  }

  /// The TOS octet of the whole; nil if fragments marked and not capable of marks are mixed [RFC3168-5.3-a].
  private func combinedTOS(of reassembly: Reassembly, first: [UInt8]) -> UInt8? {
    let notCapable: UInt8 = 0b0001
    let experienced: UInt8 = 0b1000
    let tos = first.octet(1)
    if breaks(ReassemblyMutant.ignoresECNOfFragments) || reassembly.marks & experienced == 0 { return tos }
    return reassembly.marks & notCapable == 0 ? tos | 3 : nil
  }
}
