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
    // FNV-1a over the name, mixed with the rest (Fowler, Noll, Vo).
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for octet in trial.id.utf8 { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01b3 }
    var generator = SplitMix64(seed: hash ^ seed &* 0x9e37_79b9 ^ UInt64(attempt) << 32 ^ UInt64(salt) << 48)
    return generator.next()
  }
}

/// The trials that a run has selected, in order of the suites.
struct TrialQueue {
  private(set) var waiting: [QueuedTrial] = []
  private var next = 0

  init(_ suites: [TestSuite], catalogue: RequirementCatalogue, filters: [String]) {
    let globs = filters.map { Glob($0) }
    for (index, suite) in suites.enumerated() {
      for trial in suite.trials {
        let names = [trial.id, "\(trial.suite).\(trial.testCase.id)", trial.suite]
        guard globs.isEmpty || globs.contains(where: { glob in names.contains { glob.matches($0) } }) else { continue }
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
