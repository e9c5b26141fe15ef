public import Wire

/// Which IP version a control probe uses.
public enum Family: String, Hashable, Sendable, CaseIterable { case ipv4, ipv6 }

/// What kind of box a target is.
public enum Role: String, Hashable, Sendable, CaseIterable { case host, router, nat, firewall }

/// One suite file, decoded.
public struct TestSuite: Sendable {
  /// Dotted name, unique in a run.
  public var name: String
  public var title: String
  /// Path as the user gave it.
  public var file: String
  /// Targets it applies to; empty means any.
  public var roles: [Role]
  public var cases: [TestCase]
}

/// One test purpose.
public struct TestCase: Sendable {
  public var id: String
  public var title: String
  public var position: SourcePosition
  public var requirements: [Located<String>]
  /// Capabilities of the target that it needs, the suite's among them.
  public var needs: [Located<String>]
  public var vary: Variation
  public var steps: [Step]
  /// The names of all variables that its steps use.
  public var variables: Set<String>
  /// Frames which no step expects don't fail the trial.
  public var allowsOthers: Bool
  /// IP version of the control probes; nil: that of the first packet sent.
  public var family: Family?
}

/// The dimensions of a case; each combination is a trial.
public struct Variation: Sendable {
  /// One dimension: a name and its values as written.
  public struct Axis: Sendable {
    public var name: String
    public var values: [String]
  }

  /// Combinations in order, each a list of (name, value) in the order of the file.
  public var combinations: [[(name: String, value: String)]]
}

/// One step of a case.
public struct Step: Sendable {
  public enum Action: Sendable {
    case send(Stimulus)
    case expect(Expectation)
    case forbid(PacketPattern)
    case wait(Duration)
    case control
  }

  public var action: Action
  public var position: SourcePosition
}

/// One packet to send, with what is done to it on the way out.
public struct Stimulus: Sendable {
  public var layers: [LayerSpecification]
  /// The name under which later steps refer to it.
  public var name: String?
  public var count: Located<Expression>?
  public var every: Duration?
  public var truncate: Located<Expression>?
  public var pad: Located<Expression>?
  public var corruptions: [Corruption]
  public var fragmentation: Fragmentation?
}

/// An octet of the IP packet to be changed.
public struct Corruption: Sendable {
  public var offset: Located<Expression>
  public var mask: Located<Expression>
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
  public enum Order: Sendable { case forward, reverse, explicit([Int]) }

  public var size: Located<Expression>
  public var order: Order
  /// Indices of fragments that are not sent.
  public var omit: [Int]
  /// Indices of fragments that are sent twice.
  public var duplicate: [Int]
  /// Octets by which each fragment but the first reaches back into the one before; a multiple of 8.
  public var overlap: Located<Expression>?
}

/// One fragment as written: octets `offset..<offset + length` of the IP payload.
public struct FragmentSpecification: Sendable {
  public var offset: Located<Expression>
  public var length: Located<Expression>
  public var more: Bool
}

/// One layer of a stimulus.
public struct LayerSpecification: Sendable {
  public var kind: LayerKind
  public var position: SourcePosition
  public var fields: [(name: String, value: Located<Expression>)]
  public var options: [OptionSpecification]
  public var data: DataSpecification?
  public var quote: QuoteSpecification?
  public var truncate: Located<Expression>?
}

/// One option of an IPv4, IPv6 options or neighbour discovery layer, by name or by octets.
public struct OptionSpecification: Sendable {
  public var name: String
  public var position: SourcePosition
  /// Arguments by name; a single unnamed argument has the name `value`.
  public var arguments: [String: Located<Expression>]
  /// A list of values (the addresses of a source route).
  public var list: [Located<Expression>]
}

/// The octets of a `data` or `raw` layer.
public enum DataSpecification: Sendable {
  case counter(Located<Expression>)
  case zeros(Located<Expression>)
  case random(Located<Expression>)
  case text(String)
  case hex([UInt8])
  /// The data of an earlier packet.
  case reference(Located<Expression>)
}

/// The packet inside an ICMP error.
public enum QuoteSpecification: Sendable {
  case layers([LayerSpecification])
  case of(Located<Expression>)
}
