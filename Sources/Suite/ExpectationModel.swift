public import Wire

/// What must be seen after a stimulus.
public struct Expectation: Sendable {
  /// What kind of answer is expected.
  public enum Kind: Sendable {
    /// Frames that match, between the given counts.
    case packet(PacketPattern, times: ClosedRange<Int>)
    /// Proved silence.
    case nothing
    /// The first alternative that matches decides.
    case anyOf([Alternative])
    /// All of them, in any order.
    case allOf([PacketPattern])
    /// All of them, in this order.
    case sequence([PacketPattern])
  }

  /// What a least time counts from.
  public enum Origin: String, Sendable, CaseIterable {
    /// The first frame of the latest packet sent.
    case stimulus
    /// The answer that a step took last.
    case answer
  }

  /// What is expected.
  public var kind: Kind
  /// The longest wait; nil: measured.
  public var within: TimeSpecification?
  /// The least time between stimulus and answer.
  public var notBefore: TimeSpecification?
  /// What that time counts from.
  public var since = Origin.stimulus
  /// The name under which later steps refer to the answer.
  public var name: String?
  /// What of the answer is reported as a measurement.
  public var record: [Measurement]
  /// Where it begins in its file.
  public var position: SourcePosition
  /// The side where it must come, or be silent; nil: either.
  public var arm: Arm?
}

/// What of a frame is measured: a field of a layer, or a length.
public struct Measurement: Hashable, Sendable, CustomStringConvertible {
  /// What is looked at: a layer's name, `data`, `quoted`, `packet` or `answer`.
  public var subject: String
  /// A field's name, `length`, or `delay` of the answer.
  public var property: String

  /// Puts the parts together.
  public init(subject: String, property: String) {
    self.subject = subject
    self.property = property
  }

  /// `ipv4.ttl`.
  public var description: String { "\(subject).\(property)" }
}

/// One legal or illegal answer among several.
public struct Alternative: Sendable {
  /// How an alternative counts.
  public enum Outcome: String, Sendable, CaseIterable {
    case pass, warn, fail
    /// It is legal and worth knowing: reported, not judged.
    case record
  }

  /// How it counts when it is seen.
  public var outcome: Outcome
  /// The frame; nil means silence.
  public var packet: PacketPattern?
  /// The longest time after the stimulus in which it counts.
  public var within: TimeSpecification?
  /// The least time after the stimulus at which it counts.
  public var notBefore: TimeSpecification?
  /// What of the frame is reported as a measurement.
  public var record: [Measurement]
  /// Why this outcome.
  public var because: String?
  /// Where it begins in its file.
  public var position: SourcePosition
}

/// A pattern over the layers of one frame.
public struct PacketPattern: Sendable {
  /// The side where it must come; nil: either.
  public var arm: Arm?
  /// The layers named, outermost first; others are don't-care.
  public var layers: [LayerPattern]
  /// Where it begins in its file.
  public var position: SourcePosition
}

/// A pattern over one layer.
public struct LayerPattern: Sendable {
  /// Which layer.
  public var kind: LayerKind
  /// Where it begins in its file.
  public var position: SourcePosition
  /// The fields named, in the order of the file; others are don't-care.
  public var fields: [(name: String, pattern: ValuePattern, position: SourcePosition)]
  /// The lists named; others are don't-care.
  public var lists: [ListPattern] = []
  /// What the data must be, for a `data` or `trailer` layer.
  public var data: DataPattern?
  /// What must be quoted, for a `quoted` layer.
  public var quoted: QuotedPattern?
  /// What must have been passed on, for a `forwarded` layer.
  public var forwarded: ForwardedPattern?
  /// Whether the frame must not have such a layer.
  public var isAbsent = false
}

/// What the data of a frame must be.
public enum DataPattern: Sendable {
  case equals(DataSpecification)
  case startsWith(Located<Expression>)
  case length(Located<ValuePattern>)
  /// Both conditions at once.
  indirect case both(DataPattern, DataPattern)
}

/// What the target must have passed on.
public struct ForwardedPattern: Sendable {
  /// The packet as it was sent.
  public var of: Located<Expression>
  /// Fields which may differ, besides TTL or hop limit.
  public var unchangedExcept: [String]
}

/// What an ICMP error must quote.
public struct QuotedPattern: Sendable {
  /// The invoking packet.
  public var of: Located<Expression>
  /// Least number of octets of it behind its IP header.
  public var atLeast: Located<Expression>?
  /// Most octets of the whole error packet.
  public var atMostTotal: Located<Expression>?
  /// The error packet has this many octets, unless the invoking packet is quoted whole.
  public var asMuchAsFits: Located<Expression>?
  /// Fields which may differ in the quoted headers.
  public var unchangedExcept: [String]
}
