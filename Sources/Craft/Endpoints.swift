public import Wire

/// One party on the wire.
public struct Host: Hashable, Codable, Sendable {
  /// Its Ethernet address.
  public var mac: MACAddress
  /// Its IPv4 address, if it has one.
  public var ipv4: IPv4Address?
  /// Its global IPv6 address, if it has one.
  public var ipv6: IPv6Address?
  /// Its link-local IPv6 address, if it has one.
  public var linkLocal: IPv6Address?

  /// Puts the parts together.
  public init(
    mac: MACAddress,
    ipv4: IPv4Address? = nil,
    ipv6: IPv6Address? = nil,
    linkLocal: IPv6Address? = nil
  ) {
    self.mac = mac
    self.ipv4 = ipv4
    self.ipv6 = ipv6
    self.linkLocal = linkLocal
  }
}

/// Who is on the far side of a router, NAT or firewall.
public struct FarSide: Hashable, Sendable {
  /// The persona the trial speaks as there.
  public var tester: Host
  /// A second persona there; nil when none is to be had.
  public var tester2: Host?
  /// A host behind the gateway there; nil when Assay doesn't play it.
  public var stranger: Host?
  /// The target's gateway there, played by Assay; nil when it isn't.
  public var router: Host?
  /// The target, with its addresses there.
  public var target: Host

  /// Puts the parts together.
  public init(tester: Host, tester2: Host? = nil, stranger: Host? = nil, router: Host? = nil, target: Host) {
    self.tester = tester
    self.tester2 = tester2
    self.stranger = stranger
    self.router = router
    self.target = target
  }

  /// All whom Assay plays there.
  public var hosts: [Host] { [tester, tester2, stranger, router].compactMap(\.self) }
}

/// Everything one trial may name: who speaks, who is spoken to, and what makes its packets its own.
public struct Endpoints: Hashable, Sendable {
  /// The persona the trial speaks as.
  public var tester: Host
  /// A second persona; nil when none is to be had.
  public var tester2: Host?
  /// A host behind the gateway; nil when Assay isn't the target's gateway.
  public var stranger: Host?
  /// Another host behind the gateway.
  public var stranger2: Host?
  /// The target's gateway, played by Assay; nil when it isn't.
  public var router: Host?
  /// The device under test.
  public var target: Host
  /// Who is on the far side; nil for targets with one side.
  public var far: FarSide?
  /// The near link's directed broadcast address.
  public var broadcast: IPv4Address?
  /// The near link's address with host part zero.
  public var network: IPv4Address?
  /// Addresses on the link that nobody has.
  public var unused: Host
  /// The trial's tag: identifier of its queries, identification of its datagrams.
  public var id: UInt16
  /// A port unique to the trial.
  public var port: UInt16
  /// Seeds the trial's random data.
  public var seed: UInt64
  /// Number of a prefix that no other trial has, of which the lower 30 bits count; nil if the trial names none.
  public var prefixNumber: UInt64?

  /// The first address of that prefix: 64 bits within 2001:db8:8000::/34, which is on no link [RFC 3849].
  public var freshPrefix: IPv6Address {
    IPv6Address(high: 0x2001_0db8_8000_0000 | (prefixNumber ?? 0) & 0x3fff_ffff, low: 0)
  }

  /// Puts the parts together.
  public init(
    tester: Host,
    tester2: Host? = nil,
    stranger: Host? = nil,
    stranger2: Host? = nil,
    router: Host? = nil,
    target: Host,
    far: FarSide? = nil,
    broadcast: IPv4Address? = nil,
    network: IPv4Address? = nil,
    unused: Host,
    id: UInt16,
    port: UInt16,
    seed: UInt64,
    prefixNumber: UInt64? = nil
  ) {
    self.tester = tester
    self.tester2 = tester2
    self.stranger = stranger
    self.stranger2 = stranger2
    self.router = router
    self.target = target
    self.far = far
    self.broadcast = broadcast
    self.network = network
    self.unused = unused
    self.id = id
    self.port = port
    self.seed = seed
    self.prefixNumber = prefixNumber
  }

  /// The party that a variable names, and whether it exists here.
  func host(named name: String) -> Host?? {
    switch name {
    case "tester": .some(tester)
    case "tester2": .some(tester2)
    case "stranger": .some(stranger)
    case "stranger2": .some(stranger2)
    case "router": .some(router)
    case "target": .some(target)
    case "unused": .some(unused)
    case "far-tester": .some(far?.tester)
    case "far-tester2": .some(far?.tester2)
    case "far-stranger": .some(far?.stranger)
    case "far-router": .some(far?.router)
    case "far-target": .some(far?.target)
    default: nil
    }
  }
}
