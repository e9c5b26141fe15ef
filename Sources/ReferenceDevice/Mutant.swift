/// A named deviation of the reference device from one clause, to prove that the suites notice it.
///
/// Each is declared here with the clauses it breaks, and asked for by `breaks(_:)` at the one place where the
/// device obeys them. The raw value is `REQUIREMENT …: what it does`.
public enum Mutant: String, Hashable, Sendable, CaseIterable {
  // Checksums and padding
  case repliesToBadChecksum =
    "RFC792-formats-d RFC4443-2.3-b: answers echo requests whose ICMP checksum is wrong"
  case acceptsZeroChecksum = "RFC792-formats-d RFC4443-2.3-b: takes an ICMP checksum of zero for none"
  case acceptsOnesChecksum = "RFC792-formats-d RFC4443-2.3-b: takes an ICMP checksum of all ones for none"
  case acceptsChecksumWithoutPseudoHeader =
    "RFC4443-2.3-c: takes an ICMPv6 checksum that leaves out the pseudo-header for right"
  case answersTimestampWithBadChecksum =
    "RFC792-formats-d: answers timestamp requests whose checksum is wrong"
  case believesErrorsWithBadChecksum =
    "RFC792-formats-d RFC4443-2.3-e: acts on errors and redirects whose checksum is wrong"
  case reportsBadChecksum =
    "RFC792-formats-d RFC4443-2.3-b: complains about ICMP messages whose checksum is wrong"
  case ignoresIPChecksum = "RFC1122-3.2.1.2-a: doesn't look at the IP header checksum"
  case acceptsZeroIPChecksum = "RFC1122-3.2.1.2-a: takes an IP header checksum of zero for none"
  case ignoresUDPChecksum = "RFC1122-4.1.3.4-a RFC8200-8.1-udpbad: doesn't look at the UDP checksum"
  case discardsUDPWithoutChecksum = "RFC1122-3.2.2.1-b: wants a UDP checksum over IPv4"
  case acceptsIPv6UDPWithoutChecksum = "RFC8200-8.1-udp0: wants no UDP checksum over IPv6"
  case sendsBadEchoChecksum = "RFC792-formats-c RFC4443-2.3-a: sends echo replies with a wrong checksum"
  case sendsBadErrorChecksum = "RFC792-formats-c RFC4443-2.3-a: sends errors with a wrong checksum"
  case ignoresOddOctetInChecksum =
    "RFC792-formats-c: leaves the last octet of an odd message out of the checksum"
  case updatesChecksumWithoutCarry =
    "RFC792-formats-c: updates the request's checksum for the reply and forgets the carry"
  case forgetsPseudoHeader = "RFC4443-2.3-a: leaves the pseudo-header out of the checksums of errors"
  case sendsBadIPChecksum = "RFC1812-4.2.2.3-b: sends errors with a wrong IP header checksum"
  case takesPaddingForData = "RFC894-frame-a: takes what the frame has behind the datagram for data"
  case takesIPv6PaddingForData = "RFC8200-3-plen-pad: takes what the frame has behind the packet for data"
  case padsWithGarbage = "RFC894-frame-a: pads short frames with other octets than zeros"

