/// What the suites don't prove yet: these lists may only get shorter.
enum KnownGaps {
  /// Mutants that no case fails on although a case cites a clause which they break.
  static let claimedSurvivors: Set<String> = []

  /// Mutants of clauses that no case cites.
  static let uncited: Set<String> = []

  /// Cases that no mutant can fail.
  static let unprovedCases: Set<String> = []

  /// Cases that fail on mutants of clauses only which they don't cite.
  static let provedByOthers: Set<String> = []
}
