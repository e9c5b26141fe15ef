/// The options of neighbour discovery [RFC 4861 4.6].
public enum NDOption {
  /// Names of option types.
  public static let names = NameTable([
    "source-link-layer-address": 1, "target-link-layer-address": 2, "prefix-information": 3,
    "redirected-header": 4, "mtu": 5, "nbma-shortcut-limit": 6, "advertisement-interval": 7,
    "home-agent-information": 8, "source-address-list": 9, "target-address-list": 10, "cga": 11,
    "rsa-signature": 12, "timestamp": 13, "nonce": 14, "trust-anchor": 15, "certificate": 16,
    "ip-address": 17, "new-router-prefix": 18, "link-layer-address": 19, "neighbor-acknowledgment": 20,
    "map": 23, "route-information": 24, "rdnss": 25, "ra-flags": 26, "handover-key-request": 27,
    "handover-key-reply": 28, "handover-assist": 29, "mobile-node-identifier": 30, "dnssl": 31,
    "proxy-signature": 32, "address-registration": 33, "6lowpan-context": 34, "border-router": 35,
    "6lowpan-capability": 36, "captive-portal": 37, "pref64": 38, "experimental-1": 253,
    "experimental-2": 254,
  ])
}

extension NDOption {
  /// Link address of the sender.
  public static func sourceLinkLayerAddress(_ address: MACAddress) -> OptionTemplate {
    OptionTemplate(type: 1, body: address.octets)
  }

  /// Link address of the target.
  public static func targetLinkLayerAddress(_ address: MACAddress) -> OptionTemplate {
    OptionTemplate(type: 2, body: address.octets)
  }

  /// A prefix of the link with its lifetimes in seconds [RFC 4861 4.6.2].
  public static func prefixInformation(
    _ prefix: IPv6Address,
    length: UInt8 = 64,
    onLink: Bool = true,
    autonomous: Bool = true,
    validLifetime: UInt32 = 2_592_000,
    preferredLifetime: UInt32 = 604_800
  ) -> OptionTemplate {
    OptionTemplate(
      type: 3,
      body: [length, (onLink ? 0x80 : 0) | (autonomous ? 0x40 : 0)] + octets(validLifetime)
        + octets(preferredLifetime) + octets(0) + prefix.octets
    )
  }

  /// The packet which a redirect is about, as much of it as shall go.
  ///
  /// A crafted packet goes into `quoted` of the `ndp-options` layer instead.
  public static func redirectedHeader(_ packet: some Sequence<UInt8>) -> OptionTemplate {
    OptionTemplate(type: 4, body: [0, 0, 0, 0, 0, 0] + Array(packet))
  }

  /// The MTU of the link.
  public static func mtu(_ octets: UInt32) -> OptionTemplate {
    OptionTemplate(type: 5, body: [0, 0] + self.octets(octets))
  }

  /// What ties an advertisement to a solicitation; usually six octets [RFC 3971 5.3.2].
  public static func nonce(_ octets: [UInt8]) -> OptionTemplate { OptionTemplate(type: 14, body: octets) }

  /// A route through the sender [RFC 4191 2.3].
  public static func routeInformation(
    _ prefix: IPv6Address,
    length: UInt8,
    preference: UInt8 = 0,
    lifetime: UInt32 = 1800
  ) -> OptionTemplate {
    let kept = length == 0 ? 0 : length <= 64 ? 8 : 16
    return OptionTemplate(
      type: 24,
      body: [length, (preference & 3) << 3] + octets(lifetime) + prefix.octets.prefix(kept)
    )
  }

  /// Name servers [RFC 8106 5.1].
  public static func rdnss(_ servers: [IPv6Address], lifetime: UInt32 = 3600) -> OptionTemplate {
    OptionTemplate(type: 25, body: [0, 0] + octets(lifetime) + servers.flatMap(\.octets))
  }

  private static func octets(_ number: UInt32) -> [UInt8] { IPv4Address(rawValue: number).octets }
}
