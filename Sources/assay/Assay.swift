import ArgumentParser
import Report

/// The command line: thin; everything it does is in the modules.
@main
struct Assay: ParsableCommand {
  /// The version that reports name.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "Test whether a device obeys the RFCs on ICMP, for IPv4 and IPv6.",
    discussion: """
      Assay puts crafted packets on the wire towards a target, watches what comes back, and judges it.

        assay run --lab linux-host          this machine's own kernel, in a network namespace
        assay run --target edge-7.yaml      a real device, described in a file
        assay show icmpv4.echo              what a suite sends and expects

      Exit status: 0 conforming, 1 a required case fails, 2 something is inconclusive, 3 the harness erred, \
      4 nothing was selected, 64 usage, 65 a file is wrong, 66 no such file, 69 the target can't be reached, \
      73 a report can't be written, 77 privileges are missing, 130/143 interrupted (reports are written).
      """,
    version: version,
    subcommands: [
      RunCommand.self, JudgeCommand.self, ListCommand.self, ShowCommand.self, LintCommand.self,
      SweepCommand.self, CoverageCommand.self, CraftCommand.self,
      ImportCommand.self, SelfTestCommand.self, SchemaCommand.self, LabCommand.self,
      DoctorCommand.self,
    ]
  )
}
