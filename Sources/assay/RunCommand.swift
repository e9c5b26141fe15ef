import ArgumentParser
import Foundation
import Judge
import Lab
import Link
import Report
import Runner
import Suite

/// `assay run`: run and judge.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run suites against a target and judge what comes back."
  )

  @Argument(help: "Suite files, folders, or names such as 'icmpv4.*'; default: all bundled suites.")
  var suites: [String] = []

  @Option(help: "A target that is made on this machine, for example linux-host; see 'assay lab list'.")
  var lab: String?

  @Option(help: ArgumentHelp("Deviation of the reference device; may be repeated.", visibility: .hidden))
  var mutant: [String] = []

  @Option(help: "A target file, or an IP address.")
  var target: String?

  @Option(
    help: ArgumentHelp("Only trials that match, on suite.case[variant]; may be repeated.", valueName: "glob")
  )
  var filter: [String] = []

  @Option(help: "The weakest level that can fail a case: must, should or may.")
  var require: Enforcement = .must

  @Option(help: "Known deviations; default: the bundled baseline of the lab. 'none' for no baseline.")
  var baseline: String?

  @Option(help: "Further attempts when an answer is missing.")
  var retries: Int = 2

  @Option(help: ArgumentHelp("How long to wait for a target that stops answering.", valueName: "seconds"))
  var recovery: Int = 30

  @Option(
    help: ArgumentHelp(
      "Skip trials that wait for longer, for reassembly to time out say; default: 10, without end for the reference.",
      valueName: "seconds"
    )
  )
  var patience: Int?

  @Option(help: "Trials in flight at once.")
  var jobs: Int = 128

  @Option(help: "Seed of identifiers, ports and random data.")
  var seed: UInt64 = 1

  @Option(help: "Most frames a second; default: 10000, in a lab 500000.")
  var rate: Int?

  @Option(help: ArgumentHelp("Run only the I-th of N parts, for example 2/4.", valueName: "i/n"))
  var shard: Shard?

  @Flag(help: "Stop after the first failure.")
  var failFast = false

  @Option(help: ArgumentHelp("Send to this network although it isn't on-link or private.", valueName: "cidr"))
  var allow: [String] = []

  @Option(help: ArgumentHelp("Room for captured frames that wait to be looked at.", valueName: "kib"))
  var captureBuffer: Int = 32_768

  @Option(
    help: ArgumentHelp(
      "Impair the path on purpose, to test benches and suites: 'loss=2%,duplicate=2%,reorder=2%,corrupt=1%,delay=1ms,jitter=200us,seed=7', or some of it.",
      valueName: "what"
    ),
    transform: Impairment.init(argument:)
  )
  var impair: Impairment?

  @OptionGroup var rules: RulesetOption

  @OptionGroup var reports: ReportOptions

  @Flag(name: .shortAndLong, help: "No progress, no summary but the last line.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "A line for each trial.")
  var verbose = false

  @Flag(name: .customLong("no-progress"), help: "No redrawn progress line.")
  var noProgress = false

  func validate() throws {
    if lab == nil && target == nil {
      throw ValidationError("Name a target: --lab linux-host, or --target FILE or ADDRESS.")
    }
    if lab != nil && target != nil { throw ValidationError("Name either --lab or --target, not both.") }
    if !rules.files.isEmpty, lab == nil {
      throw ValidationError("--ruleset goes with --lab only: a real device's rules aren't Assay's to change.")
    }
    if let impair, impair.corruption != .none, lab == nil {
      throw ValidationError("--impair corrupt goes with --lab only: a changed address may be a stranger's.")
    }
    if !(1...512).contains(jobs) { throw ValidationError("--jobs is a number from 1 to 512.") }
    if !(0...100).contains(retries) { throw ValidationError("--retries is a number from 0 to 100.") }
    if !(64...1_048_576).contains(captureBuffer) {
      throw ValidationError("--capture-buffer is a number of KiB from 64 to 1048576.")
    }
    if !(0...3600).contains(recovery) {
      throw ValidationError("--recovery is a number of seconds up to 3600.")
    }
    if let patience, !(0...86_400).contains(patience) {
      throw ValidationError("--patience is a number of seconds up to 86400.")
    }
    if let rate, !(1...10_000_000).contains(rate) {
      throw ValidationError("--rate is a number of frames a second, from 1.")
    }
  }

  func run() throws {
    reports.removeEarlier(folder: "reports")
    let library = SuiteLibrary()
    let catalogue = try library.catalogue()
    let selected = try library.suites(suites)
    // Nothing is sent before all of it is known to be right; the bundled suites are.
    let faults = library.faults(of: selected, in: catalogue, suites.isEmpty ? .citations : .packets)
    guard faults.isEmpty else { throw library.refusal(faults) }
    let known = try knownDeviations(library, suites: selected)

    var access = try openTarget(library)
    if let impair {
      access.remarks.append("the path is impaired on purpose: \(impair)")
    }
    let observer = ProgressDisplay(
      detail: quiet ? .quiet : verbose ? .verbose : .normal,
      isInteractive: Console.isInteractive && !noProgress
    )
    if !quiet { access.remarks.forEach { Console.error("assay: \($0)") } }
    if let known, known.target != access.target.name {
      Console.error(
        "warning: the baseline is that of '\(known.target)', the target is '\(access.target.name)'"
      )
    }
    // Suites that nobody asked for, and that aren't for such a target, needn't be told to be skipped.
    let fitting = suites.isEmpty ? selected.filter { $0.applies(to: access.target.role) } : selected
    SignalFlag.install()
    var runner = Runner(
      suites: fitting,
      catalogue: catalogue,
      target: access.target,
      personas: access.personas,
      link: access.link,
      baseline: known,
      options: options(jobs: access.jobs),
      observer: observer
    )
    if runner.selectedTrials == 0 {
      throw Failure.exit(.nothingSelected, "no trial matches; 'assay list' shows what there is")
    }
    let result: RunResult
    do {
      result = try runner.run()
    } catch {
      observer.end()
      switch error {
      case .targetUnreachable(let text):
        throw Failure.exit(.unavailable, "the target can't be reached: \(text)")
      case .link(let error): throw Failure.exit(.unavailable, error.explanation)
      }
    }
    observer.end()
    access.link.close()
    let status = try reports.write(result, quiet: quiet, folder: "reports")
    if status != .conforming { throw ExitCode(status.rawValue) }
  }

  private func openTarget(_ library: SuiteLibrary) throws -> TargetAccess {
    let way = LinkOptions(bufferBytes: captureBuffer << 10, impairment: impair)
    if let lab {
      return try TargetAccess.lab(lab, mutants: mutant, rulesets: rules.files, with: way)
    }
    let name = target ?? ""
    if FileManager.default.fileExists(atPath: name) {
      return try TargetAccess.file(try library.target(name), with: way)
    }
    if name.hasSuffix(".yaml") { throw Failure.exit(.noInput, "no such file: \(name)") }
    return try TargetAccess.address(name, allowed: allow, with: way)
  }

  /// The baseline, its entries checked against the suites that run.
  private func knownDeviations(_ library: SuiteLibrary, suites: [TestSuite]) throws -> Baseline? {
    if baseline == "none" { return nil }
    guard let path = baseline ?? lab.flatMap({ library.baselineFile(of: LabCatalogue.target(of: $0) ?? $0) })
    else { return nil }
    let loaded = try library.baseline(path)
    let names = suites.map { $0.name + "." }
    // Entries of suites that don't run now are nobody's fault.
    let relevant = Baseline(
      target: loaded.target,
      entries: loaded.entries.filter { entry in
        self.suites.isEmpty || names.contains { entry.trial.hasPrefix($0) }
      }
    )
    let faults = relevant.unmatched(in: suites)
    guard faults.isEmpty else {
      faults.forEach { Console.error("\($0)") }
      throw ExitCode(ExitStatus.badInput.rawValue)
    }
    return loaded
  }

  private func options(jobs limit: Int?) -> RunOptions {
    var options = RunOptions()
    options.jobs = min(jobs, limit ?? jobs)
    options.retries = retries
    options.recovery = .seconds(recovery)
    // In virtual time nobody waits.
    options.patience = (patience ?? (lab.flatMap(LabCatalogue.simulatedRole) != nil ? nil : 10)).map {
      .seconds($0)
    }
    options.seed = seed
    options.enforcement = require
    options.filters = filter
    options.shard = shard.map { ($0.index, $0.count) }
    options.stopsAtFirstFailure = failFast
    options.rate = rate ?? (lab == nil ? 10_000 : 500_000)
    options.version = Assay.version
    options.today = UTCDate.today
    options.command = rerunCommand
    // Nothing gets lost on a cable inside this machine that isn't counted.
    options.isPathReliable = lab != nil && impair == nil
    if let impair {
      options.remarks = ["The path was impaired on purpose, which is no fault of the target: \(impair)."]
    }
    return options
  }

  private var rerunCommand: String {
    let way = lab.map { "--lab \($0)" } ?? "--target \(target ?? "")"
    let options = rules.files.map { " --ruleset \($0)" } + (impair.map { [" --impair \($0)"] } ?? [])
    let waiting = patience.map { " --patience \($0)" } ?? ""
    return "assay run \(way)" + waiting + options.joined()
  }
}
