/// What came of a mutant.
public enum MutantStatus: String, Hashable, Codable, Sendable, CaseIterable {
  /// A case fails on it.
  case caught
  /// No case fails, but the run isn't green: what it spoils is the proof itself, so that cases which cite its clauses end
  /// inconclusive.
  case silenced
  /// The cases that should notice it pass.
  case survived
  /// The self-test ended before.
  case notRun = "not-run"
}

/// One mutant and who noticed it.
public struct MutantFinding: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// The clauses it breaks.
  public var requirements: [String]
  /// What it does, without a full stop.
  public var summary: String
  /// What came of it.
  public var status: MutantStatus
  /// The cases that fail on it, in order, and those that pass on the strict device only.
  public var cases: [String]
  /// The clauses it breaks that a case cites which fails on it.
  public var clausesNoticed: [String]
  /// The clauses it breaks that some case cites, whatever comes of it.
  public var clausesClaimed: [String]
  /// The cases that warn about it; a warning fails nobody's run.
  public var warnings: [String]
  /// How many cases were run on it.
  public var casesRun: Int
  /// How many of those ended inconclusive.
  public var inconclusive: Int
  /// Whether so many cases fail on it that failing proves nothing for a case which doesn't cite its clauses.
  public var isBroad: Bool
  /// What the run on it said; nil if nothing.
  public var remark: String?

  /// Whether a suite claims to test a clause that it breaks.
  public var isClaimed: Bool { !clausesClaimed.isEmpty }

  /// Whether a case fails on it that cites a clause which it breaks.
  public var isCaughtForItsClause: Bool { status == .caught && !clausesNoticed.isEmpty }
}