  // Echo and timestamp
  case silentAboutEcho = "RFC1122-3.2.2.6-a RFC4443-4.1-a: answers no echo request"
  case answersOneEchoInThree = "RFC1122-3.2.2.6-a RFC4443-4.1-a: answers one echo request in three"
  case answersEchoTwice = "RFC792-echo-a RFC4443-4.1-a: answers every echo request twice"
  case alsoReportsAnsweredEcho =
    "RFC792-pp-a RFC4443-3.4-a: complains about long echo requests that it has answered"
  case answersShortEcho =
    "RFC792-formats-e RFC4443-4.1-short: answers echo requests without identifier or sequence number"
  case discardsEchoWithTOS = "RFC2474-3-a RFC8200-3-tc: answers only echo requests of the default service"
  case treatsIdentificationAsSequence = "RFC6864-4.1-c: takes a repeated IP identification for a double"
  case zeroesIdentifier = "RFC792-echo-b RFC4443-4.2-idseq: replies with identifier 0"
  case swapsIdentifierOctets = "RFC792-echo-b RFC4443-4.2-idseq: swaps the octets of the identifier"
  case incrementsSequence = "RFC792-echo-b RFC4443-4.2-idseq: replies with the next sequence number"
  case discardsZeroIdentifier = "RFC792-echo-b RFC4443-4.1-zero: takes identifier 0 for none"
  case discardsZeroSequence = "RFC792-echo-b RFC4443-4.1-zero: takes sequence number 0 for none"
  case wrapsSequenceEarly = "RFC792-echo-b RFC4443-4.2-idseq: replies with 15 bits of the sequence number"
  case zeroesSequence = "RFC792-echo-b RFC4443-4.2-idseq: replies with sequence number 0"
  case repliesWithCodeOne = "RFC792-echo-a RFC4443-4.2-type: replies with code 1"
  case truncatesEchoDataAt56 = "RFC1122-3.2.2.6-c RFC4443-4.2-data: sends at most 56 octets of data back"
  case truncatesEchoDataAt548 = "RFC1122-3.2.2.6-c: sends at most 548 octets of data back"
  case truncatesEchoDataAt1232 = "RFC4443-4.2-data-frag: sends at most 1232 octets of data back"
  case truncatesLargeReplies =
    "RFC1122-3.2.2.6-c RFC4443-4.2-data-frag: sends no reply that would need fragments"
  case dropsLastEchoOctet = "RFC1122-3.2.2.6-c RFC4443-4.2-data: leaves out the last octet of the data"
  case dropsOddEchoOctet = "RFC1122-3.2.2.6-c RFC4443-4.2-data: leaves out the last octet of odd data"
  case fillsOddEchoData = "RFC792-echo-c RFC4443-4.2-data: fills odd data up to an even length"
  case zeroesLongEchoData = "RFC792-echo-c RFC4443-4.2-data: sends zeros back behind the 64th octet"
  case appendsToEchoData = "RFC792-echo-c RFC4443-4.2-data: adds an octet to the data"
  case clearsHighBitOfData = "RFC792-echo-c RFC4443-4.2-data: sends data back with seven bits an octet"
  case zeroesEchoData = "RFC792-echo-c RFC4443-4.2-data: sends zeros back"
  case echoReplyHasFixedTOS = "RFC1349-5.1-b: sends echo replies with a TOS of its own"
  case copiesTTL = "RFC792-formats-f: copies TTL or hop limit of the request"
  case repliesWithTTLOne = "RFC792-formats-f: sends replies with TTL or hop limit 1"
  case answersEchoReply = "RFC1122-3.2.2.6-i RFC4443-4.2-unsol: answers echo replies"
  case answersBroadcastFromBroadcast = "RFC1122-3.2.2.6-d: answers echoes to everybody from that address"
  case answersGroupFromGroup = "RFC4443-4.2-mc-b: answers echoes to a group from the group's address"
  case answersLinkLocalFromGlobal = "RFC4443-4.2-src: answers from its global address whatever was asked"
  case silentAboutGroupEcho = "RFC4443-4.2-mc-a: answers no echo to a group"
  case answersUnspecifiedSource = "RFC4291-2.5.2-c: answers echo requests from nobody"
  case answersShortTimestamp = "RFC792-ts-d: answers timestamp requests that lack their fields"
  case answersOneTimestampOnly = "RFC1122-3.2.2.8-b: answers the first timestamp request only"
  case timestampInSeconds = "RFC792-ts-b: fills in seconds since 1970 instead of milliseconds since midnight"
  case timestampOverflowsDay = "RFC792-ts-b: fills in times beyond the end of the day"
  case timestampWithoutOriginate = "RFC792-ts-a: puts its own time where the originate time was"
  case answersTimestampReply = "RFC1122-3.2.2.8-j: answers timestamp replies"

