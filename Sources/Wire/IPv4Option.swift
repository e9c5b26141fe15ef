/// The options of IPv4 [RFC 791 3.1].
public enum IPv4Option {
  /// Names of option types.
  public static let names = NameTable([
    "end": 0, "nop": 1, "record-route": 7, "experimental-measurement": 10, "mtu-probe": 11, "mtu-reply": 12,
    "encode": 15, "quick-start": 25, "experimental-1": 30, "timestamp": 68, "traceroute": 82,
    "experimental-2": 94, "security": 130, "loose-source-route": 131, "extended-security": 133,
    "commercial-security": 134, "stream-id": 136, "strict-source-route": 137, "access-control": 142,
    "traffic-descriptor": 144, "extended-internet-protocol": 145, "address-extension": 147,
    "router-alert": 148, "selective-directed-broadcast": 149, "dynamic-packet-state": 151,
    "upstream-multicast": 152, "experimental-3": 158, "flow-control": 205, "experimental-4": 222,
  ])
}

extension IPv4Option {
  /// End of option list, a single octet.
  public static let end = OptionTemplate(type: 0, hasLength: false)

  /// No operation, a single octet.
  public static let nop = OptionTemplate(type: 1, hasLength: false)

  /// Record route with so many slots, of which the first hold `recorded`.
  ///
  /// `pointer` counts from 1 at the type octet; nil points behind what is recorded [RFC 791 3.1].
  public static func recordRoute(
    slots: Int,
    recorded: [IPv4Address] = [],
    pointer: UInt8? = nil
  ) -> OptionTemplate {
    route(7, recorded + padding(slots - recorded.count), pointer ?? behind(recorded.count))
  }

  /// Loose source and record route through these addresses; `pointer` 4 is the first one.
  public static func looseSourceRoute(_ addresses: [IPv4Address], pointer: UInt8 = 4) -> OptionTemplate {
    route(131, addresses, pointer)
  }

  /// Strict source and record route through these addresses; `pointer` 4 is the first one.
  public static func strictSourceRoute(_ addresses: [IPv4Address], pointer: UInt8 = 4) -> OptionTemplate {
    route(137, addresses, pointer)
  }

  /// What a timestamp option records [RFC 791 3.1].
  public enum TimestampFlag: UInt8, Sendable {
    /// Timestamps only, four octets a slot.
    case timestamps = 0
    /// Each timestamp after the address of who wrote it, eight octets a slot.
    case addresses = 1
    /// Only the nodes whose addresses are given write timestamps, eight octets a slot.
    case prespecified = 3
  }

  /// Internet timestamp with so many empty slots; `prespecified` fills their addresses.
  public static func timestamp(
    _ flag: TimestampFlag = .timestamps,
    slots: Int,
    prespecified: [IPv4Address] = [],
    pointer: UInt8 = 5,
    overflow: UInt8 = 0
  ) -> OptionTemplate {
    var body: [UInt8] = [pointer, overflow << 4 | flag.rawValue]
    for slot in 0..<max(0, slots) {
      if flag != .timestamps { body += slot < prespecified.count ? prespecified[slot].octets : [0, 0, 0, 0] }
      body += [0, 0, 0, 0]
    }
    return OptionTemplate(type: 68, body: body)
  }

  /// Router alert; 0 asks routers to look at the packet [RFC 2113 2.1].
  public static func routerAlert(_ value: UInt16 = 0) -> OptionTemplate {
    OptionTemplate(type: 148, body: [UInt8(value >> 8), UInt8(value & 255)])
  }

  /// Stream identifier, obsolete [RFC 6814 2.1].
  public static func streamID(_ value: UInt16) -> OptionTemplate {
    OptionTemplate(type: 136, body: [UInt8(value >> 8), UInt8(value & 255)])
  }

  private static func route(_ type: UInt8, _ addresses: [IPv4Address], _ pointer: UInt8) -> OptionTemplate {
    OptionTemplate(type: type, body: [pointer] + addresses.flatMap(\.octets))
  }

  private static func padding(_ count: Int) -> [IPv4Address] {
    [IPv4Address](repeating: .unspecified, count: max(0, count))
  }

  private static func behind(_ count: Int) -> UInt8 { UInt8(truncatingIfNeeded: 4 + 4 * count) }
}
