/// What the suites don't prove yet: these lists may only get shorter.
enum KnownGaps {
  /// Mutants that no case fails on although a case cites a clause which they break.
  static let claimedSurvivors: Set<String> = []

  /// Mutants of clauses that no case cites.
  static let uncited: Set<String> = [
    "accepts-address-of-nobody", "accepts-empty-option", "accepts-fragmented-solicitation",
    "accepts-short-solicitation-4", "accepts-short-solicitation-6", "accepts-solicitation-checksum-6",
    "accepts-solicitation-code-6", "advertises-anycast-at-once", "advertises-beyond-link-4",
    "advertises-for-each", "answers-solicitation-at-once",
    "advertises-hourly-4", "advertises-link-local-prefix", "advertises-on-both-links",
    "advertises-other-side-4", "answers-foreign-solicitation-4", "answers-from-anycast",
    "answers-neighbors-only-4", "forgets-router-flag", "keeps-solicitors-address", "learns-from-unspecified",
    "never-advertises-4", "overrides-anycast", "prefers-beyond-valid", "silent-about-anycast",
    "wants-nothing-behind-4", "wants-reserved-zero-4",
  ]

  /// Cases that no mutant can fail.
  static let unprovedCases: Set<String> = []
}
