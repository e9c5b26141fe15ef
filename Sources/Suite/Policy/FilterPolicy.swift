/// What a filter is to do with ICMP: intents by direction, state, and what a message says.
public struct FilterPolicy: Hashable, Sendable {
  /// What may become of a message, in the words of policies.
  public enum FateWord: String, Hashable, Codable, Sendable, CaseIterable {
    /// It comes out as it went in.
    case delivered
    /// It comes out with fields rewritten.
    case changed
    /// It comes out, one way or the other.
    case passed
    /// It is sent back with an error.
    case rejected
    /// It vanishes.
    case dropped
    /// It doesn't come out, one way or the other.
    case blocked
    /// Only so many a second come out.
    case rateLimited = "rate-limited"
    /// Anything: the rule only says that there is one.
    case any
  }

  /// The error that a rejected message comes back with; what isn't said doesn't matter.
  public struct Rejection: Hashable, Sendable {
    /// Its type.
    public var type: UInt8?
    /// Its code.
    public var code: UInt8?
    /// Whether it comes from the target's own address on the sender's side; nil: from anybody.
    public var isFromTarget: Bool?
  }

  /// Which fields a changed message may have rewritten.
  public struct Changes: Hashable, Sendable {
    /// Those that must be.
    public var required: [String] = []
    /// Those that may be besides; nil: any.
    public var allowed: [String]?
  }

  /// One intent.
  public struct Rule: Hashable, Sendable {
    /// Its name, unique in the policy.
    public var id: String
    /// What it wants, for people.
    public var title: String
    /// The clauses that it follows, first the one that gives the level.
    public var requirements: [Located<String>]
    /// The ways that it speaks of.
    public var directions: Set<SweepDirection>
    /// The states that it speaks of.
    public var states: Set<SweepState>
    /// The types that it speaks of.
    public var types: Set<UInt8>
    /// The codes of each.
    public var codes: Set<UInt8>
    /// Fields that its probes have; empty: those of all probes.
    public var fields: [ProbeField]
    /// What may become of such messages.
    public var fates: Set<FateWord>
    /// How rejected ones come back; nil: anyhow.
    public var rejection: Rejection?
    /// What changed ones may have rewritten; nil: anything.
    public var changes: Changes?
    /// Where it is written.
    public var position: SourcePosition

    /// Whether it speaks of a kind of message in a slice.
    public func covers(_ kind: MessageKind, in slice: SweepSlice) -> Bool {
      directions.contains(slice.direction) && states.contains(slice.state) && types.contains(kind.type)
        && codes.contains(kind.code)
    }
  }

  /// Its name.
  public var name: String
  /// What it is, for people.
  public var title: String
  /// The version of IP that it speaks of.
  public var version: IPVersion
  /// Its intents; each stands for itself.
  public var rules: [Rule]
  /// What holds for messages that no rule speaks of; nil: nothing.
  public var otherwise: Rule?
  /// The file.
  public var file: String

  /// All rules, that for the rest at the end.
  public var allRules: [Rule] { rules + [otherwise].compactMap(\.self) }

  /// The rules that judge a kind of message in a slice: all that speak of it, else the one for the rest.
  public func rules(for kind: MessageKind, in slice: SweepSlice) -> [Rule] {
    guard slice.version == version else { return [] }
    if let variant = slice.variant {
      return rules.filter { rule in
        !rule.fields.isEmpty && self.variant(of: rule) == variant && rule.covers(kind, in: slice)
      }
    }
    let named = rules.filter { $0.fields.isEmpty && $0.covers(kind, in: slice) }
    if !named.isEmpty { return named }
    return [otherwise].compactMap(\.self).filter { $0.covers(kind, in: slice) }
  }

  /// The slices of the types and codes that its rules speak of, in the order in which they are swept.
  ///
  /// Rules with fields have slices of their own.
  public var slices: [SweepSlice] {
    let ways = SweepSlice.all(versions: [version])
    func speaks(_ rule: Rule, of slice: SweepSlice) -> Bool {
      rule.directions.contains(slice.direction) && rule.states.contains(slice.state)
    }
    let plain = ways.filter { slice in allRules.contains { $0.fields.isEmpty && speaks($0, of: slice) } }
    let special = rules.filter { !$0.fields.isEmpty }.flatMap { rule in
      ways.filter { speaks(rule, of: $0) }.map { slice in
        var slice = slice
        slice.variant = variant(of: rule)
        return slice
      }
    }
    return plain + special.filter { !$0.kinds.isEmpty }
  }

  /// The probes of a rule with fields.
  func variant(of rule: Rule) -> ProbeVariant {
    ProbeVariant(name: "\(name).\(rule.id)", types: rule.types, codes: rule.codes, fields: rule.fields)
  }
}
