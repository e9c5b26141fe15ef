internal import Judge
internal import Link
public import Runner
internal import Suite

/// The run as JSON, complete but for the frames.
public enum JSONReport {
  /// The name and version of the document's shape; a change that isn't an addition changes it.
  public static let format = "assay-results/1"

  /// The document, its members in a fixed order.
  ///
  /// Times are seconds with three decimals or UTC with nanoseconds. The seed is a string, as it may exceed what JSON
  /// readers keep exactly.
  public static func render(_ result: RunResult) -> String {
    let evidence = EvidencePaths(result)
    let document = JSONValue.object([
      ("format", .string(format)),
      ("version", .string(result.version)),
      ("seed", .string("\(result.seed)")),
      ("started", .string(result.started.preciseUTC)),
      ("seconds", .decimal(result.duration.decimalSeconds)),
      ("serialWindowSeconds", .decimal(result.serialWindows.decimalSeconds)),
      ("target", target(result.target)),
      ("counts", counts(ResultCounts(result))),
      ("exitStatus", .integer(Int(ExitStatus(result).rawValue))),
      ("roundTrip", roundTrip(result.roundTrip)),
      ("errorBudget", result.errorBudget.map(errorBudget) ?? .null),
      (
        "capture",
        .object([
          ("received", .integer(result.statistics.received)),
          ("droppedByKernel", .integer(result.statistics.droppedByKernel)),
          ("droppedByInterface", .integer(result.statistics.droppedByInterface)),
        ])
      ),
      ("strayFrames", .integer(result.frames.count { $0.role == RecordedFrame.stray })),
      ("lateFrames", .integer(result.frames.count { $0.role == RecordedFrame.late })),
      (
        "environment",
        .object(result.environment.facts.map { ($0.label, .string($0.text)) })
      ),
      ("interruptedBy", result.interruptedBy.map { .string($0) } ?? .null),
      ("remarks", strings(result.remarks)),
      ("suites", .array(result.suites.map { self.suite($0, of: result, evidence) })),
    ])
    return document.text() + "\n"
  }

  private static func suite(_ suite: SuiteResult, of result: RunResult, _ evidence: EvidencePaths)
    -> JSONValue
  {
    .object([
      ("name", .string(suite.name)),
      ("title", .string(suite.title)),
      ("file", .string(suite.file)),
      ("counts", counts(ResultCounts(suite))),
      ("trials", .array(suite.trials.map { trial($0, of: suite, in: result, evidence) })),
    ])
  }

  private static func trial(
    _ trial: TrialResult,
    of suite: SuiteResult,
    in result: RunResult,
    _ evidence: EvidencePaths
  ) -> JSONValue {
    let id = suite.id(of: trial)
    return .object([
      ("id", .string(id)),
      ("case", .string(trial.caseID)),
      ("variant", .string(trial.variant)),
      ("title", .string(trial.title)),
      ("line", .integer(trial.line)),
      ("standing", .string(trial.standingWord)),
      ("verdict", verdict(trial.verdict)),
      ("attempts", .integer(trial.attempts)),
      ("earlierAttempts", .array(trial.earlierAttempts.map(verdict))),
      ("flaky", .bool(trial.isFlaky)),
      ("requirements", .array(trial.requirements.map(requirement))),
      ("started", trial.started.map { .string($0.preciseUTC) } ?? .null),
      ("seconds", .decimal(trial.duration.decimalSeconds)),
      ("knownDeviation", trial.knownDeviation.map(knownDeviation) ?? .null),
      ("rerun", trial.standing == .passed ? .null : .string(result.rerun(id, of: suite))),
      ("evidence", evidence.path(of: id).map { .string($0) } ?? .null),
    ])
  }

  private static func verdict(_ verdict: Verdict) -> JSONValue {
    .object([
      ("outcome", .string(verdict.outcome.rawValue)),
      ("reason", .string(verdict.reason.rawValue)),
      ("summary", .string(verdict.summary)),
      (
        "differences",
        .array(
          verdict.differences.map {
            .object([
              ("field", .string($0.field)), ("required", .string($0.required)), ("seen", .string($0.seen)),
            ])
          }
        )
      ),
      ("details", strings(verdict.details)),
      (
        "measurements",
        .array(
          verdict.measurements.map { .object([("name", .string($0.name)), ("value", .string($0.value))]) }
        )
      ),
    ])
  }

  private static func requirement(_ requirement: Requirement) -> JSONValue {
    .object([
      ("id", .string(requirement.id)),
      ("level", .string(requirement.level.rawValue)),
      ("citation", .string(requirement.citation)),
      ("title", .string(requirement.title)),
      ("text", .string(requirement.text)),
    ])
  }

  private static func knownDeviation(_ known: KnownDeviation) -> JSONValue {
    .object([
      ("match", .string(known.match.rawValue)),
      ("reason", .string(known.reason)),
      ("ticket", .string(known.ticket)),
    ])
  }

  private static func counts(_ counts: ResultCounts) -> JSONValue {
    .object([
      ("trials", .integer(counts.trials)),
      ("passed", .integer(counts.passed)),
      ("warned", .integer(counts.warned)),
      ("failed", .integer(counts.failed)),
      ("inconclusive", .integer(counts.inconclusive)),
      ("errors", .integer(counts.errors)),
      ("known", .integer(counts.known)),
      ("skipped", .integer(counts.skipped)),
      ("notRun", .integer(counts.notRun)),
      ("flaky", .integer(counts.flaky)),
    ])
  }

  private static func target(_ target: TargetSummary) -> JSONValue {
    .object([
      ("name", .string(target.name)),
      ("role", .string(target.role)),
      (
        "facts",
        .array(target.facts.map { .object([("key", .string($0.key)), ("value", .string($0.value))]) })
      ),
    ])
  }

  private static func roundTrip(_ trip: RoundTrip?) -> JSONValue {
    guard let trip else { return .null }
    return .object([
      ("medianMicroseconds", .integer(Int(trip.median.wholeMicroseconds))),
      ("largestMicroseconds", .integer(Int(trip.largest.wholeMicroseconds))),
      ("samples", .integer(trip.samples)),
    ])
  }

  private static func errorBudget(_ budget: ErrorBudget) -> JSONValue {
    let families = Family.allCases.compactMap { family in
      budget.families[family].map { limits -> (String, JSONValue) in
        (
          family.rawValue,
          .object([("peer", allowance(limits.peer)), ("overall", allowance(limits.overall))])
        )
      }
    }
    return .object([("origin", .string(budget.origin.rawValue))] + families)
  }

  /// `limit` is null where none was seen among `seen` errors.
  private static func allowance(_ allowance: ErrorAllowance) -> JSONValue {
    let limit = allowance.limit.map { limit in
      JSONValue.object([
        ("burst", .integer(limit.burst)),
        ("perSecond", .decimal(Duration.milliseconds(Int64(limit.perSecond * 1000)).decimalSeconds)),
      ])
    }
    return .object([("limit", limit ?? .null), ("seen", .integer(allowance.seen))])
  }

  private static func strings(_ strings: [String]) -> JSONValue { .array(strings.map { .string($0) }) }
}
