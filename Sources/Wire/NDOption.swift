/// The options of neighbour discovery [RFC 4861 4.6].
enum NDOption {
  static let list = ElementList.options(
    .neighborDiscovery,
    isLayer: true,
    summary: "Options of the message, each filled up to eight octets [RFC 4861 4.6].",
    [
      .option(
        "source-link-layer",
        1,
        [.mac("address", "Link address of the sender [RFC 4861 4.6.1].")],
        argument: "address",
        summary: "Link address of the sender [RFC 4861 4.6.1]."
      ),
      .option(
        "target-link-layer",
        2,
        [.mac("address", "Link address of the target [RFC 4861 4.6.1].")],
        argument: "address",
        summary: "Link address of the target [RFC 4861 4.6.1]."
      ),
      .option(
        "prefix-information",
        3,
        [
          .number("prefix-length", 8, is: 64, "Leading bits of the prefix that count [RFC 4861 4.6.2]."),
          .flag("on-link", is: true, "Addresses of the prefix are on the link [RFC 4861 4.6.2]."),
          .flag("autonomous", is: true, "Hosts form addresses of the prefix [RFC 4861 4.6.2]."),
          .flag("router-address", "The prefix is an address of the router [RFC 6275 7.2]."),
          .hexadecimal("reserved", 5, "Sent as zero [RFC 4861 4.6.2]."),
          .number("valid-lifetime", 32, is: 2_592_000, "Seconds that addresses are valid [RFC 4861 4.6.2]."),
          .number(
            "preferred-lifetime",
            32,
            is: 604_800,
            "Seconds that addresses are preferred [RFC 4861 4.6.2]."
          ),
          .hexadecimal("reserved2", 32, "Sent as zero [RFC 4861 4.6.2]."),
          .ipv6("prefix", is: 0, "The prefix, zeros behind it [RFC 4861 4.6.2]."),
        ],
        argument: "prefix",
        summary: "A prefix of the link [RFC 4861 4.6.2]."
      ),
      .option(
        "redirected-header",
        4,
        [.hexadecimal("reserved", 48, "Sent as zero [RFC 4861 4.6.3].")],
        [ElementPart("packet", .packet, summary: "The packet, as much of it as shall go [RFC 4861 4.6.3].")],
        argument: "packet",
        summary: "The packet which a redirect is about [RFC 4861 4.6.3]."
      ),
      .option(
        "mtu",
        5,
        [
          .hexadecimal("reserved", 16, "Sent as zero [RFC 4861 4.6.4]."),
          .number("mtu", 32, is: 1500, "MTU of the link [RFC 4861 4.6.4]."),
        ],
        argument: "mtu",
        summary: "MTU of the link [RFC 4861 4.6.4]."
      ),
      .octets("nbma-shortcut-limit", 6, "Hops up to a shortcut [RFC 2491 6]."),
      .option(
        "advertisement-interval",
        7,
        [
          .hexadecimal("reserved", 16, "Sent as zero [RFC 6275 7.3]."),
          .number("interval", 32, "Milliseconds between advertisements at most [RFC 6275 7.3]."),
        ],
        argument: "interval",
        summary: "Interval of unsolicited advertisements [RFC 6275 7.3]."
      ),
      .option(
        "home-agent-information",
        8,
        [
          .hexadecimal("reserved", 16, "Sent as zero [RFC 6275 7.4]."),
          .number("preference", 16, "Preference of the home agent [RFC 6275 7.4]."),
          .number("lifetime", 16, "Seconds as home agent [RFC 6275 7.4]."),
        ],
        summary: "What the router does as home agent [RFC 6275 7.4]."
      ),
      .octets("source-address-list", 9, "Addresses of the sender [RFC 3122 3.1]."),
      .octets("target-address-list", 10, "Addresses of the target [RFC 3122 3.1]."),
      .octets("cga", 11, "Cryptographically generated address [RFC 3971 5.1]."),
      .octets("rsa-signature", 12, "Signature [RFC 3971 5.2]."),
      .option(
        "timestamp",
        13,
        [
          .hexadecimal("reserved", 48, "Sent as zero [RFC 3971 5.3.1]."),
          .number("timestamp", 64, "Seconds since 1970 in 1/65536 [RFC 3971 5.3.1]."),
        ],
        argument: "timestamp",
        summary: "Time of sending [RFC 3971 5.3.1]."
      ),
      .option(
        "nonce",
        14,
        [.hexadecimal("nonce", 48, is: 1, "The first six octets [RFC 3971 5.3.2].")],
        [ElementPart("more", .octets, summary: "Further octets [RFC 3971 5.3.2].")],
        argument: "nonce",
        summary: "What ties an advertisement to a solicitation [RFC 3971 5.3.2]."
      ),
      .octets("trust-anchor", 15, "Trust anchor [RFC 3971 6.4.3]."),
      .octets("certificate", 16, "Certificate [RFC 3971 6.4.4]."),
      .octets("ip-address", 17, "Address or prefix [RFC 5568 6.4.1]."),
      .octets("new-router-prefix", 18, "Prefix of a new router [RFC 4068 6.4.2]."),
      .octets("link-layer-address", 19, "Link address of a party of a handover [RFC 5568 6.4.3]."),
      .octets("neighbor-acknowledgment", 20, "Answer about an address [RFC 5568 6.4.5]."),
      .octets("map", 23, "Mobility anchor point [RFC 4140 4]."),
      .option(
        "route-information",
        24,
        [
          .number("prefix-length", 8, is: 64, "Leading bits of the prefix that count [RFC 4191 2.3]."),
          .hexadecimal("reserved", 3, "Sent as zero [RFC 4191 2.3]."),
          .number(
            "preference",
            2,
            names: ICMPv6.routerPreferences,
            "Preference of the route [RFC 4191 2.3]."
          ),
          .hexadecimal("reserved2", 3, "Sent as zero [RFC 4191 2.3]."),
          .number("lifetime", 32, is: 1800, "Seconds that the route is valid [RFC 4191 2.3]."),
        ],
        [
          ElementPart(
            "prefix",
            .prefix,
            [.ipv6("prefix", is: 0, "The prefix, as many octets as it needs [RFC 4191 2.3].")],
            summary: "The prefix: 0, 8 or 16 octets, as its length needs [RFC 4191 2.3]."
          )
        ],
        argument: "prefix",
        summary: "A route through the sender [RFC 4191 2.3]."
      ),
      .option(
        "rdnss",
        25,
        [
          .hexadecimal("reserved", 16, "Sent as zero [RFC 8106 5.1]."),
          .number("lifetime", 32, is: 3600, "Seconds that the servers may be used [RFC 8106 5.1]."),
        ],
        [
          ElementPart(
            "servers",
            .entries,
            [.ipv6("server", is: 0, "Address of a server [RFC 8106 5.1].")],
            summary: "Name servers [RFC 8106 5.1]."
          )
        ],
        argument: "servers",
        summary: "Name servers [RFC 8106 5.1]."
      ),
      .octets("ra-flags", 26, "Further flags of router advertisements [RFC 5175 4]."),
      .octets("handover-key-request", 27, "Request for a handover key [RFC 5269 5.1]."),
      .octets("handover-key-reply", 28, "Handover key [RFC 5269 5.2]."),
      .octets("handover-assist", 29, "Handover assist information [RFC 5271 4.1]."),
      .octets("mobile-node-identifier", 30, "Mobile node identifier [RFC 5271 4.2]."),
      .option(
        "dnssl",
        31,
        [
          .hexadecimal("reserved", 16, "Sent as zero [RFC 8106 5.2]."),
          .number("lifetime", 32, is: 3600, "Seconds that the names may be used [RFC 8106 5.2]."),
        ],
        [ElementPart("names", .names, summary: "Domain names [RFC 8106 5.2].")],
        argument: "names",
        summary: "Search list of domain names [RFC 8106 5.2]."
      ),
      .octets("proxy-signature", 32, "Signature of a proxy [RFC 6496 4]."),
      .octets("address-registration", 33, "Registration of an address [RFC 8505 4.1]."),
      .octets("6lowpan-context", 34, "Context for compression [RFC 6775 4.2]."),
      .octets("border-router", 35, "Authoritative border router [RFC 6775 4.3]."),
      .octets("6lowpan-capability", 36, "Capability indication [RFC 7400 3.4]."),
      .option(
        "captive-portal",
        37,
        [],
        [ElementPart("uri", .text, summary: "Address of the portal [RFC 8910 2.3].")],
        argument: "uri",
        summary: "Captive portal [RFC 8910 2.3]."
      ),
      .octets("pref64", 38, "Prefix for address translation [RFC 8781 4]."),
      .octets("experimental-1", 253, "For experiments [RFC 4727 4]."),
      .octets("experimental-2", 254, "For experiments [RFC 4727 4]."),
    ]
  )
}
