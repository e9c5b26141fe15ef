/// The Address Resolution Protocol over Ethernet for IPv4 [RFC 826].
public enum ARP {
  /// Names of operations.
  public static let operations = NameTable([
    "request": 1, "reply": 2, "reverse-request": 3, "reverse-reply": 4, "inverse-request": 8,
    "inverse-reply": 9,
  ])

  static let definition = LayerDefinition(
    .arp,
    title: "Address Resolution Protocol",
    reference: "RFC 826",
    [
      .number("hardware-type", 16, is: 1, "Kind of link; 1 is Ethernet [RFC 826]."),
      .hexadecimal(
        "protocol-type",
        16,
        is: 0x0800,
        names: ProtocolNumbers.etherTypes,
        "EtherType of the addresses asked for [RFC 826]."
      ),
      .number("hardware-length", 8, is: 6, "Octets of a link address [RFC 826]."),
      .number("protocol-length", 8, is: 4, "Octets of a protocol address [RFC 826]."),
      .number("operation", 16, is: 1, names: operations, "Request or reply [RFC 826]."),
      .mac("sender-mac", "Link address of the sender [RFC 826]."),
      .ipv4("sender-ip", "Protocol address of the sender [RFC 826]."),
      .mac("target-mac", "Link address asked for, or of the asker [RFC 826]."),
      .ipv4("target-ip", "Protocol address asked for [RFC 826]."),
    ]
  )
}
