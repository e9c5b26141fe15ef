import Foundation
import Testing

/// Runs that end before their time.
@Suite(.enabled(if: Command.isLabPossible, Command.needsLab), .timeLimit(.minutes(5)))
struct InterruptionTests {
  /// Starts a run that takes ten seconds by its rate, and waits until it's under way.
  private func begin(
    _ command: Command = Command(),
    reports: Place,
    _ more: String...
  ) async throws -> Running {
    let run = try command.start(
      [
        "run", "--lab", "linux-host", "icmpv4.unknown-types", "--jobs", "12", "--rate", "150", "--verbose",
        "--reports", reports.path,
      ] + more
    )
    #expect(try await run.hasSaid(lines: 40))
    return run
  }

  /// A signal with the exit status that it leads to.
  private static let signals = [(SIGINT, 130, "SIGINT"), (SIGTERM, 143, "SIGTERM")].map {
    (number: Int32($0), status: Int32($1), name: $2)
  }

  @Test(arguments: signals.indices)
  func `A signal ends the run with whole reports and the rest as not run`(index: Int) async throws {
    let signal = Self.signals[index]
    let reports = Place()
    let run = try await begin(reports: reports)
    let sent = Date()
    kill(run.identifier, signal.number)
    let outcome = try await run.end()
    #expect(Date().timeIntervalSince(sent) < 5)
    #expect(outcome.status == signal.status, "\(outcome)")
    let junit = try JUnitFile(reports["junit.xml"])
    #expect(junit.cases.count == 341)
    #expect(junit.count(nil) >= 39)
    #expect(junit.count("failure") == 0)
    #expect(junit.count("error") == 0)
    let rest = junit.cases.filter { $0.outcome == "skipped" }
    #expect(rest.count > 100)
    #expect(rest.allSatisfy { $0.type == "not-run" && $0.message.contains(signal.name) })
    #expect(outcome.lastLine == junit.summary)
    #expect(outcome.output.contains("Interrupted by \(signal.name): \(rest.count) trials were not run."))
    for name in ["results.json", "report.html", "summary.md", "capture.pcapng"] {
      #expect(reports.names.contains(name))
    }
  }

  @Test(.enabled(if: Tool.hasTShark, "tshark isn't installed"))
  func `The capture of an interrupted run is whole`() async throws {
    let reports = Place()
    let run = try await begin(reports: reports)
    kill(run.identifier, SIGINT)
    let outcome = try await run.end()
    #expect(outcome.status == 130)
    let read = try #require(
      Tool.run("tshark -r \(reports["capture.pcapng"]) -T fields -e frame.comment")
    )
    #expect(read.status == 0)
    #expect(read.output.split(separator: "\n").count > 80)
  }

  @Test(arguments: Command.users)
  func `After SIGKILL neither process nor namespace nor interface is left`(user: Command.User) async throws {
    let mark = UUID().uuidString
    let interfaces = Self.interfaces
    let reports = Place()
    let command = Command(user: user, environment: ["ASSAY_TEST_MARK": mark])
    let run = try await begin(command, reports: reports)
    let own = try #require(Traces.networkNamespace(of: getpid()))
    let namespaces = Traces.networkNamespaces(of: run.identifier).subtracting([own])
    #expect(namespaces.count == 2)
    #expect(Traces.processes(marked: mark) == [run.identifier])
    kill(run.identifier, SIGKILL)
    #expect(try await run.end().status == 128 + SIGKILL)
    #expect(Traces.processes(marked: mark).isEmpty)
    #expect(Traces.namespacesInUse().isDisjoint(with: namespaces))
    #expect(Self.interfaces == interfaces)
    #expect(reports.names.isEmpty)
  }

  /// The interfaces that the tests' own namespace has.
  private static var interfaces: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: "/sys/class/net"))?.sorted() ?? []
  }

  @Test func `A run that ended leaves no process and no interface either`() async throws {
    let mark = UUID().uuidString
    let interfaces = Self.interfaces
    let outcome = try await Command(environment: ["ASSAY_TEST_MARK": mark]).run(
      "run --lab linux-host icmpv4.timestamp --no-reports"
    )
    #expect(outcome.status == 0, "\(outcome)")
    #expect(Traces.processes(marked: mark).isEmpty)
    #expect(Self.interfaces == interfaces)
  }
}

/// What processes leave behind in /proc.
enum Traces {
  private static var all: [Int32] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
  }

  /// The processes whose environment holds a mark; those that have ended have none.
  static func processes(marked mark: String) -> [Int32] {
    all.filter { process in
      let data = FileManager.default.contents(atPath: "/proc/\(process)/environ") ?? Data()
      return String(decoding: data, as: UTF8.self).contains("ASSAY_TEST_MARK=\(mark)")
    }
  }

  /// For example `net:[4026531840]`.
  static func networkNamespace(of process: Int32) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/ns/net")
  }

  /// The namespaces that a process is in or holds by a descriptor.
  static func networkNamespaces(of process: Int32) -> Set<String> {
    let folder = "/proc/\(process)/fd"
    let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let held = descriptors.compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
    }
    return Set(held.filter { $0.hasPrefix("net:[") } + [networkNamespace(of: process)].compactMap { $0 })
  }

  /// The namespaces of all processes that this one may look at.
  static func namespacesInUse() -> Set<String> { Set(all.flatMap { networkNamespaces(of: $0) }) }
}
