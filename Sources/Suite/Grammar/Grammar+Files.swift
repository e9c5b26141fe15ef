extension Grammar.Mapping {
  /// A target file.
  package static let target: Grammar.Mapping = .init(
    "target",
    title: "a target",
    "A target file: where the device under test is and what it can do.",
    [
      .init("name", .text, required: true, "The target's name in reports.", example: "edge-7"),
      .init("role", .choice(of: Role.self), required: true, "What kind of box it is."),
      .init("near", .mapping(.near), required: true, "The side on which the tester is."),
      .init("far", .mapping(.far), "The side behind it, for routers, NATs and firewalls."),
      .init(
        "capabilities",
        .freeKeys(.text),
        "What the target claims to have; cases that need more are skipped.",
        example: "{ timestamp: true, tcp-port: 22 }"
      ),
      .init("limits", .mapping(.limits), "How often and how long the target does what costs it."),
      .init(
        "macs",
        .choice(["own", "personas"]),
        "Whose Ethernet addresses testers have: the interface's or their own."
      ),
      .init(
        "spoofing",
        .choice(["allowed", "forbidden"]),
        "Whether cases may send from addresses of others."
      ),
    ]
  )

  /// The near side of a target.
  static let near: Grammar.Mapping = side(
    "near",
    "The side on which the tester is, and how to reach the target."
  )

  /// The far side of a target.
  static let far: Grammar.Mapping = side(
    "far",
    "The side behind the target, and how to reach the target from there."
  )

  private static func side(_ name: String, _ summary: String) -> Grammar.Mapping {
    .init(name, title: "'\(name)'", summary, sideKeys)
  }

  private static let sideKeys: [Grammar.Key] =
    [
      .init("interface", .text, required: true, "The tester's network interface.", example: "eth1"),
      .init("ipv4", .scalar(.ipv4Prefix), "The target's IPv4 address there.", example: "192.0.2.1/24"),
      .init("ipv6", .scalar(.ipv6Prefix), "The target's IPv6 address there.", example: "2001:db8:1::1/64"),
      .init(
        "mac",
        .either([.choice(["auto"]), .scalar(.macAddress)]),
        "The target's Ethernet address; asked for if not said."
      ),
      .init(
        "link-local",
        .scalar(.ipv6Address),
        "The target's link-local address; asked for if not said.",
        example: "fe80::1"
      ),
      .init(
        "testers",
        .mapping(.testers),
        "Addresses that Assay may speak from; its interface's own if not said."
      ),
      .init("gateway", .mapping(.gateway), "The target's next hop, played by Assay."),
    ]

  /// Ranges of tester addresses.
  static let testers: Grammar.Mapping = .init(
    "testers",
    title: "'testers'",
    "Addresses that Assay may speak from.",
    [
      .init("ipv4", .scalar(.ipv4Range), "IPv4 addresses.", example: "192.0.2.64-192.0.2.191"),
      .init("ipv6", .scalar(.ipv6Range), "IPv6 addresses.", example: "2001:db8:1::64-2001:db8:1::bf"),
    ]
  )

  /// The target's next hop.
  static let gateway: Grammar.Mapping = .init(
    "gateway",
    title: "'gateway'",
    "Addresses of the target's next hop, which Assay answers for.",
    [
      .init("ipv4", .scalar(.ipv4Address), "Its IPv4 address.", example: "192.0.2.254"),
      .init("ipv6", .scalar(.ipv6Address), "Its IPv6 address.", example: "fe80::fe"),
    ]
  )

  /// Limits of the target.
  static let limits: Grammar.Mapping = .init(
    "limits",
    title: "'limits'",
    "Limits of the target.",
    [
      .init("icmp-errors-per-second", .number, "ICMP errors that it sends in a second.", example: "1000"),
      .init("reassembly-seconds", .number, "How long it waits for missing fragments.", example: "60"),
    ]
  )

  /// A baseline file.
  package static let baseline: Grammar.Mapping = .init(
    "baseline",
    title: "a baseline",
    "A baseline file: the known deviations of one target.",
    [
      .init("target", .text, required: true, "The target's name."),
      .init("deviations", .list(.mapping(.deviation), least: 0), required: true, "The known deviations."),
    ]
  )

  /// A known deviation.
  static let deviation: Grammar.Mapping = .init(
    "deviation",
    title: "a deviation",
    "One known deviation.",
    [
      .init(
        "trial",
        .text,
        required: true,
        "`suite.case`, or `suite.case[variant]`; `*` stands for any run of characters.",
        example: "icmpv4.echo.*"
      ),
      .init("verdict", .oneOrList(of: .choice(verdicts)), required: true, "The verdicts that are expected."),
      .init("reason", .text, required: true, "Why the target deviates."),
      .init("ticket", .text, "Where it is tracked."),
      .init("until", .scalar(.date), "The last day on which the entry holds.", example: "2027-06-30"),
    ]
  )

  /// Verdicts that a baseline may expect.
  static let verdicts = ["pass", "warn", "fail", "inconclusive", "error"]
}
