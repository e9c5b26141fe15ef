public import ArgumentParser
import Foundation
import Link
import Report
import Runner
public import Suite
import Sweep

/// `assay sweep`: what a router, NAT or firewall does to every type and code.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Send every ICMP type and code through a router, NAT or firewall, and tell what becomes of it.",
    discussion: """
      Draws maps of what is delivered, changed, rejected, dropped or rate-limited, both ways, unsolicited and as part \
      of real conversations; holds them against policies; and tells exactly what changed since an earlier sweep.

        assay sweep --lab nft-firewall --ruleset my-rules.nft
        assay sweep --target edge-7.yaml --policy rfc4890-transit --junit results.xml
        assay sweep --target edge-7.yaml --save before.json     and after the change: --compare before.json

      Exit status: 0 all is as policies want and nothing changed, 1 a policy is broken or something changed, \
      2 something isn't proved; the others as of 'assay run'.
      """
  )

  @Option(help: "A target with two sides that is made on this machine; see 'assay lab list'.")
  var lab: String?

  @Option(help: "A target file with 'near' and 'far'.", completion: .file())
  var target: String?

  @OptionGroup var rules: RulesetOption

  @Option(
    help: ArgumentHelp(
      "What the filter is to do: a policy file, or a bundled one (see docs/sweeping.md); may be repeated.",
      valueName: "file"
    )
  )
  var policy: [String] = []

  @Option(help: ArgumentHelp("Save the sweep, for --compare.", valueName: "file"), completion: .file())
  var save: String?

  @Option(
    help: ArgumentHelp("Tell what changed since a saved sweep.", valueName: "file"),
    completion: .file()
  )
  var compare: String?

  @Option(help: ArgumentHelp("JUnit XML.", valueName: "file"), completion: .file())
  var junit: String?

  @Option(help: "Who the JUnit file is for: common, or strict (Ant and Jenkins xunit schemas).")
  var junitDialect: JUnitReport.Dialect = .common

  @Option(help: ArgumentHelp("HTML page with the maps.", valueName: "file"), completion: .file())
  var html: String?

  @Option(help: ArgumentHelp("Everything as JSON.", valueName: "file"), completion: .file())
  var json: String?

  @Option(help: "The weakest level that can fail a rule: must, should or may.")
  var require: Enforcement = .must

  @Option(help: "Only this way: outbound (near to far) or inbound; may be repeated.")
  var direction: [SweepDirection] = []

  @Option(
    help:
      "Only in this state: unsolicited, established, related-echo, related-udp or related-tcp; may be repeated."
  )
  var state: [SweepState] = []

  @Option(name: .customLong("ip"), help: "Only this version of IP: 4 or 6; may be repeated.")
  var versions: [IPVersion] = []

  @Option(help: "Most frames a second; default: 10000, in a lab as many as it takes.")
  var rate: Int?

  @Option(
    help: ArgumentHelp("How long each map may take to tell rate limits from drops.", valueName: "seconds")
  )
  var patience: Int = 10

  @Option(help: "Tells the frames of one sweep from those of another, and shuffles what is asked again.")
  var seed: UInt32 = 1

  @Option(
    help: ArgumentHelp(
      "Impair the path on purpose, in labs only: 'loss=1%,seed=7' and the like; see 'assay run --help'.",
      valueName: "what"
    ),
    transform: Impairment.init(argument:)
  )
  var impair: Impairment?

  @Flag(name: .shortAndLong, help: "No progress, and only the last line of the summary.")
  var quiet = false

  @Flag(name: .customLong("no-progress"), help: "No redrawn progress line.")
  var noProgress = false

  func validate() throws {
    if (lab == nil) == (target == nil) {
      throw ValidationError("Name a target with two sides: either --lab nft-firewall, or --target FILE.")
    }
    if lab == nil, !rules.files.isEmpty { throw ValidationError("--ruleset goes with --lab.") }
    if lab == nil, impair != nil { throw ValidationError("--impair goes with --lab only.") }
    if let rate, !(1...10_000_000).contains(rate) {
      throw ValidationError("--rate is a number of frames a second, from 1.")
    }
    if !(1...3600).contains(patience) {
      throw ValidationError("--patience is a number of seconds up to 3600.")
    }
  }

  func run() throws {
    for path in [junit, html, json, save == compare ? nil : save].compactMap(\.self) {
      ReportFiles.removeEarlier(path)
    }
    let library = SuiteLibrary()
    let catalogue = policy.isEmpty ? RequirementCatalogue() : try library.catalogue()
    let policies = try library.policies(policy, in: catalogue)
    let earlier = try compare.map { try savedSweep($0) }
    let way = LinkOptions(bufferBytes: 32 << 20, impairment: impair)
    let access: SweepAccess
    if let lab {
      access = try SweepAccess.lab(lab, rulesets: rules.files, with: way)
    } else {
      access = try SweepAccess.open(try library.target(target ?? ""), with: way)
    }
    if !quiet { access.remarks.forEach { Console.error("assay: \($0)") } }
    SignalFlag.install()
    let progress = SweepProgress(isQuiet: quiet, isInteractive: Console.isInteractive && !noProgress)
    let options = options(access, policies, earlier)
    if options.slices.isEmpty { throw Failure.exit(.nothingSelected, "no map is left to be drawn") }
    var sweeper = Sweeper(target: access.target, link: access.link, options: options, observer: progress)
    let result: SweepResult
    do throws(SweepError) { result = try sweeper.run() } catch {
      progress.end()
      throw failure(error)
    }
    progress.end()
    access.link.close()
    var report = SweepReport(
      result,
      judgements: policies.map { PolicyJudgement($0, result) },
      comparison: earlier.map { SweepComparison(before: $0.slices, after: result.slices) },
      comparedWith: compare,
      catalogue: catalogue,
      enforcement: require,
      version: Assay.version
    )
    if let signal = SignalFlag.pending { report.interruptedBy = signal == SIGTERM ? "SIGTERM" : "SIGINT" }
    let status = try write(report)
    if status != .conforming { throw ExitCode(status.rawValue) }
  }

  /// What is asked: what the user named, else what policies speak of and the earlier sweep has, else everything.
  private func options(
    _ access: SweepAccess,
    _ policies: [FilterPolicy],
    _ earlier: SweepResult?
  ) -> SweepOptions {
    var options = SweepOptions()
    var slices = policies.flatMap(\.slices) + (earlier?.slices.map(\.slice) ?? [])
    if policies.isEmpty, earlier == nil { slices = SweepSlice.all() }
    let order = SweepSlice.all()
    var seen: Set<SweepSlice> = []
    let unique = slices.filter { seen.insert($0).inserted }
    options.slices = (order.filter(seen.contains) + unique.filter { $0.variant != nil }).filter { slice in
      (versions.isEmpty || versions.contains(slice.version))
        && (direction.isEmpty || direction.contains(slice.direction))
        && (state.isEmpty || state.contains(slice.state))
    }
    options.rate = rate ?? (lab == nil ? 10_000 : 10_000_000)
    options.isPathReliable = access.isReliable
    options.run = seed
    options.patience = .seconds(patience)
    return options
  }

  private func savedSweep(_ path: String) throws -> SweepResult {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure.exit(.noInput, "can't read \(path)")
    }
    do throws(SweepDocument.Fault) {
      return try SweepJSON.result(from: String(decoding: data, as: UTF8.self))
    } catch {
      throw Failure.exit(.badInput, "\(path) is no saved sweep: \(error)")
    }
  }

  private func failure(_ error: SweepError) -> ExitCode {
    switch error {
    case .oneSided(let text): Failure.exit(.usage, text)
    case .unreachable(let text): Failure.exit(.unavailable, "the target can't be reached: \(text)")
    case .link(let error): Failure.exit(.unavailable, error.explanation)
    case .craft(let text): Failure.exit(.harnessError, "a packet can't be crafted: \(text)")
    }
  }

  /// Writes what was asked for and prints the summary; what can't be written is told, and is the exit status.
  private func write(_ report: SweepReport) throws -> ExitStatus {
    var status = report.status
    var written: [String] = []
    let text = try SweepJSON.render(report)
    let files: [(path: String?, text: () -> String)] = [
      (junit, { SweepJUnit.render(report, dialect: junitDialect) }),
      (ProcessInfo.processInfo.environment["XML_OUTPUT_FILE"], { SweepJUnit.render(report) }),
      (html, { SweepHTML.render(report) }), (json, { text }), (save, { text }),
    ]
    do throws(ReportError) {
      for (path, text) in files {
        guard let path else { continue }
        try ReportFiles.write(Array(text().utf8), to: path)
        written.append(path)
      }
    } catch {
      Console.error("assay: \(error)")
      status = .cannotWrite
    }
    let summary = SweepSummary(style: Console.style, width: Console.width, reports: written)
    Console.out(quiet ? summary.verdict(report) + "\n" : summary.render(report))
    return status
  }
}

extension SweepDirection: ExpressibleByArgument {}
extension SweepState: ExpressibleByArgument {}
extension IPVersion: ExpressibleByArgument {}