  // Types that aren't for it
  case reportsUnknownType = "RFC1122-3.2.2-a RFC4443-2.4.b-1: complains about unknown types"
  case echoesUnknownType = "RFC1122-3.2.2-a RFC4443-2.4.b-1: sends unknown types back"
  case answersDeprecatedType = "RFC6918-3-a: sends deprecated types back"
  case answersExperimentalType = "RFC1122-3.2.2-a RFC4443-2.4.b-2: sends experimental and reserved types back"
  case answersInformationRequest = "RFC1122-3.2.2.7-a: answers information requests"
  case answersAddressMaskRequest =
    "RFC1122-3.2.2.9-a: answers address mask requests though nobody appointed it"
  case answersExtendedEcho = "RFC8335-4-a-v4 RFC8335-4-off: answers extended echo requests unasked"
  case answersRouterSolicitation =
    "RFC1256-5.2-g RFC4861-6.1.1-host: advertises itself when routers are looked for"
  case answersNodeInformation = "RFC4443-2.4.b-4: answers node information queries with their own octets"
  case answersUnknownError = "RFC4443-2.4.a-2: sends unknown error types back"
  case reportsUnknownErrorType = "RFC4443-2.4.a-2: complains about unknown error types"

  // Errors received
  case answersErrors = "RFC1122-3.2.2-g RFC4443-2.4.e.1-e: answers errors with errors"
  case answersSourceQuench = "RFC6633-6-a: sends source quench back"
  case believesSpoofedErrors =
    "RFC1122-3.2.2.1-f RFC8201-4-val: lowers the path MTU for packets that it never sent"
  case believesAnyRedirect = "RFC1122-3.2.2.2-e RFC4861-8.1-f: follows redirects whoever sends them"
  case believesRedirectToOtherNetwork = "RFC1122-3.2.2.2-d: follows redirects to gateways of other networks"
  case believesRedirectForNothingSent =
    "RFC1122-3.2.2.2-f: follows redirects for datagrams that it never sent"
  case believesAddressMaskReply = "RFC1122-3.2.2.9-b: takes over an address mask nobody asked for"
  case shrinksOnLargeMTU = "RFC1191-3-d RFC8201-4-noinc: lowers the path MTU for a message that says more"
  case raisesPathMTU = "RFC1191-3-d RFC8201-4-noinc: raises the path MTU to what a message says"
  case acceptsTooBigBelow68 = "RFC1191-3-b: lowers the path MTU below 68"
  case acceptsTooBigBelowMinimum = "RFC8201-4-a: lowers the path MTU below 1280"
  case diesOfShortQuote = "RFC1122-3.2.2.1-f RFC4443-2.4.d-2: crashes on an error with a short quote"

