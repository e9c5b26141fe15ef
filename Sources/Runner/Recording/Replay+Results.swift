internal import Capture
internal import Craft
internal import Judge
internal import Link
internal import Suite

extension Replay {
  /// Files a result for each trial of the plan.
  mutating func fileResults() {
    for id in record.trials {
      guard var queued = trials[id] else { continue }
      var verdicts = verdicts[id] ?? []
      if verdicts.isEmpty || record.ending?.unrun.contains(id) ?? false {
        queued.attempt = verdicts.count
        verdicts.append(verdictOnTheGround(queued))
      }
      queued.earlier = verdicts.dropLast()
      guard let last = verdicts.last else { continue }
      log.results[id] = filing.result(of: queued, last, span: log.span(of: id))
    }
  }

  /// The verdict on a trial that has no attempt, or whose next attempt was never begun.
  private func verdictOnTheGround(_ queued: QueuedTrial) -> Verdict {
    if let ending = record.ending, ending.unrun.contains(queued.trial.id) {
      return ending.cause.verdict(ofUnrun: queued)
    }
    if let refusal = seating.refusal(of: suites[queued.suite]) { return refusal }
    do throws(Seating.Refusal) {
      var attempt = AttemptRecord(of: queued.trial.id, at: log.position, time: record.started)
      _ = try seating.firstPlan(queued, &attempt)
    } catch {
      return error.verdict
    }
    return Verdict(.skipped, .notRun, "not run: the plan has no attempt at this trial")
  }

  /// What the run found, as it says now.
  func result() -> RunResult {
    var result = RunResult(
      version: record.version,
      seed: record.seed,
      started: record.started,
      duration: record.duration,
      target: TargetSummary(
        of: record.target,
        mac: record.targetHost.mac,
        on: record.interface,
        personas: seating.personas.capacity
      ),
      suites: log.results(of: suites),
      frames: log.frames,
      statistics: record.statistics,
      roundTrip: log.roundTrip,
      remarks: record.remarks
    )
    result.environment = record.environment
    result.command = record.command
    record.ending?.cause.tell(result: &result)
    result.record = record
    return result
  }
}

extension RunRecord {
  /// All trials that were selected.
  var trials: Set<String> { Set(attempts.map(\.trial) + grounded + (ending?.unrun ?? [])) }

  /// Whom it spoke as.
  var personas: Personas {
    if let ownHost { return Personas(own: ownHost, unused: ownUnused ?? ownHost) }
    return Personas(for: target, interfaceMAC: interface.mac)
  }

  /// Finds the places of attempts in another capture of the same wire, by time.
  mutating func findPlaces(in frames: [CapturedFrame]) {
    let stamps = frames.map(\.time).sorted()
    func place(_ position: inout AttemptRecord.Position) {
      var (low, high) = (0, stamps.count)
      while low < high {
        let middle = (low + high) / 2
        if stamps[middle] <= position.stamp { low = middle + 1 } else { high = middle }
      }
      position.frames = low
    }
    for index in attempts.indices {
      place(&attempts[index].begin)
      place(&attempts[index].end)
    }
  }
}
