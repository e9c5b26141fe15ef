internal import Suite
internal import Wire

/// What NATs and firewalls add to a router, and where.
extension ForwardingDevice {
  /// Whether a datagram may come in at all, whoever it is for.
  mutating func admits(_ datagram: IPv4Datagram, _ arrival: Arrival) -> Bool { true }

  /// Whether a packet may come in at all, whoever it is for.
  mutating func admits(_ packet: IPv6Packet, _ arrival: Arrival) -> Bool { true }

  /// Whether a datagram may go its way.
  mutating func passes(_ transit: Transit4, _ route: Route<IPv4Address>) -> Bool {
    switch role {
    case .host, .router: true
    // Nobody outside reaches an inside address as such.
    case .nat: transit.isTranslated || transit.arrival == .near
    case .firewall: true
    }
  }

  /// Whether a packet may go its way.
  mutating func passes(_ transit: Transit6, _ route: Route<IPv6Address>) -> Bool { true }
}
