import ArgumentParser
import Capture
import Foundation
import Report
import Runner
import Suite

/// `assay judge`: the verdicts of a run from its capture alone.
struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Judge a run again from its capture: the same verdicts, without target or privileges.",
    discussion: """
      The capture that a run leaves (capture.pcapng, or evidence/SUITE/CASE.pcapng for one trial) holds its plan: suites, \
      seed, target, and which persona tried what when. The verdicts come from plan and frames alone.

      Another capture of the same wire, taken beside the run by tcpdump or dumpcap, is judged with the plan of the run.

      A suite file that is named takes the place of the one that was run, for example with a stricter expectation.

        assay judge reports/capture.pcapng
        assay judge beside.pcap --plan reports/capture.pcapng
        assay judge reports/evidence/icmpv4.echo/reply.pcapng Suites/icmpv4/echo.yaml
      """
  )

  @Argument(help: ArgumentHelp("A pcapng or pcap file.", valueName: "capture"))
  var capture: String

  @Argument(help: "Names of suites, such as 'icmpv4.*', or files to use instead; default: what was run.")
  var suites: [String] = []

  @Option(help: ArgumentHelp("The capture whose plan counts; default: the same.", valueName: "file"))
  var plan: String?

  @Option(
    help: ArgumentHelp("Only trials that match, on suite.case[variant]; may be repeated.", valueName: "glob")
  )
  var filter: [String] = []

  @Option(help: "The weakest level that can fail a case: must, should or may; default: as in the run.")
  var require: Enforcement?

  @Option(help: "Known deviations; default: those of the run. 'none' for no baseline.")
  var baseline: String?

  @OptionGroup var reports: ReportOptions

  @Flag(name: .shortAndLong, help: "No summary but the last line.")
  var quiet = false

  func run() throws {
    let content = try read(capture)
    let frames: [CapturedFrame]
    do throws(CaptureError) { frames = try content.frames() } catch {
      throw Failure.exit(.badInput, "\(capture): \(error.description)")
    }
    guard !frames.isEmpty else {
      throw Failure.exit(.badInput, "\(capture) has no frames: nothing can be judged")
    }
    let (record, isOwn) = try recordedPlan(content)
    let selection = try SuiteSelection(suites, among: record)
    let replayed = selection.record
    let known = try deviations(of: replayed)
    // Entries of the run's own baseline hold as they did then.
    let started = Double(replayed.started.nanoseconds) / 1e9
    var replay: Replay
    do throws(ReplayError) {
      replay = try Replay(
        replayed,
        suites: selection.suites,
        frames: frames,
        isOwnCapture: isOwn,
        baseline: known,
        enforcement: require,
        today: baseline == nil ? UTCDate.text(Date(timeIntervalSince1970: started)) : UTCDate.today
      )
    } catch {
      guard case .unknownTrial(let id) = error else { throw error }
      throw Failure.exit(.badInput, "the run had a trial '\(id)', which the suites don't have")
    }
    var result = replay.run()
    result.keep(matching: selection.globs, filter)
    if result.suites.isEmpty { throw Failure.exit(.nothingSelected, "no trial of the capture matches") }
    var status = try reports.write(result, quiet: quiet, folder: nil)
    // That the run was interrupted then doesn't interrupt this command.
    if status != .cannotWrite, result.interruptedBy != nil {
      result.interruptedBy = nil
      status = ExitStatus(result)
    }
    if status != .conforming { throw ExitCode(status.rawValue) }
  }

  private func read(_ path: String) throws -> CaptureFile {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure.exit(.noInput, "no such file: \(path)")
    }
    do throws(CaptureError) { return try CaptureFile.read(bytes: Array(data)) } catch {
      throw Failure.exit(.badInput, "\(path): \(error.description)")
    }
  }

  /// The plan, and whether the capture is the run's own, frame for frame.
  private func recordedPlan(_ content: CaptureFile) throws -> (RunRecord, isOwn: Bool) {
    let source = try plan.map(read) ?? content
    let record: RunRecord?
    do throws(CapturedPlanError) { record = try CapturedPlan.read(from: source) } catch {
      throw Failure.exit(.badInput, "\(plan ?? capture): the plan can't be read: \(error.reason)")
    }
    guard let record else {
      throw Failure.exit(
        .badInput,
        "\(plan ?? capture) holds no plan of a run; name the run's own capture: --plan reports/capture.pcapng"
      )
    }
    return (record, plan == nil && record.frames == content.packets.count)
  }

  private func deviations(of record: RunRecord) throws -> Baseline? {
    if baseline == "none" { return nil }
    if let baseline { return try SuiteLibrary().baseline(baseline) }
    guard let recorded = record.baseline else { return nil }
    do throws(SuiteError) { return try Baseline(decoding: recorded.text, file: recorded.file) } catch {
      throw SuiteLibrary().refusal(error.diagnostics.map(\.description))
    }
  }
}

/// Which suites of a recorded run are judged, and by which text.
private struct SuiteSelection {
  var record: RunRecord
  var suites: [TestSuite]
  /// Names of suites; empty: all.
  var globs: [Glob]

  init(_ arguments: [String], among record: RunRecord) throws {
    self.record = record
    let library = SuiteLibrary()
    let isFile = { (name: String) in FileManager.default.fileExists(atPath: name) || name.hasSuffix(".yaml") }
    globs = arguments.filter { !isFile($0) }.map { Glob($0) }
    do throws(SuiteError) { suites = try record.decodedSuites() } catch {
      throw library.refusal(error.diagnostics.map(\.description))
    }
    let files = arguments.filter(isFile)
    if files.isEmpty { return }
    let given = try library.suites(files)
    for suite in given {
      guard let place = suites.firstIndex(where: { $0.name == suite.name }) else {
        let names = suites.map(\.name).joined(separator: ", ")
        throw Failure.exit(.badInput, "\(suite.file): the run had no suite '\(suite.name)', but \(names)")
      }
      suites[place] = suite
      globs.append(Glob(suite.name))
    }
    let catalogue = try library.catalogue()
    self.record.requirements += given.flatMap(\.cases).flatMap(\.requirements).compactMap {
      catalogue[$0.value]
    }
  }
}

extension RunResult {
  /// Leaves the trials of some suites that match a filter.
  fileprivate mutating func keep(matching names: [Glob], _ filters: [String]) {
    let globs = filters.map { Glob($0) }
    for index in suites.indices {
      let suite = suites[index]
      if !names.isEmpty, !names.contains(where: { $0.matches(suite.name) }) { suites[index].trials = [] }
      if globs.isEmpty { continue }
      suites[index].trials.removeAll { trial in
        let names = ["\(suite.name).\(trial.name)", "\(suite.name).\(trial.caseID)", suite.name]
        return !globs.contains { glob in names.contains { glob.matches($0) } }
      }
    }
    suites.removeAll(where: \.trials.isEmpty)
  }
}
