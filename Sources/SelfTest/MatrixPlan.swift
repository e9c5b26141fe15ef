internal import ReferenceDevice

/// Which cases are run on which device.
///
/// In whole: each mutant meets all cases during which the strict device comes to the place where the mutant deviates;
/// in the others, it does what the strict device does. Quickly: what an earlier self-test says is tried first, and
/// whatever doesn't come out as it says, or isn't in it, is looked for among all cases and all mutants.
struct MatrixPlan {
  private let cases: CaseList
  private let mutants: [Mutant]
  private let seeds: Int
  /// What an earlier self-test found, if that is to be gone by.
  private let hints: Hints?

  init(_ cases: CaseList, _ mutants: [Mutant], _ options: SelfTestOptions) {
    self.cases = cases
    self.mutants = mutants
    seeds = max(1, options.seeds)
    hints = options.isQuick ? options.known.map { Hints($0, cases) } : nil
  }

  /// The strict devices, each over all cases of its kind of box.
  var reference: [MatrixTask] {
    cases.roles.flatMap { role in
      (1...seeds).map { MatrixTask(mutant: nil, seed: UInt64($0), cases: cases.all(for: role)) }
    }
  }

  /// Each case alone on the strict device, to learn which mutants it can notice.
  var alone: [MatrixTask] {
    guard hints == nil else { return [] }
    return cases.entries.indices.map { MatrixTask(mutant: nil, cases: [$0], isTraced: true) }
  }

  /// Each mutant over the cases that can notice it.
  ///
  /// - Parameter reached: The cases that come to the place of each mutant.
  /// - Returns: A task for each mutant, in their order.
  func first(_ reached: [Mutant: Set<Int>]) -> [MatrixTask] {
    mutants.indices.map { place in MatrixTask(mutant: place, cases: firstCases(of: place, reached)) }
  }

  private func firstCases(of place: Int, _ reached: [Mutant: Set<Int>]) -> Set<Int> {
    let mutant = mutants[place]
    let all = cases.all(for: mutant.role)
    guard let hints else { return all.intersection(reached[mutant] ?? []) }
    guard let status = hints.status[mutant.name] else { return all }
    let witnesses = hints.witnesses[mutant.name, default: []].intersection(all)
    // One that nobody noticed may be noticed now by whoever cites its clauses.
    if status == .caught { return witnesses }
    return witnesses.union(cases.citing(mutant.requirements).intersection(all))
  }

  /// Mutants that were noticed once and aren't now.
  func unnoticed(by observations: [Observation?]) -> [MatrixTask] {
    guard let hints else { return [] }
    return mutants.indices.compactMap { place in
      guard let observation = observations[place], hints.status[mutants[place].name] == .caught,
        observation.cases(.failed).isEmpty
      else { return nil }
      return task(place, cases.all(for: mutants[place].role), observation)
    }
  }

  /// Cases that aren't proved, on the mutants that they weren't run on.
  func unproved(_ findings: (mutants: [MutantFinding], cases: [CaseFinding]), _ observations: [Observation?])
    -> [MatrixTask]
  {
    guard let hints else { return [] }
    let open = cases.all.filter { number in
      let finding = findings.cases[number]
      return finding.proof == .missing && !hints.unproved.contains(finding.id)
    }
    return mutants.indices.compactMap { place in
      let open = open.intersection(cases.all(for: mutants[place].role))
      return observations[place].flatMap { task(place, open, $0) }
    }
  }

  private func task(_ place: Int, _ wanted: Set<Int>, _ observation: Observation) -> MatrixTask? {
    let rest = wanted.subtracting(observation.looked)
    return rest.isEmpty ? nil : MatrixTask(mutant: place, cases: rest)
  }
}

/// Where to look first, from an earlier self-test.
private struct Hints {
  /// What came of each mutant.
  var status: [String: MutantStatus] = [:]
  /// The cases to run on each mutant: one that notices it, and those that need it for a proof.
  var witnesses: [String: Set<Int>] = [:]
  /// Cases for which there was no proof.
  var unproved: Set<String> = []

  init(_ record: ProofRecord, _ cases: CaseList) {
    let broken = Dictionary(record.mutants.map { ($0.name, Set($0.requirements)) }) { first, _ in first }
    for entry in record.cases {
      guard let number = cases.number(entry.id) else { continue }
      // A mutant of a clause that the case cites now.
      let cited = cases.entries[number].requirements
      let proof = entry.mutants.first { broken[$0]?.isDisjoint(with: cited) == false } ?? entry.mutants.first
      if let proof { witnesses[proof, default: []].insert(number) } else { unproved.insert(entry.id) }
    }
    for mutant in record.mutants {
      status[mutant.name] = mutant.status
      let numbers = mutant.cases.compactMap { cases.number($0) }
      let clauses = Set(mutant.requirements)
      let witness =
        numbers.first { !clauses.isDisjoint(with: cases.entries[$0].requirements) } ?? numbers.first
      if let witness { witnesses[mutant.name, default: []].insert(witness) }
    }
  }
}
