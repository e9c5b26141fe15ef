import ArgumentParser
import Foundation
import Suite

/// `assay lint`: all faults of all suites at once.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check suites and policies: decode them, look their citations up, craft every trial."
  )

  @Argument(help: "Suite files, folders or names, policy files; default: all that are bundled.")
  var suites: [String] = []

  func run() throws {
    let library = SuiteLibrary()
    let catalogue = try library.catalogue()
    let policyFiles = suites.isEmpty ? try library.policyFiles().map(\.path) : suites.filter(library.isPolicy)
    let policies = try library.policies(policyFiles, in: catalogue)
    let others = suites.filter { !policyFiles.contains($0) }
    let selected = suites.isEmpty || !others.isEmpty ? try library.suites(others) : []
    let faults = library.faults(of: selected, in: catalogue)
    guard faults.isEmpty else { throw library.refusal(faults) }
    let cases = selected.reduce(0) { $0 + $1.cases.count }
    let trials = selected.reduce(0) { $0 + $1.trials.count }
    let rules = policies.reduce(0) { $0 + $1.allRules.count }
    let parts = [
      selected.isEmpty ? nil : "\(selected.count) suites, \(cases) cases, \(trials) trials",
      policies.isEmpty ? nil : "\(policies.count) policies, \(rules) rules",
    ]
    Console.out("\(parts.compactMap(\.self).joined(separator: ", ")): no errors\n")
  }
}
