public import Capture
public import Craft
public import Judge
public import Link
public import Suite

/// The plan of a run: with it and the captured frames, and nothing else, the run can be judged again.
public struct RunRecord: Codable, Sendable {
  /// Version of Assay.
  public var version: String
  /// The command that does such a run again.
  public var command: String
  /// The seed which identifiers, ports and data came from.
  public var seed: UInt64
  /// When the run began.
  public var started: Timestamp
  /// How long it took.
  public var duration: Duration
  /// The target, with its Ethernet address as found.
  public var target: TargetDescription
  /// The target as trials see it.
  public var targetHost: Host
  /// The same on its far side; nil when it has none.
  public var farTarget: Host?
  /// The IP versions in which an echo from the near side passed the target, and its answer came back.
  public var passing: [Family]?
  /// The tester's interface.
  public var interface: InterfaceDescription
  /// The same on the far side.
  public var farInterface: InterfaceDescription?
  /// What the frames were captured with.
  public var environment: LinkEnvironment
  /// The addresses of the tester's own interface; nil when Assay plays personas.
  public var ownHost: Host?
  /// The address that stays unanswered when Assay speaks from its own addresses.
  public var ownUnused: Host?
  /// The weakest level that could fail a trial.
  public var enforcement: Enforcement
  /// Whether the path was known to lose and repeat nothing.
  public var isPathReliable: Bool
  /// Further attempts that a clean path allows.
  public var retries: Int
  /// The longest that a step of a trial could take, for it to be run; nil: as long as it wanted.
  public var patience: Duration?
  /// How long the judge waited for what.
  public var timing: Timing
  /// What the capture saw and lost.
  public var statistics: LinkStatistics
  /// How many frames the run's own capture has.
  public var frames: Int
  /// All attempts, in the order in which they began.
  public var attempts: [AttemptRecord]
  /// Searches for what brings the target down, in order.
  public var inquiries: [InquiryRecord]
  /// The target's limits on ICMP errors; nil if they weren't looked at.
  public var errorBudget: ErrorBudget?
  /// Trials that ended before anything was sent: they didn't apply, or couldn't be crafted.
  public var grounded: [String]
  /// Why the run ended early, and what it left; nil if it came to its end.
  public var ending: Ending?
  /// What was known of the run as a whole.
  public var remarks: [String]
  /// The suites as they were read.
  public var suites: [RecordedSuite]
  /// The target's known deviations, as they were read; nil without a baseline.
  public var baseline: SourceText?
  /// The clauses that its trials cite.
  public var requirements: [Requirement]

  /// A suite by its text.
  public struct RecordedSuite: Hashable, Codable, Sendable {
    /// Its dotted name.
    public var name: String
    /// Its file, and those that it includes.
    public var sources: [SourceText]
  }

  /// Why a run ended early.
  public struct Ending: Hashable, Codable, Sendable {
    /// What ended it.
    public enum Cause: Hashable, Codable, Sendable {
      /// The signal of that number.
      case signal(Int32)
      /// The link failed, for that reason.
      case link(String)
      /// The target stopped answering.
      case silence
      /// It was to end at the first failure.
      case firstFailure
    }

    /// What ended it.
    public var cause: Cause
    /// The trials that were left on the ground.
    public var unrun: [String]
  }
}
