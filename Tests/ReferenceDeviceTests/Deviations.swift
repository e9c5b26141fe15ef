import ReferenceDevice
import Testing

/// What each mutant does otherwise than the strict device, shown on the stimulus that fits it best.
enum Deviations {
  static let rows = general + discovery

  private static let general: [ShownDeviation] = table(
    """
    replies-to-bad-checksum: echo with wrong checksum: 0/0 12348007 data 56
    accepts-zero-checksum: echo with checksum 0: 0/0 12348007 data 56
    accepts-ones-checksum: echo with checksum 0xffff: 0/0 12348007 data 56
    accepts-checksum-without-pseudo-header: echo6 with a checksum of IPv4: 129/0 00000000 data 0
    answers-timestamp-with-bad-checksum: timestamp with wrong checksum: 14/0 12348007 data 12 changed
    believes-errors-with-bad-checksum: too big6 with wrong checksum: via gateway 129/0 12348007 data 1400 + \
    via gateway fragment at 0 more + via gateway fragment at 1232
    reports-bad-checksum: echo with wrong checksum: 12/0 00000000 quotes 84
    ignores-ip-checksum: echo with wrong IP checksum: 0/0 12348007 data 56
    accepts-zero-ip-checksum: echo with IP checksum 0: 0/0 12348007 data 56
    ignores-udp-checksum: closed port with wrong checksum: 3/3 00000000 quotes 36
    discards-udp-without-checksum: closed port without checksum: silence
    accepts-ipv6-udp-without-checksum: closed port6 without checksum: 1/4 00000000 quotes 56
    sends-bad-echo-checksum: echo: 0/0 12348007 data 56 [checksum]
    sends-bad-error-checksum: closed port: 3/3 00000000 quotes 128 [checksum]
    ignores-odd-octet-in-checksum: odd echo: 0/0 12348007 data 57 [checksum]
    forgets-pseudo-header: closed port6: 1/4 00000000 quotes 148 [checksum]
    sends-bad-ip-checksum: closed port: 3/3 00000000 quotes 128 [checksum]
    takes-padding-for-data: echo with padding: 0/0 12348007 data 56 changed
    takes-ipv6-padding-for-data: echo6 with payload length too large: 129/0 12348007 data 56
    silent-about-echo: echo: silence
    answers-one-echo-in-three: two echoes of one identification: 0/0 12348007 data 56
    answers-echo-twice: echo: 0/0 12348007 data 56 + 0/0 12348007 data 56
    also-reports-answered-echo: long echo: 0/0 12348007 data 1472 + 12/0 00000000 quotes 548
    answers-short-echo: echo without its sequence number: 0/0 1234 data 0 [truncated]
    discards-echo-with-tos: echo with TOS: silence
    treats-identification-as-sequence: two echoes of one identification: 0/0 12348007 data 56
    zeroes-identifier: echo: 0/0 00008007 data 56
    swaps-identifier-octets: echo: 0/0 34128007 data 56
    increments-sequence: echo: 0/0 12348008 data 56
    discards-zero-identifier: echo with identifier 0: silence
    discards-zero-sequence: echo with sequence 0: silence
    wraps-sequence-early: echo: 0/0 12340007 data 56
    zeroes-sequence: echo: 0/0 12340000 data 56
    replies-with-code-one: echo: 0/1 12348007 data 56
    truncates-echo-data-at-56: odd echo6: 129/0 12348007 data 56
    truncates-echo-data-at-548: long echo: 0/0 12348007 data 548
    truncates-echo-data-at-1232: long echo: 0/0 12348007 data 1232
    truncates-large-replies: too big6 for what was sent: via gateway 129/0 12348007 data 1400
    drops-last-echo-octet: echo: 0/0 12348007 data 55
    drops-odd-echo-octet: odd echo6: 129/0 12348007 data 56
    fills-odd-echo-data: odd echo6: 129/0 12348007 data 58 changed
    zeroes-long-echo-data: long echo: 0/0 12348007 data 1472 changed
    appends-to-echo-data: echo: 0/0 12348007 data 57 changed
    clears-high-bit-of-data: echo: 0/0 12348007 data 56 changed
    zeroes-echo-data: echo: 0/0 12348007 data 56 changed
    echo-reply-has-fixed-tos: echo with TOS: tos 16 0/0 12348007 data 56
    copies-ttl: echo with TTL 1: ttl 1 0/0 12348007 data 56
    replies-with-ttl-one: echo: ttl 1 0/0 12348007 data 56
    answers-echo-reply: echo reply: 0/0 12348007 data 8
    answers-broadcast-from-broadcast: echo to everybody: from a group 0/0 12348007 data 56
    answers-group-from-group: echo6 to all nodes: from a group 129/0 12348007 data 56
    answers-link-local-from-global: echo6 to the link-local address: 129/0 12348007 data 56
    silent-about-group-echo: echo6 to all nodes: silence
    answers-unspecified-source: echo6 from nobody: to all 129/0 12348007 data 56
    answers-one-timestamp-only: two timestamps: 14/0 12348007 data 12 changed
    answers-timestamp-reply: timestamp reply: 14/0 12348007 data 12 changed
    reports-unknown-type: type 44: 3/2 00000000 quotes 36
    echoes-unknown-type: type 44: 44/0 00000000 data 8
    answers-deprecated-type: type 35: 35/0 00000000 data 8
    answers-experimental-type: type 253: 253/0 00000000 data 8
    answers-information-request: information request: 16/0 12348007 data 0
    answers-address-mask-request: address mask request: 18/0 12348007 data 4 changed
    answers-extended-echo: extended echo: 43/0 00000001 data 8
    answers-router-solicitation: router solicitation: 9/0 01020708 data 8 changed
    answers-node-information: node information query: 140/0 00000000 data 12 changed
    answers-unknown-error: type6 127: 127/0 00000000 data 8
    reports-unknown-error-type: type6 127: 4/0 00000028 quotes 56 changed
    answers-errors: unreachable: 3/3 00000000 quotes 64 changed
    answers-source-quench: source quench: 4/0 00000000 data 36 changed
    believes-spoofed-errors: too big for what wasn't sent: via gateway fragment at 0 more 0/0 12348007 data \
    544 + via gateway fragment at 552 more 552 octets + via gateway fragment at 1104 304 octets
    believes-any-redirect: redirect by somebody: via gateway 0/0 12348007 data 1400 + 0/0 12348007 data 1400
    believes-redirect-to-other-network: redirect to another network: via gateway 0/0 12348007 data 1400 + 0/0 \
    12348007 data 1400
    believes-redirect-for-nothing-sent: redirect for what wasn't sent: 0/0 12348007 data 1400
    believes-address-mask-reply: address mask reply: 0/0 12348007 data 1400
    shrinks-on-large-mtu: too big6 for a large MTU: via gateway 129/0 12348007 data 1400 + via gateway \
    fragment at 0 more + via gateway fragment at 1232
    raises-path-mtu: too big twice: via gateway 0/0 12348007 data 1400 + via gateway fragment at 0 more 0/0 \
    12348007 data 1368 + via gateway fragment at 1376 32 octets
    accepts-too-big-below-68: too big below 68: via gateway 0/0 12348007 data 1400 + via gateway fragment at 0 \
    more 0/0 12348007 data 32 + via gateway fragment at 40 more 40 octets + 34 more
    accepts-too-big-below-minimum: too big6 below 1280: via gateway 129/0 12348007 data 1400 + via gateway \
    fragment at 0 more + via gateway fragment at 952
    dies-of-short-quote: short quote, then an echo: silence
    silent-about-closed-port: closed port: silence
    reports-closed-ports-at-tenth: closed port6: silence
    wrong-code-for-closed-port: closed port: 3/1 00000000 quotes 128
    silent-about-unknown-protocol: unknown protocol: silence
    wrong-code-for-unknown-protocol: unknown protocol: 3/3 00000000 quotes 24
    takes-icmpv6-over-ipv4: ICMPv6 over IPv4: silence
    answers-icmpv4-over-ipv6: ICMPv4 over IPv6: 0/0 00000000 data 0
    reports-closed-tcp-port: closed TCP port: 3/3 00000000 quotes 40
    resets-broadcast-tcp: TCP to everybody: protocol 6
    reports-twice: closed port: 3/3 00000000 quotes 128 + 3/3 00000000 quotes 128
    errors-from-destination: option 10 to all nodes: from a group 4/2 0000002a quotes 112
    errors-go-to-gateway: unknown protocol: via gateway 3/2 00000000 quotes 24
    error-ttl-is-one: closed port: ttl 1 3/3 00000000 quotes 128
    fills-unused-field: closed port: 3/3 deadbeef quotes 128 [length]
    quotes-header-only: closed port: 3/3 00000000 quotes 20
    quotes-seven-octets: closed port: 3/3 00000000 quotes 27
    quotes-28-octets: closed port: 3/3 00000000 quotes 28
    quotes-as-much-as-ipv4: closed port6 with a long datagram: 1/4 00000000 quotes 528
    quotes-everything: closed port with a long datagram: 3/3 00000000 quotes 1428
    pads-short-quote: unknown protocol: 3/2 00000000 quotes 36 changed
    decrements-quoted-ttl: closed port: 3/3 00000000 quotes 128 changed
    clears-quoted-tos: closed port with TOS: 3/3 00000000 quotes 36 changed
    clears-quoted-checksum: unknown protocol: 3/2 00000000 quotes 24 changed
    clears-quoted-flags: first fragment and a minute: 11/1 00000000 quotes 52 changed
    swaps-quoted-length: closed port: 3/3 00000000 quotes 128 changed
    subtracts-header-from-quoted-length: unknown protocol: 3/2 00000000 quotes 24 changed
    pointer-is-zero: record route pointing nowhere: 12/0 00000000 quotes 92
    pointer-off-by-one: record route pointing nowhere: 12/0 13000000 quotes 92
    pointer-counts-from-options: record route pointing nowhere: 12/0 02000000 quotes 92
    reports-errors: unreachable with a broken option: 12/0 16000000 quotes 72
    reports-broadcast: closed port of everybody: 3/3 00000000 quotes 28
    reports-multicast: closed port of a group: 3/3 00000000 quotes 28
    reports-link-broadcast: closed port6 in a group frame: 1/4 00000000 quotes 48
    reports-unspecified-source: closed port6 from nobody: to all 1/4 00000000 quotes 48
    reports-later-fragments: unknown protocol in a later fragment: 3/2 00000000 quotes 60
    accepts-any-version: echo of version 5: 0/0 12348007 data 56
    accepts-short-header-length: echo with header length 4: 0/0 12348007 data 56
    accepts-total-length-below-header: echo with total length 19: 0/0 12348007 data 56
    accepts-truncated-datagram: echo with total length too large: 0/0 12348007 data 56
    accepts-header-beyond-datagram: echo with header length 15: 0/0 12348007 data 4
    reports-truncated-datagram: echo with total length too large: 12/0 00000000 quotes 85 changed
    reports-truncated-header: echo cut inside the header: 12/0 00000000 quotes 21 changed
    discards-low-ttl: echo with TTL 1: silence
    reports-low-ttl: echo with TTL 1: 11/0 00000000 quotes 84
    discards-reserved-flag: echo with reserved flag: silence
    accepts-broadcast-source: echo from 255.255.255.255: to all 0/0 12348007 data 56
    accepts-multicast-source: echo from a group: to all 0/0 12348007 data 56
    accepts-loopback-source: echo from 127.0.0.1: via gateway 0/0 12348007 data 56
    accepts-zero-source: echo from network zero: via gateway 0/0 12348007 data 56
    accepts-class-e-source: echo from class E: via gateway 0/0 12348007 data 56
    accepts-own-source: echo from itself: to all 0/0 12348007 data 56
    accepts-unicast-in-broadcast-frame: echo to a broadcast frame: 0/0 12348007 data 56
    accepts-zero-destination: echo to everybody: 0/0 12348007 data 56
    accepts-group-not-joined: echo to a group not joined: 0/0 12348007 data 56
    accepts-foreign-destination: echo to another: 0/0 12348007 data 56
    resolves-off-link-directly: echo from beyond the gateway: 0/0 12348007 data 56
    discards-all-options: record route: silence
    reports-unknown-option: unknown option: 12/0 14000000 quotes 88
    echoes-unknown-options: unknown option: options 5e040102 0/0 12348007 data 56
    reads-behind-end-of-options: garbage behind the end of options: 12/0 17000000 quotes 88
    tolerates-option-length: option of length 1: 0/0 12348007 data 56
    silent-about-bad-option: record route pointing nowhere: silence
    answers-despite-bad-option: record route pointing nowhere: 12/0 16000000 quotes 92 + 0/0 12348007 data 56
    accepts-option-twice: record route twice: options 070708c0000201070708c00002010000 0/0 12348007 data 56
    accepts-small-option-pointer: record route pointing nowhere: options 0707000000000000 0/0 12348007 data 56
    accepts-unaligned-option-pointer: record route pointing askew: options 070b0900c000020100000000 0/0 \
    12348007 data 56
    accepts-undefined-timestamp-flag: timestamp option with flag 2: 12/0 16000000 quotes 92
    refuses-full-record-route: full record route: 12/0 16000000 quotes 92
    refuses-full-timestamp: full timestamp option: 12/0 16000000 quotes 92
    overflow-wraps: overflowing timestamp option: options 4408090001020304 0/0 12348007 data 56
    drops-options-of-echo: record route: 0/0 12348007 data 56
    truncates-echoed-options: record route of nine slots: options 072708c000020100 0/0 12348007 data 56 \
    [option]
    follows-source-route: unfinished source route: 0/0 12348007 data 56
    silent-about-source-route: unfinished source route: silence
    needs-fragments-in-order: fragments reversed: silence
    duplicate-spoils-reassembly: fragments doubled: silence
    reassembles-across-identifications: fragments of two datagrams: 0/0 12348007 data 56
    reassembles-across-sources: fragments of two senders: 0/0 12348007 data 56
    answers-first-fragment-alone: fragments: silence
    mixes-overlaps: fragments that contradict each other: 0/0 12348007 data 56 changed
    reports-oversized-fragment: fragment beyond the end, then an echo: 12/0 00000000 quotes 84 changed + 0/0 \
    12348007 data 56
    last-overlap-wins: fragments6 overlapping: 129/0 12348007 data 56
    accepts-ipv6-overlap: fragments6 overlapping: 129/0 12348007 data 56
    loses-last-octet-in-reassembly: fragments: silence
    accepts-odd-ipv6-fragment: odd fragment6: silence
    ignores-ecn-of-fragments: fragments half marked: tos 3 0/0 12348007 data 56
    dies-of-oversized-datagram: fragment6 beyond the end: silence
    reports-short-message: unreachable of seven octets: 12/0 00000000 quotes 27 changed
    dies-of-short-message: short message, then an echo: silence
    silent-about-reassembly-timeout: first fragment and a minute: silence
    wrong-code-for-reassembly-timeout: first fragment and a minute: 11/0 00000000 quotes 52
    fragment-offset-in-octets: too big6 for what was sent: via gateway 129/0 12348007 data 1400 + via gateway \
    fragment at 0 more + via gateway fragment at 9856
    accepts-any-ipv6-version: echo6 of version 5: 129/0 12348007 data 56
    accepts-truncated-ipv6: echo6 with payload length too large: 129/0 12348007 data 56
    reports-low-hop-limit: echo6 with hop limit 0: 3/0 00000000 quotes 104
    discards-hop-limit-zero: echo6 with hop limit 0: silence
    accepts-ipv6-multicast-source: echo6 from a group: to all 129/0 12348007 data 56
    accepts-ipv6-loopback-source: echo6 from ::1: to all 129/0 12348007 data 56
    accepts-foreign-ipv6-destination: echo6 to another: 129/0 12348007 data 56
    accepts-ipv6-loopback-destination: echo6 to ::1: 129/0 12348007 data 56
    accepts-any-scope: echo6 to ff01::1: 129/0 12348007 data 56
    accepts-ipv6-group-not-joined: echo6 to a group not joined: 129/0 12348007 data 56
    silent-about-unknown-next-header: unknown next header: silence
    wrong-code-for-unknown-next-header: unknown next header: 4/0 00000006 quotes 48
    next-header-pointer-at-header: unknown next header: 4/1 00000028 quotes 48
    next-header-pointer-is-always-six: unknown next header behind options: 4/1 00000006 quotes 56
    accepts-hop-by-hop-anywhere: hop-by-hop options in second place: 129/0 12348007 data 56
    reads-behind-no-next-header: no next header: 129/0 9da4abb2 data 0
    answers-truncated-chain: header beyond the packet: 129/0 00000000 data 0
    discards-destination-options: destination options: silence
    discards-hop-by-hop: hop-by-hop options: silence
    discards-skippable-option: option 00: silence
    skips-all-unknown-options: option 01: 129/0 12348007 data 56
    reports-silent-option: option 01: 4/2 0000002a quotes 112
    silent-about-unknown-option: option 10: silence
    silent-about-option-10-to-group: option 10 to all nodes: silence
    reports-option-11-to-group: option 11 to all nodes: 4/2 0000002a quotes 112
    wrong-code-for-unknown-option: option 10: 4/0 0000002a quotes 112
    option-pointer-at-length: option 10: 4/2 0000002b quotes 112
    tolerates-option-beyond-header: option beyond its header: 4/0 0000002a quotes 112 + 129/0 12348007 data 56
    discards-routing-header: routing header done: silence
    skips-routing-header: routing header 0 under way: 129/0 12348007 data 56
    silent-about-routing-header: routing header 0 under way: silence
    wrong-code-for-routing-header: routing header 0 under way: 4/1 0000002a quotes 112
    routing-pointer-at-segments-left: routing header 0 under way: 4/0 0000002b quotes 112
    queues-atomic-fragment: atomic fragment among others: silence
    discards-atomic-fragment: atomic fragment: silence
    silent-about-odd-fragment: odd fragment6: silence
    silent-about-oversized-fragment: fragment6 beyond the end: silence
    accepts-incomplete-chain: fragment6 without all headers: silence
    wrong-code-for-incomplete-chain: fragment6 without all headers: 4/0 00000000 quotes 48
    sends-atomic-fragments: echo6: fragment at 0
    ignores-discovery-hop-limit: neighbor solicitation from afar: ttl 255 136/0 60000000 data 24 changed
    ignores-neighbor-discovery-checksum: neighbor solicitation with wrong checksum: ttl 255 136/0 60000000 \
    data 24 changed
    accepts-fragmented-discovery: fragmented neighbor solicitation: ttl 255 136/0 60000000 data 24 changed
    advertises-itself-as-router: neighbor solicitation: ttl 255 136/0 e0000000 data 24 changed
    """
  )

  static func table(_ text: String) -> [ShownDeviation] {
    text.split(separator: "\n").map { line in
      let parts = line.split(separator: ": ", maxSplits: 2).map(String.init)
      return ShownDeviation(
        mutant: parts.first ?? "",
        stimulus: parts.count > 1 ? parts[1] : "",
        answers: parts.count > 2 ? parts[2] : ""
      )
    }
  }
}

/// One line of the table.
struct ShownDeviation: CustomTestStringConvertible {
  /// The mutant's name.
  let mutant: String
  let stimulus: String
  /// What it answers.
  let answers: String

  var testDescription: String { mutant }
}
