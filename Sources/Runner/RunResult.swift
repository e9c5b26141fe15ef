public import Capture
public import Judge
public import Link
public import Suite

/// All that one run found, for the reports.
public struct RunResult: Sendable {
  /// Version of Assay.
  public var version: String
  /// The seed which identifiers, ports and data came from.
  public var seed: UInt64
  /// Wall time at the start.
  public var started: Timestamp
  /// How long the run took.
  public var duration: Duration
  /// What a serial tool would have slept: the sum of all windows.
  public var serialWindows: Duration
  /// The target as reports show it.
  public var target: TargetSummary
  /// Suites in order.
  public var suites: [SuiteResult]
  /// Every captured frame, in order, with what is known of it.
  public var frames: [RecordedFrame]
  /// Counters of the capture.
  public var statistics: LinkStatistics
  /// Round trips of the control probes: median and largest; nil if none was answered.
  public var roundTrip: RoundTrip?
  /// The target's limits on ICMP errors, as measured or stated; nil when no trial may draw one.
  public var errorBudget: ErrorBudget?
  /// The signal which ended the run early, for example `SIGINT`; nil if none did.
  public var interruptedBy: String?
  /// Remarks on the run as a whole (the link failed, deviations listed that matched nothing…).
  public var remarks: [String]
  /// Whether nothing at all was captured although trials were run: an error of the harness.
  public var isBlind = false
  /// What the frames were captured with.
  public var environment = LinkEnvironment()
  /// The command that does such a run again.
  public var command = "assay run"
  /// The plan of the run, with which its capture can be judged again; nil when it isn't known.
  public var record: RunRecord?

  /// Puts the parts together.
  public init(
    version: String,
    seed: UInt64,
    started: Timestamp,
    duration: Duration = .zero,
    serialWindows: Duration = .zero,
    target: TargetSummary,
    suites: [SuiteResult] = [],
    frames: [RecordedFrame] = [],
    statistics: LinkStatistics = LinkStatistics(),
    roundTrip: RoundTrip? = nil,
    errorBudget: ErrorBudget? = nil,
    interruptedBy: String? = nil,
    remarks: [String] = []
  ) {
    self.version = version
    self.seed = seed
    self.started = started
    self.duration = duration
    self.serialWindows = serialWindows
    self.target = target
    self.suites = suites
    self.frames = frames
    self.statistics = statistics
    self.roundTrip = roundTrip
    self.errorBudget = errorBudget
    self.interruptedBy = interruptedBy
    self.remarks = remarks
  }
}

/// Round-trip times of the control probes of a run.
public struct RoundTrip: Hashable, Sendable {
  /// Half of the probes were answered within this time.
  public var median: Duration
  /// The slowest answer.
  public var largest: Duration
  /// Number of answered probes.
  public var samples: Int

  /// Puts the parts together.
  public init(median: Duration, largest: Duration, samples: Int) {
    self.median = median
    self.largest = largest
    self.samples = samples
  }
}

/// The target as reports show it.
public struct TargetSummary: Hashable, Sendable {
  /// Its name, for example `linux-host`.
  public var name: String
  /// `host`, `router`, `nat` or `firewall`.
  public var role: String
  /// Interface of the tester, addresses of the target: label and text, in order.
  public var facts: [KeyValue]

  /// Puts the parts together.
  public init(name: String, role: String, facts: [KeyValue] = []) {
    self.name = name
    self.role = role
    self.facts = facts
  }
}

/// A labelled text.
public struct KeyValue: Hashable, Sendable {
  /// What it is, for example `interface`.
  public var key: String
  /// The text, for example `near0`.
  public var value: String

  /// Puts the parts together.
  public init(_ key: String, _ value: String) {
    self.key = key
    self.value = value
  }
}

/// The trials of one suite.
public struct SuiteResult: Sendable {
  /// Dotted name, for example `icmpv4.echo`.
  public var name: String
  /// One line for people.
  public var title: String
  /// Path of the suite file as the user gave it.
  public var file: String
  /// Its trials, in the order of the file.
  public var trials: [TrialResult]

