import Foundation

/// Runs the probe, a process of its own, as root or without privileges.
enum Probe {
  /// With whose rights a lab is made.
  enum Mode: String, CaseIterable, CustomStringConvertible {
    case root, rootless
    var description: String { rawValue }
  }

  /// The modes that this test process can use.
  ///
  /// Root tests both, the second as the user nobody; others test what they are.
  static let modes: [Mode] = getuid() != 0 ? [.rootless] : isReadableByNobody ? [.root, .rootless] : [.root]

  /// Whether a lab can be made here at all; the tests that need one are skipped otherwise.
  static let isLabPossible: Bool = (try? Run(["open"], modes[0]).end().status) == 0

  /// Whether the programs are there that load rules.
  static let canFilter: Bool = ["nft", "iptables-restore", "ip6tables-restore"].allSatisfy { name in
    ["/usr/sbin/", "/sbin/", "/usr/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + name) }
  }

  /// The packet filter's rules of this machine itself, as nft writes them; throws where they can't be looked at.
  static func hostRules() throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/sbin/nft")
    process.arguments = ["-s", "list", "ruleset"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileReadNoPermission) }
    return String(decoding: data, as: UTF8.self)
  }

  static let whyNot: String = "this machine forbids namespaces: run 'assay doctor'"

  /// The executable, beside the test bundle.
  static let program: URL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "LabProbe")

  /// A place of one test process where nobody may read and write.
  static let publicDirectory: URL = {
    let place = FileManager.default.temporaryDirectory.appending(path: "assay-probe-\(getpid())")
    try? FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    chmod(place.path, 0o777)
    try? FileManager.default.copyItem(at: program, to: place.appending(path: "LabProbe"))
    atexit { try? FileManager.default.removeItem(at: Probe.publicDirectory) }
    return place
  }()

  private static let isReadableByNobody = (try? Run([], .rootless).end().status) == 64

  /// One run of the probe.
  final class Run {
    let process = Process()
    private let output = Pipe()

    init(_ arguments: [String], _ mode: Mode, runtimeDirectory: URL? = nil) throws {
      let isNobody = mode == .rootless && getuid() == 0
      if isNobody {
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        let probe = Probe.publicDirectory.appending(path: "LabProbe").path
        process.arguments = ["--reuid=65534", "--regid=65534", "--clear-groups", probe] + arguments
      } else {
        process.executableURL = Probe.program
        process.arguments = arguments
      }
      process.currentDirectoryURL = URL(filePath: "/")
      var environment = ProcessInfo.processInfo.environment
      // No lab that this user has up is to be joined, or taken down.
      let nowhere = Probe.publicDirectory.appending(path: "none")
      environment["XDG_RUNTIME_DIR"] = (runtimeDirectory ?? nowhere).path
      process.environment = environment
      process.standardOutput = output
      process.standardInput = FileHandle.nullDevice
      try process.run()
    }

    /// A test that ends early leaves nobody behind.
    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// Waits for the end: what was printed as lines of key=value, and the exit status.
    func end() throws -> (values: [String: String], status: Int32, text: String) {
      let data = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      let text = String(decoding: data, as: UTF8.self)
      return (Self.values(text), process.terminationStatus, text)
    }

    /// What it prints until a line with this key is there.
    func values(until key: String) -> [String: String] {
      var text = ""
      while !Self.values(text).keys.contains(key) || !text.hasSuffix("\n") {
        let part = output.fileHandleForReading.availableData
        if part.isEmpty { break }
        text += String(decoding: part, as: UTF8.self)
      }
      return Self.values(text)
    }

    private static func values(_ text: String) -> [String: String] {
      var values: [String: String] = [:]
      for line in text.split(separator: "\n") {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
      }
      return values
    }
  }

  /// Runs a scenario to its end.
  static func run(_ arguments: String..., mode: Mode) throws -> [String: String] {
    try Run(arguments, mode).end().values
  }
}
