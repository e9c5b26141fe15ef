extension ICMPv4 {
  /// Names of message types.
  public static let types = NameTable([
    "echo-reply": 0, "destination-unreachable": 3, "source-quench": 4, "redirect": 5,
    "alternate-host-address": 6, "echo-request": 8, "router-advertisement": 9, "router-solicitation": 10,
    "time-exceeded": 11, "parameter-problem": 12, "timestamp-request": 13, "timestamp-reply": 14,
    "information-request": 15, "information-reply": 16, "address-mask-request": 17, "address-mask-reply": 18,
    "traceroute": 30, "datagram-conversion-error": 31, "mobile-host-redirect": 32, "ipv6-where-are-you": 33,
    "ipv6-i-am-here": 34, "mobile-registration-request": 35, "mobile-registration-reply": 36,
    "domain-name-request": 37, "domain-name-reply": 38, "skip": 39, "photuris": 40,
    "experimental-mobility": 41, "extended-echo-request": 42, "extended-echo-reply": 43,
    "experimental-1": 253, "experimental-2": 254,
  ])

  static let unreachableCodes = NameTable([
    "net-unreachable": 0, "host-unreachable": 1, "protocol-unreachable": 2, "port-unreachable": 3,
    "fragmentation-needed": 4, "source-route-failed": 5, "net-unknown": 6, "host-unknown": 7,
    "source-host-isolated": 8, "net-prohibited": 9, "host-prohibited": 10, "net-unreachable-for-tos": 11,
    "host-unreachable-for-tos": 12, "communication-prohibited": 13, "host-precedence-violation": 14,
    "precedence-cutoff": 15,
  ])

  static let redirectCodes = NameTable(["net": 0, "host": 1, "tos-and-net": 2, "tos-and-host": 3])

  static let timeExceededCodes = NameTable(["ttl-exceeded": 0, "reassembly-timeout": 1])

  static let parameterProblemCodes = NameTable(["pointer": 0, "missing-option": 1, "bad-length": 2])

  static let routerAdvertisementCodes = NameTable(["normal": 0, "no-common-traffic": 16])

  static let photurisCodes = NameTable([
    "bad-spi": 0, "authentication-failed": 1, "decompression-failed": 2, "decryption-failed": 3,
    "need-authentication": 4, "need-authorization": 5,
  ])

  /// Codes of extended echo replies of both versions.
  static let extendedEchoReplyCodes = NameTable([
    "no-error": 0, "malformed-query": 1, "no-such-interface": 2, "no-such-table-entry": 3,
    "multiple-interfaces": 4,
  ])

  static let neighborStates = NameTable([
    "reserved": 0, "incomplete": 1, "reachable": 2, "stale": 3, "delay": 4, "probe": 5, "failed": 6,
  ])
}
