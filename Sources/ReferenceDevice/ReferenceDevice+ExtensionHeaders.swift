internal import Wire

/// How mutants deviate with extension headers.
enum ExtensionHeaderMutant: String, Deviation {
  case answersICMPv4OverIPv6 = "RFC4443-2.1-b: speaks ICMPv4 over IPv6"
  case silentAboutUnknownNextHeader =
    "RFC8200-4-unk-nh-ip6 RFC8200-4-unk-ulp RFC8504-5.2-ulp: doesn't report unrecognised next headers"
  case wrongCodeForUnknownNextHeader =
    "RFC8200-4-unk-nh-ip6 RFC8200-4-unk-ulp RFC8504-5.2-ulp: reports unrecognised next headers with code 0"
  case nextHeaderPointerAtHeader =
    "RFC8200-4-unk-nh-2nd: points to the unrecognised header instead of its number"
  case nextHeaderPointerIsAlwaysSix =
    "RFC8200-4-unk-nh-2nd: points to the IPv6 header's next header whatever announced it"
  case acceptsHopByHopAnywhere =
    "RFC8200-4-hbh-first RFC8200-4-hbh-after-do: takes hop-by-hop options behind other headers"
  case readsBehindNoNextHeader = "RFC8200-4.7-a: goes on behind the end of the header chain"
  case answersTruncatedChain =
    "RFC8200-4.2-hlen RFC8200-4.2-trunc-eh: answers packets that end inside a header"
  case discardsDestinationOptions =
    "RFC8200-4.2-do-padn RFC8200-4.2-do-pad1: discards packets with destination options"
  case discardsHopByHop =
    "RFC8200-4.2-hbh-padn RFC8200-4.2-hbh-pad1 RFC2711-2.1-a: discards packets with hop-by-hop options"
  case discardsSkippableOption =
    "RFC8200-4.2-do-00 RFC8200-4.2-hbh-00: discards unknown options that are to be skipped"
  case skipsAllUnknownOptions =
    "RFC8200-4.2-do-10 RFC8200-4.2-do-01 RFC8200-4.2-hbh-01 RFC8200-4.2-hbh-10 RFC8200-4.2-hbh-11: skips unknown options whatever their bits ask for"
  case reportsSilentOption =
    "RFC8200-4.2-do-01 RFC8200-4.2-hbh-01: reports unknown options that are to be dropped silently"
  case silentAboutUnknownOption =
    "RFC8200-4.2-do-10 RFC8200-4.2-hbh-10 RFC8200-4.2-hbh-11: doesn't report unknown options"
  case reportsOption11ToGroup =
    "RFC8200-4.2-do-11-mc RFC8200-4.2-hbh-11-mc RFC2675-3-e: reports options to groups that ask not to be"
  case wrongCodeForUnknownOption = "RFC8200-4.2-do-10: reports unknown options with code 0"
  case optionPointerAtLength = "RFC4443-3.4-ptr RFC2675-3-b: points to an unknown option's length"
  case lastOptionDecides =
    "RFC8200-4.2-do-first RFC8200-4.2-do-order RFC8200-4.2-hbh-first RFC8200-4.2-hbh-order: lets the last unknown option decide"
  case judgesOneOption =
    "RFC8200-4.2-do-order RFC8200-4.2-hbh-order: looks at nothing behind an unknown option that it skips"
  case readsFiveBitsOfOptionType = "RFC8200-4.2-full8: knows options by the lower five bits of their types"
  case discardsEightOptions =
    "RFC8504-5.3-num: discards packets with eight options in a header, padding aside"
  case discardsLongOptions = "RFC8504-5.3-len: discards packets with options headers of more than 256 octets"
  case takesHeadersOnce = "RFC8200-4.1-any: discards packets with two headers of one kind"
  case skipsOptionsBeforeFragment =
    "RFC8200-4-order RFC8200-4.5-hdr-diff-bad: doesn't look at options in front of a fragment header"
  case guessesFragmentHeader =
    "RFC8200-4-unexpected-nh: takes hop-by-hop options that look like a fragment header for one"
  case toleratesOptionBeyondHeader = "RFC8200-4.2-over: reads options that lead out of their header"
  case reportsLongPadding =
    "RFC8504-5.3-padn RFC8504-5.3-pad1: complains about padding of more than seven octets"
  case discardsRoutingHeader = "RFC8200-4.4-a: discards packets with a routing header that is done"
  case skipsRoutingHeader = "RFC8200-4.4-b RFC5095-3-a: skips routing headers that aren't done"
  case silentAboutRoutingHeader = "RFC8200-4.4-b: doesn't report routing headers that it can't follow"
  case wrongCodeForRoutingHeader = "RFC8200-4.4-d: reports unknown routing types as unknown next headers"
  case routingPointerAtSegmentsLeft = "RFC8200-4.4-c: points to segments left instead of the routing type"
}

