import Foundation

/// A directory of one test: its labs that are up are written down there, and its files are where everybody may read them.
struct ProbePlace: ~Copyable {
  let url: URL

  init() throws {
    url = Probe.publicDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    chmod(url.path, 0o777)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    let file = url.appending(path: name)
    try text.write(to: file, atomically: true, encoding: .utf8)
    chmod(file.path, 0o644)
    return file.path
  }

  func run(_ arguments: String..., mode: Probe.Mode) throws -> (values: [String: String], text: String) {
    try run(arguments, mode: mode)
  }

  func run(_ arguments: [String], mode: Probe.Mode) throws -> (values: [String: String], text: String) {
    let end = try Probe.Run(arguments, mode, runtimeDirectory: url).end()
    return (end.values, end.text)
  }
}
