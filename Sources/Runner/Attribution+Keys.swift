internal import Craft
internal import Wire

extension Attribution {
  /// What makes a frame a trial's own.
  enum Key: Hashable {
    case ipv4(IPv4Address)
    case ipv6(IPv6Address)
    case mac(MACAddress)
    /// The upper half of addresses that the target makes of a prefix.
    case prefix(UInt64)
    case tag(Tag)

    var isMAC: Bool { if case .mac = self { true } else { false } }
  }

  /// The addresses of a frame, the innermost first.
  func keys(in frame: Dissection, _ field: String) -> [Key] {
    [LayerKind.ipv4, .ipv6, .ethernet].compactMap { kind in
      switch frame.layer(kind)?.value(of: field) {
      case .ipv4(let address): .ipv4(address)
      case .ipv6(let address): .ipv6(address)
      case .mac(let address): .mac(address)
      default: nil
      }
    }
  }

  /// Whose Ethernet address a frame asks for: ARP, neighbour solicitation.
  func keys(askedForIn frame: Dissection) -> [Key] {
    switch frame.askedFor {
    case .ipv4(let address): [.ipv4(address)]
    case .ipv6(let address): [.ipv6(address)]
    default: []
    }
  }

  /// The prefix that a trial has for itself, if it names one.
  func prefix(of endpoints: Endpoints) -> [Key] {
    endpoints.prefixNumber == nil ? [] : [.prefix(endpoints.freshPrefix.high)]
  }

  /// Which prefixes the addresses have that a frame comes from or asks for, or that it says something of.
  func prefixes(in frame: Dissection) -> [Key] {
    [(LayerKind.ipv6, "source"), (.icmpv6, "target")].compactMap { kind, field in
      guard case .ipv6(let address)? = frame.layer(kind)?.value(of: field) else { return nil }
      return .prefix(address.high)
    }
  }

  func keys(of host: Host?) -> [Key] {
    guard let host else { return [] }
    let addresses: [Key?] = [
      host.ipv4.map { .ipv4($0) }, host.ipv6.map { .ipv6($0) }, host.linkLocal.map { .ipv6($0) },
      tellingMACs.contains(host.mac) ? .mac(host.mac) : nil,
    ]
    return addresses.compactMap(\.self)
  }

  func keys(of endpoints: Endpoints) -> [Key] {
    let far = endpoints.far
    return [
      endpoints.tester, endpoints.tester2, endpoints.stranger, endpoints.stranger2, far?.tester, far?.tester2,
      far?.stranger, ownUnused(endpoints),
    ].flatMap { keys(of: $0) }
      + Tag.all(of: endpoints).map { .tag($0) } + prefix(of: endpoints)
  }
}

extension Attribution {
  /// The unused host that a trial has for itself: of IPv6 where there are enough, of IPv4 all have the same.
  func ownUnused(_ endpoints: Endpoints) -> Host? {
    guard endpoints.unused.ipv6 != sharedUnused else { return nil }
    var host = endpoints.unused
    host.ipv4 = nil
    return host
  }
}

extension Dissection {
  /// Whether it is UDP or TCP, or quotes such a packet.
  var hasPorts: Bool {
    (layers + quote).contains { $0.kind == .udp || $0.kind == .tcp }
  }
}

extension Dissection {
  /// The address whose owner an ARP packet or a neighbour solicitation looks for; nil for other frames.
  var askedFor: FieldValue? {
    if let arp = layer(.arp) { return arp.value(of: "target-ip") }
    guard let icmp = layer(.icmpv6), icmp.number("type") == 135 else { return nil }
    return icmp.value(of: "target")
  }

  /// Whether it is an advertisement of a router or neighbour, or a multicast listener's report, that is sent to a group.
  var isToldToAll: Bool {
    if layer(.icmpv4)?.number("type") == 9,
      case .ipv4(let destination)? = layer(.ipv4)?.value(of: "destination")
    {
      return destination.isMulticast || destination.isLimitedBroadcast
    }
    guard case .ipv6(let destination)? = layer(.ipv6)?.value(of: "destination"), destination.isMulticast,
      let type = layer(.icmpv6)?.number("type")
    else { return false }
    return [131, 132, 134, 136, 143].contains(type)
  }

  /// Whether it asks for the Ethernet address of a group, which nobody told the target of.
  var isQuestionForGroup: Bool {
    if case .ipv6(let address)? = askedFor { address.isMulticast } else { false }
  }

  /// The address that it is a question for, in network order; nil if it is none.
  var questionedAddress: [UInt8]? {
    guard layer(.arp)?.number("operation") != 2 else { return nil }
    return switch askedFor {
    case .ipv4(let address): address.octets
    case .ipv6(let address): address.octets
    default: nil
    }
  }
}
