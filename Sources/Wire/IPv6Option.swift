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

extension IPv6Option {
  /// One octet of padding.
  public static let pad1 = OptionTemplate(type: 0, hasLength: false)

  /// Padding of two octets or more, with type and length.
  public static func padN(_ octets: Int) -> OptionTemplate {
    OptionTemplate(type: 1, body: [UInt8](repeating: 0, count: max(0, octets - 2)))
  }

  /// Router alert; 0 is multicast listener discovery [RFC 2711 2.1].
  public static func routerAlert(_ value: UInt16 = 0) -> OptionTemplate {
    OptionTemplate(type: 5, body: [UInt8(value >> 8), UInt8(value & 255)])
  }

  /// Jumbo payload, for packets longer than 65,575 octets [RFC 2675 2].
  public static func jumbo(_ length: UInt32) -> OptionTemplate {
    OptionTemplate(type: 0xc2, body: IPv4Address(rawValue: length).octets)
  }

  /// Home address of a mobile node; needs to begin at octet 6 of a multiple of 8 [RFC 6275 6.3].
  public static func homeAddress(_ address: IPv6Address) -> OptionTemplate {
    OptionTemplate(type: 0xc9, body: address.octets)
  }

  /// An option of any type, for what nodes do with those they don't know.
  ///
  /// The upper two bits say it: 00 skip, 01 discard, 10 discard and tell, 11 discard and tell unless the
  /// destination is a group [RFC 8200 4.2].
  public static func unknown(_ type: UInt8, body: [UInt8] = [0, 0, 0, 0]) -> OptionTemplate {
    OptionTemplate(type: type, body: body)
  }
}
