/// The networks around the targets with two sides that Assay makes itself, real and simulated.
public enum LaboratoryNetwork {
  /// What suites ask of such a target's surroundings, by the names of capabilities.
  public static let capabilities = [
    // Behind the gateways are hosts for which the target has routes; for these it has none.
    "no-route-ipv4": "203.0.113.200",
    "no-route-ipv6": "2001:db8:dead::1",
    // Routes with a smaller MTU than their link, 203.0.113.96/27 and 2001:db8:fffe:1::/64.
    "narrow-ipv4": "203.0.113.100",
    "narrow-ipv6": "2001:db8:fffe:1::1",
    "narrow-mtu": "1280",
    "far-broadcast-ipv4": "198.51.100.255",
    // Nobody on the far link has these.
    "far-unused-ipv4": "198.51.100.251",
    "far-unused-ipv6": "2001:db8:2::dead",
  ]
}