  // Errors sent
  case silentAboutClosedPort = "RFC1122-3.2.2.1-b RFC4443-3.1-c4-a: doesn't report closed ports"
  case reportsClosedPortsAtTenth = "RFC1122-3.2.2.1-b RFC4443-3.1-c4-a: reports every tenth closed port"
  case wrongCodeForClosedPort =
    "RFC1122-3.2.2.1-b RFC4443-3.1-c4-a: reports closed ports as unreachable hosts or addresses"
  case silentAboutUnknownProtocol = "RFC1122-3.2.2.1-a: doesn't report unknown protocols"
  case wrongCodeForUnknownProtocol = "RFC1122-3.2.2.1-a: reports unknown protocols as closed ports"
  case takesICMPv6OverIPv4 = "RFC1122-3.2.2.1-a: swallows ICMPv6 over IPv4"
  case answersICMPv4OverIPv6 = "RFC4443-2.1-b: speaks ICMPv4 over IPv6"
  case reportsClosedTCPPort =
    "RFC1122-3.2.2.1-b RFC4443-3.1-c4-b: reports closed TCP ports instead of resetting"
  case resetsBroadcastTCP = "RFC1122-4.2.3.10-a: resets TCP connections to everybody"
  case reportsTwice = "RFC1122-3.3.8-a RFC4443-3.1-c4-a: sends every error twice"
  case errorsFromDestination =
    "RFC1122-3.3.4.2-a RFC4443-2.2.b-1: sends errors from the address that was written to, whosever it is"
  case errorsGoToGateway = "RFC792-du-a: sends errors to the gateway"
  case errorTTLIsOne = "RFC792-formats-f: sends errors with TTL or hop limit 1"
  case fillsUnusedField = "RFC792-formats-a RFC4443-3.1-unused: fills unused octets of errors"
  case quotesHeaderOnly = "RFC792-du-b RFC4443-2.4.c-1: quotes the IP header alone"
  case quotesSevenOctets = "RFC1122-3.2.2-b RFC4443-2.4.c-1: quotes seven octets behind the IP header"
  case quotes28Octets = "RFC792-du-b RFC4443-2.4.c-1: quotes 28 octets whatever the header's length"
  case quotesAsMuchAsIPv4 = "RFC4443-2.4.c-1: quotes no more in ICMPv6 than in ICMPv4"
  case quotesEverything = "RFC1812-4.3.2.3-b RFC4443-2.4.c-2: quotes the whole packet however large"
  case padsShortQuote = "RFC1122-3.2.2-d RFC4443-2.4.c-3: fills up short quotes with zeros"
  case decrementsQuotedTTL = "RFC1122-3.2.2-d RFC4443-2.4.c-3: quotes TTL or hop limit less one"
  case clearsQuotedTOS = "RFC1122-3.2.2-d RFC4443-2.4.c-3: quotes a service of zero"
  case clearsQuotedChecksum = "RFC1122-3.2.2-d: quotes an IP header checksum of zero"
  case clearsQuotedFlags = "RFC1122-3.2.2-d: quotes flags and fragment offset of zero"
  case swapsQuotedLength = "RFC1122-3.2.2-d RFC4443-2.4.c-3: quotes the length with its octets swapped"
  case subtractsHeaderFromQuotedLength = "RFC1122-3.2.2-d: quotes the total length without the header"
  case pointerIsZero = "RFC792-pp-b RFC4443-3.4-ptr: points to the first octet whatever is wrong"
  case pointerOffByOne = "RFC792-pp-b RFC4443-3.4-ptr: points beside the octet that is wrong"
  case pointerCountsFromOptions =
    "RFC792-pp-b RFC4443-3.4-ptr: counts the pointer from behind the fixed header"
  // Prohibitions
  case reportsErrors = "RFC1122-3.2.2-g RFC4443-2.4.e.1-e: complains about errors"
  case reportsBroadcast = "RFC1122-3.2.2-h: complains about broadcasts"
  case reportsMulticast = "RFC1122-3.2.2-i RFC4443-2.4.e.3-a: complains about multicasts"
  case reportsLinkBroadcast =
    "RFC1122-3.2.2-j RFC4443-2.4.e.4-a: complains about packets that went to all stations of the link"
  case reportsUnspecifiedSource = "RFC4443-2.4.e.6-u1: complains to all nodes about packets from nobody"
  case reportsLaterFragments = "RFC1122-3.2.2-k: complains about fragments that aren't the first"

