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
