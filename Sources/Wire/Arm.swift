/// A place where Assay touches the network: in front of the target, or behind a router, NAT or firewall.
public enum Arm: String, Hashable, Codable, Sendable, CaseIterable { case near, far }
