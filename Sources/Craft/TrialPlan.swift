public import Suite
public import Wire

/// A trial made ready: the octets to send and the patterns to hold answers against.
///
/// The plan and the captured frames are all that a verdict depends on.
public struct TrialPlan: Sendable {
  /// `suite.case[variant]`.
  public var id: String
  /// The rule that the case tests, in one line.
  public var title: String
  /// The clauses cited; the first one gives the level.
  public var requirements: [Requirement]
  /// What is done, in order: setup, the case itself, cleanup.
  ///
  /// A step whose octets depend on answers is there as it would be after the answers that the case expects.
  public var steps: [PlannedStep]
  /// Which of the steps are setup and cleanup.
  public var sections: PlanSections
  /// Crafts the steps again whose octets depend on answers; nil when none does.
  public var late: LateCrafter?
  /// The echo that shows that the target is alive.
  public var control: ControlProbe
  /// Who speaks with whom.
  public var endpoints: Endpoints
  /// Frames that no step expects don't fail the trial.
  public var allowsOthers: Bool

  /// Whether octets are sent that are known only when the target has answered.
  public var isCraftedLate: Bool {
    late != nil || steps.contains { if case .connect = $0 { true } else { false } }
  }

  /// Puts the parts together.
  public init(
    id: String,
    title: String = "",
    requirements: [Requirement],
    steps: [PlannedStep],
    sections: PlanSections? = nil,
    late: LateCrafter? = nil,
    control: ControlProbe,
    endpoints: Endpoints,
    allowsOthers: Bool
  ) {
    self.id = id
    self.title = title
    self.requirements = requirements
    self.steps = steps
    self.sections = sections ?? PlanSections(setup: 0, steps: steps.count)
    self.late = late
    self.control = control
    self.endpoints = endpoints
    self.allowsOthers = allowsOthers
  }
}

/// Which steps of a plan are setup, which the case itself; the rest is cleanup.
public struct PlanSections: Hashable, Sendable {
  /// Place of the first step behind the setup.
  public var caseStart: Int
  /// Place of the first step of the cleanup.
  public var cleanupStart: Int

  /// Sections with so many steps.
  public init(setup: Int, steps: Int) {
    caseStart = setup
    cleanupStart = setup + steps
  }
}

/// One step of a plan.
public enum PlannedStep: Sendable {
  case send(PlannedStimulus)
  case expect(PlannedExpectation)
  case forbid(FramePattern)
  case wait(Duration)
  case control
  case connect(PlannedConnection)
  case exchange(PlannedExchange)
  case close(CloseSpecification)
}

/// Frames to be sent by one step.
public struct PlannedStimulus: Sendable {
  /// One frame and how long after the first one it goes out.
  public struct Frame: Sendable {
    /// The octets from the Ethernet header on.
    public var bytes: [UInt8]
    /// How long after the first frame of the step it goes out.
    public var offset: Duration

    /// Puts the parts together.
    public init(bytes: [UInt8], offset: Duration) {
      self.bytes = bytes
      self.offset = offset
    }
  }

  /// The side from which they are sent.
  public var arm = Arm.near
  /// The frames in the order in which they go out.
  public var frames: [Frame]
  /// The whole packet before it was fragmented or spoiled, from the Ethernet header on.
  public var packet: EncodedPacket
  /// The name under which later steps refer to it.
  public var name: String?
  /// The fragments of it that later steps may speak of.
  public var fragments: [EncodedPacket] = []
}

/// What must follow.
public struct PlannedExpectation: Sendable {
  /// What kind of answer is expected.
  public enum Kind: Sendable {
    case packet(FramePattern, times: ClosedRange<Int>)
    case nothing
    case anyOf([PlannedAlternative])
    case allOf([FramePattern])
    case sequence([FramePattern])
  }

  /// What is expected.
  public var kind: Kind
  /// The side that must be silent, where nothing is expected; nil: both.
  public var arm: Arm?
  /// The wait the suite asks for; nil: measured.
  public var within: Duration?
  /// The least time between stimulus and answer.
  public var notBefore: Duration?
  /// What that time counts from.
  public var since = Expectation.Origin.stimulus
  /// The name under which later steps refer to the answer.
  public var name: String?
  /// What of the answer is measured.
  public var record: [Measurement] = []
}

/// One of several legal or illegal answers.
public struct PlannedAlternative: Sendable {
  /// How it counts when it is seen.
  public var outcome: Alternative.Outcome
  /// nil: silence.
  public var pattern: FramePattern?
  /// The longest time after the stimulus in which it counts.
  public var within: Duration?
  /// The least time after the stimulus at which it counts.
  public var notBefore: Duration?
  /// What of the frame is measured.
  public var record: [Measurement] = []
  /// Why it counts so.
  public var because: String?
}

/// A pattern over a frame, with all values known.
public struct FramePattern: Sendable {
  /// The layers named, outermost first; others are don't-care.
  public var layers: [LayerMatcher]
  /// The side where the frame must come; nil: either.
  public var arm: Arm?
}

/// A pattern over one layer, with all values known.
public struct LayerMatcher: Sendable {
  /// Which layer.
  public var kind: LayerKind
  /// The fields named; others are don't-care.
  public var fields: [FieldMatcher]
  /// The lists named; others are don't-care.
  public var lists: [ListMatcher] = []
  /// What the data must be, for a `data` or `trailer` layer.
  public var data: DataMatcher?
  /// What must be quoted, for a `quoted` layer.
  public var quoted: QuotedMatcher?
  /// What must have been passed on, for a `forwarded` layer.
  public var forwarded: ForwardedMatcher?
  /// Whether there must be no such layer.
  public var isAbsent = false
}

/// A named field and what it must hold.
public struct FieldMatcher: Sendable {
  /// The field's name in its layer.
  public var name: String
  /// What its value must be.
  public var predicate: Predicate
}

/// What a value must be.
public indirect enum Predicate: Hashable, Sendable {
  case equals(FieldValue)
  case range(FieldValue, FieldValue)
  case oneOf([Predicate])
  case not(Predicate)
  case atLeast(FieldValue)
  case atMost(FieldValue)
  case any
  case present
  case absent
  /// The same as another field of the same frame.
  case own(OwnField)
}

/// What the data behind the headers must be.
public enum DataMatcher: Sendable {
  case equals([UInt8])
  case startsWith([UInt8])
  case length(Predicate)
  /// Both conditions at once.
  indirect case both(DataMatcher, DataMatcher)
}

/// What the target must have passed on.
public struct ForwardedMatcher: Sendable {
  /// The packet from its IP header on, as sent.
  public var packet: [UInt8]
  /// Its IP version.
  public var family: Family
  /// Fields that may differ, besides TTL or hop limit and the IPv4 header's checksum.
  public var unchangedExcept: [String]
}

/// What an ICMP error must quote.
public struct QuotedMatcher: Sendable {
  /// The invoking packet from its IP header on, as sent.
  public var packet: [UInt8]
  /// The IP version of the invoking packet.
  public var family: Family
  /// Least octets of it behind its IP header.
  public var atLeast: Int
  /// Most octets of the whole error packet, from its IP header on.
  public var atMostTotal: Int?
  /// Octets of the whole error packet, unless the invoking packet is quoted whole.
  public var asMuchAsFits: Int?
  /// Fields of the quoted headers that may differ.
  public var unchangedExcept: [String]
}
