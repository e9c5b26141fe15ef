internal import ReferenceDevice
internal import Suite

/// Makes findings of observations; pure.
struct Classification {
  let cases: CaseList
  let catalogue: RequirementCatalogue
  let mutants: [Mutant]
  /// What came of the strict device.
  let reference: Observation
  /// What came of each mutant; nil for those not run.
  let observations: [Observation?]
  /// What was known of breadth before.
  let breadth: Breadth
  /// Whether a case for which there is no proof has none, since all mutants were run.
  let isComplete: Bool

  /// The cases that pass on the strict device: only these can prove or notice anything.
  private var green: Set<Int> { reference.cases(.passed) }

  /// What came of each mutant, by name.
  var mutantFindings: [MutantFinding] {
    let green = green
    let ofRole = Dictionary(
      cases.roles.map { ($0, (cases: cases.all(for: $0), cited: cases.cited(for: $0))) }
    ) { first, _ in first }
    return zip(mutants, observations).map { mutant, observation in
      let own = ofRole[mutant.role] ?? ([], [])
      return finding(mutant, observation, own, green: green.intersection(own.cases))
    }
    .sorted { $0.name < $1.name }
  }

  private func finding(
    _ mutant: Mutant,
    _ observation: Observation?,
    _ own: (cases: Set<Int>, cited: Set<String>),
    green: Set<Int>
  ) -> MutantFinding {
    let requirements = mutant.requirements
    let failed = observation?.cases(.failed).intersection(green) ?? []
    let inconclusive = observation?.cases(.inconclusive).intersection(green) ?? []
    let noticed = Set(failed.flatMap { cases.entries[$0].requirements })
    let citing = cases.citing(requirements).intersection(green)
    let status: MutantStatus =
      if observation == nil {
        .notRun
      } else if !failed.isEmpty {
        .caught
      } else if !(citing.isEmpty ? inconclusive : inconclusive.intersection(citing)).isEmpty {
        // One that no case is there for may spoil anything.
        .silenced
      } else {
        .survived
      }
    return MutantFinding(
      name: mutant.name,
      requirements: requirements,
      summary: mutant.summary,
      status: status,
      cases: names(failed),
      clausesNoticed: requirements.filter(noticed.contains),
      clausesClaimed: requirements.filter(own.cited.contains),
      warnings: names(observation?.cases(.warned).intersection(green) ?? []),
      casesRun: observation?.looked.count ?? 0,
      inconclusive: inconclusive.count,
      isBroad: breadth.isBroad(mutant.name, failed: failed.count, of: own.cases.count),
      remark: observation?.remark
    )
  }

  private func names(_ numbers: Set<Int>) -> [String] { numbers.sorted().map { cases.entries[$0].id } }

  /// What is known of each case.
  func caseFindings(_ mutants: [MutantFinding]) -> [CaseFinding] {
    var failing: [String: [MutantFinding]] = [:]
    for mutant in mutants {
      for name in mutant.cases { failing[name, default: []].append(mutant) }
    }
    let green = green
    return cases.entries.indices.map { number in
      let entry = cases.entries[number]
      let own = Set(entry.requirements)
      let fails = failing[entry.id] ?? []
      let forItsClause = fails.filter { $0.requirements.contains(where: own.contains) }
      let otherwise = fails.filter { !$0.isBroad }
      let outcome = reference.outcome(of: number)
      let proof: CaseProof =
        if outcome == .skipped {
          .skipped
        } else if !green.contains(number) {
          reference.looked.contains(number) ? .notGreen : .unknown
        } else if !forItsClause.isEmpty {
          .forItsClause
        } else if !otherwise.isEmpty {
          .otherwise
        } else {
          isComplete ? .missing : .unknown
        }
      return CaseFinding(
        id: entry.id,
        title: entry.title,
        file: entry.file,
        line: entry.line,
        requirements: entry.requirements,
        proof: proof,
        mutants: (forItsClause.isEmpty ? otherwise : forItsClause).map(\.name),
        reason: reference.reasons[number]
      )
    }
  }
}

/// Which mutants fail so many cases that one more failing says nothing of that case.
struct Breadth {
  /// Mutants of an earlier self-test of all bundled suites, with whether they are broad.
  private let known: [String: Bool]

  /// More than this share of all cases fails.
  private static let share = 4
  /// Of fewer cases than these a share says nothing.
  private static let fewest = 20

  init(_ record: ProofRecord?) {
    let count = record?.cases.count ?? 0
    known = Dictionary(
      record?.mutants.map { ($0.name, count >= Self.fewest && $0.cases.count * Self.share > count) } ?? []
    ) { first, _ in first }
  }

  func isBroad(_ mutant: String, failed: Int, of all: Int) -> Bool {
    known[mutant] ?? (all >= Self.fewest && failed * Self.share > all)
  }
}
