extension Deviations {
  /// Mutants of neighbor discovery, each on the stimulus that fits it best.
  static let discovery: [ShownDeviation] = table(
    """
    ignores-discovery-code: solicitation with a code: ttl 255 via gateway 136/0 60000000 data 24 changed
    accepts-empty-options: solicitation with an empty option: ttl 255 136/0 60000000 data 24 changed
    accepts-options-beyond-message: solicitation with an option beyond it: ttl 255 136/0 60000000 data 24 \
    changed
    discards-reserved-bits: solicitation with a reserved bit: silence
    discards-unknown-options: solicitation with an unknown option: silence
    stops-at-unknown-option: solicitation with an unknown option: ttl 255 136/0 60000000 data 24 changed
    discards-misplaced-options: solicitation with an option of others: silence
    reads-first-option-only: router with two prefixes: via gateway 129/0 12348007 data 1400
    needs-options-in-order: solicitation with an unknown option: silence
    accepts-group-for-target: solicitation for a group: ttl 255 from link-local 136/0 60000000 data 24 changed
    accepts-nobody-anywhere: solicitation from nobody to all: ttl 255 to all 136/0 20000000 data 24 changed
    accepts-nobodys-station: solicitation from nobody with its address: ttl 255 to all 136/0 20000000 data \
    24 changed
    answers-for-others: solicitation for somebody else: ttl 255 via gateway from link-local 136/0 60000000 \
    data 24 changed
    forgets-solicitor: solicitation: ttl 255 136/0 60000000 data 24 changed
    keeps-first-station: solicitor that moves: ttl 255 136/0 60000000 data 24 changed + ttl 255 136/0 \
    60000000 data 24 changed + 129/0 12348007 data 56
    ignores-unicast-solicitation: solicitation: silence
    needs-station-of-solicitor: solicitation without an address: silence
    learns-from-target-option: solicitation with the target's address: ttl 255 via gateway 136/0 60000000 \
    data 24 changed
    answers-two-solicitations-of-three: three solicitations: ttl 255 via gateway 136/0 60000000 data 24 \
    changed + ttl 255 via gateway 136/0 60000000 data 24 changed
    deaf-to-link-local-group: solicitation for the link-local address: silence
    advertises-other-target: solicitation for the link-local address: ttl 255 via gateway 136/0 60000000 \
    data 24 changed
    advertises-from-afar: solicitation: via gateway 136/0 60000000 data 24 changed
    omits-own-station: solicitation to a group: ttl 255 via gateway 136/0 60000000 data 16 changed
    omits-own-station-in-unicast: solicitation: ttl 255 via gateway 136/0 60000000 data 16 changed
    forgets-solicited-flag: solicitation: ttl 255 via gateway 136/0 20000000 data 24 changed
    answers-solicitors-in-public: solicitation: ttl 255 to all 136/0 60000000 data 24 changed
    answers-nobody-as-solicited: solicitation from nobody: ttl 255 to all 136/0 60000000 data 24 changed
    silent-to-nobody: solicitation from nobody: silence
    forgets-override-flag: solicitation: ttl 255 via gateway 136/0 40000000 data 24 changed
    fills-reserved-of-advertisement: solicitation: ttl 255 via gateway 136/0 60000001 data 24 changed
    sends-long-station-option: solicitation: ttl 255 via gateway 136/0 60000000 data 32 changed
    creates-from-advertisement: advertisement nobody asked for: via gateway 129/0 12348007 data 56
    always-overrides: advertisement that doesn't override: ttl 255 136/0 60000000 data 24 changed + via \
    gateway 129/0 12348007 data 56
    never-overrides: advertisement that overrides: ttl 255 136/0 60000000 data 24 changed + 129/0 12348007 \
    data 56
    drops-what-waits: solicitation without an address: silence
    keeps-oldest-waiting: router with a small MTU: via gateway fragment at 0 more
    probes-at-once: solicitation and echo6: ttl 255 via gateway 136/0 60000000 data 24 changed + 129/0 \
    12348007 data 56
    accepts-global-routers: router that isn't link-local: 129/0 12348007 data 1400
    believes-advertisements-once: router that takes a prefix back: 129/0 12348007 data 1400
    ignores-hop-limit: router with a hop limit: 129/0 12348007 data 56
    obeys-hop-limit-zero: router with a hop limit and none: 129/0 12348007 data 56
    ignores-link-mtu: router with a small MTU: via gateway 129/0 12348007 data 1400
    obeys-small-link-mtu: router with too small an MTU: via gateway fragment at 0 more + via gateway \
    fragment at 1224
    sends-at-most-minimum: router with too small an MTU: via gateway fragment at 0 more + via gateway \
    fragment at 1232
    ignores-on-link-prefixes: router with a prefix: via gateway 129/0 12348007 data 1400
    takes-all-prefixes-for-on-link: router with a prefix off the link: 129/0 12348007 data 1400
    ignores-prefix-lifetime-zero: router that takes a prefix back: 129/0 12348007 data 1400
    keeps-expired-prefix: prefix for a second: 129/0 12348007 data 1400
    forgets-earlier-prefixes: routers with a prefix each: via gateway 129/0 12348007 data 1400
    needs-station-in-redirect: redirect6 to the destination: via gateway 129/0 12348007 data 1400 + via \
    gateway 129/0 12348007 data 1400
    needs-prefix-of-redirect-target: redirect6 to the destination: via gateway 129/0 12348007 data 1400 + \
    via gateway 129/0 12348007 data 1400
    ignores-on-link-redirect: redirect6 to the destination: via gateway 129/0 12348007 data 1400 + via \
    gateway 129/0 12348007 data 1400
    """
  )

