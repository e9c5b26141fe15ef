import Coverage
import Report
import Suite

extension CoverageCommand {
  /// Writes the conformance statement for the target that the results are of.
  func state(
    _ runs: [ObservedRun],
    in catalogue: RequirementCatalogue,
    _ library: SuiteLibrary,
    suites: [TestSuite],
    _ filter: CoverageFilter,
    to path: String
  ) throws {
    if let short = runs.first(where: { !$0.isDetailed }) {
      throw Failure.exit(
        .badInput,
        "\(short.file) only counts trials; a statement needs the results.json of a run"
      )
    }
    let description = try target.map(library.target)
    let names = runs.map(\.target)
    guard let first = runs.first else { return }
    let name = description?.name ?? first.target
    if description == nil, Set(names).count > 1 {
      let all = Set(names).sorted().joined(separator: ", ")
      throw Failure.exit(.usage, "the results are of several targets: \(all); name one's file by --target")
    }
    guard names.contains(name) else {
      throw Failure.exit(
        .nothingSelected,
        "the results are of '\(first.target)', the target file is of '\(name)'"
      )
    }
    let own = runs.filter { $0.target == name }
    let role = description?.role ?? own.first?.role ?? first.role
    for run in own where run.role != role {
      Console.error("warning: \(run.file) calls \(name) a \(run.role.rawValue), not a \(role.rawValue)")
    }
    let statement = ConformanceStatement(
      of: name,
      role: role,
      capabilities: description?.capabilities,
      runs: own,
      catalogue: catalogue,
      suites: suites
    ).filtered(filter)
    guard !statement.entries.isEmpty else {
      throw Failure.exit(.nothingSelected, "no clause is like that")
    }
    let isJSON = path.lowercased().hasSuffix(".json")
    let text =
      isJSON
      ? StatementJSON.render(statement, version: Assay.version)
      : StatementMarkdown.render(statement, version: Assay.version)
    try write(text, to: path)
    if path != "-" { Console.out(StatementText.summary(statement, path: path, width: Console.width)) }
  }
}
