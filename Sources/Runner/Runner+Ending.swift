internal import Capture
internal import Craft
internal import Judge
public import Link
internal import Suite

extension Runner {
  /// Ends what is in the air or was never begun, when the run ends early.
  mutating func abandon() {
    guard let halt else { return }
    var rest: [QueuedTrial] = []
    for seat in flights.keys.sorted() {
      guard var flight = flights[seat] else { continue }
      // The target is told of connections that nobody will use any more; if the link is down, it can't be.
      try? link.send(flight.evaluator.abortConnections())
      let judgement = judge(
        flight.plan,
        frames: flight.frames,
        until: link.now(),
        losses: link.statistics().lost - flight.lossesBefore,
        timing: options.timing
      )
      for (index, role) in zip(flight.records, judgement.roles) {
        log.annotate(index, trial: flight.plan.id, role: role)
      }
      log.noteAttempt(of: flight.plan.id, from: flight.began, to: link.now())
      if flight.queued.sequence != nil { continue }
      // A violation that was seen is final, whatever ended the run.
      if judgement.verdict.outcome == .fail, !judgement.verdict.reason.isWorthARetry {
        close(flight.queued, judgement.verdict)
      } else {
        rest.append(flight.queued)
      }
    }
    flights = [:]
    // What brought the target down twice is to blame, whatever ended the search.
    var isBack = true
    if case .silence = halt { isBack = false }
    closeInquiry(isBack: isBack)
    for suspect in cleared { close(suspect.queued, suspect.verdict) }
    for queued in rest + queue.drain() { close(queued, verdict(ofUnrun: queued, halt)) }
  }

  private func verdict(ofUnrun queued: QueuedTrial, _ halt: Halt) -> Verdict {
    switch halt {
    case .signal(let number):
      Verdict(.skipped, .notRun, "not run: the run was interrupted by \(Self.name(ofSignal: number))")
    case .firstFailure:
      Verdict(.skipped, .notRun, "not run: the run ends at the first failure")
    case .link(let error):
      Verdict(.inconclusive, .linkFailed, "The link failed before the trial was over: \(error.explanation).")
    case .silence:
      Verdict(
        .inconclusive,
        queued.suspectedAt != nil ? .controlUnansweredAfter : .controlUnansweredBefore,
        queued.suspectedAt != nil
          ? "The target stopped answering while this trial was in the air; it couldn't be run again."
          : "The target stopped answering control probes; nothing was learnt from this trial."
      )
    }
  }

  private static func name(ofSignal number: Int32) -> String { number == 2 ? "SIGINT" : "SIGTERM" }

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
    result.suites = suites.compactMap { suite in
      let trials = suite.trials.compactMap { log.results[$0.id] }
      return trials.isEmpty
        ? nil : SuiteResult(name: suite.name, title: suite.title, file: suite.file, trials: trials)
    }
    result.remarks = health.remarks
    switch halt {
    case .signal(let number): result.interruptedBy = Self.name(ofSignal: number)
    case .link(let error): result.remarks.append("The link failed: \(error.explanation).")
    case .silence: result.remarks.append(silenceRemark)
    case .firstFailure: result.remarks.append("The run ended at the first failure.")
    case nil: break
    }
    return result
  }

  private var summary: TargetSummary {
    var facts = [KeyValue("interface", link.interface.name), KeyValue("mac", "\(targetHost.mac)")]
    if let address = target.near.ipv4 {
      facts.append(KeyValue("ipv4", "\(address)/\(target.near.ipv4PrefixLength)"))
    }
    if let address = target.near.ipv6 {
      facts.append(KeyValue("ipv6", "\(address)/\(target.near.ipv6PrefixLength)"))
    }
    facts.append(KeyValue("personas", "\(personas.capacity)"))
    return TargetSummary(name: target.name, role: target.role.rawValue, facts: facts)
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
