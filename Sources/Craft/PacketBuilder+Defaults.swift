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
    // What an ICMP error quotes is, by default, a packet that the target sent to the tester.
    let (source, destination) =
      isQuoted ? (endpoints.target, endpoints.tester) : (endpoints.tester, endpoints.target)
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

  /// Fills the Ethernet addresses from the network layer that follows.
  func fillLinkAddresses(of templates: inout [LayerTemplate]) {
    let endpoints = resolver.endpoints
    var sourceMAC = endpoints.tester.mac
    var destinationMAC = endpoints.target.mac
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

  /// A stranger's packet comes through the gateway; any other from the tester that owns the address.
  private func mac(ofSource value: FieldValue) -> MACAddress {
    let endpoints = resolver.endpoints
    for host in [endpoints.stranger, endpoints.stranger2, endpoints.router, endpoints.tester2] {
      guard let host else { continue }
      switch value {
      case .ipv4(let address) where address == host.ipv4: return host.mac
      case .ipv6(let address) where address == host.ipv6 || address == host.linkLocal: return host.mac
      default: continue
      }
    }
    return endpoints.tester.mac
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
    return endpoints.target.mac
  }
}
