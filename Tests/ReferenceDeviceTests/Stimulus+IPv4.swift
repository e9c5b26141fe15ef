import Wire

extension Stimulus {
  static func echo(_ fields: [String: FieldSetting] = [:], _ count: Int = 56) -> [LayerTemplate] {
    [icmp(.icmpv4, 8, fields), data(count)]
  }

  static func part(_ offset: UInt64, _ range: Range<Int>, more: Bool, _ fields: [String: FieldSetting] = [:])
    -> Stimulus
  {
    let whole = (try? PacketTemplate([icmp(.icmpv4, 8), data(56)]).encode().bytes) ?? []
    let own: [String: FieldSetting] = [
      "protocol": number(1), "fragment-offset": number(offset), "more-fragments": number(more ? 1 : 0),
    ]
    let body = LayerTemplate(.raw, body: Array(whole[range]))
    return one("", [ip4(own.merging(fields) { _, new in new }), body])
  }

  static func option(_ type: UInt8, _ body: [UInt8], length: UInt8? = nil) -> LayerTemplate {
    ip4(options: [.literal(type: type, length: length, data: body)])
  }

  static func error(_ type: UInt64, _ code: UInt64 = 0, _ fields: [String: FieldSetting] = [:])
    -> [LayerTemplate]
  {
    let quote = LayerTemplate(
      .quote,
      quoted: [ip4(["source": address("192.0.2.1"), "destination": address("192.0.2.16")]), udp(), data(8)]
    )
    return [icmp(.icmpv4, type, ["code": number(code)].merging(fields) { _, new in new }), quote]
  }

