/// What the strict device answers to each stimulus, in the words of `AnswerText`.
enum Expected {
  static let answers = general.merging(discovery) { first, _ in first }

  private static let general: [String: String] = table(
    """
    echo: 0/0 12348007 data 56
    odd echo: 0/0 12348007 data 57
    long echo: 0/0 12348007 data 1472
    echo with padding: 0/0 12348007 data 36
    echo with TOS: tos 184 0/0 12348007 data 56
    echo with TTL 1: 0/0 12348007 data 56
    echo with reserved flag: 0/0 12348007 data 56
    echo with identifier 0: 0/0 00008007 data 56
    echo with sequence 0: 0/0 12340000 data 56
    echo with wrong checksum: silence
    echo with checksum 0: silence
    echo with checksum 0xffff: silence
    echo with wrong IP checksum: silence
    echo with IP checksum 0: silence
    echo of version 5: silence
    echo with header length 4: silence
    echo with total length 19: silence
    echo with total length too large: silence
    echo from 255.255.255.255: silence
    echo from 127.0.0.1: silence
    echo from itself: silence
    echo from beyond the gateway: via gateway 0/0 12348007 data 56
    echo from class E: silence
    echo to another: silence
    echo to a broadcast frame: silence
    echo to everybody: silence
    echo without its sequence number: silence
    two echoes of one identification: 0/0 12348007 data 56 + 0/0 12348007 data 56
    echo reply: silence
    timestamp: 14/0 12348007 data 12 changed
    information request: silence
    address mask request: silence
    router solicitation: silence
    extended echo: silence
    source quench: silence
    type 44: silence
    type 35: silence
    type 253: silence
    unreachable: silence
    unreachable with a broken option: silence
    closed port: 3/3 00000000 quotes 128
    closed port with a long datagram: 3/3 00000000 quotes 548
    closed port without checksum: 3/3 00000000 quotes 36
    closed port with wrong checksum: silence
    closed port to a broadcast frame: silence
    closed port of everybody: silence
    closed port of a group: silence
    open port: protocol 17
    unknown protocol: 3/2 00000000 quotes 24
    unknown protocol in a later fragment: silence
    ICMPv6 over IPv4: 3/2 00000000 quotes 28
    record route: options 070708c000020100 0/0 12348007 data 56
    record route pointing nowhere: 12/0 16000000 quotes 92
    record route pointing askew: 12/0 16000000 quotes 96
    full record route: options 0707080102030400 0/0 12348007 data 56
    unknown option: 0/0 12348007 data 56
    option of length 1: 12/0 15000000 quotes 88
    unfinished source route: 3/5 00000000 quotes 92
    full timestamp option: options 4408091001020304 0/0 12348007 data 56
    overflowing timestamp option: 12/0 17000000 quotes 92
    fragments: 0/0 12348007 data 56
    fragments reversed: 0/0 12348007 data 56
    fragments doubled: 0/0 12348007 data 56
    fragments of two senders: silence
    fragments of two datagrams: silence
    first fragment: silence
    odd fragment: silence
    fragments half marked: silence
    fragment beyond the end, then an echo: 0/0 12348007 data 56
    fragments that contradict each other: silence
    echo cut inside the header: silence
    echo with header length 15: silence
    closed TCP port: protocol 6
    unreachable of seven octets: silence
    two timestamps: 14/0 12348007 data 12 changed + 14/0 12348007 data 12 changed
    timestamp with wrong checksum: silence
    timestamp reply: silence
    short message, then an echo: 0/0 12348007 data 56
    short quote, then an echo: 0/0 12348007 data 56
    echo from a group: silence
    echo from network zero: silence
    echo to a group not joined: silence
    closed port with TOS: 3/3 00000000 quotes 36
    closed port from beyond the gateway: via gateway 3/3 00000000 quotes 28
    TCP to everybody: silence
    record route twice: 12/0 1b000000 quotes 100
    garbage behind the end of options: 0/0 12348007 data 56
    timestamp option with flag 2: 12/0 17000000 quotes 92
    record route of nine slots: options of 40 0/0 12348007 data 56
    first fragment and a minute: 11/1 00000000 quotes 52
    last fragment and a minute: silence
    too big for what was sent: via gateway 0/0 12348007 data 1400 + via gateway fragment at 0 more 0/0 \
    12348007 data 544 + via gateway fragment at 552 more 552 octets + 1 more
    too big for what wasn't sent: via gateway 0/0 12348007 data 1400
    too big with wrong checksum: via gateway 0/0 12348007 data 1400 + via gateway 0/0 12348007 data 1400
    too big for a large MTU: via gateway 0/0 12348007 data 1400 + via gateway 0/0 12348007 data 1400
    too big twice: via gateway 0/0 12348007 data 1400 + via gateway fragment at 0 more 0/0 12348007 data \
    544 + via gateway fragment at 552 more 552 octets + 1 more
    too big below 68: via gateway 0/0 12348007 data 1400 + via gateway 0/0 12348007 data 1400
    redirect: via gateway 0/0 12348007 data 1400 + 0/0 12348007 data 1400
    redirect by somebody: via gateway 0/0 12348007 data 1400 + via gateway 0/0 12348007 data 1400
    redirect to another network: via gateway 0/0 12348007 data 1400 + via gateway 0/0 12348007 data 1400
    redirect for what wasn't sent: via gateway 0/0 12348007 data 1400
    address mask reply: via gateway 0/0 12348007 data 1400
    echo6: 129/0 12348007 data 56
    odd echo6: 129/0 12348007 data 57
    echo6 with wrong checksum: silence
    echo6 with hop limit 0: 129/0 12348007 data 56
    echo6 of version 5: silence
    echo6 with payload length too large: silence
    echo6 to all nodes: 129/0 12348007 data 56
    echo6 to a group not joined: silence
    echo6 from a group: silence
    echo6 from nobody: silence
    echo6 to the link-local address: from link-local 129/0 12348007 data 56
    echo6 to another: silence
    echo6 from beyond the gateway: via gateway 129/0 12348007 data 56
    echo6 reply: silence
    type6 127: silence
    type6 200: silence
    type6 222: silence
    node information query: silence
    extended echo6: silence
    router solicitation6: silence
    unreachable6: silence
    unreachable6 with an unknown option: silence
    closed port6: 1/4 00000000 quotes 148
    closed port6 with a long datagram: 1/4 00000000 quotes 1232
    closed port6 without checksum: silence
    closed port6 of all nodes: silence
    closed port6 in a group frame: silence
    open port6: protocol 17
    closed TCP port6: protocol 6
    unknown next header: 4/1 00000006 quotes 48
    unknown next header behind options: 4/1 00000028 quotes 56
    ICMPv4 over IPv6: 4/1 00000006 quotes 48
    no next header: silence
    destination options: 129/0 12348007 data 56
    hop-by-hop options: 129/0 12348007 data 56
    hop-by-hop options in second place: 4/1 00000028 quotes 120
    option 00: 129/0 12348007 data 56
    option 01: silence
    option 10: 4/2 0000002a quotes 112
    option 11: 4/2 0000002a quotes 112
    option 10 to all nodes: 4/2 0000002a quotes 112
    option 11 to all nodes: silence
    routing header done: 129/0 12348007 data 56
    routing header 0 under way: 4/0 0000002a quotes 112
    fragments6: 129/0 12348007 data 56
    fragments6 reversed: 129/0 12348007 data 56
    fragments6 overlapping: silence
    atomic fragment: 129/0 12348007 data 56
    odd fragment6: 4/0 00000004 quotes 79
    fragment6 beyond the end: 4/0 0000002a quotes 112
    fragment6 without all headers: 4/3 00000000 quotes 48
    first fragment6: silence
    neighbor solicitation: ttl 255 136/0 60000000 data 24 changed
    neighbor solicitation from afar: silence
    neighbor solicitation with wrong checksum: silence
    too big6 for what was sent: via gateway 129/0 12348007 data 1400 + via gateway fragment at 0 more + \
    via gateway fragment at 1232
    too big6 for what wasn't sent: via gateway 129/0 12348007 data 1400
    too big6 with wrong checksum: via gateway 129/0 12348007 data 1400 + via gateway 129/0 12348007 data \
    1400
    too big6 for a large MTU: via gateway 129/0 12348007 data 1400 + via gateway 129/0 12348007 data 1400
    too big6 twice: via gateway 129/0 12348007 data 1400 + via gateway fragment at 0 more + via gateway \
    fragment at 1232
    too big6 below 1280: via gateway 129/0 12348007 data 1400 + via gateway 129/0 12348007 data 1400
    redirect6: via gateway 129/0 12348007 data 1400 + 129/0 12348007 data 1400
    redirect6 by somebody: via gateway 129/0 12348007 data 1400 + via gateway 129/0 12348007 data 1400
    echo6 to ::1: silence
    echo6 to ff01::1: silence
    closed port6 from nobody: silence
    echo6 from ::1: silence
    echo6 with a checksum of IPv4: silence
    header beyond the packet: silence
    option beyond its header: 4/0 0000002a quotes 112
    atomic fragment among others: 129/0 12348007 data 56
    first fragment6 and a minute: 3/1 00000000 quotes 80
    fragmented neighbor solicitation: silence
    """
  )

  /// `name: answers`, a line each.
  static func table(_ text: String) -> [String: String] {
    let rows = text.split(separator: "\n").map { line in
      let colon = line.firstRange(of: ": ")
      return (
        colon.map { String(line[..<$0.lowerBound]) } ?? String(line),
        colon.map { String(line[$0.upperBound...]) } ?? ""
      )
    }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }
}
