internal import Wire

/// An address that may lie in a network of addresses.
protocol RoutableAddress: Hashable, Sendable {
  /// Whether the first so many bits are those of a network.
  func isIn(_ network: Self, length: Int) -> Bool
}

/// The way to one network.
struct Route<Address: RoutableAddress>: Hashable, Sendable {
  var network: Address
  /// Bits of the network's prefix.
  var length: Int
  /// The side of the router where it lies.
  var arm: Arm
  /// The next router; nil for a network of the link itself.
  var gateway: Address?
  /// Largest packet which the way carries, in octets.
  var mtu = 1500
  /// The router's own address on that side.
  var own: Address

  /// The neighbor through which a destination is reached.
  func hop(to destination: Address) -> Address { gateway ?? destination }
}

/// What a router knows of the networks around it; there is no default route.
struct RoutingTable: Hashable, Sendable {
  var ipv4: [Route<IPv4Address>] = []
  var ipv6: [Route<IPv6Address>] = []

  /// The way to a destination: that of the longest prefix [RFC1812-4.3.3.1-a].
  func route(to destination: IPv4Address) -> Route<IPv4Address>? {
    Self.longest(ipv4, to: destination)
  }

  /// The way to a destination that isn't of one link only.
  func route(to destination: IPv6Address) -> Route<IPv6Address>? {
    Self.longest(ipv6, to: destination)
  }

  /// The side that has an address for its own.
  func owner(of address: IPv4Address) -> Arm? { ipv4.first { $0.own == address }?.arm }

  /// The side that has a global address for its own, or the anycast address of its network.
  func owner(of address: IPv6Address) -> Arm? {
    ipv6.first { $0.gateway == nil && ($0.own == address || $0.network == address) }?.arm
  }

  /// Whether an address means all hosts of one of the router's own links, or their network [RFC1122-3.3.6-a].
  func isBroadcast(_ address: IPv4Address) -> Bool {
    if address.isLimitedBroadcast { return true }
    guard let link = ipv4.first(where: { $0.gateway == nil && address.isIn($0.network, length: $0.length) })
    else { return false }
    let hosts = UInt32.max >> UInt32(link.length)
    return [0, hosts].contains(address.rawValue & hosts)
  }

  private static func longest<Address>(_ routes: [Route<Address>], to destination: Address) -> Route<Address>?
  {
    routes.filter { destination.isIn($0.network, length: $0.length) }.max { $0.length < $1.length }
  }
}

extension IPv4Address: RoutableAddress {
  func isIn(_ network: IPv4Address, length: Int) -> Bool {
    length == 0 || (rawValue ^ network.rawValue) >> UInt32(32 - length) == 0
  }
}

extension IPv6Address: RoutableAddress {
  func isIn(_ network: IPv6Address, length: Int) -> Bool {
    let high = length == 0 ? 0 : (self.high ^ network.high) >> UInt64(max(0, 64 - length))
    let low = length <= 64 ? 0 : (self.low ^ network.low) >> UInt64(128 - length)
    return high == 0 && low == 0
  }
}
