public import Suite

/// What a sweep found out about one slice, and what that rests on.
public struct SliceResult: Sendable {
  /// The slice.
  public var slice: SweepSlice
  /// The fate of each kind.
  public var map: FateMap
  /// What the fates rest on.
  public var evidence: SliceEvidence
  /// Why nothing was asked; nil: it was.
  public var skipped: String?
  /// For each fate that is a change, how the fields changed the first time: name, sent, seen.
  public var examples: [Fate: [Change]] = [:]

  /// Puts the parts together.
  public init(slice: SweepSlice, map: FateMap, evidence: SliceEvidence = SliceEvidence()) {
    self.slice = slice
    self.map = map
    self.evidence = evidence
  }

  /// A field that was rewritten.
  public struct Change: Hashable, Codable, Sendable {
    /// Its name.
    public var field: String
    /// What was sent.
    public var sent: String
    /// What came out.
    public var seen: String
  }
}

/// What the fates of a slice rest on.
public struct SliceEvidence: Hashable, Codable, Sendable {
  /// What was sent among the probes to show that the way is open; nil: nothing was found that passes.
  public var witness: String?
  /// The conversation that was begun first, in words; nil: none.
  public var conversation: String?
  /// How many witnesses left, and how many of them didn't come out.
  public var path = PathTally()
  /// How often all that had come to nothing was asked, the first time included.
  public var passes = 0
  /// Probes that left, repetitions included.
  public var probesSent = 0
  /// How often each dropped probe vanished at least; nil: no number proves it here.
  public var attemptsNeeded: Int?
  /// Frames that the capture lost.
  public var captureLost = 0
  /// Probes that left otherwise than they were crafted.
  public var altered = 0
  /// Rate limits that were found.
  public var limits: [Limit] = []
  /// How long it took.
  public var nanoseconds: Int64 = 0
  /// What else is to be known, a sentence each.
  public var remarks: [String] = []

  /// A rate limit.
  public struct Limit: Hashable, Codable, Sendable {
    /// Probes a second that get through; nil: fewer than can be measured.
    public var perSecond: Double?
    /// What it holds for, as labels such as `3/*`.
    public var kinds: [String]
  }

  /// Nothing is known.
  public init() {}
}
