public import Capture
public import Suite
public import Wire

/// What a sweep found out.
public struct SweepResult: Sendable {
  /// The target's name.
  public var target: String
  /// What kind of box it is.
  public var role: Role
  /// When it began.
  public var started: Timestamp
  /// How long it took.
  public var nanoseconds: Int64
  /// The slices, in the order in which they were swept.
  public var slices: [SliceResult]
  /// Slices that were to be swept and weren't, because the sweep was interrupted.
  public var unswept: [SweepSlice]
  /// Frames that were sent, of any kind.
  public var framesSent: Int
  /// What else is to be known, a sentence each.
  public var remarks: [String]

  /// The target's own addresses, by side.
  public var addresses: [Arm: [String]] = [:]

  /// Puts the parts together.
  public init(
    target: String,
    role: Role,
    started: Timestamp,
    nanoseconds: Int64 = 0,
    slices: [SliceResult] = [],
    unswept: [SweepSlice] = [],
    framesSent: Int = 0,
    remarks: [String] = []
  ) {
    self.target = target
    self.role = role
    self.started = started
    self.nanoseconds = nanoseconds
    self.slices = slices
    self.unswept = unswept
    self.framesSent = framesSent
    self.remarks = remarks
  }

  /// The result of a slice.
  public subscript(_ slice: SweepSlice) -> SliceResult? { slices.first { $0.slice == slice } }

  /// Whether it was interrupted.
  public var isInterrupted: Bool { !unswept.isEmpty }
}