  static let ipv4: [Stimulus] = [
    one("echo", [ip4()] + echo()),
    one("odd echo", [ip4()] + echo([:], 57)),
    one("long echo", [ip4()] + echo([:], 1472)),
    one(
      "echo with padding",
      [ip4(["total-length": .computedPlus(-20)])] + [
        icmp(.icmpv4, 8), data(36), LayerTemplate(.raw, body: [UInt8](repeating: 0, count: 20)),
      ]
    ),
    one("echo with TOS", [ip4(["tos": number(0xb8)])] + echo()),
    one("echo with TTL 1", [ip4(["ttl": number(1)])] + echo()),
    one("echo with reserved flag", [ip4(["reserved-flag": number(1)])] + echo()),
    one("echo with identifier 0", [ip4()] + echo(["identifier": number(0)])),
    one("echo with sequence 0", [ip4()] + echo(["sequence": number(0)])),
    one("echo with wrong checksum", [ip4()] + echo(["checksum": .wrong])),
    one("echo with checksum 0", [ip4()] + echo(["checksum": number(0)])),
    one("echo with checksum 0xffff", [ip4()] + echo(["checksum": number(0xffff)])),
    one("echo with wrong IP checksum", [ip4(["header-checksum": .wrong])] + echo()),
    one("echo with IP checksum 0", [ip4(["header-checksum": number(0)])] + echo()),
    one("echo of version 5", [ip4(["version": number(5)])] + echo()),
    one("echo with header length 4", [ip4(["header-length": number(4)])] + echo()),
    one("echo with total length 19", [ip4(["total-length": number(19)])] + echo()),
    one("echo with total length too large", [ip4(["total-length": .computedPlus(8)])] + echo()),
    one("echo from 255.255.255.255", [ip4(["source": address("255.255.255.255")])] + echo()),
    one("echo from 127.0.0.1", [ip4(["source": address("127.0.0.1")])] + echo()),
    one("echo from itself", [ip4(["source": address("192.0.2.1")])] + echo()),
    one("echo from beyond the gateway", [ip4(["source": address("198.51.100.7")])] + echo()),
    one("echo from class E", [ip4(["source": address("240.0.0.1")])] + echo()),
    one("echo to another", [ip4(["destination": address("192.0.2.77")])] + echo()),
    one("echo to a broadcast frame", [ip4()] + echo(), to: .broadcast),
    one("echo to everybody", [ip4(["destination": address("255.255.255.255")])] + echo(), to: .broadcast),
    one(
      "echo without its sequence number",
      [ip4(), LayerTemplate(.raw, body: [8, 0, 0xe5, 0xcb, 0x12, 0x34])].icmp
    ),
    several("two echoes of one identification", [one("", [ip4()] + echo()), one("", [ip4()] + echo())]),
    one("echo reply", [ip4(), icmp(.icmpv4, 0), data(8)]),
    one("timestamp", [ip4(), icmp(.icmpv4, 13, ["originate": number(0x1234_5678)])]),
    one("information request", [ip4(), icmp(.icmpv4, 15)]),
    one("address mask request", [ip4(), icmp(.icmpv4, 17)]),
    one("router solicitation", [ip4(), icmp(.icmpv4, 10)]),
    one("extended echo", [ip4(), icmp(.icmpv4, 42), data(8)]),
    one("source quench", [ip4()] + error(4)),
    one("type 44", [ip4(), icmp(.icmpv4, 44), data(8)]),
    one("type 35", [ip4(), icmp(.icmpv4, 35), data(8)]),
    one("type 253", [ip4(), icmp(.icmpv4, 253), data(8)]),
    one("unreachable", [ip4()] + error(3, 3)),
    one("unreachable with a broken option", [option(7, [3, 0, 0, 0, 0])] + error(3, 3)),
    one("closed port", [ip4(), udp(), data(100)]),
    one("closed port with a long datagram", [ip4(), udp(), data(1400)]),
    one("closed port without checksum", [ip4(), udp(33_434, ["checksum": number(0)]), data(8)]),
    one("closed port with wrong checksum", [ip4(), udp(33_434, ["checksum": .wrong]), data(8)]),
    one("closed port to a broadcast frame", [ip4(), udp()], to: .broadcast),
    one("closed port of everybody", [ip4(["destination": address("192.0.2.255")]), udp()], to: .broadcast),
    one("closed port of a group", [ip4(["destination": address("224.0.0.1")]), udp()]),
    one("open port", [ip4(), udp(7), data(8)]),
    one("unknown protocol", [ip4(["protocol": number(253)]), data(4)]),
    one(
      "unknown protocol in a later fragment",
      [ip4(["protocol": number(253), "fragment-offset": number(3)]), data(40)]
    ),
    one("ICMPv6 over IPv4", [ip4(["protocol": number(58)]), data(8)]),
    one("record route", [option(7, [4, 0, 0, 0, 0])] + echo()),
    one("record route pointing nowhere", [option(7, [0, 0, 0, 0, 0])] + echo()),
    one("record route pointing askew", [option(7, [5, 0, 0, 0, 0, 0, 0, 0, 0])] + echo()),
    one("full record route", [option(7, [8, 1, 2, 3, 4])] + echo()),
    one("unknown option", [option(94, [1, 2])] + echo()),
    one("option of length 1", [option(94, [1, 2], length: 1)] + echo()),
    one("unfinished source route", [option(131, [4, 192, 0, 2, 99])] + echo()),
    one("full timestamp option", [option(68, [9, 0, 1, 2, 3, 4])] + echo()),
    one("overflowing timestamp option", [option(68, [9, 0xf0, 1, 2, 3, 4])] + echo()),
    several("fragments", [part(0, 0..<32, more: true), part(4, 32..<64, more: false)]),
    several("fragments reversed", [part(4, 32..<64, more: false), part(0, 0..<32, more: true)]),
    several(
      "fragments doubled",
      [part(0, 0..<32, more: true), part(0, 0..<32, more: true), part(4, 32..<64, more: false)]
    ),
    several(
      "fragments of two senders",
      [
        part(0, 0..<32, more: true),
        part(4, 32..<64, more: false, ["source": address("192.0.2.17")]),
      ]
    ),
    several(
      "fragments of two datagrams",
      [part(0, 0..<32, more: true), part(4, 32..<64, more: false, ["identification": number(1)])]
    ),
    several("first fragment", [part(0, 0..<32, more: true)]),
    several("odd fragment", [part(0, 0..<31, more: true), part(4, 32..<64, more: false)]),
    several(
      "fragments half marked",
      [part(0, 0..<32, more: true, ["tos": number(3)]), part(4, 32..<64, more: false)]
    ),
    several(
      "fragment beyond the end, then an echo",
      [part(8191, 0..<64, more: false), one("", [ip4()] + echo())]
    ),
  ]
}

extension [LayerTemplate] {
  /// An ICMP message of odd size, which only raw octets can be.
  fileprivate var icmp: [LayerTemplate] {
    var layers = self
    layers[0].fields["protocol"] = .given(.number(1))
    return layers
  }
}
