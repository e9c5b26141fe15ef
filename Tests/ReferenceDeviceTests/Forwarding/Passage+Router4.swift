import Wire

/// What a router forwards, reports and lets be, over IPv4.
extension Passage {
  static let router4: [Passage] = [
    one("datagram", [ip("A", "F")] + udp()),
    one("datagram back", .far, [ip("F", "A")] + udp()),
    one("datagram to a stranger", [ip("A", "Y")] + udp()),
    one("datagram from a stranger", [ip("X", "F")] + udp()),
    one("TTL 2", [ip("A", "F", ttl(2))] + udp()),
    one("TTL 1", [ip("A", "F", ttl(1))] + udp()),
    one("TTL 0", [ip("A", "F", ttl(0))] + udp()),
    one("TTL 1 from the far side", .far, [ip("F", "A", ttl(1))] + udp()),
    one("TTL 1 by another way", [ip("F", "Y", ttl(1))] + udp()),
    one("TTL 1 of a service", [ip("A", "F", ["ttl": number(1), "tos": number(0xb8)])] + udp()),
    one("TTL 1 of a long datagram", [ip("A", "F", ttl(1))] + udp(1400)),
    one("TTL 1 of an echo", [ip("A", "F", ttl(1))] + echo()),
    one("TTL 1 of an error", [ip("A", "F", ttl(1))] + error(3, 3, about: [ip("F", "A")] + udp(8))),
    one("TTL 1 of a first fragment", [ip("A", "F", ttl(1).merging(more) { _, new in new })] + udp(24)),
    one("TTL 1 of a later fragment", [ip("A", "F", ["ttl": number(1), "fragment-offset": number(9)])] + udp(24)),
    one("TTL 1 to a group", [ip("A", "239.1.1.1", ttl(1))] + udp()),
    one("TTL 1 in a group frame", [ip("A", "F", ttl(1))] + udp(), in: .broadcast),
    one("no route", [ip("A", "O")] + udp()),
    one("no route for an error", [ip("A", "O")] + error(3, 3, about: [ip("O", "A")] + udp(8))),
    one("nobody there", [ip("A", "U")] + udp()).waiting(.seconds(5)),
    several("nobody there three times", [
      one("", [ip("A", "U")] + udp()), one("", [ip("A", "U")] + udp()), one("", [ip("B", "U")] + udp()),
    ]).waiting(.seconds(5)),
    one("error to nobody there", [ip("A", "U")] + error(3, 1, about: [ip("U", "A")] + udp(8)))
      .waiting(.seconds(5)),
    one("service", [ip("A", "F", ["tos": number(0xbb)])] + udp()),
    one("reserved flag", [ip("A", "F", ["reserved-flag": number(1)])] + udp()),
    one("whole only", [ip("A", "F", wholeOnly)] + udp()),
    one("type 77", [ip("A", "F"), Stimulus.icmp(.icmpv4, 77), Stimulus.data(8)]),
    one("wrong ICMP checksum", [ip("A", "F")] + echo(["checksum": .wrong])),
    one("echo to another", [ip("A", "F")] + echo()),
    one("echo to the other side", [ip("A", "T")] + echo()),
    one("echo to the other side with TTL 1", [ip("A", "T", ttl(1))] + echo()),
    one("echo to the near side", .far, [ip("Y", "N")] + echo()),
    one("closed port of the other side", [ip("A", "T")] + udp()),
    one("closed port of the near side", [ip("A", "N", ["tos": number(0x20)])] + udp()),
    one("error to the other side", [ip("A", "T")] + error(3, 3, about: [ip("T", "A")] + udp(8))),
    several("fragments", [
      one("", [ip("A", "F", more)] + udp(24)), one("", [ip("A", "F", ["fragment-offset": number(4)]), raw([1, 2, 3])]),
    ]),
    one("later fragment alone", [ip("A", "F", ["fragment-offset": number(9)])] + udp(24)),
    one("wrong header checksum", [ip("A", "F", ["header-checksum": .wrong])] + udp()),
    one("version 5", [ip("A", "F", ["version": number(5)])] + udp()),
    one("part missing", [ip("A", "F")] + udp()).cut(by: 20),
    one("part missing of an error", [ip("A", "F")] + error(3, 3, about: [ip("F", "A")] + udp(100))).cut(by: 20),
    one("in a broadcast frame", [ip("A", "F")] + udp(), in: .broadcast),
    one("in a group frame", [ip("A", "F")] + udp(), in: MACAddress(rawValue: 0x0100_5e00_0001)),
    one("to all of the far link", [ip("A", "198.51.100.255")] + echo()),
    one("to the far network", [ip("A", "198.51.100.0")] + echo()),
    one("to all of the near link from the far one", .far, [ip("F", "192.0.2.255")] + echo()),
    one("to all", [ip("A", "255.255.255.255")] + udp(), in: .broadcast),
  ]

  static let martians4: [Passage] =
    ["0.0.0.5", "255.255.255.255", "192.0.2.255", "198.51.100.255", "224.0.0.1", "127.0.0.1", "240.0.0.1",
      "169.254.1.1", "N", "T",
    ].map { one("from \($0)", [ip($0, "F")] + udp()) }
    + ["0.0.0.0", "0.1.2.3", "127.0.0.1", "240.0.0.1", "169.254.9.9"].map { one("to \($0)", [ip("A", $0)] + udp()) }
    + [one("to the near side from all of the far link", [ip("198.51.100.255", "N")] + echo())]

  static let tooBig4: [Passage] = [
    one("1280 octets whole only", [ip("A", "Z", wholeOnly)] + udp(1252)),
    one("1281 octets whole only", [ip("A", "Z", wholeOnly)] + udp(1253)),
    one("1500 octets whole only", [ip("A", "Z", wholeOnly)] + udp(1472)),
    one("1500 octets of an error", [ip("A", "Z", wholeOnly)] + error(3, 3, about: [ip("Z", "A")] + udp(1444))),
    one("1500 octets", [ip("A", "Z")] + udp(1472)),
    one("1500 octets with reserved flag", [ip("A", "Z", ["reserved-flag": number(1)])] + udp(1472)),
    one("1500 octets of a fragment", [
      ip("A", "Z", ["fragment-offset": number(100), "more-fragments": number(1)]), Stimulus.data(1480),
    ]),
    one("1500 octets with options", [
      ip("A", "Z", options: [.literal(type: 148, data: [0, 0]), .literal(type: 7, data: [4, 0, 0, 0, 0])]),
    ] + udp(1456)),
    one("1500 octets to a wide path", [ip("A", "Y", wholeOnly)] + udp(1472)),
    one("long echo by a narrow path", [ip("Z", "N")] + [Stimulus.icmp(.icmpv4, 8), Stimulus.data(1400)]),
  ]

  static let more: [String: FieldSetting] = ["more-fragments": .given(.number(1))]
}
