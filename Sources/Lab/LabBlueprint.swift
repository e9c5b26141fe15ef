internal import Suite

/// What a lab is made of: its cables, what its target does with packets, and how reports call it.
struct LabBlueprint {
  /// What follows `--lab`.
  var name: String
  /// What it is, in a line.
  var summary: String
  /// What reports and baselines call its target.
  var target: String
  var role: Role = .host
  /// The near one; then the far one, if the target has two sides.
  var cables: [LabCable] = [.near]
  var routes: [LabRoute] = LabRoute.ofHost
  /// Whether the target has the kernel's own limits on ICMP errors.
  var limitsErrors = false
  /// What loads rule sets into the target.
  var loader = RuleLoader.nft
  /// What it has without a rule set of the user's; nil: none.
  var rules: RuleSet?

  /// Whether the target passes packets on.
  var forwards: Bool { role != .host }

  /// The default one.
  static let linuxHost = LabBlueprint(
    name: LinuxHostLab.name,
    summary: "this machine's own kernel as a host, in network namespaces, IPv4 and IPv6",
    target: LinuxHostLab.name
  )

  /// All labs, the default one first.
  static let all: [LabBlueprint] = [
    linuxHost,
    LabBlueprint(
      name: LinuxHostLab.limitedName,
      summary: "the same with the kernel's own limits on ICMP errors, which linux-host lifts",
      target: LinuxHostLab.name,
      limitsErrors: true
    ),
    between("linux-router", .router, "the kernel as a router between two networks, without a filter"),
    between(
      "linux-nat",
      .nat,
      "the kernel as a NAT (nft): IPv4 is masqueraded, IPv6 routed, what comes unasked dropped",
      rules: .linuxNAT
    ),
    between(
      "nft-firewall",
      .firewall,
      "the kernel as a stateful firewall (nft); --ruleset FILE for rules of your own",
      rules: .nftFirewall
    ),
    between(
      "iptables-firewall",
      .firewall,
      "the same rules by iptables-restore; --ruleset FILE for rules of your own",
      loader: .iptables,
      rules: .iptablesFirewall
    ),
  ]

  private static func between(
    _ name: String,
    _ role: Role,
    _ summary: String,
    loader: RuleLoader = .nft,
    rules: RuleSet? = nil
  ) -> LabBlueprint {
    LabBlueprint(
      name: name,
      summary: summary,
      target: name,
      role: role,
      cables: [.near, .far],
      routes: LabRoute.ofRouter,
      loader: loader,
      rules: rules
    )
  }

  /// Finds a lab that can be made by its name.
  static func named(_ name: String) throws(LabError) -> LabBlueprint {
    let entry = try LabCatalogue.entry(named: name)
    guard let blueprint = all.first(where: { $0.name == entry.name }) else { throw .simulated(name) }
    return blueprint
  }
}
