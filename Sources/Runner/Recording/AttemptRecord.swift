public import Capture
public import Craft
public import Wire

/// What one attempt at a trial depended on, besides the frames that were captured: enough to judge it again.
public struct AttemptRecord: Hashable, Codable, Sendable {
  /// `suite.case[variant]`.
  public var trial: String
  /// How many attempts at it came before.
  public var attempt: Int
  /// Which persona it spoke as.
  public var seat: Int
  /// Which draw of identifier, port and data it was: the first one whose faults are faults.
  public var salt: Int
  /// Numbers of the hosts behind the gateway that were its own; nil without a gateway.
  public var strangers: [UInt64]?
  /// Number of the address that it left unanswered; nil: the one that is always there.
  public var unused: UInt64?
  /// Number of the IPv6 prefix that was its own; nil if it names none.
  public var prefix: UInt64?
  /// Whether nothing else flew while it did: the target had stopped answering in an attempt before.
  public var isAlone: Bool?
  /// Of the run's frames, how many were handled before it began, and the latest stamp among them.
  public var begin: Position
  /// The same when it was over.
  public var end: Position
  /// When it began.
  public var began: Timestamp
  /// When it was over.
  public var ended: Timestamp
  /// Frames that the capture lost meanwhile.
  public var lost: Int
  /// How often the clock of the stamps was set meanwhile; nil: never.
  public var clockSteps: Int?
  /// The interface's words when it refused a frame.
  public var refusal: String?
  /// Whether the run ended while it was in the air.
  public var isCutOff: Bool?

  /// The first attempt at a trial, of which nothing else is known.
  init(of trial: String, attempt: Int = 0, seat: Int = 0, at position: Position, time: Timestamp) {
    self.trial = trial
    self.attempt = attempt
    self.seat = seat
    (salt, lost) = (0, 0)
    (begin, end) = (position, position)
    (began, ended) = (time, time)
  }

  /// The frames that it sent instead of its trial's own; nil: its own.
  public var sequence: PacketSequence?
  /// As whom and with which numbers the other trials speak that have frames in the sequence.
  public var companions: [AttemptRecord]?
  /// Why it is no attempt of the trial's: the target answered nobody meanwhile.
  public var excuse: Excuse?
  /// Whether the target answered nobody for a part of it.
  public var metOutage: Bool?
  /// Whether the target stopped answering behind its stimuli.
  public var isSuspect: Bool?
  /// The target's Ethernet address, where that isn't the one in the target file.
  public var targetMAC: MACAddress?

  /// Why an attempt doesn't count.
  public enum Excuse: String, Hashable, Codable, Sendable {
    /// Its first control probe wasn't answered.
    case untried
    /// What it missed may be missing for that.
    case outage
  }

  /// A place in a run's capture.
  public struct Position: Hashable, Codable, Sendable {
    /// How many frames come before it.
    public var frames: Int
    /// The latest stamp of these frames: the place in another capture of the same wire.
    public var stamp: Timestamp

    /// Puts the parts together.
    public init(frames: Int, stamp: Timestamp) {
      self.frames = frames
      self.stamp = stamp
    }
  }
}