extension ReferenceDevice {
  /// Takes one header after the other as each announces the next, without looking ahead [RFC8200-4-order]
  /// [RFC8200-4.1-any], until an upper layer or a reason to stop.
  mutating func walkHeaders(of packet: IPv6Packet, from start: HeaderWalk? = nil) {
    var packet = packet
    var walk = start ?? HeaderWalk(nextHeader: packet.nextHeader)
    var seen: Set<UInt8> = []
    while true {
      if breaks(ExtensionHeaderMutant.takesHeadersOnce), !seen.insert(walk.nextHeader).inserted { return }
      if breaks(ExtensionHeaderMutant.guessesFragmentHeader), walk.nextHeader == 0,
        packet.bytes.octet(walk.offset) == 58, packet.bytes.octet(walk.offset + 1) == 0,
        packet.bytes.number16(walk.offset + 2) == 0
      {
        walk.nextHeader = 44
      }
      switch walk.nextHeader {
      // RFC8200-4-hbh-first: only right behind the IPv6 header; anywhere else it is unrecognised.
      case 0 where walk.offset == 40 || breaks(ExtensionHeaderMutant.acceptsHopByHopAnywhere): break
      case 43, 60: break
      case 44:
        guard let rest = takeFragmentHeader(&packet, walk) else { return }
        walk = rest
        continue
      // RFC8200-4.7-a
      case 59:
        if breaks(ExtensionHeaderMutant.readsBehindNoNextHeader) {
          answerEcho6(packet, packet.bytes.octets(from: walk.offset))
        }
        return
      case 6, 17, 58: return deliver6(packet, walk)
      case 1 where breaks(ExtensionHeaderMutant.answersICMPv4OverIPv6):
        return answerICMPv4(of: packet, at: walk.offset)
      default: return refuseNextHeader(walk, of: packet)
      }
      guard let end = headerEnd(walk, of: packet), process(walk, end, of: packet) else { return }
      walk = HeaderWalk(
        offset: end,
        announcedAt: walk.offset,
        nextHeader: packet.bytes.octet(walk.offset)
      )
    }
  }

  /// RFC8200-4-unk-nh-ip6, RFC8200-4-unk-nh-2nd, RFC8200-4-unk-ulp: an unrecognised header or protocol is
  /// reported with the place of the number that announced it.
  private mutating func refuseNextHeader(_ walk: HeaderWalk, of packet: IPv6Packet) {
    if breaks(ExtensionHeaderMutant.silentAboutUnknownNextHeader) { return }
    var pointer = walk.announcedAt
    if breaks(ExtensionHeaderMutant.nextHeaderPointerAtHeader) { pointer = walk.offset }
    if breaks(ExtensionHeaderMutant.nextHeaderPointerIsAlwaysSix) { pointer = 6 }
    reportIPv6(
      4,
      breaks(ExtensionHeaderMutant.wrongCodeForUnknownNextHeader) ? 0 : 1,
      pointer: UInt32(pointer),
      about: packet
    )
  }

  private mutating func answerICMPv4(of packet: IPv6Packet, at offset: Int) {
    var message = packet.bytes.octets(from: offset)
    message.put8(0, at: 0)
    setICMPv4Checksum(&message)
    sendIPv6(1, message, IPv6Reply(source: replySource(for: packet), destination: packet.source))
  }

  /// Where a header ends; nil if the packet ends before that, which makes it impossible to process
  /// [RFC8200-4.2-trunc-eh] [RFC8200-4.2-hlen].
  private mutating func headerEnd(_ walk: HeaderWalk, of packet: IPv6Packet) -> Int? {
    let end = walk.offset + (Int(packet.bytes.octet(walk.offset + 1)) + 1) * 8
    if walk.offset + 8 <= packet.bytes.count, end <= packet.bytes.count { return end }
    if breaks(ExtensionHeaderMutant.answersTruncatedChain) {
      answerEcho6(packet, [128, 0, 0, 0, 0, 0, 0, 0])
    }
    return nil
  }

  /// Processes a header between its offset and its end; says whether the packet may go on.
  private mutating func process(_ walk: HeaderWalk, _ end: Int, of packet: IPv6Packet) -> Bool {
    if walk.nextHeader == 43 { return processRouting(walk, of: packet) }
    if breaks(ExtensionHeaderMutant.skipsOptionsBeforeFragment), packet.hasFragmentHeader { return true }
    if breaks(IPv6FragmentMutant.skipsOptionsBehindFragment), packet.wasFragment { return true }
    if breaks(ExtensionHeaderMutant.discardsDestinationOptions), walk.nextHeader == 60 { return false }
    if breaks(ExtensionHeaderMutant.discardsHopByHop), walk.nextHeader == 0 { return false }
    return processOptions6(walk, end, of: packet)
  }

