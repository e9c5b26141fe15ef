/// The frames by which hosts of a link find each other's Ethernet addresses [RFC 826] [RFC 4861 7.2].
public enum NeighborMessage {
  /// Who has an IPv4 address: an ARP request to everybody.
  public static func request(
    for wanted: IPv4Address,
    from mac: MACAddress,
    _ address: IPv4Address
  ) throws(EncodingError) -> [UInt8] {
    let arp: [String: FieldSetting] = [
      "operation": .given(.number(1)), "sender-mac": .given(.mac(mac)), "sender-ip": .given(.ipv4(address)),
      "target-ip": .given(.ipv4(wanted)),
    ]
    return try PacketTemplate([
      ethernet(from: mac, to: .broadcast), LayerTemplate(.arp, fields: arp),
    ]).encode().bytes
  }

  /// The reply to an ARP request, to the asker alone.
  public static func reply(
    from mac: MACAddress,
    _ address: IPv4Address,
    to asker: MACAddress,
    _ askerAddress: IPv4Address
  ) throws(EncodingError) -> [UInt8] {
    let arp: [String: FieldSetting] = [
      "operation": .given(.number(2)), "sender-mac": .given(.mac(mac)), "sender-ip": .given(.ipv4(address)),
      "target-mac": .given(.mac(asker)), "target-ip": .given(.ipv4(askerAddress)),
    ]
    return try PacketTemplate([
      ethernet(from: mac, to: asker), LayerTemplate(.arp, fields: arp),
    ]).encode().bytes
  }

  /// Who has an IPv6 address: a neighbor solicitation to its solicited-node group.
  public static func solicitation(
    for wanted: IPv6Address,
    from mac: MACAddress,
    _ address: IPv6Address
  ) throws(EncodingError) -> [UInt8] {
    let group = wanted.solicitedNodeMulticast
    let message: [String: FieldSetting] = ["type": .given(.number(135)), "target": .given(.ipv6(wanted))]
    return try PacketTemplate([
      ethernet(from: mac, to: MACAddress(multicastFor: group)), ipv6(from: address, to: group),
      LayerTemplate(.icmpv6, fields: message), linkLayerOption("source-link-layer", mac),
    ]).encode().bytes
  }

  /// The answer to a neighbor solicitation, solicited and overriding.
  public static func advertisement(
    from mac: MACAddress,
    _ address: IPv6Address,
    to asker: MACAddress,
    _ askerAddress: IPv6Address
  ) throws(EncodingError) -> [UInt8] {
    let message: [String: FieldSetting] = [
      "type": .given(.number(136)), "solicited": .given(.number(1)), "override": .given(.number(1)),
      "target": .given(.ipv6(address)),
    ]
    return try PacketTemplate([
      ethernet(from: mac, to: asker), ipv6(from: address, to: askerAddress),
      LayerTemplate(.icmpv6, fields: message), linkLayerOption("target-link-layer", mac),
    ]).encode().bytes
  }

  private static func ethernet(from source: MACAddress, to destination: MACAddress) -> LayerTemplate {
    LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(source)), "destination": .given(.mac(destination))]
    )
  }

  /// Neighbor discovery never crosses a router, which the hop limit proves.
  private static func ipv6(from source: IPv6Address, to destination: IPv6Address) -> LayerTemplate {
    LayerTemplate(
      .ipv6,
      fields: [
        "source": .given(.ipv6(source)), "destination": .given(.ipv6(destination)),
        "hop-limit": .given(.number(255)),
      ]
    )
  }

  private static func linkLayerOption(_ name: String, _ mac: MACAddress) -> LayerTemplate {
    LayerTemplate(.ndpOptions, lists: ["options": [ElementTemplate(name, ["address": .given(.mac(mac))])]])
  }
}