  // IPv4 header and addresses
  case acceptsAnyVersion = "RFC1122-3.2.1.1-a: doesn't look at the IP version"
  case acceptsShortHeaderLength = "RFC1122-3.1-c: takes a header length below five words for five"
  case acceptsTotalLengthBelowHeader = "RFC1122-3.1-d: takes datagrams shorter than their header"
  case acceptsTruncatedDatagram = "RFC1122-3.1-e: takes datagrams of which a part is missing"
  case acceptsHeaderBeyondDatagram = "RFC1122-3.1-d: takes a header longer than its datagram for a short one"
  case reportsTruncatedDatagram =
    "RFC1122-3.1-e RFC8200-3-plen-long: complains about packets of which a part is missing"
  case reportsTruncatedHeader = "RFC1122-3.1-f: complains about packets that end inside their IP header"
  case discardsLowTTL = "RFC1122-3.2.1.7-b: discards datagrams with a TTL of 0 or 1"
  case reportsLowTTL = "RFC1122-3.2.1.7-b: reports datagrams with a TTL of 0 or 1 as exceeded"
  case discardsReservedFlag = "RFC1812-4.2.2.3-a: discards datagrams whose reserved flag is set"
  case acceptsBroadcastSource =
    "RFC1122-3.2.1.3-b RFC1122-3.2.1.3-c RFC1122-3.2.2-n: takes datagrams from broadcast addresses"
  case acceptsMulticastSource = "RFC1122-3.2.1.3-d RFC1122-3.2.2-o: takes datagrams from groups"
  case acceptsLoopbackSource = "RFC1122-3.2.1.3-e RFC1122-3.2.2-m: takes datagrams from loopback addresses"
  case acceptsZeroSource =
    "RFC1122-3.2.1.3-f RFC1122-3.2.1.3-g RFC1122-3.2.2-l: takes datagrams from 0.0.0.0/8"
  case acceptsClassESource = "RFC6274-4.3.4-a RFC1122-3.2.2-p: takes datagrams from class E addresses"
  case acceptsOwnSource = "RFC6274-4.3.7-a: takes datagrams that claim to be its own"
  case acceptsUnicastInBroadcastFrame = "RFC1122-3.3.6-d: takes datagrams for itself out of broadcast frames"
  case acceptsZeroDestination = "RFC6274-4.3.7-c: takes datagrams to 0.0.0.0/8 for its own"
  case acceptsGroupNotJoined = "RFC1112-7.2-b: takes datagrams to any group"
  case acceptsForeignDestination = "RFC1122-3.2.1.3-a: takes datagrams to any address"
  case resolvesOffLinkDirectly = "RFC1122-3.3.1.1-a: asks on the link for addresses of other networks"

  // IPv4 options
  case discardsAllOptions = "RFC1122-3.2.1.8-a: discards datagrams with options"
  case reportsUnknownOption = "RFC1122-3.2.1.8-a: complains about options that it doesn't know"
  case echoesUnknownOptions = "RFC1122-3.2.1.8-d: sends options back that it doesn't know"
  case readsBehindEndOfOptions = "RFC791-3.1-h: goes on behind the end of the option list"
  case toleratesOptionLength = "RFC1122-3.2.2.5-a: lets impossible option lengths pass"
  case silentAboutBadOption = "RFC1122-3.2.2.5-a: discards broken options without a report"
  case answersDespiteBadOption = "RFC792-pp-c: reports a broken option and answers all the same"
  case acceptsOptionTwice = "RFC6274-3.13.2.3-c: takes options that are there twice"
  case acceptsSmallOptionPointer = "RFC1122-3.2.2.5-a: takes option pointers in front of the first slot"
  case acceptsUnalignedOptionPointer = "RFC6274-3.13.2.3-b: takes option pointers into the middle of a slot"
  case acceptsUndefinedTimestampFlag = "RFC6274-3.13.2.7-a: takes timestamp options with undefined flags"
  case refusesFullRecordRoute = "RFC791-3.1-b: complains about a record route without room"
  case refusesFullTimestamp = "RFC791-3.1-d: complains about a timestamp option without room"
  case overflowWraps = "RFC791-3.1-e: lets the overflow count of a timestamp option wrap"
  case dropsOptionsOfEcho = "RFC1122-3.2.2.6-f: sends echo replies without the request's options"
  case truncatesEchoedOptions = "RFC1122-3.2.2.6-f: sends echo replies with shortened options"
  case followsSourceRoute = "RFC1122-3.3.5-b: answers datagrams whose source route isn't done"
  case silentAboutSourceRoute = "RFC1122-3.3.5-b: discards source routes that aren't done without a report"

