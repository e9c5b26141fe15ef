internal import Craft
internal import Judge
internal import Suite
internal import Wire

/// One trial on its way through the run.
struct QueuedTrial {
  var trial: Trial
  /// Place of its suite among the run's suites.
  var suite: Int
  var requirements: [Requirement]
  var attempt = 0
  var earlier: [Verdict] = []

  /// A number that depends on nothing but the seed, the trial and the attempt.
  func seed(_ seed: UInt64, salt: Int) -> UInt64 {
    let parts = trial.id.stableHash ^ seed &* 0x9e37_79b9 ^ UInt64(attempt) << 32 ^ UInt64(salt) << 48
    var generator = SplitMix64(seed: parts)
    return generator.next()
  }
}

extension String {
  /// FNV-1a (Fowler, Noll, Vo): the same in every process, unlike `Hasher`.
  var stableHash: UInt64 {
    utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

/// The trials that a run has selected, in order of the suites.
struct TrialQueue {
  private(set) var waiting: [QueuedTrial] = []
  private var next = 0

  init(_ suites: [TestSuite], catalogue: RequirementCatalogue, options: RunOptions) {
    let globs = options.filters.map { Glob($0) }
    for (index, suite) in suites.enumerated() {
      for trial in suite.trials {
        let names = [trial.id, "\(trial.suite).\(trial.testCase.id)", trial.suite]
        guard globs.isEmpty || globs.contains(where: { glob in names.contains { glob.matches($0) } }) else {
          continue
        }
        if let shard = options.shard, trial.id.stableHash % UInt64(max(1, shard.count)) != UInt64(shard.index)
        {
          continue
        }
        let requirements = trial.testCase.requirements.compactMap { catalogue[$0.value] }
        waiting.append(QueuedTrial(trial: trial, suite: index, requirements: requirements))
      }
    }
  }

  var isEmpty: Bool { next >= waiting.count && again.isEmpty }

  /// Trials to be tried again come first.
  private var again: [QueuedTrial] = []

  mutating func pop() -> QueuedTrial? {
    if let last = again.popLast() { return last }
    guard next < waiting.count else { return nil }
    defer { next += 1 }
    return waiting[next]
  }

  mutating func pushAgain(_ trial: QueuedTrial) { again.append(trial) }
}
