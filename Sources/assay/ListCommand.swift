import ArgumentParser
import Report
import Suite

/// `assay list`: what there is to run.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List suites, cases and trials."
  )

  @Argument(help: "Suite files, folders or names; default: all bundled suites.")
  var suites: [String] = []

  @Flag(help: "One line a trial, as --filter matches it.")
  var trials = false

  @Option(
    help: ArgumentHelp(
      "Clauses of the catalogue with these words, to be cited, instead of suites.",
      valueName: "words"
    )
  )
  var clauses: String?

  func run() throws {
    let library = SuiteLibrary()
    let catalogue = try library.catalogue()
    if let clauses { return try list(catalogue.clauses(about: clauses), about: clauses) }
    let selected = try library.suites(suites)
    var text = ""
    for suite in selected {
      if trials {
        for trial in suite.trials { text += "\(trial.id)\n" }
        continue
      }
      text += "\(suite.name)  \(suite.title)\n"
      for testCase in suite.cases {
        let count = testCase.vary.combinations.count
        let level = testCase.requirements.first.flatMap { catalogue[$0.value] }?.level.rawValue ?? ""
        text += "  \(testCase.id)\(count > 1 ? " ×\(count)" : "")  \(testCase.title)\n"
        text += "      \(testCase.requirements.map(\.value).joined(separator: ", ")) \(level)\n"
      }
    }
    if !trials {
      let cases = selected.reduce(0) { $0 + $1.cases.count }
      let count = selected.reduce(0) { $0 + $1.trials.count }
      text += "\(selected.count) suites, \(cases) cases, \(count) trials\n"
    }
    Console.out(text)
  }

  private func list(_ clauses: [Requirement], about words: String) throws {
    guard !clauses.isEmpty else { throw Failure.exit(.nothingSelected, "no clause about '\(words)'") }
    let lines = clauses.map { clause in
      "\(clause.id)  \(clause.level.rawValue)  \(clause.citation)\n    \(clause.title)\n      \(clause.text)"
    }
    Console.out(lines.joined(separator: "\n") + "\n\(clauses.count) clauses\n")
  }
}
