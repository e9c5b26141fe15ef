internal import Suite
internal import Wire

extension PacketBuilder {
  /// Fills what a layer leaves open and only the trial knows: addresses, identifiers, ports.
  func fillDefaults(
    of template: inout LayerTemplate,
    isQuoted: Bool,
    at position: SourcePosition
  ) throws(CraftError) {
    let endpoints = resolver.endpoints
    let (source, destination) = parties(isQuoted: isQuoted)
    func fill(_ name: String, _ value: FieldValue?) {
      if template.fields[name] == nil, let value { template.fields[name] = .given(value) }
    }
    switch template.kind {
    case .ipv4:
      guard let from = source.ipv4, let to = destination.ipv4 else {
        throw .notApplicable("the target or the tester has no IPv4 address")
      }
      fill("source", .ipv4(from))
      fill("destination", .ipv4(to))
      fill("identification", .number(UInt64(endpoints.id)))
    case .ipv6:
      guard let from = source.ipv6, let to = destination.ipv6 else {
        throw .notApplicable("the target or the tester has no IPv6 address")
      }
      // A link-local partner is spoken to from the link-local address, as source selection would.
      if template.fields["source"] == nil, case .given(.ipv6(let given)) = template.fields["destination"],
        given.isLinkLocal, let linkLocal = source.linkLocal
      {
        fill("source", .ipv6(linkLocal))
      }
      fill("source", .ipv6(from))
      fill("destination", .ipv6(to))
      // What an IPv4 identification does for IPv4: an error that quotes the packet tells whose it was.
      if !isQuoted { fill("flow-label", .number(UInt64(endpoints.id))) }
    case .icmpv4, .icmpv6:
      // An echo request, if nothing else is said.
      var type: UInt8? = template.kind == .icmpv4 ? 8 : 128
      if template.fields["type"] != nil { type = nil }
      if case .given(.number(let number)) = template.fields["type"] {
        type = UInt8(truncatingIfNeeded: number)
      }
      let fields = Protocols.definition(of: template.kind)?.fields(type: type, code: nil) ?? []
      if fields.contains(where: { $0.name == "identifier" }) {
        fill("identifier", .number(UInt64(endpoints.id)))
      }
    case .udp, .tcp:
      let ours = isQuoted ? "destination-port" : "source-port"
      fill(ours, .number(UInt64(endpoints.port)))
    case .arp:
      fill("sender-mac", .mac(endpoints.tester.mac))
      fill("sender-ip", endpoints.tester.ipv4.map { .ipv4($0) })
      fill("target-ip", endpoints.target.ipv4.map { .ipv4($0) })
    default: break
    }
  }

  /// Who speaks to whom if nothing is said: the tester to the target; in a case with two sides the tester on one to
  /// the tester on the other.
  ///
  /// What an ICMP error quotes is a packet that went to the one who complains.
  private func parties(isQuoted: Bool) -> (source: Host, destination: Host) {
    let endpoints = resolver.endpoints
    var parties = (source: endpoints.tester, destination: endpoints.target)
    if resolver.trial.testCase.hasBothArms, let far = endpoints.far {
      parties =
        resolver.arm == .near ? (endpoints.tester, far.tester) : (far.tester, endpoints.tester)
    }
    return isQuoted ? (parties.destination, parties.source) : parties
  }

  /// Fills the Ethernet addresses from the network layer that follows.
  func fillLinkAddresses(of templates: inout [LayerTemplate]) {
    var sourceMAC = here.tester.mac
    var destinationMAC = here.target.mac
    for layer in templates {
      if layer.kind == .arp,
        layer.fields["operation"] == nil || layer.fields["operation"] == .given(.number(1))
      {
        destinationMAC = .broadcast
      }
      guard layer.kind == .ipv4 || layer.kind == .ipv6 else { continue }
      if case .given(let value) = layer.fields["source"] { sourceMAC = mac(ofSource: value) }
      if case .given(let value) = layer.fields["destination"] { destinationMAC = mac(ofDestination: value) }
      break
    }
    guard templates.first?.kind == .ethernet else { return }
    if templates[0].fields["source"] == nil { templates[0].fields["source"] = .given(.mac(sourceMAC)) }
    if templates[0].fields["destination"] == nil {
      templates[0].fields["destination"] = .given(.mac(destinationMAC))
    }
  }

  /// The tester and the target on the side from which is sent, and who else Assay plays there.
  private var here: (tester: Host, target: Host, others: [Host]) {
    let endpoints = resolver.endpoints
    if resolver.arm == .far, let far = endpoints.far { return (far.tester, far.target, far.hosts) }
    let others = [endpoints.stranger, endpoints.stranger2, endpoints.router, endpoints.tester2]
    return (endpoints.tester, endpoints.target, others.compactMap(\.self))
  }

  /// A stranger's packet comes through the gateway; any other from the tester that owns the address.
  private func mac(ofSource value: FieldValue) -> MACAddress {
    let here = here
    for host in here.others {
      switch value {
      case .ipv4(let address) where address == host.ipv4: return host.mac
      case .ipv6(let address) where address == host.ipv6 || address == host.linkLocal: return host.mac
      default: continue
      }
    }
    return here.tester.mac
  }

  private func mac(ofDestination value: FieldValue) -> MACAddress {
    let endpoints = resolver.endpoints
    switch value {
    case .ipv4(let address):
      if address.isMulticast { return MACAddress(multicastFor: address) }
      if address.isLimitedBroadcast || address == endpoints.broadcast || address == endpoints.network {
        return .broadcast
      }
    case .ipv6(let address):
      if address.isMulticast { return MACAddress(multicastFor: address) }
    default: break
    }
    return here.target.mac
  }
}
