extension Grammar {
  /// A word with a meaning of its own.
  package struct Word: Sendable {
    /// The word as written, variables without `$`.
    package let name: String
    /// One line, shown in the reference.
    package let summary: String
  }

  /// Variables which every case has.
  package static let variables: [Word] = [
    .init(name: "tester", summary: "The host that Assay plays in this trial; its address fits the field."),
    .init(name: "tester2", summary: "A second host on the target's network."),
    .init(name: "stranger", summary: "A host beyond the target's gateway."),
    .init(name: "stranger2", summary: "Another host beyond the gateway."),
    .init(name: "router", summary: "The target's gateway, played by Assay."),
    .init(name: "far-tester", summary: "The host that Assay plays on the far side in this trial."),
    .init(name: "far-tester2", summary: "A second host on the far side."),
    .init(name: "far-stranger", summary: "A host beyond the target's gateway on the far side."),
    .init(name: "far-router", summary: "The target's gateway on the far side, played by Assay."),
    .init(name: "far-target", summary: "The target with its addresses on the far side."),
    .init(name: "target", summary: "The target itself."),
    .init(name: "broadcast", summary: "The broadcast address of the target's IPv4 network."),
    .init(name: "network", summary: "The address of the target's IPv4 network, its host part 0."),
    .init(
      name: "fresh-prefix",
      summary:
        "An IPv6 prefix of 64 bits that no other trial has: its first address; `$fresh-prefix.last` its last one."
    ),
    .init(
      name: "unused",
      summary: "A host on the link that isn't there, with IPv6 addresses that no other trial has."
    ),
    .init(name: "id", summary: "A number of 16 bits which no other trial has."),
    .init(name: "port", summary: "A UDP or TCP port which no other trial has."),
    .init(
      name: "sent",
      summary: "The packet sent last, before it was fragmented or spoiled: `$sent.LAYER.FIELD`, `$sent.data`."
    ),
    .init(
      name: "received",
      summary: "The answer seen last: `$received.LAYER.FIELD`, `$received.data`."
    ),
    .init(
      name: "this",
      summary:
        "The expected frame itself: `source: $this.icmpv6.target`; in a list the element: `{ at-most: $this.valid-lifetime }`."
    ),
    .init(name: "repetition", summary: "Which repetition of a `send` with `repeat` this is, from 0."),
    .init(name: "capability", summary: "A value of the target file: `$capability.tcp-port`."),
    .init(name: "case", summary: "The trial's name."),
    .init(name: "computed", summary: "What Assay would put into a length or checksum: `$computed + 4`."),
  ]

  /// Parts of a variable that stands for a host, as in `$tester.mac`.
  package static let hostParts: [Word] = [
    .init(name: "mac", summary: "Its Ethernet address."),
    .init(name: "ipv4", summary: "Its IPv4 address."),
    .init(name: "ipv6", summary: "Its IPv6 address."),
    .init(name: "link-local", summary: "Its link-local address."),
    .init(name: "solicited-node", summary: "The group to which neighbours ask for its IPv6 address."),
    .init(
      name: "subnet-router-anycast",
      summary: "The address that all routers of its network have; of 64 bits [RFC 4291 2.6.1]."
    ),
    .init(
      name: "link-local-solicited-node",
      summary: "The group to which neighbours ask for its link-local address."
    ),
  ]

  /// Words which spoil the right value of a computed field.
  package static let faultWords: [Word] = [
    .init(name: "wrong", summary: "Differs from the right value in several bits."),
    .init(name: "zero", summary: "All bits 0."),
    .init(name: "ones", summary: "All bits 1."),
    .init(name: "off-by-one", summary: "The right value plus one; for a checksum in one's complement."),
    .init(name: "complement", summary: "All bits of the right value turned over."),
    .init(
      name: "no-pseudo-header",
      summary: "The checksum of UDP, TCP or ICMPv6 summed up without the pseudo-header [RFC 8200 8.1]."
    ),
  ]

  /// What can be measured besides the fields of layers.
  package static let measurements: [Word] = [
    .init(name: "answer.delay", summary: "The time between stimulus and answer."),
    .init(name: "packet.length", summary: "Octets of the IP packet."),
    .init(name: "data.length", summary: "Octets of its data."),
    .init(name: "quoted.length", summary: "Octets of the packet that an ICMP error quotes."),
  ]

