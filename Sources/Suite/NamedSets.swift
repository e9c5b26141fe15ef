/// Sets of numbers that suites call by name in `vary`.
public enum NamedSets {
  /// All sets by name, each ascending.
  public static let all: [String: [UInt64]] = [
    "unassigned-icmpv4-types": unassignedICMPv4Types,
    "deprecated-icmpv4-types": deprecatedICMPv4Types,
    "unassigned-icmpv6-error-types": unassignedICMPv6ErrorTypes,
    "unassigned-icmpv6-informational-types": unassignedICMPv6InformationalTypes,
    "unassigned-ip-protocols": unassignedIPProtocols,
  ]

  /// ICMPv4 types without any assignment [IANA "ICMP Type Numbers"].
  ///
  /// 1, 2 and 7 are unassigned, 19 to 29 reserved, 44 to 252 unassigned, 255 reserved; 253 and 254 are for
  /// experiments [RFC 4727].
  static let unassignedICMPv4Types: [UInt64] = [1, 2, 7] + Array(19...29) + Array(44...252) + [255]

  /// ICMPv4 types which are formally deprecated [RFC 6633, RFC 6918].
  ///
  /// 4 Source Quench, 6 Alternate Host Address, 15/16 Information, 17/18 Address Mask, 30 Traceroute,
  /// 31 Conversion Error, 32 Mobile Host Redirect, 33/34 Where-Are-You/Here-I-Am, 35/36 Mobile Registration,
  /// 37/38 Domain Name, 39 SKIP.
  static let deprecatedICMPv4Types: [UInt64] = [4, 6] + Array(15...18) + Array(30...39)

  /// ICMPv6 error types without assignment: 0 is reserved, 5 to 99 unassigned [IANA "ICMPv6 Parameters"].
  static let unassignedICMPv6ErrorTypes: [UInt64] = [0] + Array(5...99) + Array(102...126)

  /// ICMPv6 informational types without assignment: 162 to 199 and 202 to 254; 255 is reserved for expansion.
  static let unassignedICMPv6InformationalTypes: [UInt64] = Array(162...199) + Array(202...254)

  /// IP protocol numbers without assignment: 149 to 252 [IANA "Protocol Numbers"].
  static let unassignedIPProtocols: [UInt64] = Array(149...252)
}
