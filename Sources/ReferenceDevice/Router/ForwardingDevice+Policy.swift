internal import Suite
internal import Wire

/// What NATs and firewalls add to a router.
extension ForwardingDevice {
  /// Whether a datagram may go its way.
  mutating func passes(_ transit: Transit4) -> Bool {
    switch role {
    case .host, .router: true
    // Nobody outside reaches an inside address as such.
    case .nat: transit.isTranslated || transit.arrival == .near
    case .firewall: filters(transit)
    }
  }

  /// Whether a packet may go its way; of IPv6 a NAT is a router.
  mutating func passes(_ transit: Transit6) -> Bool {
    role == .firewall ? filters(transit) : true
  }
}
