import Foundation
import Testing

/// Runs the built `assay` as a process of its own, as users do.
struct Command: Sendable {
  /// With whose rights.
  enum User: String, CaseIterable, CustomStringConvertible, Sendable {
    /// Whoever runs the tests.
    case own
    /// The user nobody, where root runs the tests.
    case nobody
    var description: String { rawValue }
  }

  /// How a process ended, and what it said.
  struct Outcome: CustomStringConvertible, Sendable {
    /// The exit status; 128 and the signal's number if one ended it.
    var status: Int32
    var output: String
    var error: String
    var lastLine: String { output.split(separator: "\n").last.map(String.init) ?? "" }
    var description: String { "status \(status)\n\(output.suffix(3000))\n\(error.suffix(3000))" }
  }

  /// The executable, beside the test bundle.
  static let program: String = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "assay").path

  /// The checked-out project.
  static let project: String = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Whether a lab can be made here; tests that need one are skipped otherwise.
  static let isLabPossible: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["doctor"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  static let needsLab: Comment = "this machine forbids namespaces: 'assay doctor' says why"

  /// The users that this process can run commands as.
  static let users: [User] = getuid() == 0 ? [.own, .nobody] : [.own]

  var user = User.own
  /// Programs and arguments in front of the command's, for example `unshare -n`.
  var wrapper: [String] = []
  var environment: [String: String] = [:]
  /// The directory it starts in; the project if nil.
  var directory: String?
  /// It's killed after so many seconds.
  var limit: Double = 120

  /// Runs `assay` with the words of a line, to its end.
  func run(_ line: String = "") async throws -> Outcome { try await run(line.words) }

  /// Runs `assay` to its end.
  func run(_ arguments: [String]) async throws -> Outcome {
    try await inTurn { try start(arguments).end() }
  }

  /// Starts `assay`, out of turn.
  func start(_ arguments: [String]) throws -> Running {
    let isNobody = user == .nobody && getuid() == 0
    var words = wrapper
    if isNobody { words += ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] }
    words.append(isNobody ? PublicCopy.program : Self.program)
    words += arguments
    var variables = ProcessInfo.processInfo.environment
    for name in ["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "XML_OUTPUT_FILE", "NO_COLOR", "FORCE_COLOR", "CI"]
    {
      variables[name] = nil
    }
    variables["PATH", default: "/usr/bin:/bin"] += ":/usr/sbin:/sbin"
    // No lab that this user has up is to be joined.
    variables["XDG_RUNTIME_DIR"] = PublicCopy.directory + "/none"
    // A crash is to end at once.
    variables["SWIFT_BACKTRACE"] = "interactive=no,color=no"
    if isNobody { variables["ASSAY_SUITES"] = PublicCopy.directory + "/Suites" }
    variables.merge(environment) { $1 }
    return try Running(words, variables, directory ?? (isNobody ? "/" : Self.project), limit: limit)
  }
}

extension String {
  /// The words between white space.
  var words: [String] { split(whereSeparator: \.isWhitespace).map(String.init) }
}

/// A process that runs; its output goes to files, so that nobody need wait for it.
final class Running {
  let process = Process()
  private let files = [Place(), Place()]

  fileprivate init(
    _ words: [String],
    _ environment: [String: String],
    _ directory: String,
    limit: Double
  ) throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.environment = environment
    process.currentDirectoryURL = URL(filePath: directory)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try files[0].handle("text")
    process.standardError = try files[1].handle("text")
    try process.run()
    let process = self.process
    DispatchQueue.global().asyncAfter(deadline: .now() + limit) {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
  }

  var identifier: Int32 { process.processIdentifier }
  var output: String { files[0].text("text") }
  var error: String { files[1].text("text") }

  /// Waits until standard error has so many lines; false if it ended before.
  func hasSaid(lines: Int) -> Bool {
    while process.isRunning {
      if error.utf8.lazy.filter({ $0 == 0x0a }).count >= lines { return true }
      usleep(10_000)
    }
    return false
  }

  /// Waits for the end.
  func end() -> Command.Outcome {
    process.waitUntilExit()
    let status = process.terminationStatus
    return Command.Outcome(
      status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
      output: output,
      error: error
    )
  }
}

/// Does something that waits, on a thread of its own and when its turn has come.
///
/// Tests of other modules may hold all threads of Swift's pool for minutes, and what is to happen in the middle of a
/// run would happen after it.
func inTurn<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  await Turn.shared.take()
  let result = await withCheckedContinuation { continuation in
    Thread.detachNewThread { continuation.resume(returning: Result(catching: work)) }
  }
  await Turn.shared.give()
  return try result.get()
}

/// Lets few commands run at once: the machine is small, and their clocks are real.
private actor Turn {
  static let shared = Turn()
  private var free = 4
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func give() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
