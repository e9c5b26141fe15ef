internal import Link
internal import Suite
internal import Wire

extension TargetSummary {
  /// What reports say of a target.
  init(of target: TargetDescription, mac: MACAddress, on interface: InterfaceDescription, personas: Int) {
    var facts = [KeyValue("interface", interface.name), KeyValue("mac", "\(mac)")]
    if let address = target.near.ipv4 {
      facts.append(KeyValue("ipv4", "\(address)/\(target.near.ipv4PrefixLength)"))
    }
    if let address = target.near.ipv6 {
      facts.append(KeyValue("ipv6", "\(address)/\(target.near.ipv6PrefixLength)"))
    }
    if let far = target.far {
      facts.append(KeyValue("far-interface", far.interface))
      if let address = far.ipv4 { facts.append(KeyValue("far-ipv4", "\(address)/\(far.ipv4PrefixLength)")) }
      if let address = far.ipv6 { facts.append(KeyValue("far-ipv6", "\(address)/\(far.ipv6PrefixLength)")) }
    }
    facts.append(KeyValue("personas", "\(personas)"))
    self.init(name: target.name, role: target.role.rawValue, facts: facts)
  }
}
