public import Suite

/// What one run showed of one target, read from its results or from the short form that is kept of them.
public struct ObservedRun: Sendable {
  /// A labelled text.
  public struct Fact: Hashable, Sendable {
    /// What it is, for example `kernel`.
    public var label: String
    /// For example `Linux 6.18`.
    public var text: String

    /// Puts the parts together.
    public init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// Path of the file as the user gave it.
  public var file: String
  /// The target's name.
  public var target: String
  /// Its role.
  public var role: Role
  /// Version of Assay.
  public var version: String
  /// The run's seed.
  public var seed: String
  /// The day of the run in UTC, `YYYY-MM-DD`, and in full results the time behind it.
  public var started: String
  /// Addresses and interface of the target; empty in the short form.
  public var facts: [Fact]
  /// The machine that the run was made on: kernel, driver….
  public var environment: [Fact]
  /// What was said of the run as a whole.
  public var remarks: [String]
  /// The signal that ended it early; nil if none did.
  public var interruptedBy: String?
  /// Names of its suites, in order.
  public var suites: [String]
  /// Its cases, in order.
  public var cases: [ObservedCase]
  /// What the file itself says of the clauses that it cites; empty in the short form.
  public var clauses: [String: Requirement]
  /// Whether it tells trials one by one; the short form only counts them.
  public var isDetailed: Bool

  /// The day of the run.
  public var day: String { String(started.prefix(10)) }

  /// The kernel of the machine that the run was made on: in a lab that of the target, too.
  public var kernel: String? { environment.first { $0.label == "kernel" }?.text }
}

/// The trials of one case in a run.
public struct ObservedCase: Sendable {
  /// `suite.case`.
  public var id: String
  /// The clauses that it cited then.
  public var requirements: [String]
  /// How its trials came out.
  public var counts: OutcomeCounts
  /// How many of those that passed did so only after a retry.
  public var flaky: Int = 0
  /// Names of its trials, those that the run didn't come to left out; empty in the short form.
  public var trials: Set<String> = []
  /// Trials that didn't pass, in order; empty in the short form.
  public var notable: [NotableTrial] = []

  /// Puts the parts together.
  public init(id: String, requirements: [String], counts: OutcomeCounts = OutcomeCounts()) {
    self.id = id
    self.requirements = requirements
    self.counts = counts
  }
}

/// A trial that didn't pass.
public struct NotableTrial: Hashable, Sendable {
  /// `suite.case[variant]`.
  public var id: String
  /// How it came out.
  public var outcome: ObservedOutcome
  /// Why, in a sentence; of known deviations the reason that the baseline gives.
  public var why: String

  /// Puts the parts together.
  public init(id: String, outcome: ObservedOutcome, why: String) {
    self.id = id
    self.outcome = outcome
    self.why = why
  }
}
