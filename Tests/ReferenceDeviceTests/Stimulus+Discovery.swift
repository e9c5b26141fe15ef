import Wire

extension Stimulus {
  private static let here = "2001:db8:1::1:7"
  private static let far = "2001:db8:ffff::7"
  private static let farEcho = one("", [ip6(["source": address6(far)])] + echo6([:], 1400))
  private static let echo = one("", [ip6(["source": address6(here)])] + echo6())

  /// Tells an Ethernet address; answers to the gateway's are told apart from those to the tester's.
  private static func station(_ type: UInt8, _ mac: MACAddress = Conversation.gatewayMAC) -> ElementTemplate {
    .literal(type: type, data: mac.octets)
  }

  private static func options(_ list: [ElementTemplate]) -> LayerTemplate {
    LayerTemplate(.ndpOptions, lists: ["options": list])
  }

  private static func solicitation(
    from source: String = here,
    to destination: String = "2001:db8:1::1",
    for target: String = "2001:db8:1::1",
    fields: [String: FieldSetting] = [:],
    _ list: [ElementTemplate] = [station(1)]
  ) -> Stimulus {
    let ip = ip6([
      "source": address6(source), "destination": address6(destination), "hop-limit": number(255),
    ])
    let own = ["target": address6(target)]
    let message = icmp(.icmpv6, 135, own.merging(fields) { _, new in new })
    let group = IPv6Address(destination).flatMap { $0.isMulticast ? MACAddress(multicastFor: $0) : nil }
    return one(
      "",
      [ip, message] + (list.isEmpty ? [] : [options(list)]),
      to: group ?? Conversation.target
    )
  }

  private static func advertisement(override: UInt64) -> Stimulus {
    let ip = ip6(["source": address6(here), "hop-limit": number(255)])
    let fields = ["target": address6(here), "override": number(override)]
    return one("", [ip, icmp(.icmpv6, 136, fields), options([station(2)])])
  }

  private static func router(
    from source: String = "fe80::99",
    hopLimit: UInt64 = 0,
    _ list: [ElementTemplate] = []
  )
    -> Stimulus
  {
    let ip = ip6(["source": address6(source), "hop-limit": number(255)])
    let fields = ["current-hop-limit": number(hopLimit), "router-lifetime": number(0)]
    return one("", [ip, icmp(.icmpv6, 134, fields)] + (list.isEmpty ? [] : [options(list)]))
  }

  private static func prefix(_ flags: UInt8 = 0x80, lifetime: UInt8 = 60, of address: String = far)
    -> ElementTemplate
  {
    let octets = IPv6Address(address)?.octets ?? []
    return .literal(type: 3, data: [128, flags, 0, 0, 0, lifetime, 0, 0, 0, 0, 0, 0, 0, 0] + octets)
  }

  private static func mtu(_ octets: [UInt8]) -> ElementTemplate {
    .literal(type: 5, data: [0, 0] + octets)
  }

  private static func redirect(_ list: [ElementTemplate]) -> Stimulus {
    let ip = ip6(["source": address6("fe80::a55a:fe"), "hop-limit": number(255)])
    let message = icmp(.icmpv6, 137, ["target": address6(far), "destination": address6(far)])
    return one("", [ip, message] + (list.isEmpty ? [] : [options(list)]))
  }

  private static let group = "ff02::1:ff00:1"
  private static let empty = ElementTemplate.literal(type: 1, length: 0, data: Conversation.mac.octets)
  private static let beyond = ElementTemplate.literal(type: 1, length: 4, data: Conversation.mac.octets)
  private static let unknown = ElementTemplate.literal(type: 253, data: [0, 0, 0, 0, 0, 0])

  static let discovery: [Stimulus] = [
    several("solicitation", [solicitation()]),
    several("solicitation with a code", [solicitation(fields: ["code": number(1)])]),
    several("solicitation with a reserved bit", [solicitation(fields: ["reserved": number(1)])]),
    several("solicitation with an empty option", [solicitation([empty])]),
    several("solicitation with an option beyond it", [solicitation([beyond])]),
    several("solicitation with an unknown option", [solicitation([unknown, station(1)])]),
    several("solicitation with an option of others", [solicitation([station(1), mtu([0, 0, 5, 0])])]),
    several("solicitation for a group", [solicitation(to: group, for: group)]),
    several("solicitation for somebody else", [solicitation(for: "2001:db8:1::99")]),
    several("solicitation to a group", [solicitation(to: group)]),
    several(
      "solicitation for the link-local address",
      [solicitation(to: "ff02::1:ff00:101", for: "fe80::ff:fe00:101")]
    ),
    several("solicitation from nobody", [solicitation(from: "::", to: group, [])]),
    several("solicitation from nobody to all", [solicitation(from: "::", to: "ff02::1", [])]),
    several("solicitation from nobody with its address", [solicitation(from: "::", to: group)]),
    several("three solicitations", [solicitation(), solicitation(), solicitation()]),
    several("solicitation without an address", [solicitation([])]),
    several("solicitation with the target's address", [solicitation([station(2)])]),
    several("solicitation and echo6", [solicitation(), echo]),
    several("solicitor that moves", [solicitation([station(1, Conversation.mac)]), solicitation(), echo]),
    several("advertisement nobody asked for", [advertisement(override: 1), echo]),
    several(
      "advertisement that overrides",
      [solicitation([station(1, Conversation.mac)]), advertisement(override: 1), echo]
    ),
    several(
      "advertisement that doesn't override",
      [solicitation([station(1, Conversation.mac)]), advertisement(override: 0), echo]
    ),
    several("router with a hop limit", [router(hopLimit: 15), echo]),
    several("router with a hop limit and none", [router(hopLimit: 15), router(), echo]),
    several("router with a small MTU", [router([mtu([0, 0, 5, 0])]), farEcho]),
    several("router with too small an MTU", [router([mtu([0, 0, 4, 255])]), farEcho]),
    several("router with a prefix", [router([prefix()]), farEcho]),
    several("router that isn't link-local", [router(from: here, [prefix()]), farEcho]),
    several("router with a prefix off the link", [router([prefix(0x40)]), farEcho]),
    several("router with two prefixes", [router([prefix(of: "2001:db8:fffd::7"), prefix()]), farEcho]),
    several("router that takes a prefix back", [router([prefix()]), router([prefix(lifetime: 0)]), farEcho]),
    several(
      "routers with a prefix each",
      [router([prefix()]), router([prefix(of: "2001:db8:fffd::7")]), farEcho]
    ),
    several(
      "prefix for a second",
      [router([prefix(lifetime: 1)])] + (0..<150).map { _ in router() } + [farEcho]
    ),
    several("redirect6 to the destination", [farEcho, redirect([]), farEcho]),
    several("redirect6 with an address", [farEcho, redirect([station(2, Conversation.mac)]), farEcho]),
  ]
}
