public import ArgumentParser
public import Coverage
import Foundation
import Report
public import Suite

/// `assay coverage`: what suites, proofs and results say of each clause.
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Tell clause by clause what is covered, proved and observed, and why the rest isn't.",
    discussion: """
      A clause is covered if a case cites it, proved if such a case fails on a mutant of the reference device that breaks \
      the clause, and observed if trials of such cases ran on a target.

        assay coverage                                     the catalogue in numbers, by RFC
        assay coverage --rfc 792 --state uncovered         which clauses of an RFC nobody tests, and why
        assay coverage --requirement RFC792-formats-d      everything on one clause
        assay coverage --results edge-7/results.json       with what was seen of a target
        assay coverage --results edge-7/results.json --statement edge-7.md
                                                           a conformance statement for that target
      """
  )

  @Argument(help: "Suite files, folders or names whose cases count; default: all bundled suites.")
  var suites: [String] = []

  @Option(help: "Only clauses that bind such a target: host, router, nat or firewall.")
  var role: Role?

  @Option(help: ArgumentHelp("Only clauses of that RFC or draft; may be repeated.", valueName: "number"))
  var rfc: [String] = []

  @Option(help: "Only clauses of that strength: must, should or may; may be repeated.")
  var level: [Strength] = []

  @Option(
    help: ArgumentHelp(
      "Only clauses in that state: \(CoverageFilter.StateWord.allCases.map(\.rawValue).joined(separator: ", ")); may be repeated.",
      valueName: "state"
    )
  )
  var state: [CoverageFilter.StateWord] = []

  @Option(help: ArgumentHelp("Everything on one clause.", valueName: "id"))
  var requirement: String?

  @Option(
    help: ArgumentHelp(
      "results.json of runs; may be repeated. Default: the bundled observations. 'none' for none.",
      valueName: "file"
    )
  )
  var results: [String] = []

  @Option(
    help: ArgumentHelp(
      "Which cases fail on which mutants, as 'assay selftest --json' tells; default: the bundled one. 'none' for none.",
      valueName: "file"
    )
  )
  var proofs: String?

  @Option(help: ArgumentHelp("All of it as JSON; '-' for standard output.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("All of it as Markdown; '-' for standard output.", valueName: "file"))
  var markdown: String?

  @Option(
    help: ArgumentHelp(
      "A conformance statement for the target of the results, as Markdown, or JSON if the name ends so; '-' for standard output.",
      valueName: "file"
    )
  )
  var statement: String?

  @Option(help: ArgumentHelp("The target file of the statement's target.", valueName: "file"))
  var target: String?

  @Option(
    help: ArgumentHelp(
      "Keep what the results show in the short form of Suites/observations.",
      valueName: "file"
    )
  )
  var save: String?

  @Option(
    help: ArgumentHelp(
      "Exit status 1 if less than so many percent of the testable clauses are covered.",
      valueName: "percent"
    )
  )
  var failUnder: Double?

  @Flag(name: .shortAndLong, help: "List the clauses, too; so does every filter.")
  var verbose = false

  func validate() throws {
    if let failUnder, !(0...100).contains(failUnder) {
      throw ValidationError("--fail-under is a percentage from 0 to 100.")
    }
    if [json, markdown, statement].count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Only one of --json, --markdown and --statement can go to standard output.")
    }
    if statement != nil {
      if results.isEmpty || results == ["none"] {
        throw ValidationError("--statement needs --results of the target.")
      }
      if !state.isEmpty || requirement != nil || failUnder != nil || json != nil || markdown != nil
        || proofs != nil
      {
        throw ValidationError(
          "--statement goes with --results, --target, --role, --rfc, --level and suites only."
        )
      }
    } else if target != nil {
      throw ValidationError("--target goes with --statement.")
    }
    if save != nil, results.count != 1 || results == ["none"] {
      throw ValidationError("--save needs one file of --results.")
    }
    if results.count > 1, results.contains("none") {
      throw ValidationError("--results none goes with no other.")
    }
  }

  func run() throws {
    let library = SuiteLibrary()
    let catalogue = try library.catalogue()
    let selected = try library.suites(suites)
    let faults = library.faults(of: selected, in: catalogue, .citations)
    guard faults.isEmpty else { throw library.refusal(faults) }
    let filter = CoverageFilter(role: role, documents: rfc, strengths: Set(level), states: Set(state))
    try checkDocuments(catalogue)
    let observed = try library.observations(results)
    if let save, let run = observed.first { try write(run.shortForm, to: save) }
    if let statement {
      return try state(observed, in: catalogue, library, suites: selected, filter, to: statement)
    }
    if let requirement, catalogue[requirement] == nil { throw unknown(requirement, in: catalogue) }

    let table = CoverageTable(
      catalogue: catalogue,
      suites: selected,
      areAllSuites: suites.isEmpty,
      proofs: try library.proofs(proofs),
      runs: observed,
      baselines: try library.baselines()
    )
    table.warnings.forEach { Console.error("warning: \($0.oneLine)") }
    if let requirement { return try show(requirement, in: table) }
    let shown = table.filtered(filter)
    guard !shown.clauses.isEmpty else { throw Failure.exit(.nothingSelected, "no clause is like that") }
    if let json { try write(CoverageJSON.render(shown, version: Assay.version), to: json) }
    if let markdown { try write(CoverageMarkdown.render(shown), to: markdown) }
    if json != "-", markdown != "-" {
      let text = CoverageText(width: Console.width)
      if verbose || !filter.isEmpty { Console.out(text.list(shown) + "\n") }
      Console.out(text.summary(shown))
    }
    // Of what state a clause is is what is asked, so it is no part of the question.
    var question = filter
    question.states = []
    try demand(CoverageCounts(table.filtered(question).clauses))
  }

  /// Everything on one clause.
  private func show(_ id: String, in table: CoverageTable) throws {
    let text = CoverageText(width: Console.width)
    for clause in table.clauses where clause.requirement.id == id {
      Console.out(text.details(clause, areProofsKnown: table.areProofsKnown))
    }
  }

  private func demand(_ counts: CoverageCounts) throws {
    guard let failUnder else { return }
    guard let percent = counts.percent else {
      throw Failure.exit(.nothingSelected, "none of these clauses is testable")
    }
    if percent < failUnder {
      throw Failure.exit(
        .failed,
        "\(counts.covered) of \(counts.testable) testable clauses are covered, less than \(failUnder) %"
      )
    }
  }

  private func checkDocuments(_ catalogue: RequirementCatalogue) throws {
    let known = Set(catalogue.clauses.map(\.rfc))
    for word in rfc where !known.contains(where: { CoverageFilter.names(word, $0) }) {
      throw Failure.exit(.nothingSelected, "the catalogue has no clause of '\(word)'")
    }
  }

  private func unknown(_ id: String, in catalogue: RequirementCatalogue) -> ExitCode {
    let near = Spelling.nearest(to: id, among: catalogue.clauses.map(\.id))
    let hint = near.map { "; did you mean '\($0)'?" } ?? "; 'assay list --clauses WORDS' finds some"
    return Failure.exit(.nothingSelected, "no clause '\(id)' in the requirement catalogue\(hint)")
  }

  func write(_ text: String, to path: String) throws {
    if path == "-" { return Console.out(text) }
    do throws(ReportError) { try ReportFiles.write(Array(text.utf8), to: path) } catch {
      throw Failure.exit(.cannotWrite, "\(error)")
    }
  }
}

extension Role: ExpressibleByArgument {}
extension Strength: ExpressibleByArgument {}
extension CoverageFilter.StateWord: ExpressibleByArgument {}
