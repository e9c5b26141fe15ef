extension ICMPv6 {
  /// Names of message types.
  public static let types = NameTable([
    "destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3, "parameter-problem": 4,
    "experimental-error-1": 100, "experimental-error-2": 101, "reserved-error": 127, "echo-request": 128,
    "echo-reply": 129, "multicast-listener-query": 130, "multicast-listener-report": 131,
    "multicast-listener-done": 132, "router-solicitation": 133, "router-advertisement": 134,
    "neighbor-solicitation": 135, "neighbor-advertisement": 136, "redirect": 137, "router-renumbering": 138,
    "node-information-query": 139, "node-information-reply": 140, "inverse-neighbor-solicitation": 141,
    "inverse-neighbor-advertisement": 142, "multicast-listener-report-v2": 143,
    "home-agent-discovery-request": 144, "home-agent-discovery-reply": 145, "mobile-prefix-solicitation": 146,
    "mobile-prefix-advertisement": 147, "certification-path-solicitation": 148,
    "certification-path-advertisement": 149, "experimental-mobility": 150,
    "multicast-router-advertisement": 151, "multicast-router-solicitation": 152,
    "multicast-router-termination": 153, "fast-handover": 154, "rpl-control": 155, "locator-update": 156,
    "duplicate-address-request": 157, "duplicate-address-confirmation": 158, "mpl-control": 159,
    "extended-echo-request": 160, "extended-echo-reply": 161, "experimental-1": 200, "experimental-2": 201,
    "reserved-informational": 255,
  ])

  static let unreachableCodes = NameTable([
    "no-route": 0, "communication-prohibited": 1, "beyond-scope": 2, "address-unreachable": 3,
    "port-unreachable": 4, "source-address-policy": 5, "reject-route": 6, "source-routing-error": 7,
    "headers-too-long": 8,
  ])

  static let timeExceededCodes = NameTable(["hop-limit-exceeded": 0, "reassembly-timeout": 1])

  static let parameterProblemCodes = NameTable([
    "erroneous-field": 0, "unrecognized-next-header": 1, "unrecognized-option": 2,
    "incomplete-header-chain": 3, "segment-routing-error": 4, "unrecognized-next-header-in-transit": 5,
    "extension-header-too-big": 6, "header-chain-too-long": 7, "too-many-extension-headers": 8,
    "too-many-options": 9, "option-too-big": 10,
  ])

  static let renumberingCodes = NameTable(["command": 0, "result": 1, "sequence-number-reset": 255])

  static let nodeQueryCodes = NameTable(["ipv6-subject": 0, "name-subject": 1, "ipv4-subject": 2])

  static let nodeReplyCodes = NameTable(["success": 0, "refused": 1, "unknown-qtype": 2])

  static let nodeQueryTypes = NameTable([
    "noop": 0, "node-name": 2, "node-addresses": 3, "ipv4-addresses": 4,
  ])

  static let routerPreferences = NameTable(["medium": 0, "high": 1, "reserved": 2, "low": 3])
}
