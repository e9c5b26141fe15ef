import Foundation

/// A directory of one test, removed with it, in which everybody may write.
final class Place: Sendable {
  let path: String

  init() {
    path = PublicCopy.directory + "/" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    chmod(path, 0o777)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it.
  subscript(_ name: String) -> String { path + "/" + name }

  func text(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: self[name]) ?? Data(), as: UTF8.self)
  }

  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: self[name], atomically: true, encoding: .utf8)
    return self[name]
  }

  /// A new file to be written into.
  func handle(_ name: String) throws -> FileHandle {
    _ = FileManager.default.createFile(atPath: self[name], contents: nil)
    return try FileHandle(forWritingTo: URL(filePath: self[name]))
  }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? [] }
}

/// The command and the suites where also nobody can read them, for as long as the tests run.
enum PublicCopy {
  static let directory: String = {
    let path = FileManager.default.temporaryDirectory.appending(path: "assay-tests-\(getpid())").path
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    chmod(path, 0o777)
    atexit { try? FileManager.default.removeItem(atPath: PublicCopy.directory) }
    return path
  }()

  static let program: String = {
    let copy = directory + "/assay"
    try? FileManager.default.copyItem(atPath: Command.program, toPath: copy)
    try? FileManager.default.copyItem(atPath: Command.project + "/Suites", toPath: directory + "/Suites")
    return copy
  }()
}

/// Programs of others that check what Assay wrote.
enum Tool {
  /// Runs the words of a line as a program, to its end; nil if it can't be started.
  static func run(_ line: String) -> (status: Int32, output: String)? { run(line.words) }

  /// Runs a program with its arguments, to its end; nil if it can't be started.
  static func run(_ words: [String]) -> (status: Int32, output: String)? {
    let place = Place()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    var environment = ProcessInfo.processInfo.environment
    environment["PATH", default: "/usr/bin:/bin"] += ":/usr/sbin:/sbin"
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      process.standardOutput = try place.handle("output")
      try process.run()
    } catch { return nil }
    process.waitUntilExit()
    return (process.terminationStatus, place.text("output"))
  }

  static func exists(_ name: String) -> Bool { run("which \(name)")?.status == 0 }

  static let hasTShark = exists("tshark")
  static let hasScapy = run("/usr/bin/python3 -c __import__('scapy.all')")?.status == 0
  static let hasNetTools = exists("ip") && exists("nft") && exists("unshare") && exists("nsenter")
}