  /// A routing header whose type isn't known is skipped when no segments are left, else reported with the place of
  /// the type [RFC8200-4.4-a] [RFC8200-4.4-b] [RFC8200-4.4-c]; type 0 is no exception [RFC5095-3-a] [RFC5095-3-b].
  private mutating func processRouting(_ walk: HeaderWalk, of packet: IPv6Packet) -> Bool {
    guard packet.bytes.octet(walk.offset + 3) > 0 else {
      return !breaks(ExtensionHeaderMutant.discardsRoutingHeader)
    }
    if breaks(ExtensionHeaderMutant.skipsRoutingHeader) { return true }
    if breaks(ExtensionHeaderMutant.silentAboutRoutingHeader) { return false }
    let pointer = walk.offset + (breaks(ExtensionHeaderMutant.routingPointerAtSegmentsLeft) ? 3 : 2)
    reportIPv6(
      4,
      breaks(ExtensionHeaderMutant.wrongCodeForRoutingHeader) ? 1 : 0,
      pointer: UInt32(pointer),
      about: packet
    )
    return false
  }

  /// Options strictly in their order [RFC8200-4.2-do-order] [RFC8200-4.2-hbh-order]; the first that demands a
  /// discard ends it [RFC8200-4.2-do-first] [RFC8200-4.2-hbh-first].
  mutating func processOptions6(_ walk: HeaderWalk, _ end: Int, of packet: IPv6Packet) -> Bool {
    // RFC8504-5.3-len
    if breaks(ExtensionHeaderMutant.discardsLongOptions), end - walk.offset > 256 { return false }
    var offset = walk.offset + 2
    var count = 0
    while offset < end {
      let type = packet.bytes.octet(offset)
      if type == 0 {
        // RFC8200-4.2-do-pad1, RFC8200-4.2-hbh-pad1
        offset += 1
        continue
      }
      let next = offset + 2 + Int(packet.bytes.octet(offset + 1))
      // RFC8200-4.2-over
      guard offset + 2 <= end, next <= end else {
        reportIPv6(4, 0, pointer: UInt32(offset), about: packet)
        return breaks(ExtensionHeaderMutant.toleratesOptionBeyondHeader)
      }
      if breaks(ExtensionHeaderMutant.reportsLongPadding), type == 1, next - offset > 7 {
        reportIPv6(4, 0, pointer: UInt32(offset), about: packet)
        return false
      }
      // RFC8200-4.2-do-padn, RFC8200-4.2-hbh-padn, RFC2711-2.1-a: padding, and a router alert, which says
      // nothing to the destination.
      let bits = breaks(ExtensionHeaderMutant.readsFiveBitsOfOptionType) ? type & 31 : type
      if type != 1 { count += 1 }
      if breaks(ExtensionHeaderMutant.discardsEightOptions), count >= 8 { return false }
      var isKnown = bits == 1 || bits == 5 && walk.nextHeader == 0
      if breaks(ExtensionHeaderMutant.lastOptionDecides), next < end, packet.bytes.octet(next) > 1 {
        isKnown = true
      }
      guard isKnown || passesUnknownOption(type, at: offset, of: packet) else { return false }
      if !isKnown, breaks(ExtensionHeaderMutant.judgesOneOption) { return true }
      offset = next
    }
    return true
  }

  /// What the two highest bits of an unknown option's type ask for: 00 skip, 01 discard, 10 discard and report,
  /// 11 discard and report unless the destination was a group [RFC8200-4.2-do-00] to [RFC8200-4.2-do-11-mc],
  /// whatever the other bits say [RFC8200-4.2-full8] [RFC8200-4.2-mutable].
  private mutating func passesUnknownOption(_ type: UInt8, at offset: Int, of packet: IPv6Packet) -> Bool {
    if type >> 6 == 0 { return !breaks(ExtensionHeaderMutant.discardsSkippableOption) }
    if breaks(ExtensionHeaderMutant.skipsAllUnknownOptions) { return true }
    if type >> 6 == 1, !breaks(ExtensionHeaderMutant.reportsSilentOption) { return false }
    if breaks(ExtensionHeaderMutant.silentAboutUnknownOption) { return false }
    if type >> 6 == 3, packet.destination.isMulticast, !breaks(ExtensionHeaderMutant.reportsOption11ToGroup) {
      return false
    }
    let pointer = offset + (breaks(ExtensionHeaderMutant.optionPointerAtLength) ? 1 : 0)
    reportIPv6(
      4,
      breaks(ExtensionHeaderMutant.wrongCodeForUnknownOption) ? 0 : 2,
      pointer: UInt32(pointer),
      about: packet
    )
    return false
  }
}
