internal import Link
internal import ReferenceDevice
internal import Suite
internal import Synchronization

/// What was observed so far.
struct MatrixCourse {
  private let matrix: MutantMatrix
  private let progress: @Sendable (SelfTestProgress) -> Void
  private var reference = Observation()
  /// The cases that come to the place of each mutant.
  private(set) var reached: [Mutant: Set<Int>] = [:]
  /// How many seeds the strict device of each role was run with.
  private var seedsDone: [Role: Int] = [:]
  /// What came of each mutant so far; nil for those not run.
  private(set) var observations: [Observation?]
  private var isInterrupted = false
  private var done = 0
  private var total = 0

  init(_ matrix: MutantMatrix, _ progress: @escaping @Sendable (SelfTestProgress) -> Void) {
    self.matrix = matrix
    self.progress = progress
    observations = Array(repeating: nil, count: matrix.mutants.count)
  }

  /// Does some tasks, unless a signal came.
  mutating func take(_ tasks: [MatrixTask]) {
    guard !isInterrupted, !tasks.isEmpty else { return }
    total += tasks.count
    let matrix = matrix
    let progress = progress
    let (before, all) = (done, total)
    let count = Mutex(0)
    let results = Workers.map(tasks, threads: matrix.options.threads, until: { SignalFlag.pending != nil }) {
      task in
      matrix.observe(task)
    } done: { index in
      let done = count.withLock { count in
        count += 1
        return count
      }
      progress(SelfTestProgress(done: before + done, total: all, device: matrix.name(of: tasks[index])))
    }
    done += tasks.count
    for (task, result) in zip(tasks, results) {
      guard let result else {
        isInterrupted = true
        continue
      }
      if let mutant = task.mutant {
        observations[mutant, default: Observation()].add(result)
      } else {
        reference.add(result)
        if task.isTraced {
          for mutant in result.reached { reached[mutant, default: []].formUnion(task.cases) }
        } else {
          seedsDone[matrix.role(of: task), default: 0] += 1
        }
      }
    }
  }

  /// What is to be said of all that was observed.
  var findings: (mutants: [MutantFinding], cases: [CaseFinding]) {
    let classification = Classification(
      cases: matrix.cases,
      catalogue: matrix.catalogue,
      mutants: matrix.mutants,
      reference: reference,
      // What fails where nothing is known of the strict device shows nothing.
      observations: zip(matrix.mutants, observations).map { mutant, observation in
        seedsDone[mutant.role, default: 0] > 0 ? observation : nil
      },
      breadth: Breadth(matrix.options.known),
      isComplete: !isInterrupted && matrix.scope != .someMutants
    )
    let mutants = classification.mutantFindings
    return (mutants, classification.caseFindings(mutants))
  }

  var result: SelfTestResult {
    let (mutants, cases) = findings
    let mentioned = Set(mutants.flatMap(\.requirements) + cases.flatMap(\.requirements))
    return SelfTestResult(
      suites: matrix.cases.suites.map(\.name),
      reference: ReferenceFinding(
        seeds: matrix.cases.roles.map { seedsDone[$0] ?? 0 }.min() ?? 0,
        unproved: reference.trials
      ),
      mutants: mutants,
      cases: cases,
      clauses: Dictionary(
        mentioned.compactMap { id in matrix.catalogue[id].map { (id, $0) } }
      ) { first, _ in first },
      scope: matrix.scope,
      judgesMutants: matrix.options.judgesMutants,
      interruptedBy: isInterrupted ? (SignalFlag.pending == 2 ? "SIGINT" : "SIGTERM") : nil
    )
  }
}

extension MutantMatrix {
  var scope: SelfTestResult.Scope {
    options.judgesCases ? options.isQuick ? .quick : .whole : .someMutants
  }

  func observe(_ task: MatrixTask) -> Observation? {
    DeviceRun(cases: cases, catalogue: catalogue).observe(
      task.cases,
      on: task.mutant.map { [mutants[$0]] } ?? [],
      seed: task.seed,
      isReference: task.mutant == nil,
      tracing: task.isTraced ? mutants : []
    )
  }

  func name(of task: MatrixTask) -> String {
    if let mutant = task.mutant { return mutants[mutant].name }
    return "\(StrictDevice.description(of: role(of: task)).name), seed \(task.seed)"
  }

  /// The kind of box that a task is about.
  func role(of task: MatrixTask) -> Role {
    if let mutant = task.mutant { return mutants[mutant].role }
    return task.cases.first.map { cases.entries[$0].role } ?? .host
  }
}

extension [Observation?] {
  fileprivate subscript(index: Int, default none: Observation) -> Observation {
    get { self[index] ?? none }
    set { self[index] = newValue }
  }
}