  // Fragments
  case needsFragmentsInOrder = "RFC791-3.2-b RFC8200-4.5-reverse: wants fragments in their order"
  case duplicateSpoilsReassembly = "RFC791-3.2-b: gives up when a fragment comes twice"
  case reassemblesAcrossIdentifications = "RFC791-3.2-a RFC8200-4.5-id: puts together whatever has one sender"
  case reassemblesAcrossSources = "RFC791-3.2-a RFC8200-4.5-src: puts together fragments of different senders"
  case reassemblesAcrossProtocols = "RFC791-3.2-a: puts together fragments of different protocols"
  case answersFirstFragmentAlone = "RFC791-3.2-a: takes the first fragment for the datagram"
  case mixesOverlaps = "RFC791-3.2-d: answers datagrams mixed of contradicting fragments"
  case reportsOversizedFragment = "RFC6274-3.7-b: complains about fragments that end beyond 65,535 octets"
  case lastOverlapWins = "RFC791-3.2-d RFC8200-4.5-overlap: lets contradicting fragments overwrite each other"
  case acceptsIPv6Overlap = "RFC8200-4.5-overlap RFC5722-4-a: takes overlapping fragments"
  case losesLastOctetInReassembly = "RFC1122-3.3.2-a RFC8200-4.5-inorder: loses the last octet in reassembly"
  case acceptsOddFragment = "RFC6274-3.7-a: takes fragments of any length"
  case acceptsOddIPv6Fragment = "RFC8200-4.5-len8: takes IPv6 fragments of any length"
  case ignoresECNOfFragments = "RFC3168-5.3-a: mixes fragments with and without congestion marks"
  case diesOfOversizedDatagram =
    "RFC6274-3.7-b RFC8200-4.5-64k: crashes on fragments that end beyond 65,535 octets"
  case reportsShortMessage =
    "RFC792-formats-e RFC4443-4.1-short: complains about ICMP messages of less than eight octets"
  case diesOfShortMessage =
    "RFC792-formats-e RFC4443-4.1-short: crashes on ICMP messages of less than eight octets"
  case silentAboutReassemblyTimeout =
    "RFC1122-3.3.2-e RFC8200-4.5-60c: doesn't report what didn't become whole in time"
  case wrongCodeForReassemblyTimeout =
    "RFC1122-3.3.2-e RFC8200-4.5-60c: reports what didn't become whole as out of hops"
  case fragmentOffsetInOctets =
    "RFC791-3.2-b RFC8200-4.5-tx-len: counts fragment offsets in octets when sending"
  case repeatsIdentification = "RFC6864-4.3-a: sends all datagrams with one identification"

  // IPv6 header and addresses
  case acceptsAnyIPv6Version = "RFC8200-3-ver: doesn't look at the version of IPv6 packets"
  case acceptsTruncatedIPv6 = "RFC8200-3-plen-long: takes packets of which a part is missing"
  case reportsLowHopLimit = "RFC4443-3.3-d: reports packets with a hop limit of 0 or 1 as exceeded"
  case discardsHopLimitZero = "RFC8200-3-hl0: discards packets with a hop limit of 0"
  case acceptsIPv6MulticastSource = "RFC4291-2.7-a RFC4443-2.4.e.6-m1: takes packets from groups"
  case acceptsIPv6LoopbackSource = "RFC4291-2.5.3-c: takes packets from ::1"
  case acceptsForeignIPv6Destination = "RFC4291-2.8-a: takes packets to any address"
  case acceptsIPv6LoopbackDestination = "RFC4291-2.5.3-a: takes packets to ::1"
  case acceptsAnyScope =
    "RFC4291-2.7-c RFC4291-2.7-d: takes packets to all nodes of scopes that don't leave a node"
  case acceptsIPv6GroupNotJoined = "RFC4443-4.2-mc-f: takes packets to any group"

