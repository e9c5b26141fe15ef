/// Neighbour discovery: messages of ICMPv6 with options after their fixed part [RFC 4861].
public enum NeighborDiscovery {
  /// Whether messages of this ICMPv6 type end with neighbour discovery options.
  public static func hasOptions(type: UInt8) -> Bool {
    switch type {
    case 133...137, 141, 142, 146...149: true
    default: false
    }
  }

  static let options = LayerDefinition(
    .ndpOptions,
    title: "Neighbor discovery options",
    reference: "RFC 4861 4.6",
    lists: [NDOption.list],
    []
  )

  static let forms: [(type: UInt8, layout: HeaderLayout)] = [
    (133, routerSolicitation), (134, routerAdvertisement), (135, neighborSolicitation),
    (136, neighborAdvertisement), (137, redirect), (141, inverse), (142, inverse),
  ]

  private static let routerSolicitation = ICMPv6.form([
    .hexadecimal("reserved", 32, "Sent as zero [RFC 4861 4.1].")
  ])

  private static let routerAdvertisement = ICMPv6.form([
    .number("current-hop-limit", 8, is: 64, "Hop limit for hosts to use; 0 if unspecified [RFC 4861 4.2]."),
    .flag("managed", "Addresses come from DHCP [RFC 4861 4.2]."),
    .flag("other", "Other configuration comes from DHCP [RFC 4861 4.2]."),
    .flag("home-agent", "The router is a home agent [RFC 6275 7.1]."),
    .number("preference", 2, names: ICMPv6.routerPreferences, "Default router preference [RFC 4191 2.2]."),
    .flag("proxy", "The advertisement was proxied [RFC 4389 4.1.3.3]."),
    .hexadecimal("reserved", 2, "Sent as zero [RFC 5175 3]."),
    .number("router-lifetime", 16, is: 1800, "Seconds as default router; 0 for none [RFC 4861 4.2]."),
    .number("reachable-time", 32, "Milliseconds of reachability after confirmation [RFC 4861 4.2]."),
    .number("retransmission-timer", 32, "Milliseconds between solicitations [RFC 4861 4.2]."),
  ])

  private static let neighborSolicitation = ICMPv6.form([
    .hexadecimal("reserved", 32, "Sent as zero [RFC 4861 4.3]."),
    .ipv6("target", "Address whose owner shall answer [RFC 4861 4.3]."),
  ])

  private static let neighborAdvertisement = ICMPv6.form([
    .flag("router", "The sender is a router [RFC 4861 4.4]."),
    .flag("solicited", "Answers a solicitation [RFC 4861 4.4]."),
    .flag("override", "Replaces a cached link address [RFC 4861 4.4]."),
    .hexadecimal("reserved", 29, "Sent as zero [RFC 4861 4.4]."),
    .ipv6("target", "Address whose link address is told [RFC 4861 4.4]."),
  ])

  private static let redirect = ICMPv6.form([
    .hexadecimal("reserved", 32, "Sent as zero [RFC 4861 4.5]."),
    .ipv6("target", "Better first hop, or the destination itself if on-link [RFC 4861 4.5]."),
    .ipv6("destination", "Whose packets shall go there [RFC 4861 4.5]."),
  ])

  private static let inverse = ICMPv6.form([
    .hexadecimal("reserved", 32, "Sent as zero [RFC 3122 2].")
  ])
}
