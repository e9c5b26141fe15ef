/// Numbers which one layer uses to say what the next one is, and their names.
public enum ProtocolNumbers {
  /// EtherTypes.
  public static let etherTypes = NameTable([
    "ipv4": 0x0800, "arp": 0x0806, "rarp": 0x8035, "vlan": 0x8100, "ipv6": 0x86dd, "mac-control": 0x8808,
    "mpls": 0x8847, "pppoe-discovery": 0x8863, "pppoe-session": 0x8864, "eapol": 0x888e, "qinq": 0x88a8,
    "experimental-1": 0x88b5, "experimental-2": 0x88b6, "lldp": 0x88cc,
    "qinq-old": 0x9100,
  ])

  /// Protocol numbers of IPv4, next-header numbers of IPv6; the first name is the layer's where there is one.
  public static let internetProtocols = NameTable([
    "hop-by-hop": 0, "icmpv4": 1, "icmp": 1, "igmp": 2, "ipv4": 4, "st": 5, "tcp": 6, "egp": 8, "igp": 9,
    "udp": 17, "dccp": 33, "ipv6": 41, "routing": 43, "fragment": 44, "rsvp": 46, "gre": 47, "esp": 50,
    "ah": 51, "icmpv6": 58, "no-next-header": 59, "destination-options": 60, "eigrp": 88, "ospf": 89,
    "pim": 103, "vrrp": 112, "l2tp": 115, "sctp": 132, "mobility": 135, "udp-lite": 136, "hip": 139,
    "shim6": 140, "ethernet": 143, "experimental-1": 253, "experimental-2": 254, "reserved": 255,
  ])

  /// The EtherType which announces a layer; nil for layers that Ethernet doesn't carry.
  public static func etherType(of kind: LayerKind) -> UInt16? {
    switch kind {
    case .ipv4: 0x0800
    case .arp: 0x0806
    case .vlan: 0x8100
    case .ipv6: 0x86dd
    default: nil
    }
  }

  /// The layer which an EtherType announces; nil for those that Assay doesn't know.
  public static func layer(ofEtherType number: UInt16) -> LayerKind? {
    switch number {
    case 0x0800: .ipv4
    case 0x0806: .arp
    case 0x8100, 0x88a8, 0x9100: .vlan
    case 0x86dd: .ipv6
    default: nil
    }
  }

  /// The protocol number which announces a layer; nil for layers that IP doesn't carry.
  public static func internetProtocol(of kind: LayerKind) -> UInt8? {
    switch kind {
    case .hopByHop: 0
    case .icmpv4: 1
    case .ipv4: 4
    case .tcp: 6
    case .udp: 17
    case .ipv6: 41
    case .routing: 43
    case .fragment: 44
    case .icmpv6: 58
    case .destinationOptions: 60
    default: nil
    }
  }

  /// The layer which a protocol number announces; nil for those that Assay doesn't know.
  public static func layer(ofInternetProtocol number: UInt8) -> LayerKind? {
    switch number {
    case 0: .hopByHop
    case 1: .icmpv4
    case 4: .ipv4
    case 6: .tcp
    case 17: .udp
    case 41: .ipv6
    case 43: .routing
    case 44: .fragment
    case 58: .icmpv6
    case 60: .destinationOptions
    default: nil
    }
  }
}
