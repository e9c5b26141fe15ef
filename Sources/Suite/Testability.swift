/// Whose duty a clause is, in the words of the catalogue.
public enum Duty: String, Hashable, Sendable, CaseIterable {
  case host, router
  /// Everything that speaks IP.
  case node
  case nat, firewall, translator, any

  /// Whether a target of that role is bound.
  ///
  /// NATs and firewalls forward, so what binds routers binds them as well; no role of a target is a translator.
  public func binds(_ role: Role) -> Bool {
    switch self {
    case .any, .node: true
    case .host: role == .host
    case .router: role != .host
    case .nat: role == .nat
    case .firewall: role == .firewall
    case .translator: false
    }
  }

  /// Those who are bound, as the subject or object of a sentence.
  public var bound: String {
    switch self {
    case .host: "hosts"
    case .router: "routers"
    case .node: "all IP nodes"
    case .nat: "NATs"
    case .firewall: "firewalls"
    case .translator: "translators between IPv4 and IPv6"
    case .any: "everybody"
    }
  }
}

/// What it takes to see whether a target obeys a clause.
public enum Observability: String, Hashable, Sendable, CaseIterable {
  /// Packets alone show it, all of them sent and seen by the tester.
  case blackBox = "black-box"
  /// Something on the target has to act, or to tell.
  case needsUpperTester = "needs-upper-tester"
  /// Nothing outside the target shows it.
  case notObservable = "not-observable"

  /// What the word means, as a sentence.
  public var meaning: String {
    switch self {
    case .blackBox: "Packets alone show it."
    case .needsUpperTester: "Something on the target must send, or tell what an application sees."
    case .notObservable: "Nothing that the target sends shows whether it obeys."
    }
  }
}

/// Where testers have to stand to test a clause.
public enum Topology: String, Hashable, Sendable, CaseIterable {
  /// One address on the target's link.
  case onLinkHost = "on-link-host"
  /// Several addresses on it, or a gateway that the tester plays.
  case twoTesterAddresses = "two-tester-addresses"
  /// One on each side of a router.
  case routerBetween = "router-between"
  /// One on each side of a NAT.
  case natBetween = "nat-between"
  /// An IPv4 host and an IPv6 host with a translator between them.
  case translatorBetween = "translator-between"

  /// Whether the tester has to touch the network at two places.
  public var needsTwoArms: Bool {
    switch self {
    case .onLinkHost, .twoTesterAddresses: false
    case .routerBetween, .natBetween, .translatorBetween: true
    }
  }
}

/// What the catalogue says of how a clause can be tested; texts may be empty.
public struct Testability: Hashable, Sendable {
  /// Whose duty it is.
  public var duty: Duty
  /// What it takes to see whether a target obeys.
  public var observability: Observability
  /// Where testers have to stand.
  public var topology: Topology
  /// What a tester would send.
  public var stimulus: String
  /// What must, or must not, be seen then.
  public var expected: String
  /// Why packets alone can't show it.
  public var reason: String
  /// The later clauses or documents that replace, contradict or deprecate it; nil: it is in force.
  public var obsoletedBy: String?
  /// Doubts about the level, traps, how stacks are known to behave.
  public var notes: String

  /// Puts the parts together; what isn't said is what nearly all clauses are.
  public init(
    duty: Duty = .any,
    observability: Observability = .blackBox,
    topology: Topology = .onLinkHost,
    stimulus: String = "",
    expected: String = "",
    reason: String = "",
    obsoletedBy: String? = nil,
    notes: String = ""
  ) {
    self.duty = duty
    self.observability = observability
    self.topology = topology
    self.stimulus = stimulus
    self.expected = expected
    self.reason = reason
    self.obsoletedBy = obsoletedBy
    self.notes = notes
  }
}
