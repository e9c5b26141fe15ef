import Foundation
import Synchronization
import Testing

/// Runs that end before their time.
@Suite(.enabled(if: Command.isLabPossible, Command.needsLab), .timeLimit(.minutes(5)))
struct InterruptionTests {
  /// Runs something that takes ten seconds by its rate, and does something to it when it's under way.
  private func run(
    _ command: Command = Command(),
    reports: Place,
    meanwhile: @escaping @Sendable (_ process: Int32) -> Void
  ) async throws -> Command.Outcome {
    let line =
      "run --lab linux-host icmpv4.unknown-types --jobs 12 --rate 150 --verbose --reports \(reports.path)"
    return try await inTurn {
      let run = try command.start(line.words)
      #expect(run.hasSaid(lines: 40))
      meanwhile(run.identifier)
      return run.end()
    }
  }

  /// A signal with the exit status that it leads to.
  private static let signals = [(SIGINT, 130, "SIGINT"), (SIGTERM, 143, "SIGTERM")].map {
    (number: Int32($0), status: Int32($1), name: $2)
  }

  @Test(arguments: signals.indices)
  func `A signal ends the run with whole reports and the rest as not run`(index: Int) async throws {
    let signal = Self.signals[index]
    let reports = Place()
    let outcome = try await run(reports: reports) { kill($0, signal.number) }
    #expect(outcome.status == signal.status, "\(outcome)")
    let junit = try JUnitFile(reports["junit.xml"])
    #expect(junit.cases.count == 337)
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
    let outcome = try await run(reports: reports) { kill($0, SIGINT) }
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
    let own = try #require(Traces.networkNamespace(of: getpid()))
    let before = Mutex<Set<String>>([])
    let outcome = try await run(command, reports: reports) { process in
      before.withLock { $0 = Traces.networkNamespaces(of: process).subtracting([own]) }
      // The run, and the services of its lab.
      let processes = Traces.processes(marked: mark)
      #expect(processes.count == 2 && processes.contains(process))
      kill(process, SIGKILL)
    }
    let namespaces = before.withLock { $0 }
    #expect(namespaces.count == 2)
    #expect(outcome.status == 128 + SIGKILL)
    #expect(Traces.become { Traces.processes(marked: mark).isEmpty })
    #expect(Traces.become { Traces.namespacesInUse().isDisjoint(with: namespaces) })
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
    #expect(Traces.become { Traces.processes(marked: mark).isEmpty })
    #expect(Self.interfaces == interfaces)
  }
}

/// What processes leave behind in /proc.
enum Traces {
  private static var all: [Int32] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
  }

  /// Whether something is so within a second: the kernel ends a lab's services right behind the run.
  static func become(_ condition: () -> Bool) -> Bool {
    for _ in 0..<100 {
      if condition() { return true }
      usleep(10_000)
    }
    return condition()
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
