import ReferenceDevice
import Testing

/// What each mutant does otherwise than the strict device, shown on the stimulus that fits it best.
enum Deviations {
  static let rows: [Deviation] = table(
    """
    repliesToBadChecksum: echo with wrong checksum: 0/0 12348007 data 56
    acceptsZeroChecksum: echo with checksum 0: 0/0 12348007 data 56
    acceptsOnesChecksum: echo with checksum 0xffff: 0/0 12348007 data 56
    acceptsChecksumWithoutPseudoHeader: echo6 with a checksum of IPv4: 129/0 00000000 data 0
    answersTimestampWithBadChecksum: timestamp with wrong checksum: 14/0 12348007 data 12 changed
    believesErrorsWithBadChecksum: too big6 with wrong checksum: via gateway 129/0 12348007 data 1400 + \
    via gateway fragment at 0 more + via gateway fragment at 1232
    reportsBadChecksum: echo with wrong checksum: 12/0 00000000 quotes 84
    ignoresIPChecksum: echo with wrong IP checksum: 0/0 12348007 data 56
    acceptsZeroIPChecksum: echo with IP checksum 0: 0/0 12348007 data 56
    ignoresUDPChecksum: closed port with wrong checksum: 3/3 00000000 quotes 36
    discardsUDPWithoutChecksum: closed port without checksum: silence
    acceptsIPv6UDPWithoutChecksum: closed port6 without checksum: 1/4 00000000 quotes 56
    sendsBadEchoChecksum: echo: 0/0 12348007 data 56 [checksum]
    sendsBadErrorChecksum: closed port: 3/3 00000000 quotes 128 [checksum]
    ignoresOddOctetInChecksum: odd echo: 0/0 12348007 data 57 [checksum]
    forgetsPseudoHeader: closed port6: 1/4 00000000 quotes 148 [checksum]
    sendsBadIPChecksum: closed port: 3/3 00000000 quotes 128 [checksum]
    takesPaddingForData: echo with padding: 0/0 12348007 data 56 changed
    takesIPv6PaddingForData: echo6 with payload length too large: 129/0 12348007 data 56
    silentAboutEcho: echo: silence
    answersOneEchoInThree: two echoes of one identification: 0/0 12348007 data 56
    answersEchoTwice: echo: 0/0 12348007 data 56 + 0/0 12348007 data 56
    alsoReportsAnsweredEcho: long echo: 0/0 12348007 data 1472 + 12/0 00000000 quotes 548
    answersShortEcho: echo without its sequence number: 0/0 1234 data 0 [truncated]
    discardsEchoWithTOS: echo with TOS: silence
    treatsIdentificationAsSequence: two echoes of one identification: 0/0 12348007 data 56
    zeroesIdentifier: echo: 0/0 00008007 data 56
    swapsIdentifierOctets: echo: 0/0 34128007 data 56
    incrementsSequence: echo: 0/0 12348008 data 56
    discardsZeroIdentifier: echo with identifier 0: silence
    discardsZeroSequence: echo with sequence 0: silence
    wrapsSequenceEarly: echo: 0/0 12340007 data 56
    zeroesSequence: echo: 0/0 12340000 data 56
    repliesWithCodeOne: echo: 0/1 12348007 data 56
    truncatesEchoDataAt56: odd echo6: 129/0 12348007 data 56
    truncatesEchoDataAt548: long echo: 0/0 12348007 data 548
    truncatesEchoDataAt1232: long echo: 0/0 12348007 data 1232
    truncatesLargeReplies: too big6 for what was sent: via gateway 129/0 12348007 data 1400
    dropsLastEchoOctet: echo: 0/0 12348007 data 55
    dropsOddEchoOctet: odd echo6: 129/0 12348007 data 56
    fillsOddEchoData: odd echo6: 129/0 12348007 data 58 changed
    zeroesLongEchoData: long echo: 0/0 12348007 data 1472 changed
    appendsToEchoData: echo: 0/0 12348007 data 57 changed
    clearsHighBitOfData: echo: 0/0 12348007 data 56 changed
    zeroesEchoData: echo: 0/0 12348007 data 56 changed
    echoReplyHasFixedTOS: echo with TOS: tos 16 0/0 12348007 data 56
    copiesTTL: echo with TTL 1: ttl 1 0/0 12348007 data 56
    repliesWithTTLOne: echo: ttl 1 0/0 12348007 data 56
    answersEchoReply: echo reply: 0/0 12348007 data 8
    answersBroadcastFromBroadcast: echo to everybody: from a group 0/0 12348007 data 56
    answersGroupFromGroup: echo6 to all nodes: from a group 129/0 12348007 data 56
    answersLinkLocalFromGlobal: echo6 to the link-local address: 129/0 12348007 data 56
    silentAboutGroupEcho: echo6 to all nodes: silence
    answersUnspecifiedSource: echo6 from nobody: to all 129/0 12348007 data 56
    answersOneTimestampOnly: two timestamps: 14/0 12348007 data 12 changed
    answersTimestampReply: timestamp reply: 14/0 12348007 data 12 changed
    reportsUnknownType: type 44: 3/2 00000000 quotes 36
    echoesUnknownType: type 44: 44/0 00000000 data 8
    answersDeprecatedType: type 35: 35/0 00000000 data 8
    answersExperimentalType: type 253: 253/0 00000000 data 8
    answersInformationRequest: information request: 16/0 12348007 data 0
    answersAddressMaskRequest: address mask request: 18/0 12348007 data 4 changed
    answersExtendedEcho: extended echo: 43/0 00000001 data 8
    answersRouterSolicitation: router solicitation: 9/0 01020708 data 8 changed
    answersNodeInformation: node information query: 140/0 00000000 data 12 changed
    answersUnknownError: type6 127: 127/0 00000000 data 8
    reportsUnknownErrorType: type6 127: 4/0 00000028 quotes 56 changed
    answersErrors: unreachable: 3/3 00000000 quotes 64 changed
    answersSourceQuench: source quench: 4/0 00000000 data 36 changed
    believesSpoofedErrors: too big for what wasn't sent: via gateway fragment at 0 more 0/0 12348007 data \
    544 + via gateway fragment at 552 more 552 octets + via gateway fragment at 1104 304 octets
    believesAnyRedirect: redirect by somebody: via gateway 0/0 12348007 data 1400 + 0/0 12348007 data 1400
    believesRedirectToOtherNetwork: redirect to another network: via gateway 0/0 12348007 data 1400 + 0/0 \
    12348007 data 1400
    believesRedirectForNothingSent: redirect for what wasn't sent: 0/0 12348007 data 1400
    believesAddressMaskReply: address mask reply: 0/0 12348007 data 1400
    shrinksOnLargeMTU: too big6 for a large MTU: via gateway 129/0 12348007 data 1400 + via gateway \
    fragment at 0 more + via gateway fragment at 1232
    raisesPathMTU: too big twice: via gateway 0/0 12348007 data 1400 + via gateway fragment at 0 more 0/0 \
    12348007 data 1368 + via gateway fragment at 1376 32 octets
    acceptsTooBigBelow68: too big below 68: via gateway 0/0 12348007 data 1400 + via gateway fragment at 0 \
    more 0/0 12348007 data 32 + via gateway fragment at 40 more 40 octets + 34 more
    acceptsTooBigBelowMinimum: too big6 below 1280: via gateway 129/0 12348007 data 1400 + via gateway \
    fragment at 0 more + via gateway fragment at 952
    diesOfShortQuote: short quote, then an echo: silence
    silentAboutClosedPort: closed port: silence
    reportsClosedPortsAtTenth: closed port6: silence
    wrongCodeForClosedPort: closed port: 3/1 00000000 quotes 128
    silentAboutUnknownProtocol: unknown protocol: silence
    wrongCodeForUnknownProtocol: unknown protocol: 3/3 00000000 quotes 24
    takesICMPv6OverIPv4: ICMPv6 over IPv4: silence
    answersICMPv4OverIPv6: ICMPv4 over IPv6: 0/0 00000000 data 0
    reportsClosedTCPPort: closed TCP port: 3/3 00000000 quotes 40
    resetsBroadcastTCP: TCP to everybody: protocol 6
    reportsTwice: closed port: 3/3 00000000 quotes 128 + 3/3 00000000 quotes 128
    errorsFromDestination: option 10 to all nodes: from a group 4/2 0000002a quotes 112
    errorsGoToGateway: unknown protocol: via gateway 3/2 00000000 quotes 24
    errorTTLIsOne: closed port: ttl 1 3/3 00000000 quotes 128
    fillsUnusedField: closed port: 3/3 deadbeef quotes 128 [length]
    quotesHeaderOnly: closed port: 3/3 00000000 quotes 20
    quotesSevenOctets: closed port: 3/3 00000000 quotes 27
    quotes28Octets: closed port: 3/3 00000000 quotes 28
    quotesAsMuchAsIPv4: closed port6 with a long datagram: 1/4 00000000 quotes 528
    quotesEverything: closed port with a long datagram: 3/3 00000000 quotes 1428
    padsShortQuote: unknown protocol: 3/2 00000000 quotes 36 changed
    decrementsQuotedTTL: closed port: 3/3 00000000 quotes 128 changed
    clearsQuotedTOS: closed port with TOS: 3/3 00000000 quotes 36 changed
    clearsQuotedChecksum: unknown protocol: 3/2 00000000 quotes 24 changed
    clearsQuotedFlags: first fragment and a minute: 11/1 00000000 quotes 52 changed
    swapsQuotedLength: closed port: 3/3 00000000 quotes 128 changed
    subtractsHeaderFromQuotedLength: unknown protocol: 3/2 00000000 quotes 24 changed
    pointerIsZero: record route pointing nowhere: 12/0 00000000 quotes 92
    pointerOffByOne: record route pointing nowhere: 12/0 13000000 quotes 92
    pointerCountsFromOptions: record route pointing nowhere: 12/0 02000000 quotes 92
    reportsErrors: unreachable with a broken option: 12/0 16000000 quotes 72
    reportsBroadcast: closed port of everybody: 3/3 00000000 quotes 28
    reportsMulticast: closed port of a group: 3/3 00000000 quotes 28
    reportsLinkBroadcast: closed port6 in a group frame: 1/4 00000000 quotes 48
    reportsUnspecifiedSource: closed port6 from nobody: to all 1/4 00000000 quotes 48
    reportsLaterFragments: unknown protocol in a later fragment: 3/2 00000000 quotes 60
    acceptsAnyVersion: echo of version 5: 0/0 12348007 data 56
    acceptsShortHeaderLength: echo with header length 4: 0/0 12348007 data 56
    acceptsTotalLengthBelowHeader: echo with total length 19: 0/0 12348007 data 56
    acceptsTruncatedDatagram: echo with total length too large: 0/0 12348007 data 56
    acceptsHeaderBeyondDatagram: echo with header length 15: 0/0 12348007 data 4
    reportsTruncatedDatagram: echo with total length too large: 12/0 00000000 quotes 85 changed
    reportsTruncatedHeader: echo cut inside the header: 12/0 00000000 quotes 21 changed
    discardsLowTTL: echo with TTL 1: silence
    reportsLowTTL: echo with TTL 1: 11/0 00000000 quotes 84
    discardsReservedFlag: echo with reserved flag: silence
    acceptsBroadcastSource: echo from 255.255.255.255: to all 0/0 12348007 data 56
    acceptsMulticastSource: echo from a group: to all 0/0 12348007 data 56
    acceptsLoopbackSource: echo from 127.0.0.1: via gateway 0/0 12348007 data 56
    acceptsZeroSource: echo from network zero: via gateway 0/0 12348007 data 56
    acceptsClassESource: echo from class E: via gateway 0/0 12348007 data 56
    acceptsOwnSource: echo from itself: to all 0/0 12348007 data 56
    acceptsUnicastInBroadcastFrame: echo to a broadcast frame: 0/0 12348007 data 56
    acceptsZeroDestination: echo to everybody: 0/0 12348007 data 56
    acceptsGroupNotJoined: echo to a group not joined: 0/0 12348007 data 56
    acceptsForeignDestination: echo to another: 0/0 12348007 data 56
    resolvesOffLinkDirectly: echo from beyond the gateway: 0/0 12348007 data 56
    discardsAllOptions: record route: silence
    reportsUnknownOption: unknown option: 12/0 14000000 quotes 88
    echoesUnknownOptions: unknown option: options 5e040102 0/0 12348007 data 56
    readsBehindEndOfOptions: garbage behind the end of options: 12/0 17000000 quotes 88
    toleratesOptionLength: option of length 1: 0/0 12348007 data 56
    silentAboutBadOption: record route pointing nowhere: silence
    answersDespiteBadOption: record route pointing nowhere: 12/0 16000000 quotes 92 + 0/0 12348007 data 56
    acceptsOptionTwice: record route twice: options 070708c0000201070708c00002010000 0/0 12348007 data 56
    acceptsSmallOptionPointer: record route pointing nowhere: options 0707000000000000 0/0 12348007 data 56
    acceptsUnalignedOptionPointer: record route pointing askew: options 070b0900c000020100000000 0/0 \
    12348007 data 56
    acceptsUndefinedTimestampFlag: timestamp option with flag 2: 12/0 16000000 quotes 92
    refusesFullRecordRoute: full record route: 12/0 16000000 quotes 92
    refusesFullTimestamp: full timestamp option: 12/0 16000000 quotes 92
    overflowWraps: overflowing timestamp option: options 4408090001020304 0/0 12348007 data 56
    dropsOptionsOfEcho: record route: 0/0 12348007 data 56
    truncatesEchoedOptions: record route of nine slots: options 072708c000020100 0/0 12348007 data 56 \
    [option]
    followsSourceRoute: unfinished source route: 0/0 12348007 data 56
    silentAboutSourceRoute: unfinished source route: silence
    needsFragmentsInOrder: fragments reversed: silence
    duplicateSpoilsReassembly: fragments doubled: silence
    reassemblesAcrossIdentifications: fragments of two datagrams: 0/0 12348007 data 56
    reassemblesAcrossSources: fragments of two senders: 0/0 12348007 data 56
    answersFirstFragmentAlone: fragments: silence
    mixesOverlaps: fragments that contradict each other: 0/0 12348007 data 56 changed
    reportsOversizedFragment: fragment beyond the end, then an echo: 12/0 00000000 quotes 84 changed + 0/0 \
    12348007 data 56
    lastOverlapWins: fragments6 overlapping: 129/0 12348007 data 56
    acceptsIPv6Overlap: fragments6 overlapping: 129/0 12348007 data 56
    losesLastOctetInReassembly: fragments: silence
    acceptsOddIPv6Fragment: odd fragment6: silence
    ignoresECNOfFragments: fragments half marked: tos 3 0/0 12348007 data 56
    diesOfOversizedDatagram: fragment6 beyond the end: silence
    reportsShortMessage: unreachable of seven octets: 12/0 00000000 quotes 27 changed
    diesOfShortMessage: short message, then an echo: silence
    silentAboutReassemblyTimeout: first fragment and a minute: silence
    wrongCodeForReassemblyTimeout: first fragment and a minute: 11/0 00000000 quotes 52
    fragmentOffsetInOctets: too big6 for what was sent: via gateway 129/0 12348007 data 1400 + via gateway \
    fragment at 0 more + via gateway fragment at 9856
    acceptsAnyIPv6Version: echo6 of version 5: 129/0 12348007 data 56
    acceptsTruncatedIPv6: echo6 with payload length too large: 129/0 12348007 data 56
    reportsLowHopLimit: echo6 with hop limit 0: 3/0 00000000 quotes 104
    discardsHopLimitZero: echo6 with hop limit 0: silence
    acceptsIPv6MulticastSource: echo6 from a group: to all 129/0 12348007 data 56
    acceptsIPv6LoopbackSource: echo6 from ::1: to all 129/0 12348007 data 56
    acceptsForeignIPv6Destination: echo6 to another: 129/0 12348007 data 56
    acceptsIPv6LoopbackDestination: echo6 to ::1: 129/0 12348007 data 56
    acceptsAnyScope: echo6 to ff01::1: 129/0 12348007 data 56
    acceptsIPv6GroupNotJoined: echo6 to a group not joined: 129/0 12348007 data 56
    silentAboutUnknownNextHeader: unknown next header: silence
    wrongCodeForUnknownNextHeader: unknown next header: 4/0 00000006 quotes 48
    nextHeaderPointerAtHeader: unknown next header: 4/1 00000028 quotes 48
    nextHeaderPointerIsAlwaysSix: unknown next header behind options: 4/1 00000006 quotes 56
    acceptsHopByHopAnywhere: hop-by-hop options in second place: 129/0 12348007 data 56
    readsBehindNoNextHeader: no next header: 129/0 9da4abb2 data 0
    answersTruncatedChain: header beyond the packet: 129/0 00000000 data 0
    discardsDestinationOptions: destination options: silence
    discardsHopByHop: hop-by-hop options: silence
    discardsSkippableOption: option 00: silence
    skipsAllUnknownOptions: option 01: 129/0 12348007 data 56
    reportsSilentOption: option 01: 4/2 0000002a quotes 112
    silentAboutUnknownOption: option 10: silence
    silentAboutOption10ToGroup: option 10 to all nodes: silence
    reportsOption11ToGroup: option 11 to all nodes: 4/2 0000002a quotes 112
    wrongCodeForUnknownOption: option 10: 4/0 0000002a quotes 112
    optionPointerAtLength: option 10: 4/2 0000002b quotes 112
    toleratesOptionBeyondHeader: option beyond its header: 4/0 0000002a quotes 112 + 129/0 12348007 data 56
    discardsRoutingHeader: routing header done: silence
    skipsRoutingHeader: routing header 0 under way: 129/0 12348007 data 56
    silentAboutRoutingHeader: routing header 0 under way: silence
    wrongCodeForRoutingHeader: routing header 0 under way: 4/1 0000002a quotes 112
    routingPointerAtSegmentsLeft: routing header 0 under way: 4/0 0000002b quotes 112
    queuesAtomicFragment: atomic fragment among others: silence
    discardsAtomicFragment: atomic fragment: silence
    silentAboutOddFragment: odd fragment6: silence
    silentAboutOversizedFragment: fragment6 beyond the end: silence
    acceptsIncompleteChain: fragment6 without all headers: silence
    wrongCodeForIncompleteChain: fragment6 without all headers: 4/0 00000000 quotes 48
    sendsAtomicFragments: echo6: fragment at 0
    ignoresDiscoveryHopLimit: neighbor solicitation from afar: ttl 255 136/0 60000000 data 24 changed
    ignoresNeighborDiscoveryChecksum: neighbor solicitation with wrong checksum: ttl 255 136/0 60000000 \
    data 24 changed
    acceptsFragmentedDiscovery: fragmented neighbor solicitation: ttl 255 136/0 60000000 data 24 changed
    advertisesItselfAsRouter: neighbor solicitation: ttl 255 136/0 e0000000 data 24 changed
    """
  )

  /// Mutants that no stimulus here shows; the bundled cases do, or `ReferenceMatrixTests` says why not.
  static let unseen: Set<Mutant> = [
    .updatesChecksumWithoutCarry, .padsWithGarbage, .answersShortTimestamp, .timestampInSeconds,
    .timestampOverflowsDay, .timestampWithoutOriginate, .reassemblesAcrossProtocols, .acceptsOddFragment,
    .repeatsIdentification,
  ]

  private static func table(_ text: String) -> [Deviation] {
    text.split(separator: "\n").map { line in
      let parts = line.split(separator: ": ", maxSplits: 2).map(String.init)
      return Deviation(
        mutant: parts.first ?? "",
        stimulus: parts.count > 1 ? parts[1] : "",
        answers: parts.count > 2 ? parts[2] : ""
      )
    }
  }
}

/// One line of the table.
struct Deviation: CustomTestStringConvertible {
  /// The mutant's case name.
  let mutant: String
  let stimulus: String
  /// What it answers.
  let answers: String

  var testDescription: String { mutant }
}
