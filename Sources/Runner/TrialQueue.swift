internal import Capture
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
  /// All attempts so far.
  var series = AttemptSeries()
  /// Personas that it has spoken as.
  var seats: Set<Int> = []
  /// How many attempts were the target's time out, not the trial's.
  var excused = 0
  /// The outage that it was in the air at; nil for other suspects.
  var incident: Int?
  /// When its first stimulus left then.
  var suspectedAt: Timestamp?
  /// The frames that it sends instead of its own; nil: its own.
  var sequence: PacketSequence?
  /// Whether nothing else flies while it does: the target stopped answering in its attempts before.
  var isAlone = false

  /// What of the target's state it must not share.
  let locks: Set<String>
  /// Whether a step looks at ARP, at solicitations for addresses that aren't the trial's own, or at advertisements to all: what the
  /// target asks for may then be nobody's address, and only one such trial flies at a time, so that it's known whose it is.
  let watchesLink: Bool
  /// Whether it sends anything but plain echo requests.
  let mayDrawErrors: Bool
  /// How many ICMP errors it may draw to one address, once it was crafted.
  var errorsToOnePeer = 0
  /// The error budget has no room for it before.
  var notBefore = Timestamp(nanoseconds: .min)

  /// Takes a trial from a suite.
  ///
  /// - Parameters:
  ///   - trial: The trial.
  ///   - suite: Place of its suite among the run's suites.
  ///   - requirements: The clauses that it cites.
  ///   - sharesUnused: Whether all trials have the same unused address, so that only one that names it may fly.
  init(_ trial: Trial, suite: Int, requirements: [Requirement], sharesUnused: Bool = false) {
    self.trial = trial
    self.suite = suite
    self.requirements = requirements
    watchesLink = trial.looksAtLink
    mayDrawErrors = trial.testCase.mayDrawErrors
    var locks = Set(trial.testCase.locks.map(\.value))
    if watchesLink { locks.insert(Self.linkLock) }
    if sharesUnused, trial.testCase.variables.contains("unused"), trial.testCase.looksAtSolicitations {
      locks.insert(Self.unusedLock)
    }
    self.locks = locks
  }

  private static let linkLock = "address-resolution"
  private static let unusedLock = "unused-address"

  /// The lock that no other trial may fly beside, whatever it does.
  static let exclusiveLock = "target"

  /// Whether nothing else flies while it does.
  var needsEmptyAir: Bool { isAlone || locks.contains(Self.exclusiveLock) }

  /// A number that depends on nothing but the seed, the trial, the attempt and the draw.
  func seed(_ seed: UInt64, attempt: Int, salt: Int) -> UInt64 {
    let numbers = UInt64(truncatingIfNeeded: attempt) << 32 ^ UInt64(truncatingIfNeeded: salt) << 48
    let parts = trial.id.stableHash ^ seed &* 0x9e37_79b9 ^ numbers
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

  init(
    _ suites: [TestSuite],
    catalogue: RequirementCatalogue,
    options: RunOptions,
    sharesUnused: Bool = false
  ) {
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
        waiting.append(
          QueuedTrial(trial, suite: index, requirements: requirements, sharesUnused: sharesUnused)
        )
      }
    }
  }

  /// Trials to be tried again come first.
  private var again: [QueuedTrial] = []
  /// Trials to be tried again when all others have had their turn, in order: what is wrong with a path comes in bursts.
  private var later: [QueuedTrial] = []
  /// Trials after which the target was silent; each flies alone when all others are over.
  private var suspects: [QueuedTrial] = []

  /// Trials that were passed over because another one held a lock of theirs: a line for each set of locks, so that only
  /// the first of each has to be looked at, however many wait.
  private var blocked: [Line: ArraySlice<(place: Int, trial: QueuedTrial)>] = [:]
  /// Trials that had their turn before the target's error budget had room for them.
  private var delayed: [QueuedTrial] = []

  /// What trials that wait together have in common.
  private struct Line: Hashable {
    var locks: Set<String>
    var mayDrawErrors: Bool

    init(of trial: QueuedTrial) { (locks, mayDrawErrors) = (trial.locks, trial.mayDrawErrors) }
  }

  var isEmpty: Bool {
    next >= waiting.count && again.isEmpty && later.isEmpty && suspects.isEmpty && blocked.isEmpty
      && delayed.isEmpty
  }

  /// The next trial that may fly beside those in the air; a suspect only when nothing else is left or in the air.
  ///
  /// - Parameters:
  ///   - isAirEmpty: Whether nothing flies.
  ///   - held: The locks of what flies.
  ///   - isReady: Whether a trial may begin now for other reasons.
  /// - Returns: The trial; nil when none may fly now.
  mutating func pop(isAirEmpty: Bool, held: Set<String> = [], isReady: (QueuedTrial) -> Bool = { _ in true })
    -> QueuedTrial?
  {
    func mayFly(_ trial: QueuedTrial) -> Bool {
      guard isReady(trial) else { return false }
      return isAirEmpty || !trial.needsEmptyAir && trial.locks.isDisjoint(with: held)
    }
    if let index = again.lastIndex(where: mayFly) { return again.remove(at: index) }
    if let index = delayed.firstIndex(where: mayFly) { return delayed.remove(at: index) }
    let heads = blocked.compactMap { $1.first }.filter { mayFly($0.trial) }
    if let head = heads.min(by: { $0.place < $1.place }) {
      let line = Line(of: head.trial)
      blocked[line]?.removeFirst()
      if blocked[line]?.isEmpty ?? false { blocked[line] = nil }
      return head.trial
    }
    while next < waiting.count {
      let trial = waiting[next]
      next += 1
      if mayFly(trial) { return trial }
      blocked[Line(of: trial), default: []].append((next, trial))
    }
    if let index = later.firstIndex(where: mayFly) { return later.remove(at: index) }
    let isAllElseOver =
      again.isEmpty && later.isEmpty && blocked.isEmpty && delayed.isEmpty && next >= waiting.count
    return isAirEmpty && isAllElseOver && !suspects.isEmpty ? suspects.removeFirst() : nil
  }

  /// Takes out all that is left.
  mutating func drain() -> [QueuedTrial] {
    defer { (again, later, delayed, suspects, blocked, next) = ([], [], [], [], [:], waiting.count) }
    let passedOver = blocked.values.joined().sorted { $0.place < $1.place }.map(\.trial)
    return again + later + delayed + suspects + passedOver + waiting[min(next, waiting.count)...]
  }

  mutating func pushAgain(_ trial: QueuedTrial) { again.append(trial) }

  /// Puts a trial back that had its turn and couldn't use it.
  mutating func pushBack(_ trial: QueuedTrial) { delayed.append(trial) }

  /// Puts a trial back that is tried again when all others have had their turn.
  mutating func pushLater(_ trial: QueuedTrial) {
    var trial = trial
    trial.isAlone = false
    later.append(trial)
  }

  mutating func pushSuspect(_ trial: QueuedTrial) {
    var trial = trial
    trial.isAlone = true
    // In the order in which they spoke.
    let time = trial.suspectedAt ?? .distantFuture
    let place = suspects.firstIndex { $0.suspectedAt ?? .distantFuture > time } ?? suspects.count
    suspects.insert(trial, at: place)
  }
}
