public import ArgumentParser
import Foundation
public import Report
import Runner

/// Which reports a run leaves.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write all reports there; of a run, default: reports.", valueName: "dir"))
  var reports: String?

  @Flag(name: .customLong("no-reports"), help: "Write only the reports named one by one.")
  var noReports = false

  @Option(help: ArgumentHelp("JUnit XML.", valueName: "file"))
  var junit: String?

  @Option(help: "Who the JUnit file is for: common, or strict (Ant and Jenkins xunit schemas).")
  var junitDialect: JUnitReport.Dialect = .common

  @Option(help: ArgumentHelp("HTML page.", valueName: "file"))
  var html: String?

  @Option(help: ArgumentHelp("All results as JSON.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Annotated capture.", valueName: "file"))
  var pcapng: String?

  @Option(help: ArgumentHelp("Summary as Markdown.", valueName: "file"))
  var markdown: String?

  @Flag(help: "TAP on standard output instead of the summary.")
  var tap = false

  /// Writes what was asked for and prints the summary.
  ///
  /// - Parameters:
  ///   - result: What was found.
  ///   - quiet: Whether to print the last line only.
  ///   - folder: Where all reports go if the user named no place; nil: nowhere.
  /// - Returns: The exit status.
  /// - Throws: Nothing of its own: what can't be written is told, and is the exit status.
  func write(_ result: RunResult, quiet: Bool, folder: String?) throws -> ExitStatus {
    var status = ExitStatus(result)
    var written: [String] = []
    do throws(ReportError) {
      if !noReports, let folder = reports ?? folder {
        written = try ReportFiles.write(result, to: folder, dialect: junitDialect)
      }
      let environment = ProcessInfo.processInfo.environment
      let single: [(path: String?, text: () -> String)] = [
        (junit, { JUnitReport.render(result, dialect: junitDialect) }),
        (environment["XML_OUTPUT_FILE"], { JUnitReport.render(result, dialect: junitDialect) }),
        (html, { HTMLReport.render(result) }),
        (json, { JSONReport.render(result) }),
        (markdown, { MarkdownReport.render(result) }),
      ]
      for (path, text) in single {
        guard let path else { continue }
        try ReportFiles.write(Array(text().utf8), to: path)
        written.append(path)
      }
      if let pcapng {
        try ReportFiles.write(AnnotatedCapture.render(result), to: pcapng)
        written.append(pcapng)
      }
    } catch {
      Console.error("assay: \(error)")
      status = .cannotWrite
    }
    print(result, quiet: quiet, written: written)
    return status
  }

  /// Removes what an earlier run wrote to the places of this one's reports: a run that is killed leaves none, not old ones.
  func removeEarlier(folder: String?) {
    let single = [
      junit, html, json, markdown, pcapng, ProcessInfo.processInfo.environment["XML_OUTPUT_FILE"],
    ]
    let all =
      noReports ? [] : (reports ?? folder).map { place in ReportFiles.names.map { "\(place)/\($0)" } } ?? []
    for path in single.compactMap(\.self) + all { ReportFiles.removeEarlier(path) }
  }

  private func print(_ result: RunResult, quiet: Bool, written: [String]) {
    let environment = ProcessInfo.processInfo.environment
    if tap {
      Console.out(TAPReport.render(result))
    } else if quiet {
      Console.out(ResultCounts(result).line + "\n")
    } else {
      if environment["GITHUB_ACTIONS"] == "true" { Console.out(GitHubReport.annotations(result)) }
      let summary = TerminalSummary(
        style: Console.style,
        width: Console.width,
        reports: written
      )
      Console.out(summary.render(result))
    }
    // A step summary is added to, never replaced.
    if let path = environment["GITHUB_STEP_SUMMARY"], let handle = FileHandle(forWritingAtPath: path) {
      _ = try? handle.seekToEnd()
      try? handle.write(contentsOf: Data(MarkdownReport.render(result).utf8))
      try? handle.close()
    }
  }
}

extension JUnitReport.Dialect: ExpressibleByArgument {}
