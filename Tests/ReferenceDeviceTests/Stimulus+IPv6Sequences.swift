import Wire

extension Stimulus {
  private static let far = address6("2001:db8:ffff::7")
  private static let farEcho = one("", [ip6(["source": far])] + echo6([:], 1400))

  /// An error from the gateway about an echo reply of 1400 octets to a far host.
  private static func tooBig(
    _ mtu: UInt64,
    _ checksum: FieldSetting? = nil,
    by: LayerTemplate = icmp(.icmpv6, 129)
  )
    -> Stimulus
  {
    var fields = ["mtu": number(mtu)]
    if let checksum { fields["checksum"] = checksum }
    let quote = LayerTemplate(
      .quote,
      quoted: [ip6(["source": address6("2001:db8:1::1"), "destination": far]), by, data(1400)],
      truncate: 1232
    )
    return one("", [ip6(["source": address6("fe80::a55a:fe")]), icmp(.icmpv6, 2, fields), quote])
  }

  private static func redirect(from source: String) -> Stimulus {
    let message = icmp(.icmpv6, 137, ["target": address6("fe80::99"), "destination": far])
    return one("", [ip6(["source": address6(source), "hop-limit": number(255)]), message])
  }

  static let ipv6Sequences: [Stimulus] = [
    several("too big6 for what was sent", [farEcho, tooBig(1280), farEcho]),
    several("too big6 for what wasn't sent", [tooBig(1280, by: udp()), farEcho]),
    several("too big6 with wrong checksum", [farEcho, tooBig(1280, .wrong), farEcho]),
    several("too big6 for a large MTU", [farEcho, tooBig(9000), farEcho]),
    several("too big6 twice", [farEcho, tooBig(1280), tooBig(1400), farEcho]),
    several("too big6 below 1280", [farEcho, tooBig(1000), farEcho]),
    several("redirect6", [farEcho, redirect(from: "fe80::a55a:fe"), farEcho]),
    several("redirect6 by somebody", [farEcho, redirect(from: "fe80::16"), farEcho]),
    one("echo6 to ::1", [ip6(["destination": address6("::1")])] + echo6()),
    one("echo6 to ff01::1", [ip6(["destination": address6("ff01::1")])] + echo6(), to: allNodes),
    one("closed port6 from nobody", [ip6(["source": address6("::")]), udp()]),
    one("echo6 from ::1", [ip6(["source": address6("::1")])] + echo6()),
    one(
      "echo6 with a checksum of IPv4",
      [ip6(["next-header": number(58)]), LayerTemplate(.raw, body: withoutPseudo)]
    ),
    one(
      "header beyond the packet",
      [ip6(), LayerTemplate(.destinationOptions, fields: ["length": number(255)])] + echo6()
    ),
    one(
      "option beyond its header",
      [
        ip6(),
        LayerTemplate(
          .destinationOptions,
          lists: ["options": [.literal(type: 1, length: 40, data: [0, 0, 0, 0])]]
        ),
      ]
        + echo6()
    ),
    several(
      "atomic fragment among others",
      [fragment6(0, 0..<32, more: true), fragment6(0, 0..<64, more: false)]
    ),
    several("first fragment6 and a minute", [fragment6(0, 0..<32, more: true)]).waiting(.seconds(61)),
    one(
      "fragmented neighbor solicitation",
      [
        ip6(["hop-limit": number(255)]), LayerTemplate(.fragment),
        icmp(.icmpv6, 135, ["target": address6("2001:db8:1::1")]),
      ]
    ),
  ]

  /// An echo request whose checksum leaves out the pseudo-header.
  private static let withoutPseudo: [UInt8] = [128, 0, 0x7f, 0xff, 0, 0, 0, 0]
}
