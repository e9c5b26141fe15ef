extension Deviations {
  /// Mutants that no stimulus here shows; the bundled cases do, or `docs/mutants.md` says that they don't.
  static let unseen: Set<String> = unseenDiscovery.union(unseenListening).union(unseenAutoconfiguration)
    .union(unseenElsewhere).union(unseenClauses)
    .union([
      "updates-checksum-without-carry", "answers-short-timestamp", "timestamp-in-seconds",
      "timestamp-overflows-day", "timestamp-without-originate", "reassembles-across-protocols",
      "accepts-odd-fragment",
      "repeats-identification", "inverts-unknown-code", "reports-reserved-flag", "reports-long-padding",
      // Shown by `TCPErrorTests`.
      "aborts-on-blind-unreachable", "aborts-on-next-sequence", "aborts-on-hard-error",
      "aborts-on-soft-error",
      "aborts-opening-on-soft-error", "ignores-quoted-ports", "ignores-quoted-protocol",
      "extrapolates-errors",
      "aborts-on-too-big", "believes-blind-too-big", "shrinks-for-larger-too-big", "stalls-on-tiny-mtu",
      "dies-of-tiny-mtu", "resends-for-every-too-big", "ignores-too-big-for-tcp", "resets-on-source-quench",
      "slows-down-on-source-quench",
      // They show after a minute; `icmpv4.reassembly-timers` and `icmpv6.reassembly-timers` do.
      "abandons-reassembly-early", "abandons-reassembly-late", "waits-as-long-as-ttl-says",
      "fragments-prolong-reassembly", "reports-timeout-without-first", "reports-timeout-about-anything",
      "reports-timeout-twice", "reports-timeout-and-keeps-fragments", "keeps-fragments-for-good",
      "quotes-what-came-first",
    ])

  /// Each breaks one clause in a way that few packets show: the bundled case on that clause sends them.
  static let unseenClauses: Set<String> = [
    // Errors, redirects and path MTU.
    "ignores-redirects", "ignores-network-redirects", "ignores-service-redirects", "redirect-moves-network",
    "ignores-too-big", "ignores-too-big-without-size", "reads-unused-octets", "obeys-minimum-only",
    "reads-behind-errors", "errors-from-link-local", "pointer-stays-in-quote",
    "reports-short-redirects", "believes-unreachable",
    // Echo and checksums.
    "sends-no-checksum-back", "avoids-zero-checksum", "zeroes-ones-checksum", "answers-echo-once",
    "confuses-echoes-together",
    "answers-strangers-at-router", "answers-first-sender", "sums-first-next-header", "sums-payload-length",
    // Options of IPv4.
    "registers-no-address", "registers-for-others", "registers-no-time", "echoes-type-before-options",
    // Fragments.
    "accepts-late-record-route", "wants-last-fragment-of-eights", "reassembles-at-most-576",
    "refuses-overlap", "drops-marked-fragments", "wants-data-in-first-fragment",
    "reassembles-across-destinations", "queues-whole-datagram", "wants-same-next-header",
    "wants-same-headers",
    "answers-empty-fragment", "reports-overlap", "reports-whole-as-too-big", "looks-behind-bad-fragment",
    "skips-options-behind-fragment", "silent-about-reassembled-datagram",
    // IPv6 headers.
    "last-option-decides", "judges-one-option", "reads-five-bits-of-option-type", "discards-eight-options",
    "discards-long-options",
    "takes-headers-once", "skips-options-before-fragment", "guesses-fragment-header",
    "takes-scope-f-for-the-link", "discards-flow-labels", "labels-each-packet", "takes-at-most-1280",
    "reads-zero-payload-length",
  ]
}
