internal import Capture
internal import Foundation
public import Runner
public import Wire

/// Writes reports to files, whole or not at all.
public enum ReportFiles {
  /// Writes every report to a directory, which is made if need be.
  ///
  /// `junit.xml`, `report.html`, `results.json`, `summary.md`, `capture.pcapng`, and `evidence/SUITE/CASE.pcapng` for
  /// each trial that didn't pass. Captures of such trials which an earlier run of Assay left there are removed.
  /// - Parameters:
  ///   - result: The run.
  ///   - directory: The directory; if relative, references in the reports are relative to where it is.
  ///   - dialect: Who the JUnit file is for.
  ///   - interfaces: Names of the tester's interfaces for the captures.
  /// - Returns: The paths of the reports, without those of single trials.
  /// - Throws: A `ReportError` for the first file that can't be written; the others before it are there.
  @discardableResult
  public static func write(
    _ result: RunResult,
    to directory: String,
    dialect: JUnitReport.Dialect = .common,
    interfaces: [Arm: String] = [:]
  ) throws(ReportError) -> [String] {
    let folder = directory.hasSuffix("/") && directory != "/" ? String(directory.dropLast()) : directory
    let evidence = EvidencePaths(result)
    try write(evidence, of: result, to: folder, interfaces)
    let reports: [(String, [UInt8])] = [
      ("capture.pcapng", AnnotatedCapture.render(result, interfaces: interfaces)),
      ("results.json", Array(JSONReport.render(result).utf8)),
      ("summary.md", Array(MarkdownReport.render(result).utf8)),
      ("report.html", Array(HTMLReport.render(result).utf8)),
      (
        "junit.xml",
        Array(JUnitReport.render(result, dialect: dialect, evidence: relative(folder)).utf8)
      ),
    ]
    for (name, bytes) in reports { try write(bytes, to: "\(folder)/\(name)") }
    return reports.map { "\(folder)/\($0.0)" }
  }

  /// The reports of a run in their directory, without those of single trials.
  public static let names = ["capture.pcapng", "results.json", "summary.md", "report.html", "junit.xml"]

  /// Removes a report; what isn't a regular file stays.
  public static func removeEarlier(_ path: String) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else { return }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes one file under a temporary name beside it, then renames it; directories on the way are made.
  ///
  /// What isn't a regular file, such as `/dev/stdout` or a pipe, is written into.
  public static func write(_ bytes: [UInt8], to path: String) throws(ReportError) {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    if let attributes = try? FileManager.default.attributesOfItem(atPath: file.path),
      let type = attributes[.type] as? FileAttributeType, type != .typeRegular
    {
      return try append(bytes, to: path)
    }
    let temporary = file.deletingLastPathComponent()
      .appendingPathComponent(".\(file.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(bytes).write(to: temporary)
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw ReportError(path: path, reason: error.localizedDescription)
    }
    guard rename(temporary.path, file.path) == 0 else {
      let reason = String(cString: strerror(errno))
      try? FileManager.default.removeItem(at: temporary)
      throw ReportError(path: path, reason: reason)
    }
  }

  private static func append(_ bytes: [UInt8], to path: String) throws(ReportError) {
    guard let handle = FileHandle(forWritingAtPath: path) else {
      throw ReportError(path: path, reason: "it can't be opened for writing")
    }
    do {
      try handle.write(contentsOf: Data(bytes))
      try handle.close()
    } catch {
      throw ReportError(path: path, reason: error.localizedDescription)
    }
  }

  private static func write(
    _ evidence: EvidencePaths,
    of result: RunResult,
    to folder: String,
    _ interfaces: [Arm: String]
  ) throws(ReportError) {
    var written: Set<String> = []
    let places = Dictionary(grouping: result.frames.indices) { result.frames[$0].trial ?? "" }
    for suite in result.suites {
      for trial in suite.trials {
        let id = suite.id(of: trial)
        guard let path = evidence.path(of: id), written.insert(path).inserted else { continue }
        let bytes = AnnotatedCapture.render(
          trial: id,
          places: places[id] ?? [],
          of: result,
          interfaces: interfaces
        )
        try write(bytes, to: "\(folder)/\(path)")
      }
    }
    removeStale(below: folder, except: written)
  }

  /// Removes captures of single trials that an earlier run wrote and this one didn't.
  private static func removeStale(below folder: String, except written: Set<String>) {
    let root = URL(fileURLWithPath: folder).appendingPathComponent("evidence")
    let manager = FileManager.default
    for suite in (try? manager.contentsOfDirectory(atPath: root.path)) ?? [] {
      let directory = root.appendingPathComponent(suite)
      for name in (try? manager.contentsOfDirectory(atPath: directory.path)) ?? []
      where name.hasSuffix(".pcapng") && !written.contains("evidence/\(suite)/\(name)") {
        let file = directory.appendingPathComponent(name)
        // Somebody else's captures stay.
        guard let bytes = try? Data(contentsOf: file), let reader = try? PcapngReader(Array(bytes)),
          reader.section.application.hasPrefix("assay ")
        else { continue }
        try? manager.removeItem(at: file)
      }
    }
  }

  /// The directory as seen from the current one, where it is below that.
  private static func relative(_ folder: String) -> String {
    let current = FileManager.default.currentDirectoryPath + "/"
    return folder.hasPrefix(current) ? String(folder.dropFirst(current.count)) : folder
  }
}

/// A report that couldn't be written.
public struct ReportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public var path: String
  /// Why, in the system's words.
  public var reason: String

  /// Creates an error.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// The path and the reason.
  public var description: String { "\(path): \(reason)" }
}
