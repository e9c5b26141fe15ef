import Wire

/// What neighbors ask a router over IPv6.
extension Passage {
  private static func options(_ list: [(UInt8, [UInt8])]) -> [LayerTemplate] {
    list.isEmpty
      ? [] : [LayerTemplate(.ndpOptions, lists: ["options": list.map { .literal(type: $0.0, data: $0.1) }])]
  }

  private static let mac: (UInt8, [UInt8]) = (1, Places.tester(.near).octets)

  private static func solicitation(
    _ source: String = "A'",
    _ fields: [String: FieldSetting] = [:],
    hops limit: UInt64 = 255,
    options list: [(UInt8, [UInt8])]
  ) -> [LayerTemplate] {
    [ip6(source, "ff02::2", hops(limit)), Stimulus.icmp(.icmpv6, 133, fields)] + options(list)
  }

  private static func asking6(_ name: String, _ layers: [LayerTemplate]) -> Passage {
    asking6(name, .near, layers)
  }

  private static func asking6(_ name: String, _ arm: Arm, _ layers: [LayerTemplate]) -> Passage {
    one(name, arm, layers, in: group("ff02::2")).waiting(.seconds(4)).listening
  }

  static let discovery6: [Passage] = [
    asking6("router solicitation6", solicitation(options: [mac])),
    asking6("router solicitation6 on the far side", .far, solicitation("F'", options: [])),
    asking6("router solicitation6 from nobody", solicitation("::", options: [])),
    several("two router solicitations6 from nobody", [
      asking6("", solicitation("::", options: [])), asking6("", solicitation("::", options: [])),
    ]).listening,
    several("router solicitations6 from nobody at once", [
      one("", solicitation("::", options: []), in: group("ff02::2")), pause(.seconds(1)),
      asking6("", solicitation("::", options: [])),
    ]).listening,
    asking6("router solicitation6 from afar", solicitation(hops: 254, options: [mac])),
    asking6("router solicitation6 with wrong checksum", solicitation("A'", ["checksum": .wrong], options: [mac])),
    asking6("router solicitation6 of code 1", solicitation("A'", ["code": number(1)], options: [mac])),
    asking6("router solicitation6 of six octets", [
      ip6("A'", "ff02::2", ["hop-limit": number(255), "next-header": number(58)]), raw([133, 0, 0x7b, 0xb3, 0, 0]),
    ]),
    asking6("router solicitation6 with an empty option", [
      ip6("A'", "ff02::2", hops(255)), Stimulus.icmp(.icmpv6, 133),
      LayerTemplate(.ndpOptions, lists: ["options": [.literal(type: 1, length: 0, data: Places.tester(.near).octets)]]),
    ]),
    asking6("router solicitation6 from nobody with an address", solicitation("::", options: [mac])),
    asking6("router solicitation6 with other options", solicitation(options: [mac, (253, [0, 0, 0, 0, 0, 0])])),
    asking6("router solicitation6 in an atomic fragment", [
      ip6("A'", "ff02::2", hops(255)), LayerTemplate(.fragment), Stimulus.icmp(.icmpv6, 133),
    ] + options([mac])),
    several("router solicitation6 with a new address", [
      asking6("", solicitation(options: [mac])), asking6("", solicitation(options: [(1, Places.gateway(.near).octets)])),
      one("", [ip6("A'", "N'")] + echo6()),
    ]),
    one("minutes of packets", [ip6("A", "F")] + udp(8)).waiting(.seconds(40)).listening,
    neighbor("neighbor solicitation", "N"),
    neighbor("neighbor solicitation for the other side", "T"),
    neighbor("neighbor solicitation for the anycast address", "N*"),
  ]

  private static func neighbor(_ name: String, _ target: String) -> Passage {
    let group = Places.address6(target).solicitedNodeMulticast
    return one(
      name,
      [
        ip6("A", "\(group)", hops(255)),
        Stimulus.icmp(.icmpv6, 135, ["target": .given(.ipv6(Places.address6(target)))]),
      ] + options([mac]),
      in: MACAddress(multicastFor: group)
    )
  }
}
