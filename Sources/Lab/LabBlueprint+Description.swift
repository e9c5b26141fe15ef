public import Suite

extension LabBlueprint {
  /// What Linux implements, and the ports of the lab's services.
  static let capabilities = [
    "timestamp": "true",
    "address-mask": "false",
    "udp-closed-port": "33434",
    "udp-echo-port": "\(LinuxHostLab.echoPort)",
    "tcp-port": "\(LinuxHostLab.echoPort)",
    "tcp-closed-port": "33434",
    "reassembles-beyond-mtu": "true",
    "autoconfiguration": "true",
    "lasting-addresses": "true",
    "no-router-discovery": "true",
    "enhanced-dad": "true",
    // For experiments [RFC 3692]: nobody listens there.
    "unused-protocol": "253",
  ]
}

extension OpenLab {
  /// The target as a target file would describe it; without IPv6 where this kernel has none, and without the
  /// services that it hasn't.
  ///
  /// Behind a rule set of the user's nothing is known of what answers, so nothing is claimed.
  public var targetDescription: TargetDescription {
    if blueprint.isDevice { return ReferenceTapLab.targetDescription }
    var capabilities = LabBlueprint.capabilities
    if !hasEcho { for name in ["udp-echo-port", "tcp-port"] { capabilities[name] = nil } }
    if blueprint.cables.count > 1 { capabilities.merge(LaboratoryNetwork.capabilities) { $1 } }
    let sides = blueprint.cables.map { $0.side(hasIPv6: hasIPv6) }
    return TargetDescription(
      name: blueprint.target,
      role: blueprint.role,
      near: sides.first ?? LabCable.near.side(hasIPv6: hasIPv6),
      far: sides.dropFirst().first,
      capabilities: rulesets.isEmpty ? capabilities : ["address-mask": "false"],
      allowsSpoofing: true
    )
  }
}
