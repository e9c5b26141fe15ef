import Wire

extension Stimulus {
  private static let echoRequest = one("", [ip4()] + echo())
  private static let farEcho = one("", [ip4(["source": address("198.51.100.7")])] + echo([:], 1400))

  /// An error from the gateway about an echo reply of 1400 octets to 198.51.100.7.
  private static func farError(
    _ type: UInt64,
    _ fields: [String: FieldSetting],
    from source: String = "192.0.2.254",
    protocol number: LayerTemplate = icmp(.icmpv4, 0)
  ) -> Stimulus {
    let quote = LayerTemplate(
      .quote,
      quoted: [
        ip4(["source": address("192.0.2.1"), "destination": address("198.51.100.7")]), number, data(1400),
      ]
    )
    return one("", [ip4(["source": address(source)]), icmp(.icmpv4, type, fields), quote])
  }

  private static func tooBig(
    _ mtu: UInt64,
    _ checksum: FieldSetting? = nil,
    by: LayerTemplate = icmp(.icmpv4, 0)
  )
    -> Stimulus
  {
    var fields = ["code": number(4), "mtu": number(mtu)]
    if let checksum { fields["checksum"] = checksum }
    return farError(3, fields, protocol: by)
  }

  private static func redirect(_ gateway: String, from: String = "192.0.2.254") -> Stimulus {
    farError(5, ["code": number(1), "gateway": address(gateway)], from: from)
  }

  static let ipv4Sequences: [Stimulus] = [
    several(
      "fragments that contradict each other",
      [
        part(0, 0..<40, more: true),
        one("", [ip4(last), LayerTemplate(.raw, body: [UInt8](repeating: 9, count: 32))]),
      ]
    ),
    one("echo cut inside the header", [ip4(), LayerTemplate(.raw)]).cut(to: 14 + 18),
    one("echo with header length 15", [ip4(["header-length": number(15)]), icmp(.icmpv4, 8), data(4)]),
    one(
      "closed TCP port",
      [ip4(), LayerTemplate(.tcp, fields: ["destination-port": number(9), "syn": number(1)])]
    ),
    several("unreachable of seven octets", [short([3, 3, 0xfc, 0xfc, 0, 0, 0])]),
    several("two timestamps", [timestamp(), timestamp()]),
    one("timestamp with wrong checksum", [ip4(), icmp(.icmpv4, 13, ["checksum": .wrong])]),
    one("timestamp reply", [ip4(), icmp(.icmpv4, 14)]),
    several("short message, then an echo", [short([8, 0, 0xf7, 0xff]), echoRequest]),
    several("short quote, then an echo", [short([3, 3, 0xfc, 0xfc, 0, 0, 0, 0]), echoRequest]),
    one("echo from a group", [ip4(["source": address("224.0.0.1")])] + echo()),
    one("echo from network zero", [ip4(["source": address("0.0.0.5")])] + echo()),
    one("echo to a group not joined", [ip4(["destination": address("224.0.1.77")])] + echo()),
    one("closed port with TOS", [ip4(["tos": number(0xb8), "dont-fragment": number(1)]), udp(), data(8)]),
    one("closed port from beyond the gateway", [ip4(["source": address("198.51.100.7")]), udp()]),
    one(
      "TCP to everybody",
      [
        ip4(["destination": address("192.0.2.255")]),
        LayerTemplate(.tcp, fields: ["destination-port": number(9), "syn": number(1)]),
      ],
      to: .broadcast
    ),
    one("record route twice", [rawOptions([7, 7, 4, 0, 0, 0, 0, 7, 7, 4, 0, 0, 0, 0, 0, 0])] + echo()),
    one("garbage behind the end of options", [rawOptions([1, 0, 7, 1])] + echo()),
    one("timestamp option with flag 2", [rawOptions([68, 8, 5, 2, 0, 0, 0, 0])] + echo()),
    one("record route of nine slots", [rawOptions([7, 39, 4] + [UInt8](repeating: 0, count: 37))] + echo()),
    several("first fragment and a minute", [part(0, 0..<32, more: true)]).waiting(.seconds(61)),
    several("last fragment and a minute", [part(4, 32..<64, more: false)]).waiting(.seconds(61)),
    several("too big for what was sent", [farEcho, tooBig(576), farEcho]),
    several("too big for what wasn't sent", [tooBig(576, by: udp()), farEcho]),
    several("too big with wrong checksum", [farEcho, tooBig(576, .wrong), farEcho]),
    several("too big for a large MTU", [farEcho, tooBig(9000), farEcho]),
    several("too big twice", [farEcho, tooBig(576), tooBig(1400), farEcho]),
    several("too big below 68", [farEcho, tooBig(60), farEcho]),
    several("redirect", [farEcho, redirect("192.0.2.99"), farEcho]),
    several("redirect by somebody", [farEcho, redirect("192.0.2.99", from: "192.0.2.16"), farEcho]),
    several("redirect to another network", [farEcho, redirect("203.0.113.9"), farEcho]),
    several("redirect for what wasn't sent", [redirect("192.0.2.99"), farEcho]),
    several(
      "address mask reply",
      [one("", [ip4(), icmp(.icmpv4, 18, ["mask": address("0.0.0.0")])]), farEcho]
    ),
  ]

  private static let last: [String: FieldSetting] = ["protocol": number(1), "fragment-offset": number(4)]

  private static func timestamp() -> Stimulus {
    one("", [ip4(), icmp(.icmpv4, 13, ["originate": number(0x1234_5678)])])
  }

  private static func short(_ octets: [UInt8]) -> Stimulus {
    one("", [ip4(["protocol": number(1)]), LayerTemplate(.raw, body: octets)])
  }

  /// An IPv4 header with these octets of options, which must be a multiple of four.
  private static func rawOptions(_ octets: [UInt8]) -> LayerTemplate {
    ip4(options: [.octets(octets)])
  }
}
