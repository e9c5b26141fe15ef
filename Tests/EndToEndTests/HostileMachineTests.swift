import Capture
import Foundation
import Testing

/// A machine on which things go wrong: never a pass that isn't one, never half a report.
@Suite(.enabled(if: Command.isLabPossible, Command.needsLab), .timeLimit(.minutes(5)))
struct HostileMachineTests {
  private static let suites =
    "icmpv4.checksum icmpv4.echo icmpv4.unreachable icmpv6.checksum icmpv6.fragments"

  /// What a run with less than it needs may say: the same as one that had all, or that it doesn't know.
  private func expectNothingInvented(_ reports: Place, _ outcome: Command.Outcome) async throws {
    let clean = try Results(try await FullRun.by(.own).place["results.json"])
    let results = try Results(reports["results.json"])
    #expect(results.trials.count > 100, "\(outcome)")
    for (id, trial) in results.trials where trial.outcome != "inconclusive" {
      #expect(trial.outcome == clean.trials[id]?.outcome, "\(id): \(trial.reason)")
    }
    #expect([0, 2].contains(outcome.status), "\(outcome)")
  }

  @Test(.enabled(if: Tool.exists("taskset"), "taskset isn't installed"))
  func `A run that gets little of a processor invents nothing`() async throws {
    _ = try await FullRun.by(.own)
    let reports = Place()
    let outcome = try await inTurn {
      // Each ends by itself, should nobody be left to end it.
      let count = "i=0; while [ $i -lt 30000000 ]; do i=$((i + 1)); done"
      let busy = try (0..<3).map { _ in
        let loop = Process()
        loop.executableURL = URL(filePath: "/usr/bin/env")
        loop.arguments = ["taskset", "-c", "0", "sh", "-c", count]
        loop.standardOutput = FileHandle.nullDevice
        loop.standardError = FileHandle.nullDevice
        try loop.run()
        return loop
      }
      defer { for loop in busy { kill(loop.processIdentifier, SIGKILL) } }
      let command = Command(wrapper: ["taskset", "-c", "0"], limit: 240)
      return try command.start("run --lab linux-host \(Self.suites) --reports \(reports.path)".words).end()
    }
    try await expectNothingInvented(reports, outcome)
  }

  @Test func `A capture buffer that is too small makes nothing pass or fail`() async throws {
    _ = try await FullRun.by(.own)
    let reports = Place()
    let outcome = try await Command().run(
      "run --lab linux-host \(Self.suites) --capture-buffer 64 --jobs 512 --reports \(reports.path)"
    )
    try await expectNothingInvented(reports, outcome)
    // What was lost is told.
    let results = try Results(reports["results.json"])
    let lost = results.trials.values.count { $0.reason == "capture-lost-frames" || $0.attempts > 1 }
    #expect(lost > 0 || outcome.output.contains("none lost"), "\(outcome)")
  }

  @Test(arguments: ["--junit", "--json", "--html", "--pcapng", "--markdown"])
  func `A report on a full disk is 73, whatever was found`(option: String) async throws {
    let outcome = try await Command().run(
      "run --lab reference icmpv4.echo --no-reports \(option) /dev/full"
    )
    #expect(outcome.status == 73, "\(outcome)")
    #expect(outcome.error.contains("/dev/full"))
  }

  @Test(.enabled(if: getuid() == 0 && Tool.exists("unshare"), "only root can mount a small disk here"))
  func `A disk that fills up has whole reports or none`() async throws {
    let place = Place()
    for kibibytes in [64, 512, 1024] {
      // The disk is in a namespace of its own; what is left on it is copied out.
      let script =
        "mount -t tmpfs -o size=\(kibibytes)k none \(place.path)/disk && \"$@\"; status=$?; "
        + "cp -a \(place.path)/disk \(place.path)/left-\(kibibytes); exit $status"
      try FileManager.default.createDirectory(atPath: place["disk"], withIntermediateDirectories: true)
      let command = Command(wrapper: ["unshare", "-m", "sh", "-c", script, "sh"])
      let outcome = try await command.run(
        "run --lab reference icmpv4.echo icmpv4.checksum --reports \(place["disk"])"
      )
      #expect(outcome.status == 73, "\(outcome)")
      try expectWholeReports(in: place["left-\(kibibytes)"])
    }
  }

  @Test func `However a run is killed, reports are whole or not there, and none is of an earlier run`()
    async throws
  {
    let reports = Place()
    let line = "run --lab reference icmpv4.echo icmpv4.checksum --reports \(reports.path)"
    let first = try await Command().run(line)
    #expect(first.status == 0)
    for milliseconds in [0, 300, 900, 1500, 2500] {
      for name in reports.names { try Data("old".utf8).write(to: URL(filePath: reports[name])) }
      let ended = try await inTurn {
        let run = try Command().start((line + " --verbose").words)
        #expect(run.hasSaid(lines: 1))
        usleep(UInt32(milliseconds) * 1000)
        kill(run.identifier, SIGKILL)
        return run.end().status
      }
      if ended != 128 + SIGKILL { break }
      try expectWholeReports(in: reports.path)
    }
  }

  /// That each report in a directory is whole; temporary files have names of their own.
  private func expectWholeReports(in directory: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: directory) where !name.hasPrefix(".") {
      let path = "\(directory)/\(name)"
      let data = FileManager.default.contents(atPath: path) ?? Data()
      switch name {
      case "junit.xml": #expect(!(try JUnitFile(path)).cases.isEmpty)
      case "results.json": #expect(!(try Results(path)).trials.isEmpty)
      case "capture.pcapng": #expect(!(try CaptureFile.read(bytes: Array(data))).packets.isEmpty)
      case "report.html": #expect(String(decoding: data, as: UTF8.self).hasSuffix("</html>\n"))
      case "summary.md": #expect(String(decoding: data, as: UTF8.self).hasPrefix("## Assay"))
      default: continue
      }
    }
  }
}
