public import Coverage
internal import Suite

/// The coverage of the catalogue as JSON.
public enum CoverageJSON {
  /// The name and version of the document's shape; a change that isn't an addition changes it.
  public static let format = "assay-coverage/1"

  /// The document, its members in a fixed order.
  public static func render(_ table: CoverageTable, version: String) -> String {
    let document = JSONValue.object([
      ("format", .string(format)),
      ("version", .string(version)),
      ("proofsKnown", .bool(table.areProofsKnown)),
      ("counts", counts(table.clauses, table.areProofsKnown)),
      ("targets", .array(table.runs.map(run))),
      ("warnings", strings(table.warnings)),
      (
        "documents",
        .array(
          table.groups.map {
            .object([("rfc", .string($0.rfc)), ("counts", counts($0.clauses, table.areProofsKnown))])
          }
        )
      ),
      ("clauses", .array(table.clauses.map(clause))),
    ])
    return document.text() + "\n"
  }

  private static func counts(_ clauses: [ClauseCoverage], _ areProofsKnown: Bool) -> JSONValue {
    let counts = CoverageCounts(clauses)
    return .object([
      ("clauses", .integer(counts.clauses)),
      ("testable", .integer(counts.testable)),
      ("covered", .integer(counts.covered)),
      ("proved", areProofsKnown ? .integer(counts[.proved]) : .null),
      ("observed", .integer(counts.observed)),
      ("notCovered", .integer(counts[.notCovered])),
      ("needsTwoArms", .integer(counts[.needsTwoArms])),
      ("needsUpperTester", .integer(counts[.needsUpperTester])),
      ("notObservable", .integer(counts[.notObservable])),
      ("obsolete", .integer(counts[.obsolete])),
    ])
  }

  static func run(_ run: ObservedRun) -> JSONValue {
    .object([
      ("name", .string(run.target)),
      ("role", .string(run.role.rawValue)),
      ("file", .string(run.file)),
      ("date", .string(run.started)),
      ("version", .string(run.version)),
      ("seed", .string(run.seed)),
      ("suites", strings(run.suites)),
      (
        "facts",
        .array(run.facts.map { .object([("key", .string($0.label)), ("value", .string($0.text))]) })
      ),
      ("environment", .object(run.environment.map { ($0.label, .string($0.text)) })),
      ("remarks", strings(run.remarks)),
      ("interruptedBy", run.interruptedBy.map { .string($0) } ?? .null),
    ])
  }

  private static func clause(_ clause: ClauseCoverage) -> JSONValue {
    let (requirement, testability) = (clause.requirement, clause.testability)
    return .object([
      ("id", .string(requirement.id)),
      ("rfc", .string(requirement.rfc)),
      ("section", .string(requirement.section)),
      ("level", .string(requirement.level.rawValue)),
      ("title", .string(requirement.title)),
      ("text", .string(requirement.text)),
      ("role", .string(testability.duty.rawValue)),
      ("observable", .string(testability.observability.rawValue)),
      ("topology", .string(testability.topology.rawValue)),
      ("obsoletedBy", testability.obsoletedBy.map { .string($0) } ?? .null),
      ("state", .string(clause.state.rawValue)),
      ("reason", .string(clause.reason)),
      (
        "cases",
        .array(
          clause.cases.map {
            .object([("id", .string($0.id)), ("title", .string($0.title)), ("trials", .integer($0.trials))])
          }
        )
      ),
      ("mutants", clause.mutants.map { .array($0.map(mutant)) } ?? .null),
      (
        "observations",
        .array(clause.observations.map { .object([("target", .string($0.target))] + numbers($0.counts)) })
      ),
      (
        "knownDeviations",
        .array(
          clause.knownDeviations.map {
            .object([
              ("target", .string($0.target)), ("trial", .string($0.trial)), ("reason", .string($0.reason)),
            ])
          }
        )
      ),
    ])
  }

  private static func mutant(_ mutant: ClauseCoverage.Mutant) -> JSONValue {
    .object([
      ("name", .string(mutant.name)),
      ("summary", .string(mutant.summary)),
      ("status", .string(mutant.status.rawValue)),
      ("cases", strings(mutant.cases)),
    ])
  }

  /// The counts of trials that aren't zero, as in the short form of observations.
  static func numbers(_ counts: OutcomeCounts) -> [(String, JSONValue)] {
    ObservedOutcome.allCases.filter { counts[$0] > 0 }.map { ($0.rawValue, .integer(counts[$0])) }
  }

  static func strings(_ strings: [String]) -> JSONValue { .array(strings.map { .string($0) }) }
}
