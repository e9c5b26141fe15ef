public import Link
public import Suite
internal import Wire

/// The strict device of each role: which one it is, and how a target file would describe it.
public enum StrictDevice {
  /// A new one, obedient but for the mutants; the trace is told where it could deviate.
  public static func make(_ role: Role, mutants: Set<Mutant> = [], trace: DeviationTrace? = nil)
    -> any SimulatedDevice
  {
    switch role {
    case .host: ReferenceDevice(mutants: mutants, trace: trace)
    case .router, .nat, .firewall: ForwardingDevice(role, mutants: mutants, trace: trace)
    }
  }

  /// Its interfaces, addresses and abilities; with the networks around it, where it has two sides.
  public static func description(of role: Role) -> TargetDescription {
    var description = ReferenceDevice.description
    guard role != .host else { return description }
    description.name = "\(description.name)-\(role.rawValue)"
    description.role = role
    description.far = DeviceConfiguration.side(.far).side(on: "simulated-far")
    description.capabilities.merge(LaboratoryNetwork.capabilities) { $1 }
    for name in ["router-discovery-ipv4", "router-discovery-ipv6", "router-discovery-near-only"] {
      description.capabilities[name] = "true"
    }
    return description
  }
}
