extension Deviations {
  /// Each breaks one clause in a way that few packets show: the bundled case on that clause sends them.
  static let unseenClauses: Set<String> = [
    // Errors, redirects and path MTU.
    "ignores-redirects", "ignores-network-redirects", "ignores-service-redirects", "redirect-moves-network",
    "ignores-too-big", "ignores-too-big-without-size", "reads-unused-octets", "obeys-minimum-only",
    "reads-behind-errors", "errors-from-link-local", "pointer-stays-in-quote",
    "reports-short-redirects", "reports-to-anycast",
    // Echo and checksums.
    "sends-no-checksum-back", "avoids-zero-checksum", "zeroes-ones-checksum", "confuses-echoes-together",
    "answers-strangers-at-router", "answers-first-sender", "sums-first-next-header", "sums-payload-length",
    // Fragments.
    "accepts-late-record-route", "wants-last-fragment-of-eights", "reassembles-at-most-576",
    "refuses-overlap", "drops-marked-fragments", "wants-data-in-first-fragment",
    "reassembles-across-destinations", "wants-same-next-header", "wants-same-headers",
    "answers-empty-fragment", "reports-overlap", "reports-whole-as-too-big", "looks-behind-bad-fragment",
    "skips-options-behind-fragment", "silent-about-reassembled-datagram",
    // IPv6 headers.
    "last-option-decides", "judges-one-option", "reads-five-bits-of-option-type", "discards-eight-options",
    "takes-headers-once", "skips-options-before-fragment", "guesses-fragment-header",
    "takes-scope-f-for-the-link", "discards-flow-labels", "takes-at-most-1280",
    "reads-zero-payload-length",
  ]
}
