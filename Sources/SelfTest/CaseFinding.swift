/// What shows that a case can fail.
public enum CaseProof: String, Hashable, Sendable, CaseIterable {
  /// It fails on a mutant that breaks a clause which it cites.
  case forItsClause = "for-its-clause"
  /// It fails on mutants, but on none that breaks a clause which it cites.
  case otherwise
  /// Nothing: it passes on the strict device and on every mutant.
  case missing
  /// It doesn't pass on the strict device, so that failing elsewhere proves nothing.
  case notGreen = "not-green"
  /// It isn't for the strict device.
  case skipped
  /// Not all mutants were run.
  case unknown
}

/// One case and the mutants that prove it.
public struct CaseFinding: Hashable, Sendable {
  /// `suite.case`.
  public var id: String
  /// Its title.
  public var title: String
  /// Path of the suite file as the user gave it.
  public var file: String
  /// Where it begins in its file.
  public var line: Int
  /// The clauses it cites.
  public var requirements: [String]
  /// What shows that it can fail.
  public var proof: CaseProof
  /// The mutants that prove it, by name: those it fails on that break a clause which it cites; if there are none, the
  /// others it fails on, but for broad ones.
  public var mutants: [String]
  /// Why it was skipped, if it was.
  public var reason: String?
}
