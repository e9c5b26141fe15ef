internal import Suite
public import Wire

/// Crafts steps whose octets depend on what the target answered.
///
/// A value: the same answers give the same octets, live and when a capture is judged.
public struct LateCrafter: Sendable {
  private var crafter: Crafter
  private let steps: [Int: Step]

  init(_ crafter: Crafter, steps: [Int: Step]) {
    self.crafter = crafter
    self.steps = steps
    // What stood in for answers in the plan must not be taken for one.
    self.crafter.resolver.packets = [:]
    self.crafter.resolver.connections = [:]
    self.crafter.frameCount = 0
    self.crafter.octetCount = 0
  }

  /// Whether a step's octets depend on answers.
  public func isLate(_ step: Int) -> Bool { steps[step] != nil }

  /// Notes a packet that is being sent.
  public mutating func sent(_ stimulus: PlannedStimulus) { crafter.resolver.remember(stimulus) }

  /// Notes an answer that a step took.
  public mutating func received(_ frame: Dissection, as name: String?) {
    let packet = EncodedPacket(of: frame)
    crafter.resolver.packets["received"] = packet
    if let name { crafter.resolver.packets[name] = packet }
  }

  /// Notes how a connection stands.
  public mutating func connection(_ name: String, is snapshot: ConnectionSnapshot) {
    crafter.resolver.note(snapshot, as: name)
  }

  /// Works out a step with the answers so far.
  ///
  /// - Throws: A `CraftError`: an answer lacks what the step asks of it.
  public mutating func craft(_ step: Int) throws(CraftError) -> PlannedStep? {
    guard let specification = steps[step] else { return nil }
    let before = crafter.resolver.packets
    let planned = try crafter.planned(specification)
    // The answer which stands in for the real one stays out of it; the one before it stays.
    if case .expect = planned { crafter.resolver.packets = before }
    return planned
  }
}

/// Finds the steps that can't be crafted before the trial runs.
struct LateSteps {
  private(set) var steps: [Int: Step] = [:]
  private var names: Set<String> = ["received"]
  private let bindings: [String: Set<String>]

  init(_ trial: Trial) {
    let pairs = trial.bindings.map { ($0.name, Expression(parsing: $0.value).variables) }
    bindings = Dictionary(pairs) { first, _ in first }
  }

  mutating func note(_ step: Step, at index: Int) {
    let variables = step.variables.union(step.variables.flatMap { bindings[$0] ?? [] })
    let isLate = !variables.isDisjoint(with: names)
    if isLate { steps[index] = step }
    switch step.action {
    case .send(let stimulus):
      // What is sent late is known late, until something else is sent under that name.
      for name in ["sent", stimulus.name].compactMap(\.self) {
        if isLate { names.insert(name) } else { names.remove(name) }
      }
    case .expect(let expectation):
      if let name = expectation.name { names.insert(name) }
    case .connect(let connection): names.insert(connection.name)
    case .forbid, .wait, .control, .exchange, .close, .datagram: break
    }
  }
}
