import ArgumentParser
import Craft
import Foundation
import Report
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
    let preview = Preview(catalogue: catalogue)
    var faults: [Diagnostic] = []
    for suite in selected {
      faults += catalogue.unknownCitations(in: suite)
      for trial in suite.trials {
        do {
          _ = try preview.plan(trial)
        } catch {
          switch error {
          case .invalid(let diagnostic): faults.append(diagnostic)
          case .notApplicable(let reason):
            faults.append(Diagnostic(at: trial.testCase.position, "no target can run \(trial.id): \(reason)"))
          case .faultIsRight(let field):
            faults.append(
              Diagnostic(
                at: trial.testCase.position,
                "the fault in \(field) of \(trial.id) is the right value"
              )
            )
          }
        }
      }
    }
    guard faults.isEmpty else {
      // Variants of a case repeat its faults at one place.
      var seen: Set<SourcePosition> = []
      for fault in faults where seen.insert(fault.position).inserted {
        let text = (try? library.read(.init(fileURLWithPath: fault.position.file))) ?? ""
        Console.error(fault.rendered(in: text))
      }
      throw Failure.exit(.badInput, "\(seen.count) \(seen.count == 1 ? "error" : "errors") in the suites")
    }
    let cases = selected.reduce(0) { $0 + $1.cases.count }
    let trials = selected.reduce(0) { $0 + $1.trials.count }
    Console.out("\(selected.count) suites, \(cases) cases, \(trials) trials: no errors\n")
  }
}
