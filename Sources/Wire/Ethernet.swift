/// Ethernet frames and the 802.1Q tag.
public enum Ethernet {
  static let definition = LayerDefinition(
    .ethernet,
    title: "Ethernet",
    reference: "IEEE 802.3",
    [
      .mac("destination", "Station or group that shall take the frame."),
      .mac("source", "Station that sent the frame."),
      .computed(
        "ethertype",
        16,
        .etherType,
        format: .hexadecimal,
        names: ProtocolNumbers.etherTypes,
        "What the frame carries; below 0x0600 the length of its payload."
      ),
    ]
  )

  static let vlan = LayerDefinition(
    .vlan,
    title: "802.1Q tag",
    reference: "IEEE 802.1Q",
    [
      .number("priority", 3, "Priority code point."),
      .flag("drop-eligible", "May be dropped first under congestion."),
      .number("id", 12, is: 1, "The virtual LAN."),
      .computed(
        "ethertype",
        16,
        .etherType,
        format: .hexadecimal,
        names: ProtocolNumbers.etherTypes,
        "What follows the tag."
      ),
    ]
  )
}
