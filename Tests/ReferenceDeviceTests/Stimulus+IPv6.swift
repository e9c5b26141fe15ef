import Wire

extension Stimulus {
  static func echo6(_ fields: [String: FieldSetting] = [:], _ count: Int = 56) -> [LayerTemplate] {
    [icmp(.icmpv6, 128, fields), data(count)]
  }

  static func options6(_ kind: LayerKind, _ type: UInt8, _ body: [UInt8] = [0, 0, 0, 0]) -> LayerTemplate {
    LayerTemplate(kind, lists: ["options": [.literal(type: type, data: body)]])
  }

  static func fragment6(_ offset: UInt64, _ range: Range<Int>, more: Bool, id: UInt64 = 7) -> Stimulus {
    let packet = (try? PacketTemplate([ip6()] + echo6()).encode().bytes) ?? []
    let header = LayerTemplate(
      .fragment,
      fields: [
        "next-header": number(58), "offset": number(offset), "more": number(more ? 1 : 0),
        "identification": number(id),
      ]
    )
    return one(
      "",
      [
        ip6(), header,
        LayerTemplate(.raw, body: Array(packet[40 + range.lowerBound..<40 + range.upperBound])),
      ]
    )
  }

  static func error6(_ type: UInt64, _ fields: [String: FieldSetting] = [:]) -> [LayerTemplate] {
    let quote = LayerTemplate(
      .quote,
      quoted: [
        ip6(["source": address6("2001:db8:1::1"), "destination": .given(.ipv6(Conversation.ipv6))]), udp(),
      ]
    )
    return [icmp(.icmpv6, type, fields), quote]
  }

  static let allNodes = MACAddress(rawValue: 0x3333_0000_0001)

