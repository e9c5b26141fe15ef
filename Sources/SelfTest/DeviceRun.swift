internal import Judge
internal import Link
internal import ReferenceDevice
internal import Runner
internal import Suite

/// Runs cases against one device in virtual time, by the same runner as any other target.
struct DeviceRun {
  let cases: CaseList
  let catalogue: RequirementCatalogue

  /// Virtual time costs nothing; what costs is looking after many trials in each of its moments.
  private static let trialsInTheAir = 2

  /// What comes of some cases on the reference device with some deviations.
  ///
  /// - Parameters:
  ///   - numbers: The cases, all for one kind of box.
  ///   - mutants: How the device deviates.
  ///   - seed: Where identifiers, ports and data come from.
  ///   - isReference: Whether it is to obey every clause; the trials that don't pass are then named.
  ///   - others: Mutants of which it is to be known whether the device comes to their places.
  /// - Returns: What came of each case; nil if a signal ended the run.
  func observe(
    _ numbers: Set<Int>,
    on mutants: Set<Mutant>,
    seed: UInt64,
    isReference: Bool = false,
    tracing others: [Mutant] = []
  ) -> Observation? {
    guard let first = numbers.first else { return Observation() }
    let role = cases.entries[first].role
    let trace = others.isEmpty ? nil : DeviationTrace()
    let device = StrictDevice.make(role, mutants: mutants, trace: trace)
    var observation = observe(numbers, on: device, of: role, seed: seed, isReference: isReference)
    observation?.reached = trace?.reached(of: others) ?? []
    return observation
  }

  /// The same for any device.
  func observe(
    _ numbers: Set<Int>,
    on device: any SimulatedDevice,
    of role: Role = .host,
    seed: UInt64,
    isReference: Bool = false
  ) -> Observation? {
    guard !numbers.isEmpty else { return Observation() }
    let trials = numbers.reduce(0) { $0 + cases.entries[$1].trials }
    // The strict device sees and sends about eight frames a trial.
    let link = SimulatedLink(to: BoundedDevice(device, budget: 50_000 + 200 * trials))
    var options = RunOptions()
    options.jobs = Self.trialsInTheAir
    options.rate = 500_000
    options.seed = seed
    // There is nothing to learn: the device has no limit that trials would meet.
    options.learnsErrorBudget = false
    options.isPathReliable = true
    // Nobody reads them.
    options.keepsTimelines = false
    // Each clause counts, as the strict device obeys all of them.
    options.enforcement = .may
    let target = StrictDevice.description(of: role)
    var runner = Runner(
      suites: cases.suites(with: numbers),
      catalogue: catalogue,
      target: target,
      personas: Personas(for: target, interfaceMAC: link.interface.mac),
      link: link,
      baseline: nil,
      options: options,
      observer: nil
    )
    let result: RunResult
    do throws(RunnerError) {
      result = try runner.run()
    } catch {
      return Observation(inconclusive: numbers, remark: error.explanation)
    }
    if result.interruptedBy != nil { return nil }
    var observation = self.observation(of: result, numbers, seed: seed, isReference: isReference)
    if (link.device as? BoundedDevice)?.isExhausted ?? false {
      observation.remark = "it was cut off, since it never stopped talking"
    }
    return observation
  }

  private func observation(of result: RunResult, _ numbers: Set<Int>, seed: UInt64, isReference: Bool)
    -> Observation
  {
    var observation = Observation(looked: numbers, remark: result.remarks.first)
    for suite in result.suites {
      for trial in suite.trials {
        guard let number = cases.number("\(suite.name).\(trial.caseID)") else { continue }
        var outcome = CaseOutcome(trial.verdict, isStrict: isReference)
        var summary = trial.verdict.summary
        if isReference, trial.isFlaky {
          // Nothing gets lost on this link, and the strict device always does the same.
          outcome = .inconclusive
          summary = "It passes only at another attempt: \(trial.earlierAttempts.first?.summary ?? "")"
        }
        observation.note(outcome, of: number, summary)
        guard isReference, outcome != .passed else { continue }
        observation.trials.append(
          TrialFinding(
            caseID: "\(suite.name).\(trial.caseID)",
            trial: "\(suite.name).\(trial.name)",
            seed: seed,
            outcome: outcome,
            summary: summary
          )
        )
      }
    }
    return observation
  }
}

extension CaseOutcome {
  /// What a verdict says of a case.
  ///
  /// The strict device does all that is recommended, so a warning about it is a mistake of the case, and so is a packet
  /// that can't be crafted. Of a mutant, what the harness did wrong says nothing.
  fileprivate init(_ verdict: Verdict, isStrict: Bool) {
    self =
      switch verdict.outcome {
      case .pass: .passed
      case .warn: isStrict ? .failed : .warned
      case .fail: .failed
      case .error: isStrict ? .failed : .inconclusive
      case .inconclusive: .inconclusive
      case .skipped: verdict.reason == .notApplicable ? .skipped : .inconclusive
      }
  }
}

extension RunnerError {
  /// The error in words.
  fileprivate var explanation: String {
    switch self {
    case .targetUnreachable(let text): text
    case .link(let error): error.explanation
    }
  }
}
