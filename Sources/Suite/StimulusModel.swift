public import Wire

/// One packet to send, with what is done to it on the way out.
public struct Stimulus: Sendable {
  /// The side from which it is sent.
  public var arm = Arm.near
  /// The packet, outermost layer first.
  public var layers: [LayerSpecification]
  /// The name under which later steps refer to it.
  public var name: String?
  /// How many times it is sent; nil: once.
  public var count: Located<Expression>?
  /// The time between repetitions; nil: none.
  public var every: TimeSpecification?
  /// Octets of the IP packet that are kept.
  public var truncate: Located<Expression>?
  /// Octets behind the IP packet, which no length field counts.
  public var pad: Located<DataSpecification>?
  /// Octets to be changed.
  public var corruptions: [Corruption]
  /// How it is cut into fragments; nil: it isn't.
  public var fragmentation: Fragmentation?
}

/// An octet of the IP packet to be changed.
public struct Corruption: Sendable {
  /// How an octet is changed.
  public enum Change: Sendable {
    /// Combined with this by exclusive or.
    case xor(Located<Expression>)
    /// Replaced by this.
    case to(Located<Expression>)
  }

  /// Distance in octets from the start of the layer, or of the IP packet.
  public var offset: Located<Expression>
  /// The layer from which the distance counts; nil: the IP packet.
  public var layer: Located<LayerKind>?
  /// What becomes of the octet.
  public var change: Change
}

/// How a packet is cut into fragments.
public enum Fragmentation: Sendable {
  /// By rule.
  case rule(FragmentRule)
  /// One by one, each as written.
  case explicit([FragmentSpecification])
}

/// Fragments by rule: pieces of `size` octets of the IP payload.
public struct FragmentRule: Sendable {
  /// How large the pieces are.
  public enum Size: Sendable {
    /// So many octets each, a multiple of 8.
    case octets(Located<Expression>)
    /// The whole packet in one piece, with a fragment header all the same [RFC 6946].
    case atomic(SourcePosition)

    /// Where it is said.
    public var position: SourcePosition {
      switch self {
      case .octets(let expression): expression.position
      case .atomic(let position): position
      }
    }
  }

  /// The order in which fragments go out.
  public enum Order: Sendable {
    /// `forward` or `reverse`, perhaps by a variable.
    case named(Located<Expression>)
    /// By their numbers from 0.
    case explicit([Located<Expression>])
  }

  /// Octets of the IP payload in each fragment.
  public var size: Size
  /// The order in which the fragments go out; nil: forward.
  public var order: Order?
  /// Indices of fragments that are not sent.
  public var omit: [Located<Expression>]
  /// Indices of fragments that are sent twice.
  public var duplicate: [Located<Expression>]
  /// Octets by which each fragment but the first reaches back into the one before; a multiple of 8.
  public var overlap: Located<Expression>?
  /// Whether overlapping octets differ from those of the fragment before: each is its complement.
  public var differs: Bool
  /// Octets of the payload that are missing in front of each fragment but the first; a multiple of 8.
  public var gap: Located<Expression>?
}

/// One fragment as written: octets `offset..<offset + length` of the IP payload.
public struct FragmentSpecification: Sendable {
  /// Where it begins in the IP payload, in octets.
  public var offset: Located<Expression>
  /// How many octets of the IP payload it has.
  public var length: Located<Expression>
  /// Whether it says that more fragments follow.
  public var more: Located<Expression>
  /// Its octets, if not those of the packet.
  public var data: Located<DataSpecification>?
  /// Layers of the finished fragment with fields that are changed.
  public var edits: [LayerSpecification]
}

/// Layers of a packet whose name is the value of a variable.
public struct LayerChoice: Sendable {
  /// A variable of the case's `vary`.
  public var variable: String
  /// The layers by the variable's value.
  public var layers: [String: [LayerSpecification]]
}

/// One layer of a stimulus.
public struct LayerSpecification: Sendable {
  /// Which layer.
  public var kind: LayerKind
  /// Where it begins in its file.
  public var position: SourcePosition
  /// The fields that are said, in the order of the file.
  public var fields: [(name: String, value: Located<Expression>)]
  /// What is behind its fixed header, for layers that have lists.
  public var lists: [ListSpecification]
  /// The octets of a `data`, `raw` or `trailer` layer.
  public var data: DataSpecification?
  /// The packet of a `quote` layer.
  public var quote: QuoteSpecification?
  /// Octets that are kept of this layer and what it carries.
  public var truncate: Located<Expression>?
  /// Which packet's layers stand here, by the value of a variable; nil: the layer is itself.
  public var choice: LayerChoice?
  /// How many such layers stand one behind the other; nil: one.
  public var count: Located<Expression>?
  /// Whether a quote in front of extensions is filled up to the octets that they need [RFC 4884 5].
  public var pads = true

  /// A layer that says only these fields.
  init(
    _ kind: LayerKind,
    at position: SourcePosition,
    fields: [(name: String, value: Located<Expression>)] = []
  ) {
    self.kind = kind
    self.position = position
    self.fields = fields
    lists = []
  }
}

/// The octets of a `data` or `raw` layer.
public enum DataSpecification: Sendable {
  case counter(Located<Expression>)
  case zeros(Located<Expression>)
  case random(Located<Expression>)
  case text(String)
  case hex([UInt8])
  /// Pairs of hexadecimal digits in a variable.
  case hexVariable(Located<Expression>)
  /// A number in network order, in so many octets.
  case number(Located<Expression>, octets: Int)
  /// A domain name in wire form.
  case name(Located<Expression>)
  /// Addresses of any kind, one after the other.
  case addresses([Located<Expression>])
  /// The data of an earlier packet.
  case reference(Located<Expression>)
  /// One after the other.
  case all([DataSpecification], position: SourcePosition)
}

/// The packet inside an ICMP error.
public enum QuoteSpecification: Sendable {
  /// A packet made by hand.
  case layers([LayerSpecification])
  /// A packet sent or captured before, with some fields changed.
  case of(Located<Expression>, edits: [LayerSpecification])
}