  /// Multicast listeners answer at random times, so only suites look at them.
  static let unseenListening: Set<String> = [
    "takes-queries-from-afar", "takes-queries-from-nobody", "takes-queries-of-any-hop-limit",
    "takes-queries-without-alert", "takes-short-queries", "takes-queries-between-versions",
    "takes-queries-with-bad-checksum", "takes-queries-for-hosts", "discards-queries-with-code",
    "discards-reserved-queries", "discards-long-queries", "ignores-queries-to-itself",
    "reports-invalid-queries", "ignores-old-queries", "stays-with-version-two", "forgets-version-one",
    "stays-with-version-one", "answers-reports", "silent-about-general-queries",
    "answers-general-queries-late", "answers-queries-at-once", "waits-despite-no-delay",
    "silent-about-group-queries", "reports-all-groups", "reports-foreign-groups",
    "ignores-sources-asked-for", "reports-all-nodes", "leaves-out-one-group",
    "reports-from-global-address", "reports-groups-afar", "reports-without-alert", "lengthens-reports",
    "reports-changes",
  ]

  /// New addresses are asked for at random times, so only suites look at them, and at what is done with them.
  static let unseenAutoconfiguration: Set<String> = [
    "ignores-autonomous-flag", "makes-link-local-addresses", "accepts-reversed-lifetimes",
    "accepts-short-prefixes", "accepts-long-prefixes", "makes-invalid-addresses",
    "takes-infinity-for-nothing", "obeys-short-lifetimes", "obeys-shorter-than-two-hours",
    "drops-deprecated-addresses", "keeps-expired-addresses", "uses-addresses-unasked",
    "detects-from-link-local", "detects-at-all-nodes", "detects-in-other-group", "detects-from-afar",
    "detects-with-station", "joins-group-afterwards", "detects-at-once", "answers-while-tentative",
    "yields-to-solicitors", "ignores-other-detection", "takes-packets-while-tentative",
    "ignores-objections", "yields-to-anybody", "yields-to-groups", "stops-at-duplicate",
    "detects-without-nonce", "repeats-nonce", "takes-any-nonce-for-its-own",
  ]

  /// Those about packets that hosts seldom get, or many at once.
  static let unseenElsewhere: Set<String> = [
    "believes-advertised-routers-4", "believes-badly-summed-routers-4", "believes-coded-routers-4",
    "believes-uncounted-routers-4", "believes-narrow-routers-4", "believes-missing-routers-4",
    "rejects-unknown-objects", "rejects-extended-errors", "slows-down-sources",
    "answers-inverse-solicitations", "reports-inverse-advertisements", "reports-multicast-routers",
    "overlaps-own-fragments", "sends-before-receiving", "repeats-fragment-identification",
    "counts-fragmented-packets",
  ]

  /// Those that show only when neighbors stay silent, on timers, or by routers that come and go; the bundled cases do.
  static let unseenDiscovery: Set<String> = [
    "reads-long-stations", "accepts-short-solicitation", "believes-solicitor", "believes-moved-solicitor",
    "learns-from-nobody", "forgets-routers-that-ask", "learns-from-frames", "advertises-from-nowhere",
    "accepts-short-advertisement", "takes-group-for-neighbor", "accepts-solicited-to-all",
    "learns-from-source-option", "resolves-without-station", "needs-override-to-resolve",
    "stays-reachable-for-another", "believes-override", "ignores-solicited-flag", "believes-unsolicited",
    "keeps-former-router", "solicits-all-nodes", "solicits-from-afar", "omits-station-when-asking",
    "solicits-from-link-local", "solicits-once", "solicits-forever", "solicits-for-each-packet",
    "solicits-fast", "solicits-groups", "sends-groups-to-all-stations", "forgets-neighbor-after-three",
    "never-probes", "probes-by-group", "probes-fast", "probes-forever", "believes-senders",
    "accepts-short-router-advertisement", "ignores-each-third-advertisement", "keeps-first-router",
    "keeps-one-router", "ignores-lifetime-zero", "keeps-expired-router", "ignores-routers-station",
    "keeps-routers-station", "believes-routers", "confirms-routers", "learns-from-router-solicitation",
    "ignores-retransmission-timer", "ignores-reachable-time", "obeys-large-link-mtu",
    "off-link-prefix-withdraws", "obeys-link-local-prefix", "takes-neighbors-for-on-link",
    "accepts-group-destination", "accepts-any-redirect-target", "learns-from-invalid-redirect",
    "ignores-redirects-station", "keeps-station-despite-redirect", "believes-redirect-target",
    "obeys-former-router", "obeys-first-redirect-only", "sends-redirects",
  ]
}
