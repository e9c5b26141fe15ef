import Wire

/// What a router forwards, reports and lets be, over IPv6.
extension Passage {
  private static let quoted = [ip6("F", "A")] + udp(8)

  static let router6: [Passage] = [
    one("packet", [ip6("A", "F")] + echo6()),
    one("packet back", .far, [ip6("F", "A")] + udp()),
    one("packet to a stranger", [ip6("A", "Y")] + udp()),
    one("hop limit 2", [ip6("A", "F", hops(2))] + echo6()),
    one("hop limit 1", [ip6("A", "F", hops(1))] + echo6()),
    one("hop limit 0", [ip6("A", "F", hops(0))] + echo6()),
    one("hop limit 1 from the far side", .far, [ip6("F", "A", hops(1))] + udp()),
    one("hop limit 1 from link-local", [ip6("A'", "F", hops(1))] + echo6()),
    one("hop limit 1 of 1280 octets", [ip6("A", "F", hops(1))] + udp(1232)),
    one("hop limit 1 of an error", [ip6("A", "F", hops(1))] + error6(1, 3, about: quoted)),
    one("hop limit 1 of a redirect", [ip6("A", "F", hops(1)), Stimulus.icmp(.icmpv6, 137)]),
    one("hop limit 1 to a group", [ip6("A", "ff0e::1234", hops(1))] + udp(), in: group("ff0e::1234")),
    one("hop limit 1 in a group frame", [ip6("A", "F", hops(1))] + echo6(), in: group("ff02::2")),
    one("hop limit 1 from nobody", [ip6("::", "F", hops(1))] + echo6()),
    one("hop limit 1 from all routers", [ip6("N*", "F", hops(1))] + echo6()),
    one("hop limit 1 without next header", [ip6("A", "F", ["hop-limit": number(1), "next-header": number(59)]), raw([1])]),
    one("no route6", [ip6("A", "O")] + echo6()),
    one("no route6 for an error", [ip6("A", "O")] + error6(3, 0, about: quoted)),
    one("no route6 for a group", [ip6("A", "ff0e::4321")] + udp(), in: group("ff0e::4321")),
    one("nobody there6", [ip6("A", "U")] + echo6()).waiting(.seconds(5)),
    one("error to nobody there6", [ip6("A", "U")] + error6(1, 0, about: quoted)).waiting(.seconds(5)),
    one("1280 octets", [ip6("A", "Z")] + udp(1232)),
    one("1281 octets", [ip6("A", "Z")] + udp(1233)),
    one("1500 octets6", [ip6("A", "Z")] + udp(1452)),
    one("1500 octets6 of an error", [ip6("A", "Z")] + error6(1, 0, about: [ip6("Z", "A")] + udp(1400))),
    one("traffic class and flow label", [
      ip6("A", "F", ["traffic-class": number(0x21), "flow-label": number(0x12345)]),
    ] + echo6()),
    one("type 254", [ip6("A", "F"), Stimulus.icmp(.icmpv6, 254), Stimulus.data(8)]),
    one("part missing6", [ip6("A", "F")] + udp()).cut(by: 20),
    one("from nobody", [ip6("::", "F")] + echo6()),
    one("from a group", [ip6("ff0e::1", "F")] + echo6()),
    one("from ::1", [ip6("::1", "F")] + echo6()),
    one("from the device itself", [ip6("N", "F")] + echo6()),
    one("from link-local to the far side", [ip6("A'", "F")] + echo6()),
    one("from link-local to the other address", [ip6("A'", "T")] + echo6()),
    one("to link-local of the far side", [ip6("A", "F'")] + echo6()),
    one("to ::1", [ip6("A", "::1")] + echo6()),
    one("to a group of the link", [ip6("A", "ff02::1:2")] + echo6(), in: group("ff02::1:2")),
    one("to site-local", [ip6("A", "fec0::2")] + echo6()),
    one("echo6 to the other side", [ip6("A", "T")] + echo6()),
    one("closed port6 of the other side", [ip6("A", "T")] + udp()),
    one("echo6 to all routers", [ip6("A'", "ff02::2")] + echo6(), in: group("ff02::2")),
    one("echo6 to the anycast address", [ip6("A", "N*")] + echo6()),
    one("echo6 to the anycast address of the other side", [ip6("A", "T*")] + echo6()),
  ]

  static let headers6: [Passage] = [
    one("destination options", [ip6("A", "F"), Stimulus.options6(.destinationOptions, 0x9e)] + echo6()),
    one("next header 253", [ip6("A", "F", ["next-header": number(253)]), Stimulus.data(8)]),
    one("no next header6", [ip6("A", "F", ["next-header": number(59)]), Stimulus.data(8)]),
    one("routing header", [ip6("A", "F"), Stimulus.routing(type: 253, left: 1)] + echo6()),
    one("odd fragment6", [
      ip6("A", "F"),
      LayerTemplate(.fragment, fields: ["next-header": number(17), "more": number(1), "identification": number(7)]),
      Stimulus.data(31),
    ]),
    one("padding for each hop", [ip6("A", "F"), Stimulus.options6(.hopByHop, 1)] + echo6()),
    one("option 00 for each hop", [ip6("A", "F"), Stimulus.options6(.hopByHop, 0x1e)] + echo6()),
    one("option 01 for each hop", [ip6("A", "F"), Stimulus.options6(.hopByHop, 0x5e)] + echo6()),
    one("option 10 for each hop", [ip6("A", "F"), Stimulus.options6(.hopByHop, 0x9e)] + echo6()),
    one("option 11 for each hop", [ip6("A", "F"), Stimulus.options6(.hopByHop, 0xde)] + echo6()),
    one("unknown router alert", [ip6("A", "F"), Stimulus.options6(.hopByHop, 5, [0xfd, 0xe8])] + echo6()),
  ]

  static let redirects6: [Passage] = [
    several("gateway known, then to a stranger", [
      one("", .far, [ip6("F", "X")] + udp(8)), one("", [ip6("A", "X")] + udp(9)),
    ]),
    one("to a neighbor6", [ip6("A", "B")] + udp(9)),
    one("long packet to a stranger", [ip6("A", "X")] + udp(1452)),
    one("from link-local to a stranger", [ip6("A'", "X")] + udp(9)),
    one("from a stranger to a stranger6", [ip6("2001:db8:ffff::9", "X")] + udp(9)),
    several("eight times to a stranger6", Array(repeating: one("", [ip6("A", "X")] + udp(8)), count: 8)),
    several("redirect, then a packet", [
      one("", .far, [
        ip6("H'", "T'", hops(255)),
        Stimulus.icmp(.icmpv6, 137, ["target": Stimulus.address6("fe80::f"), "destination": Stimulus.address6("2001:db8:fffe::7")]),
      ]),
      one("", [ip6("A", "Y")] + udp(9)),
    ]),
  ]

  static func group(_ text: String) -> MACAddress {
    MACAddress(multicastFor: IPv6Address(text) ?? .unspecified)
  }
}