  static let ipv6: [Stimulus] = [
    one("echo6", [ip6()] + echo6()),
    one("odd echo6", [ip6()] + echo6([:], 57)),
    one("echo6 with wrong checksum", [ip6()] + echo6(["checksum": .wrong])),
    one("echo6 with hop limit 0", [ip6(["hop-limit": number(0)])] + echo6()),
    one("echo6 of version 5", [ip6(["version": number(5)])] + echo6()),
    one("echo6 with payload length too large", [ip6(["payload-length": .computedPlus(8)])] + echo6()),
    one("echo6 to all nodes", [ip6(["destination": address6("ff02::1")])] + echo6(), to: allNodes),
    one("echo6 to a group not joined", [ip6(["destination": address6("ff02::99")])] + echo6(), to: allNodes),
    one("echo6 from a group", [ip6(["source": address6("ff02::1")])] + echo6()),
    one("echo6 from nobody", [ip6(["source": address6("::")])] + echo6()),
    one("echo6 to the link-local address", [ip6(["destination": address6("fe80::ff:fe00:101")])] + echo6()),
    one("echo6 to another", [ip6(["destination": address6("2001:db8:1::77")])] + echo6()),
    one("echo6 from beyond the gateway", [ip6(["source": address6("2001:db8:ffff::7")])] + echo6()),
    one("echo6 reply", [ip6(), icmp(.icmpv6, 129), data(8)]),
    one("type6 127", [ip6(), icmp(.icmpv6, 127), data(8)]),
    one("type6 200", [ip6(), icmp(.icmpv6, 200), data(8)]),
    one("type6 222", [ip6(), icmp(.icmpv6, 222), data(8)]),
    one("node information query", [ip6(), icmp(.icmpv6, 139), data(4)]),
    one("extended echo6", [ip6(), icmp(.icmpv6, 160), data(8)]),
    one("router solicitation6", [ip6(["hop-limit": number(255)]), icmp(.icmpv6, 133)]),
    one("unreachable6", [ip6()] + error6(1)),
    one("unreachable6 with an unknown option", [ip6(), options6(.destinationOptions, 0x9e)] + error6(1)),
    one("closed port6", [ip6(), udp(), data(100)]),
    one("closed port6 with a long datagram", [ip6(), udp(), data(1400)]),
    one("closed port6 without checksum", [ip6(), udp(33_434, ["checksum": number(0)]), data(8)]),
    one("closed port6 of all nodes", [ip6(["destination": address6("ff02::1")]), udp()], to: allNodes),
    one("closed port6 in a group frame", [ip6(), udp()], to: allNodes),
    one("open port6", [ip6(), udp(7), data(8)]),
    one(
      "closed TCP port6",
      [
        ip6(),
        LayerTemplate(
          .tcp,
          fields: ["source-port": number(40_000), "destination-port": number(9), "syn": number(1)]
        ),
      ]
    ),
    one("unknown next header", [ip6(["next-header": number(253)]), data(8)]),
    one(
      "unknown next header behind options",
      [ip6(), LayerTemplate(.destinationOptions, fields: ["next-header": number(253)]), data(8)]
    ),
    one(
      "ICMPv4 over IPv6",
      [ip6(["next-header": number(1)]), LayerTemplate(.raw, body: [8, 0, 0xf7, 0xff, 0, 0, 0, 0])]
    ),
    one("no next header", [ip6(["next-header": number(59)]), data(8)]),
    one("destination options", [ip6(), options6(.destinationOptions, 1)] + echo6()),
    one("hop-by-hop options", [ip6(), options6(.hopByHop, 1)] + echo6()),
    one(
      "hop-by-hop options in second place",
      [ip6(), options6(.destinationOptions, 1), options6(.hopByHop, 1)] + echo6()
    ),
    one("option 00", [ip6(), options6(.destinationOptions, 0x1e)] + echo6()),
    one("option 01", [ip6(), options6(.destinationOptions, 0x5e)] + echo6()),
    one("option 10", [ip6(), options6(.destinationOptions, 0x9e)] + echo6()),
    one("option 11", [ip6(), options6(.destinationOptions, 0xde)] + echo6()),
    one(
      "option 10 to all nodes",
      [ip6(["destination": address6("ff02::1")]), options6(.destinationOptions, 0x9e)] + echo6(),
      to: allNodes
    ),
    one(
      "option 11 to all nodes",
      [ip6(["destination": address6("ff02::1")]), options6(.destinationOptions, 0xde)] + echo6(),
      to: allNodes
    ),
    one("routing header done", [ip6(), routing(type: 253, left: 0)] + echo6()),
    one("routing header 0 under way", [ip6(), routing(type: 253, left: 1)] + echo6()),
    several("fragments6", [fragment6(0, 0..<32, more: true), fragment6(4, 32..<64, more: false)]),
    several("fragments6 reversed", [fragment6(4, 32..<64, more: false), fragment6(0, 0..<32, more: true)]),
    several(
      "fragments6 overlapping",
      [
        fragment6(0, 0..<40, more: true), fragment6(4, 32..<64, more: false),
        fragment6(5, 40..<64, more: false),
      ]
    ),
    several("atomic fragment", [fragment6(0, 0..<64, more: false)]),
    several("odd fragment6", [fragment6(0, 0..<31, more: true)]),
    several("fragment6 beyond the end", [fragment6(8191, 0..<64, more: false)]),
    several("fragment6 without all headers", [fragment6(0, 0..<0, more: true)]),
    several("first fragment6", [fragment6(0, 0..<32, more: true)]),
    one("neighbor solicitation", solicitation()),
    one("neighbor solicitation from afar", solicitation(["hop-limit": number(64)])),
    one("neighbor solicitation with wrong checksum", solicitation([:], ["checksum": .wrong])),
  ]

  static func routing(type: UInt64, left: UInt64) -> LayerTemplate {
    LayerTemplate(.routing, fields: ["routing-type": number(type), "segments-left": number(left)])
  }

  static func solicitation(_ ip: [String: FieldSetting] = [:], _ fields: [String: FieldSetting] = [:])
    -> [LayerTemplate]
  {
    let target: [String: FieldSetting] = ["target": address6("2001:db8:1::1")]
    return [
      ip6(["hop-limit": number(255)].merging(ip) { _, new in new }),
      icmp(.icmpv6, 135, target.merging(fields) { _, new in new }),
      LayerTemplate(.ndpOptions, lists: ["options": [.literal(type: 1, data: Conversation.mac.octets)]]),
    ]
  }
}
