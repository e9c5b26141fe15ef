internal import Runner
internal import SelfTest

extension SelfTestCheck {
  /// Whether a case passes on the strict device, over all seeds.
  init(reference finding: CaseFinding, _ trials: [TrialFinding], _ result: SelfTestResult) {
    let worst = trials.map(\.outcome).max() ?? .passed
    let first = trials.first { $0.outcome == worst }
    let wasRun = result.reference.seeds > 0
    name = finding.id
    (file, line) = (finding.file, finding.line)
    properties = [KeyValue("requirement", finding.requirements.joined(separator: ", "))]
    switch wasRun ? worst : .skipped {
    case .passed: (outcome, type) = (.passed, "passed")
    case .failed, .warned: (outcome, type) = (.failed, "reference-fails")
    case .inconclusive: (outcome, type) = (.error, "reference-inconclusive")
    case .skipped: (outcome, type) = (.skipped, wasRun ? "not-applicable" : "not-run")
    }
    if outcome != .passed {
      message = first.map { "seed \($0.seed): \($0.trial): \($0.summary)".oneLine } ?? "not run"
      text =
        trials.isEmpty
        ? message
        : trials.map { "seed \($0.seed): \($0.trial): \($0.outcome.rawValue): \($0.summary)".oneLine }
          .joined(separator: "\n")
    }
  }

  /// Whether a mutant is noticed.
  init(_ mutant: MutantFinding, _ result: SelfTestResult) {
    name = mutant.name
    properties = [
      KeyValue("requirement", mutant.requirements.joined(separator: ", ")),
      KeyValue("status", mutant.status.rawValue), KeyValue("cases", "\(mutant.cases.count)"),
    ]
    (file, line) = (nil, nil)
    switch mutant.status {
    case .caught: (outcome, type) = (.passed, "caught")
    case .silenced: (outcome, type) = (.skipped, "silenced")
    case .survived where mutant.isClaimed:
      (outcome, type) = (result.judgesMutants ? .failed : .skipped, "survived")
    case .survived: (outcome, type) = (.skipped, "uncited")
    case .notRun: (outcome, type) = (.skipped, "not-run")
    }
    if outcome != .passed {
      message = mutant.explanation
      text = message
    }
  }

  /// Whether a case can fail.
  init(proof finding: CaseFinding, _ result: SelfTestResult) {
    name = finding.id
    (file, line) = (finding.file, finding.line)
    properties = [
      KeyValue("requirement", finding.requirements.joined(separator: ", ")),
      KeyValue("proof", finding.proof.rawValue), KeyValue("mutants", "\(finding.mutants.count)"),
    ]
    switch finding.proof {
    case .forItsClause, .otherwise: outcome = .passed
    case .missing: outcome = .failed
    case .notGreen, .skipped, .unknown: outcome = .skipped
    }
    type = finding.proof.rawValue
    if outcome != .passed {
      message = finding.explanation
      text = message
    }
  }
}

extension MutantFinding {
  /// What came of it, in one line.
  var explanation: String {
    let what = "\(name) \(summary) (\(requirements.joined(separator: ", ")))"
    let rest = remark.map { " \($0)" } ?? ""
    switch status {
    case .caught: return "\(cases.count) cases fail: \(what)"
    case .silenced:
      return
        "nothing can be proved on it, \(inconclusive) of \(casesRun) cases are inconclusive: \(what).\(rest)"
    case .survived where isClaimed:
      return "no case fails, though \(clausesClaimed.joined(separator: ", ")) is cited: \(what)"
    case .survived: return "no case cites a clause that it breaks: \(what)"
    case .notRun: return "not run: \(what)"
    }
  }
}

extension CaseFinding {
  /// What shows that it can fail, in one line.
  var explanation: String {
    switch proof {
    case .forItsClause, .otherwise: "it fails on \(mutants.count) mutants"
    case .missing: "it passes on every mutant, so nothing shows that it can fail"
    case .notGreen: "it doesn't pass on the strict device, so failing elsewhere proves nothing"
    case .skipped: "it isn't for the strict device: \((reason ?? "").oneLine)"
    case .unknown: "not all mutants were run"
    }
  }
}
