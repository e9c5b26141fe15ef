import ArgumentParser
import Foundation
import Link
import ReferenceDevice
import Report
import SelfTest
import Suite

/// `assay selftest`: what proves that suites test anything.
struct SelfTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Prove suites: a strict device has to pass, and each of its mutants has to be noticed.",
    discussion: """
      Runs every case on the reference device in virtual time, and on every mutant of it, which breaks some clause. \
      Tells the mutants that no case fails on, and the cases that no mutant can fail.

        assay selftest                   the bundled suites, all mutants
        assay selftest --quick           the same by what is known from Suites/proofs.json
        assay selftest my-suite.yaml     whether your own cases test anything
        assay selftest --mutant copies-ttl   which cases fail on one mutant

      Exit status: 0 proved, 1 the strict device fails, no mutant can fail a case, or a mutant of a cited clause survives \
      all bundled suites, 2 something is inconclusive or not for the strict device, 4 there are no cases, 130/143 \
      interrupted (only JUnit is written).
      """
  )

  @Argument(help: "Suite files, folders, or names such as 'icmpv4.*'; default: all bundled suites.")
  var suites: [String] = []

  @Option(help: ArgumentHelp("Only this mutant; may be repeated.", valueName: "name"))
  var mutant: [String] = []

  @Flag(help: "Look first where an earlier self-test found proofs, and elsewhere only where there are none.")
  var quick = false

  @Option(help: "Seeds that the strict device is run with; default: 20, with --quick 1.")
  var seeds: Int?

  @Option(help: "Devices that are run at once; default: one a processor.")
  var jobs: Int?

  @Option(help: ArgumentHelp("JUnit XML.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("The whole matrix as JSON.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Scores, mutants and lists as Markdown.", valueName: "file"))
  var markdown: String?

  @Flag(name: .shortAndLong, help: "No progress, no summary but the last line.")
  var quiet = false

  @Flag(name: .customLong("no-progress"), help: "No redrawn progress line.")
  var noProgress = false

  func validate() throws {
    if let seeds, !(1...1000).contains(seeds) { throw ValidationError("--seeds is a number from 1 to 1000.") }
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs is a number from 1 to 256.") }
    if quick, json != nil || markdown != nil {
      throw ValidationError("--json and --markdown tell the whole matrix, of which --quick sees a part.")
    }
  }

  func run() throws {
    if let junit { ReportFiles.removeEarlier(junit) }
    let library = SuiteLibrary()
    let catalogue = try library.catalogue()
    let selected = try library.suites(suites)
    let faults = library.faults(of: selected, in: catalogue, suites.isEmpty ? .citations : .packets)
    guard faults.isEmpty else { throw library.refusal(faults) }
    let matrix = MutantMatrix(
      suites: selected,
      catalogue: catalogue,
      mutants: try chosenMutants,
      options: try options(library)
    )
    if matrix.caseCount == 0 {
      throw Failure.exit(.nothingSelected, "no case matches; 'assay list' shows what there is")
    }
    let display = SelfTestDisplay(isQuiet: quiet, isInteractive: Console.isInteractive && !noProgress)
    display.began(matrix)
    SignalFlag.install()
    let result = matrix.run { display.show($0) }
    display.end()
    let status = report(result)
    if status != .conforming { throw ExitCode(status.rawValue) }
  }

  private var chosenMutants: [Mutant] {
    get throws {
      if mutant.isEmpty { return Mutant.everywhere }
      let named = try Set(mutant.map(Mutants.named))
      return Mutant.everywhere.filter(named.contains)
    }
  }

  private func options(_ library: SuiteLibrary) throws -> SelfTestOptions {
    var options = SelfTestOptions()
    options.isQuick = quick
    options.seeds = seeds ?? (quick ? 1 : 20)
    options.judgesCases = mutant.isEmpty
    options.judgesMutants = suites.isEmpty
    options.threads = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    // The whole matrix of the bundled suites owes nothing to an earlier one.
    if quick || !suites.isEmpty || !mutant.isEmpty { options.known = try library.proofs() }
    return options
  }

  /// Writes what was asked for and prints the summary; what can't be written is told, and is the exit status.
  private func report(_ result: SelfTestResult) -> ExitStatus {
    var status = ExitStatus(result)
    var written: [String] = []
    var reports: [(path: String?, text: () -> String)] = [(junit, { SelfTestJUnit.render(result) })]
    // Half a matrix must not take the place of a whole one.
    if result.interruptedBy == nil {
      reports += [
        (json, { SelfTestJSON.render(result) }), (markdown, { SelfTestMarkdown.render(result) }),
      ]
    }
    do throws(ReportError) {
      for (path, text) in reports {
        guard let path else { continue }
        try ReportFiles.write(Array(text().utf8), to: path)
        written.append(path)
      }
    } catch {
      Console.error("assay: \(error)")
      status = .cannotWrite
    }
    if quiet {
      Console.out(SelfTestSummary.lastLine(result) + "\n")
    } else {
      let summary = SelfTestSummary(style: Console.style, width: Console.width, reports: written)
      Console.out(summary.render(result))
    }
    return status
  }
}