  // IPv6 extension headers
  case silentAboutUnknownNextHeader = "RFC8200-4-unk-nh-ip6: doesn't report unrecognised next headers"
  case wrongCodeForUnknownNextHeader = "RFC8200-4-unk-nh-ip6: reports unrecognised next headers with code 0"
  case nextHeaderPointerAtHeader =
    "RFC8200-4-unk-nh-2nd: points to the unrecognised header instead of its number"
  case nextHeaderPointerIsAlwaysSix =
    "RFC8200-4-unk-nh-2nd: points to the IPv6 header's next header whatever announced it"
  case acceptsHopByHopAnywhere = "RFC8200-4-hbh-first: takes hop-by-hop options behind other headers"
  case readsBehindNoNextHeader = "RFC8200-4.7-a: goes on behind the end of the header chain"
  case answersTruncatedChain = "RFC8200-4.2-hlen: answers packets that end inside a header"
  case discardsDestinationOptions = "RFC8200-4.2-do-padn: discards packets with destination options"
  case discardsHopByHop = "RFC8200-4.2-hbh-padn: discards packets with hop-by-hop options"
  case discardsSkippableOption = "RFC8200-4.2-do-00: discards unknown options that are to be skipped"
  case skipsAllUnknownOptions =
    "RFC8200-4.2-do-10 RFC8200-4.2-do-01: skips unknown options whatever their bits ask for"
  case reportsSilentOption = "RFC8200-4.2-do-01: reports unknown options that are to be dropped silently"
  case silentAboutUnknownOption = "RFC8200-4.2-do-10: doesn't report unknown options"
  case silentAboutOption10ToGroup =
    "RFC8200-4.2-do-10-mc: doesn't report unknown options of packets to groups"
  case reportsOption11ToGroup = "RFC8200-4.2-do-11-mc: reports options to groups that ask not to be"
  case wrongCodeForUnknownOption = "RFC8200-4.2-do-10: reports unknown options with code 0"
  case optionPointerAtLength = "RFC4443-3.4-ptr: points to an unknown option's length"
  case toleratesOptionBeyondHeader = "RFC8200-4.2-over: reads options that lead out of their header"
  case discardsRoutingHeader = "RFC8200-4.4-a: discards packets with a routing header that is done"
  case skipsRoutingHeader = "RFC8200-4.4-b RFC5095-3-a: skips routing headers that aren't done"
  case silentAboutRoutingHeader = "RFC8200-4.4-b: doesn't report routing headers that it can't follow"
  case wrongCodeForRoutingHeader = "RFC8200-4.4-d: reports unknown routing types as unknown next headers"
  case routingPointerAtSegmentsLeft = "RFC8200-4.4-c: points to segments left instead of the routing type"
  case queuesAtomicFragment = "RFC6946-4-a: takes an atomic fragment for one of many"
  case discardsAtomicFragment = "RFC8200-4.5-atomic: discards packets in a single fragment"
  case silentAboutOddFragment = "RFC8200-4.5-len8: doesn't report fragments of odd length"
  case silentAboutOversizedFragment =
    "RFC8200-4.5-64k: doesn't report fragments that end beyond 65,535 octets"
  case acceptsIncompleteChain = "RFC7112-5-host: takes first fragments without all headers"
  case wrongCodeForIncompleteChain = "RFC7112-5-fmt: reports first fragments without all headers with code 0"
  case sendsAtomicFragments = "RFC8200-4.5-tx-atomic: sends whole packets with a fragment header"

  // Neighbor discovery
  case ignoresDiscoveryHopLimit = "RFC4861-7.1.1-a: takes neighbor discovery from beyond the link"
  case ignoresNeighborDiscoveryChecksum = "RFC4861-7.1.1-b: takes neighbor discovery whose checksum is wrong"
  case acceptsFragmentedDiscovery = "RFC6980-5-ns: takes neighbor discovery in fragments"
  case advertisesItselfAsRouter = "RFC4861-7.2.4-r-h: says in advertisements that it is a router"
}
