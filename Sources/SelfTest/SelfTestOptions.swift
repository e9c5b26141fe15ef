/// How a self-test is done.
public struct SelfTestOptions: Sendable {
  /// The strict device is run with the seeds from 1 to this; mutants with the first.
  public var seeds = 20
  /// How many devices are run at once.
  public var threads = 1
  /// Whether each mutant is run only over the cases that showed it before, and each case only on the mutants that proved
  /// it before, as long as they still do.
  public var isQuick = false
  /// Whether the mutants are all there are, so that a case which none of them fails has no proof.
  public var judgesCases = true
  /// Whether the suites are all there are, so that a mutant of a cited clause which no case fails on is a defect.
  public var judgesMutants = true
  /// What an earlier self-test of all bundled suites found; nil if there is nothing to go by.
  public var known: ProofRecord?

  /// Puts the parts together.
  public init() {}
}
