public import Link
public import Suite
internal import Wire

/// The strict device of each role: which one it is, and how a target file would describe it.
public enum StrictDevice {
  /// A new one, obedient but for the mutants.
  public static func make(_ role: Role, mutants: Set<Mutant> = []) -> any SimulatedDevice {
    switch role {
    case .host: ReferenceDevice(mutants: mutants)
    case .router, .nat, .firewall: ForwardingDevice(role, mutants: mutants)
    }
  }

  /// Its interfaces, addresses and abilities; with the networks around it, where it has two sides.
  public static func description(of role: Role) -> TargetDescription {
    var description = ReferenceDevice.description
    guard role != .host else { return description }
    description.name = "\(description.name)-\(role.rawValue)"
    description.role = role
    description.far = farSide
    description.capabilities.merge(LaboratoryNetwork.capabilities) { $1 }
    for name in ["router-discovery-ipv4", "router-discovery-ipv6"] { description.capabilities[name] = "true" }
    return description
  }

  private static var farSide: TargetDescription.Side {
    let side = DeviceConfiguration.side(.far)
    let network = side.ipv4.rawValue & 0xffff_ff00
    return TargetDescription.Side(
      interface: "simulated-far",
      ipv4: side.ipv4,
      ipv4PrefixLength: side.ipv4PrefixLength,
      ipv6: side.ipv6,
      ipv6PrefixLength: 64,
      mac: side.mac,
      linkLocal: side.linkLocal,
      testers: TargetDescription.Testers(
        ipv4: IPv4Address(rawValue: network + 16)...IPv4Address(rawValue: network + 250),
        ipv6: IPv6Address(
          high: side.ipv6.high,
          low: 0x1_0000
        )...IPv6Address(high: side.ipv6.high, low: 0x1_ffff)
      ),
      gateway: TargetDescription.Gateway(ipv4: side.ipv4Gateway, ipv6: side.ipv6Gateway)
    )
  }
}
