import ArgumentParser
import Suite

/// `assay lint`: all faults of all suites at once.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check suites: decode them, look their citations up, craft every trial."
  )

  @Argument(help: "Suite files, folders or names; default: all bundled suites.")
  var suites: [String] = []

  func run() throws {
    let library = SuiteLibrary()
    let catalogue = try library.catalogue()
    let selected = try library.suites(suites)
    let faults = library.faults(of: selected, in: catalogue)
    guard faults.isEmpty else { throw library.refusal(faults) }
    let cases = selected.reduce(0) { $0 + $1.cases.count }
    let trials = selected.reduce(0) { $0 + $1.trials.count }
    Console.out("\(selected.count) suites, \(cases) cases, \(trials) trials: no errors\n")
  }
}
