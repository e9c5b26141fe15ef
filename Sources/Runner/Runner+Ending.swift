internal import Capture
internal import Craft
internal import Judge
public import Link
internal import Suite
internal import Wire

extension Runner {
  /// Ends what is in the air or was never begun, when the run ends early.
  mutating func abandon() {
    guard let halt else { return }
    var rest: [QueuedTrial] = []
    for seat in flights.keys.sorted() {
      guard let flight = flights[seat] else { continue }
      // The target is told of connections that nobody will use any more; if the link is down, it can't be.
      try? link.send(flight.evaluator.abortConnections(), at: .near)
      let record = log.ended(flight, at: link.now(), link.statistics(), isCutOff: true)
      let judgement = settle(flight, record, timing: options.timing)
      if flight.queued.sequence != nil { continue }
      if let verdict = judgement.verdict.ofCutOff {
        close(flight.queued, verdict)
      } else {
        rest.append(flight.queued)
      }
    }
    flights = [:]
    // What brought the target down twice is to blame, whatever ended the search.
    closeInquiry(isBack: halt != .silence)
    for suspect in cleared { close(suspect.queued, suspect.verdict) }
    let left = queue.drain()
    log.ending = RunRecord.Ending(cause: halt, unrun: left.map(\.trial.id))
    for queued in rest + left { close(queued, halt.verdict(ofUnrun: queued)) }
  }

  /// Everything the run found.
  func result() -> RunResult {
    var result = RunResult(
      version: options.version,
      seed: options.seed,
      started: log.started,
      duration: link.now() - log.started,
      serialWindows: log.serialWindows,
      target: summary,
      frames: log.frames,
      statistics: link.statistics(),
      roundTrip: log.roundTrip,
      errorBudget: errors.budget
    )
    result.suites = log.results(of: suites)
    result.environment = link.environment
    result.command = options.command
    result.remarks = options.remarks + health.told
    if let halt { halt.tell(result: &result, silence: silenceRemark) }
    // A capture that sees nothing at all, not even what is sent, shows nothing of the target.
    if log.frames.isEmpty, !log.attempts.isEmpty {
      result.isBlind = true
      result.remarks.append("The capture is empty: not even the frames that were sent are in it.")
    }
    if !confirmation.path.isClean {
      result.remarks.append(
        "The path \(confirmation.path.text); trials were repeated until it could not explain what was seen."
      )
    }
    result.record = record(of: result)
    return result
  }

  /// The plan of the run, for those who judge it again.
  private func record(of result: RunResult) -> RunRecord {
    let cited = queue.waiting.flatMap(\.requirements)
    return RunRecord(
      version: options.version,
      command: options.command,
      seed: options.seed,
      started: log.started,
      duration: result.duration,
      target: target,
      targetHost: targetHost,
      farTarget: farTarget,
      passing: passing.isEmpty ? nil : passing.sorted { $0.rawValue < $1.rawValue },
      interface: link.interface,
      farInterface: target.far == nil ? nil : link.farInterface,
      environment: result.environment,
      ownHost: personas.answersNeighbors ? nil : personas.seats.first?.tester,
      ownUnused: personas.answersNeighbors ? nil : personas.unused,
      enforcement: options.enforcement,
      isPathReliable: options.isPathReliable,
      retries: options.retries,
      patience: options.patience,
      timing: options.timing,
      statistics: result.statistics,
      frames: log.frames.count,
      attempts: log.attempts,
      inquiries: log.inquiries,
      errorBudget: errors.budget,
      grounded: log.grounded,
      ending: log.ending,
      remarks: result.remarks,
      suites: suites.map { RunRecord.RecordedSuite(name: $0.name, sources: $0.sources) },
      baseline: filing.baseline?.source,
      requirements: Dictionary(cited.map { ($0.id, $0) }) { first, _ in first }.values.sorted {
        $0.id < $1.id
      }
    )
  }

  private var summary: TargetSummary {
    TargetSummary(of: target, mac: targetHost.mac, on: link.interface, personas: personas.capacity)
  }
}

extension LinkError {
  /// The failure in words.
  public var explanation: String {
    switch self {
    case .noSuchInterface(let name): "there is no interface '\(name)'"
    case .notPermitted(let text): text
    case .interfaceDown(let name): "the interface '\(name)' is down"
    case .notEthernet(let type): "the interface isn't Ethernet but \(type)"
    case .sendRefused(let length, let reason): "a frame of \(length) octets was refused: \(reason)"
    case .system(let text): text
    case .closed: "the link was closed"
    }
  }
}