  /// Parts of a variable that stands for a packet, as in `$sent.data`.
  package static let packetParts: [Word] = [
    .init(name: "LAYER.FIELD", summary: "A field of the outermost layer of that name: `$sent.ipv4.ttl`."),
    .init(
      name: "quote.LAYER.FIELD",
      summary: "A field of the packet that it quotes: `$received.quote.udp.source-port`."
    ),
    .init(
      name: "LAYER.FIELD.solicited-node",
      summary: "The group to which neighbours ask for an IPv6 address that is in it."
    ),
    .init(name: "data", summary: "The octets behind its last header."),
    .init(name: "length", summary: "Octets of the IP packet."),
    .init(
      name: "fragment-N",
      summary: "Its fragment number N, as it was sent: `quoted: { of: $sent.fragment-0 }`."
    ),
  ]

  /// Parts of a variable that stands for a connection, as in `$conn.remote-next`.
  package static let connectionParts: [Word] = [
    .init(name: "local-next", summary: "The sequence number of Assay's next octet."),
    .init(name: "remote-next", summary: "The sequence number of the target's next octet."),
    .init(name: "local-port", summary: "Assay's port."),
    .init(name: "remote-port", summary: "The target's port."),
    .init(name: "mss", summary: "The most octets of data that Assay puts into a segment."),
    .init(name: "last-sent", summary: "The packet that Assay sent last on it."),
    .init(name: "last-received", summary: "The packet that the target sent last on it."),
  ]

  /// Words which stand for conditions.
  package static let conditions: [Word] = [
    .init(name: "any", summary: "Anything; says that it doesn't matter."),
    .init(name: "present", summary: "The field is there."),
    .init(name: "absent", summary: "The field isn't there."),
  ]

  /// What targets can claim, as bundled suites and labs call it; a target file may claim anything else as well.
  package static let capabilities: [Word] = [
    .init(name: "timestamp", summary: "It answers ICMPv4 timestamp requests."),
    .init(name: "address-mask", summary: "It answers ICMPv4 address mask requests."),
    .init(name: "extended-echo", summary: "It answers extended echo requests [RFC 8335]."),
    .init(name: "node-information", summary: "It answers node information queries [RFC 4620]."),
    .init(name: "tcp-port", summary: "A TCP port where it listens; the labs echo there."),
    .init(name: "tcp-closed-port", summary: "A TCP port where nobody listens."),
    .init(name: "udp-echo-port", summary: "A UDP port whose datagrams come back."),
    .init(name: "udp-closed-port", summary: "A UDP port where nobody listens."),
    .init(
      name: "reassembles-beyond-mtu",
      summary: "It puts datagrams together that its link couldn't carry whole."
    ),
    .init(
      name: "router-discovery-ipv4",
      summary: "It is a router that advertises itself near by [RFC 1256]."
    ),
    .init(
      name: "router-discovery-ipv6",
      summary: "It is a router that advertises itself near by [RFC 4861]."
    ),
    .init(
      name: "no-router-discovery",
      summary: "It uses the IPv4 gateway that it was given, and looks for no other [RFC 1256]."
    ),
    .init(
      name: "autoconfiguration",
      summary: "It makes addresses of prefixes that routers tell of [RFC 4862]."
    ),
    .init(
      name: "enhanced-dad",
      summary: "It tells its own duplicate address detection from others' by a nonce [RFC 7527]."
    ),
    .init(
      name: "lasting-addresses",
      summary: "It may be left with addresses of no use that last for two hours."
    ),
    .init(
      name: "router-discovery-near-only",
      summary: "It advertises itself near by, and not on the far side [RFC 4861 6.2.1]."
    ),
    .init(name: "unused-protocol", summary: "An IP protocol that it doesn't implement."),
    .init(name: "icmp-errors-per-second", summary: "How many ICMP errors it sends in a second (`limits`)."),
    .init(name: "reassembly-seconds", summary: "How long it waits for missing fragments (`limits`)."),
  ]

  /// What of a target's state trials keep from each other, by the names that bundled suites use.
  package static let locks: [Word] = [
    .init(
      name: "path-mtu",
      summary: "Path MTUs that several destinations share; a `$stranger` has one of its own."
    ),
    .init(
      name: "routes",
      summary: "Routes and default routers: redirects and router advertisements that others would feel."
    ),
    .init(
      name: "neighbour-cache",
      summary: "Entries for addresses that other trials use, too; a persona's are its own."
    ),
    .init(
      name: "address-resolution",
      summary: "What the target asks or tells all neighbours. Trials that look at that have it by themselves."
    ),
    .init(
      name: "addresses-1",
      summary: "Room for addresses that the target makes of prefixes; also `addresses-2` and `addresses-3`."
    ),
    .init(name: "reassembly", summary: "The memory for fragments, where a case fills it."),
    .init(name: "target", summary: "All of it: nothing else flies meanwhile."),
  ]
}
