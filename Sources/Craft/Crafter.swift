public import Suite
internal import Wire

/// What a trial is crafted for: the parties, what the target claims, what is allowed.
public struct CraftContext: Sendable {
  /// Who speaks with whom.
  public var endpoints: Endpoints
  /// What the target claims, by name.
  public var capabilities: [String: String]
  /// Whether sources outside the testers' own addresses may be used.
  public var allowsSpoofing: Bool
  /// Largest IP packet that the link carries.
  public var mtu: Int
  /// Whether the testers' addresses are Assay's alone, so that no other speaker on them breaks connections off.
  public var hasOwnAddresses: Bool

  /// Puts the parts together.
  public init(
    endpoints: Endpoints,
    capabilities: [String: String],
    allowsSpoofing: Bool,
    mtu: Int = 1500,
    hasOwnAddresses: Bool = true
  ) {
    self.endpoints = endpoints
    self.capabilities = capabilities
    self.allowsSpoofing = allowsSpoofing
    self.mtu = mtu
    self.hasOwnAddresses = hasOwnAddresses
  }
}

extension TrialPlan {
  /// Crafts a trial: all octets to be sent, all patterns with their values.
  ///
  /// - Parameters:
  ///   - trial: What to craft.
  ///   - requirements: The clauses that the case cites, looked up in the catalogue.
  ///   - context: For whom.
  /// - Throws: A `CraftError`: the suite is wrong, the trial doesn't apply, or a fault came out right.
  public init(
    crafting trial: Trial,
    requirements: [Requirement],
    in context: CraftContext
  ) throws(CraftError) {
    var crafter = Crafter(trial: trial, context: context)
    self = try crafter.plan(requirements: requirements)
  }
}

/// Works through the steps of one trial.
struct Crafter {
  let trial: Trial
  let context: CraftContext
  var resolver: Resolver
  /// Frames of all steps so far.
  var frameCount = 0
  /// Octets of all packets so far.
  var octetCount = 0
  /// Which of the trial's connections is which, by name.
  var connectionNumbers: [String: Int] = [:]

  init(trial: Trial, context: CraftContext) {
    self.trial = trial
    self.context = context
    resolver = Resolver(trial: trial, endpoints: context.endpoints, capabilities: context.capabilities)
  }

  mutating func plan(requirements: [Requirement]) throws(CraftError) -> TrialPlan {
    for need in trial.testCase.needs where (context.capabilities[need.value] ?? "false") == "false" {
      throw .notApplicable("the target doesn't claim '\(need.value)'")
    }
    if trial.testCase.hasBothArms, context.endpoints.far == nil {
      throw .notApplicable("the target has no far side ('far' in the target file)")
    }
    let setup = try expanded(trial.testCase.setup)
    let body = try expanded(trial.testCase.steps)
    let all = setup + body + (try expanded(trial.testCase.cleanup))
    var late = LateSteps(trial)
    var steps: [PlannedStep] = []
    for step in all {
      late.note(step, at: steps.count)
      steps.append(try planned(step))
    }
    return TrialPlan(
      id: trial.id,
      title: trial.testCase.title,
      requirements: requirements,
      steps: steps,
      sections: PlanSections(setup: setup.count, steps: body.count),
      late: late.steps.isEmpty ? nil : LateCrafter(self, steps: late.steps),
      control: try control(),
      endpoints: context.endpoints,
      allowsOthers: trial.testCase.allowsOthers
    )
  }

  /// The echo that shows that the target is alive: to the target itself, or through it to the far side.
  private func control() throws(CraftError) -> ControlProbe {
    let endpoints = context.endpoints
    let family = try family()
    guard trial.testCase.hasBothArms, let far = endpoints.far else {
      return ControlProbe(
        family: family,
        tester: endpoints.tester,
        target: endpoints.target,
        identifier: ~endpoints.id
      )
    }
    guard family == .ipv4 ? far.tester.ipv4 != nil : far.tester.ipv6 != nil else {
      throw .notApplicable("there is no \(family.rawValue) tester on the far side")
    }
    return ControlProbe(
      family: family,
      tester: endpoints.tester,
      through: endpoints.target,
      to: far.tester,
      identifier: ~endpoints.id
    )
  }

  private func expanded(_ steps: [Step]) throws(CraftError) -> [Step] {
    var all: [Step] = []
    for step in steps { all += try expanded(step) }
    return all
  }

  /// Works out one step.
  ///
  /// Where it speaks of an answer that isn't there yet, the answer that the case expects stands in.
  mutating func planned(_ step: Step) throws(CraftError) -> PlannedStep {
    switch step.action {
    case .send(let stimulus):
      return .send(
        try self.stimulus(stimulus, at: step.position, countsRepetitions: uses("repetition", step))
      )
    case .expect(let expectation):
      let planned = try self.expectation(expectation)
      remember(expected: planned)
      return .expect(planned)
    case .forbid(let pattern): return .forbid(try self.pattern(pattern))
    case .wait(let duration): return .wait(try time(duration))
    case .control: return .control
    case .connect(let connection): return .connect(try self.connection(connection, at: step.position))
    case .exchange(let exchange): return .exchange(try self.exchange(exchange))
    case .close(let close): return .close(close)
    case .datagram: throw resolver.invalid(step.position, "'udp-exchange' stands for two steps")
    }
  }

  /// The control probes' IP version: as the case says, else that of the first packet.
  func family() throws(CraftError) -> Family {
    var family = trial.testCase.family
    if family == nil {
      for step in trial.testCase.steps + trial.testCase.setup {
        switch step.action {
        case .send(let stimulus):
          family = trial.chosen(stimulus.layers).contains { $0.kind == .ipv6 } ? .ipv6 : .ipv4
        case .connect(let connection): family = try self.family(of: connection.to)
        case .datagram(let exchange): family = try self.family(of: exchange.to)
        case .expect, .forbid, .wait, .control, .exchange, .close: continue
        }
        break
      }
    }
    let chosen = family ?? .ipv4
    let (tester, target) = (context.endpoints.tester, context.endpoints.target)
    let works =
      chosen == .ipv4 ? tester.ipv4 != nil && target.ipv4 != nil : tester.ipv6 != nil && target.ipv6 != nil
    guard works else { throw .notApplicable("the target or the tester has no \(chosen.rawValue) address") }
    return chosen
  }

  /// A time in its unit, or a number of seconds.
  func time(_ specification: TimeSpecification) throws(CraftError) -> Duration {
    switch specification {
    case .fixed(let duration): return duration
    case .computed(let expression):
      if let duration = resolver.fault(expression.value).flatMap({ Duration(literal: $0) }) {
        return duration
      }
      let seconds = try resolver.number(expression)
      guard seconds <= 86_400 else {
        throw resolver.invalid(expression.position, "\(seconds) seconds are more than a day")
      }
      return .seconds(seconds)
    }
  }

  /// Whether a step speaks of a variable, itself or in the values of its variant.
  private func uses(_ name: String, _ step: Step) -> Bool {
    step.variables.contains(name)
      || trial.bindings.contains { binding in
        step.variables.contains(binding.name) && Expression(parsing: binding.value).variables.contains(name)
      }
  }
}
