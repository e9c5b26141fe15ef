public import Wire

/// The device under test and the network around it.
public struct TargetDescription: Hashable, Codable, Sendable {
  /// Addresses that Assay may speak from.
  public struct Testers: Hashable, Codable, Sendable {
    /// IPv4 addresses that are nobody's.
    public var ipv4: ClosedRange<IPv4Address>?
    /// IPv6 addresses that are nobody's.
    public var ipv6: ClosedRange<IPv6Address>?

    /// Puts the parts together.
    public init(ipv4: ClosedRange<IPv4Address>? = nil, ipv6: ClosedRange<IPv6Address>? = nil) {
      self.ipv4 = ipv4
      self.ipv6 = ipv6
    }
  }

  /// The target's gateway, played by Assay.
  public struct Gateway: Hashable, Codable, Sendable {
    /// Its IPv4 address.
    public var ipv4: IPv4Address?
    /// Its link-local address: what an IPv6 default route points to.
    public var ipv6: IPv6Address?

    /// Puts the parts together.
    public init(ipv4: IPv4Address? = nil, ipv6: IPv6Address? = nil) {
      self.ipv4 = ipv4
      self.ipv6 = ipv6
    }
  }

  /// One side of the target.
  public struct Side: Hashable, Codable, Sendable {
    /// Assay's interface there.
    public var interface: String
    /// The target's IPv4 address.
    public var ipv4: IPv4Address?
    /// Bits of the link's IPv4 prefix.
    public var ipv4PrefixLength: Int
    /// The target's global IPv6 address.
    public var ipv6: IPv6Address?
    /// Bits of the link's IPv6 prefix.
    public var ipv6PrefixLength: Int
    /// The target's Ethernet address; nil is asked for by ARP or neighbour discovery.
    public var mac: MACAddress?
    /// The target's link-local address; nil is derived from its Ethernet address [RFC 4291 2.5.1].
    public var linkLocal: IPv6Address?
    /// nil: Assay speaks from the interface's own addresses, one trial at a time.
    public var testers: Testers?
    /// nil: the target's gateway isn't Assay's, so off-link sources can't be played.
    public var gateway: Gateway?

    /// Puts the parts together.
    public init(
      interface: String,
      ipv4: IPv4Address? = nil,
      ipv4PrefixLength: Int = 24,
      ipv6: IPv6Address? = nil,
      ipv6PrefixLength: Int = 64,
      mac: MACAddress? = nil,
      linkLocal: IPv6Address? = nil,
      testers: Testers? = nil,
      gateway: Gateway? = nil
    ) {
      self.interface = interface
      self.ipv4 = ipv4
      self.ipv4PrefixLength = ipv4PrefixLength
      self.ipv6 = ipv6
      self.ipv6PrefixLength = ipv6PrefixLength
      self.mac = mac
      self.linkLocal = linkLocal
      self.testers = testers
      self.gateway = gateway
    }
  }

  /// What reports and baselines call it.
  public var name: String
  /// What kind of box it is.
  public var role: Role
  /// The side where Assay touches it.
  public var near: Side
  /// The other side, of routers, NATs and firewalls.
  public var far: Side?
  /// What the target claims to implement, and parameters such as ports; `false` means it doesn't.
  public var capabilities: [String: String]
  /// Whether trials may send from addresses outside the testers' ranges (strangers, martians).
  public var allowsSpoofing: Bool
  /// Whether personas use the interface's Ethernet address instead of their own.
  public var usesOwnMAC: Bool

  /// Puts the parts together.
  public init(
    name: String,
    role: Role,
    near: Side,
    far: Side? = nil,
    capabilities: [String: String] = [:],
    allowsSpoofing: Bool = false,
    usesOwnMAC: Bool = false
  ) {
    self.name = name
    self.role = role
    self.near = near
    self.far = far
    self.capabilities = capabilities
    self.allowsSpoofing = allowsSpoofing
    self.usesOwnMAC = usesOwnMAC
  }

  /// Whether the target claims a capability (has it, and it isn't `false`).
  public func claims(_ capability: String) -> Bool {
    guard let value = capabilities[capability] else { return false }
    return value != "false"
  }
}