  /// Puts the parts together.
  public init(name: String, title: String, file: String, trials: [TrialResult] = []) {
    self.name = name
    self.title = title
    self.file = file
    self.trials = trials
  }
}

/// One trial with all its attempts.
public struct TrialResult: Sendable {
  /// The case's name within the suite.
  public var caseID: String
  /// The variant, for example `length=56,ttl=1`; empty for a case without `vary`.
  public var variant: String
  /// The case's title.
  public var title: String
  /// Line of the case in the suite file, from 1.
  public var line: Int
  /// The cited clauses.
  public var requirements: [Requirement]
  /// What it came to, after retries.
  public var verdict: Verdict
  /// Verdicts of the attempts before the last, in order; empty if the first one counted.
  public var earlierAttempts: [Verdict]
  /// When the first attempt began; nil if it was never run.
  public var started: Timestamp?
  /// From first to last frame, all attempts.
  public var duration: Duration
  /// The entry of the baseline that expects this verdict; nil if there is none.
  public var knownDeviation: KnownDeviation?

  /// Puts the parts together.
  public init(
    caseID: String,
    variant: String,
    title: String,
    line: Int,
    requirements: [Requirement],
    verdict: Verdict,
    earlierAttempts: [Verdict] = [],
    started: Timestamp? = nil,
    duration: Duration = .zero,
    knownDeviation: KnownDeviation? = nil
  ) {
    self.caseID = caseID
    self.variant = variant
    self.title = title
    self.line = line
    self.requirements = requirements
    self.verdict = verdict
    self.earlierAttempts = earlierAttempts
    self.started = started
    self.duration = duration
    self.knownDeviation = knownDeviation
  }

  /// `case[variant]`, or `case` without variants.
  public var name: String { variant.isEmpty ? caseID : "\(caseID)[\(variant)]" }

  /// Whether it passed, but not in every attempt.
  public var isFlaky: Bool { verdict.outcome == .pass && earlierAttempts.contains { $0.outcome != .pass } }
}

/// What a baseline says of a trial.
public struct KnownDeviation: Hashable, Sendable {
  /// Whether the verdict seen is one the entry expects.
  public enum Match: String, Hashable, Sendable {
    /// As expected: doesn't count against the target.
    case expected
    /// The trial passes now: counts as a failure, so that the list shrinks.
    case unexpectedPass = "unexpected-pass"
    /// The entry's date is over.
    case expired
    /// Another verdict than the listed ones.
    case different
  }

  /// How the verdict seen relates to the entry.
  public var match: Match
  /// Why the target deviates.
  public var reason: String
  /// Where it is tracked; may be empty.
  public var ticket: String

  /// Puts the parts together.
  public init(match: Match, reason: String, ticket: String = "") {
    self.match = match
    self.reason = reason
    self.ticket = ticket
  }
}

/// A captured frame with what the run knows of it.
public struct RecordedFrame: Sendable {
  /// The role of a frame of the target that came when the trial it answers was over.
  public static let late = "from the target, after the trial it answers"
  /// The role of a frame of the target that may belong to any of several trials.
  public static let doubtful = "from the target, to one of several trials"
  /// The role of a frame of the target that belongs to no trial.
  public static let stray = "from the target, to no trial"

  /// The frame as captured.
  public var frame: CapturedFrame
  /// `suite.case[variant]` of the trial it belongs to; nil for frames that belong to none.
  public var trial: String?
  /// What it is, in a few words.
  ///
  /// For example `control request 1`, `step 1: stimulus`, `step 2: as expected`, `not expected by any step`,
  /// `neighbour discovery`.
  public var role: String

  /// Puts the parts together.
  public init(frame: CapturedFrame, trial: String? = nil, role: String) {
    self.frame = frame
    self.trial = trial
    self.role = role
  }
}
