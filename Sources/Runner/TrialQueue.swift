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
  /// Personas that it has spoken as.
  var seats: Set<Int> = []
  /// Whether nothing else flies while it does: the target stopped answering in its attempts before.
  var isAlone = false

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

  /// Trials to be tried again come first.
  private var again: [QueuedTrial] = []
  /// Trials after which the target was silent; each flies alone when all others are over.
  private var suspects: [QueuedTrial] = []

  var isEmpty: Bool { next >= waiting.count && again.isEmpty && suspects.isEmpty }

  /// The next trial; a suspect only when nothing else is left or in the air.
  mutating func pop(isAirEmpty: Bool) -> QueuedTrial? {
    if let last = again.popLast() { return last }
    if next < waiting.count {
      defer { next += 1 }
      return waiting[next]
    }
    return isAirEmpty && !suspects.isEmpty ? suspects.removeFirst() : nil
  }

  /// Takes out all that is left.
  mutating func drain() -> [QueuedTrial] {
    defer { (again, suspects, next) = ([], [], waiting.count) }
    return again + suspects + waiting[min(next, waiting.count)...]
  }

  mutating func pushAgain(_ trial: QueuedTrial) { again.append(trial) }

  mutating func pushSuspect(_ trial: QueuedTrial) {
    var trial = trial
    trial.isAlone = true
    suspects.append(trial)
  }
}
