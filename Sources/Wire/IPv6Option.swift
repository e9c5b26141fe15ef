/// The options of the hop-by-hop and destination options headers [RFC 8200 4.2].
public enum IPv6Option {
  /// Names of option types.
  public static let names = NameTable([
    "pad1": 0, "padn": 1, "tunnel-encapsulation-limit": 4, "router-alert": 5, "calipso": 7,
    "duplicate-detection": 8, "performance-metrics": 15, "ioam-1": 17, "alternate-marking-1": 18,
    "experimental-1": 0x1e, "rpl": 0x23, "quick-start": 0x26, "minimum-path-mtu": 0x30, "ioam-2": 0x31,
    "alternate-marking-2": 0x32, "experimental-2": 0x3e, "experimental-3": 0x5e, "rpl-old": 0x63,
    "mpl": 0x6d, "experimental-4": 0x7e, "ilnp-nonce": 0x8b, "line-identification": 0x8c,
    "experimental-5": 0x9e, "experimental-6": 0xbe, "jumbo": 0xc2, "home-address": 0xc9,
    "experimental-7": 0xde, "deprecated-ip-dff": 0xee, "experimental-8": 0xfe,
  ])
}
