internal import Link
public import ReferenceDevice
public import Suite

/// The proof of suites: all of them against the strict device, which has to pass, and against each mutant of it, which
/// has to be noticed.
///
/// ```
/// let result = MutantMatrix(suites: suites, catalogue: catalogue).run()
/// for mutant in result.claimedSurvivors { print(mutant.name) }
/// ```
public struct MutantMatrix: Sendable {
  let cases: CaseList
  let catalogue: RequirementCatalogue
  let mutants: [Mutant]
  let options: SelfTestOptions

  /// Prepares a self-test.
  ///
  /// - Parameters:
  ///   - suites: What is to be proved, decoded.
  ///   - catalogue: The clauses that cases cite.
  ///   - mutants: The deviations to be noticed; those of boxes that no suite is for are left out.
  ///   - options: How it is done.
  public init(
    suites: [TestSuite],
    catalogue: RequirementCatalogue,
    mutants: [Mutant] = Mutant.everywhere,
    options: SelfTestOptions = SelfTestOptions()
  ) {
    cases = CaseList(suites)
    self.catalogue = catalogue
    let roles = cases.roles
    self.mutants = mutants.filter { roles.contains($0.role) }
    self.options = options
  }

  /// How many cases there are.
  public var caseCount: Int { cases.entries.count }

  /// How many mutants there are.
  public var mutantCount: Int { mutants.count }

  /// Runs all of it on several threads, to its end or until a signal.
  ///
  /// - Parameter progress: Told after each device, from any thread, never twice at once.
  /// - Returns: What was found: the same, however many threads there were.
  public func run(_ progress: @escaping @Sendable (SelfTestProgress) -> Void = { _ in }) -> SelfTestResult {
    var course = MatrixCourse(self, progress)
    let plan = MatrixPlan(cases, mutants, options)
    course.take(plan.reference + plan.alone)
    course.take(plan.first(course.reached))
    // Where a quick look didn't find what was found before.
    course.take(plan.unnoticed(by: course.observations))
    course.take(plan.unproved(course.findings, course.observations))
    return course.result
  }
}

/// How a self-test gets on.
public struct SelfTestProgress: Sendable {
  /// How many devices have been run.
  public var done: Int
  /// How many are known to be to do.
  public var total: Int
  /// The one that was run last.
  public var device: String
}

/// One device and the cases to run on it.
struct MatrixTask: Sendable {
  /// The mutant, by its place; nil for the strict device.
  var mutant: Int?
  var seed: UInt64 = 1
  var cases: Set<Int>
  /// Whether it is to be known which mutants' places the device comes to.
  var isTraced = false
}
