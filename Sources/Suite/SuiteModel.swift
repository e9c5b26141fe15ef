/// Which IP version a control probe uses.
public enum Family: String, Hashable, Codable, CodingKeyRepresentable, Sendable, CaseIterable {
  case ipv4, ipv6
}

/// What kind of box a target is.
public enum Role: String, Hashable, Codable, Sendable, CaseIterable { case host, router, nat, firewall }

/// One suite file, decoded.
public struct TestSuite: Sendable {
  /// Dotted name, unique in a run.
  public var name: String
  /// One line for people.
  public var title: String
  /// Path as the user gave it.
  public var file: String
  /// Targets it applies to; empty means any.
  public var roles: [Role]
  /// Its cases, in the order of the file.
  public var cases: [TestCase]
  /// The text it was decoded from, and those of the files that it includes.
  public var sources: [SourceText] = []

  /// Whether it applies to targets of that kind.
  public func applies(to role: Role) -> Bool { roles.isEmpty || roles.contains(role) }
}

/// One test purpose.
public struct TestCase: Sendable {
  /// Its name within the suite.
  public var id: String
  /// The rule that it tests, in one line.
  public var title: String
  /// Where it begins in its file.
  public var position: SourcePosition
  /// Ids of the clauses that it tests; the first gives the level.
  public var requirements: [Located<String>]
  /// Capabilities of the target that it needs, the suite's among them.
  public var needs: [Located<String>]
  /// Its variants; a single empty one where the case doesn't vary.
  public var vary: Variation
  /// What brings the target into the state that the case needs; what goes wrong here fails nothing.
  public var setup: [Step]
  /// What is done, in order.
  public var steps: [Step]
  /// What undoes it, whatever came of the steps.
  public var cleanup: [Step]
  /// What of the target's state no other trial may use at the same time, by names that suites agree on.
  public var locks: [Located<String>]
  /// The names of all variables that its steps use.
  public var variables: Set<String>
  /// Frames which no step expects don't fail the trial.
  public var allowsOthers: Bool
  /// IP version of the control probes; nil: that of the first packet sent.
  public var family: Family?
  /// Whether it touches the network on both sides of the target.
  public var hasBothArms: Bool
}

/// The variants of a case; each combination is a trial.
public struct Variation: Sendable {
  /// Combinations in order, each with the variables in the order of the file.
  public var combinations: [[Binding]]
}

/// A variable of a variant with its value.
public struct Binding: Hashable, Sendable {
  /// The variable's name, without `$`.
  public var name: String
  /// Its value as written.
  public var value: String
  /// What the value is called in the trial's name; nil: as it is written.
  public var label: String?

  /// Puts the parts together.
  public init(name: String, value: String, label: String? = nil) {
    self.name = name
    self.value = value
    self.label = label
  }

  /// What a combination of a list calls itself by; its value is the trial's variant.
  static let rowName = "as"

  /// The value as the trial's name has it.
  public var text: String { label ?? value }
}

/// One step of a case.
public struct Step: Sendable {
  /// What a step does.
  public enum Action: Sendable {
    case send(Stimulus)
    case expect(Expectation)
    case forbid(PacketPattern)
    case wait(TimeSpecification)
    case control
    case connect(ConnectionSpecification)
    case exchange(ExchangeSpecification)
    case close(CloseSpecification)
    case datagram(DatagramExchange)
  }

  /// What the step does.
  public var action: Action
  /// Where it begins in its file.
  public var position: SourcePosition
  /// The names of the variables in it.
  public var variables: Set<String>
}
