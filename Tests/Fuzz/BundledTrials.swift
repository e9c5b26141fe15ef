import Craft
import Foundation
import Suite

/// The trials of the bundled suites, made ready for the reference device when they are asked for.
final class BundledTrials {
  private let files: [URL]
  private var trialsOfFile: [Int: [Trial]] = [:]
  private var recordings: [String: Recording?] = [:]

  /// All inputs of a process share them.
  nonisolated(unsafe) static let shared = BundledTrials()

  private init() {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Suites")
    files = ["icmpv4", "icmpv6"].flatMap { folder in
      (try? FileManager.default.contentsOfDirectory(
        at: root.appending(path: folder),
        includingPropertiesForKeys: nil
      )) ?? []
    }
    .filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
  }

  /// The trial that a line names, `icmpv4.echo.reply-mirrors-request[length=0]`; any other line chooses one, too.
  func recording(named line: String) -> Recording? {
    if let known = recordings[line] { return known }
    guard let trial = named(line) else { return chosen(by: line) }
    let made = Recording(of: trial)
    recordings[line] = .some(made)
    return made
  }

  /// The first trial of each case, and of some more.
  func some(every step: Int) -> [Trial] {
    files.indices.flatMap { trials($0) }.enumerated().filter { $0.offset % step == 0 }
      .map(\.element)
  }

  private func named(_ line: String) -> Trial? {
    for (number, file) in files.enumerated() {
      let folder = file.deletingLastPathComponent().lastPathComponent
      let name = "\(folder).\(file.deletingPathExtension().lastPathComponent)"
      guard line.hasPrefix(name) else { continue }
      if let trial = trials(number).first(where: { $0.id == line }) { return trial }
    }
    return nil
  }

  /// One of a few, so that it is mostly there already.
  private func chosen(by line: String) -> Recording? {
    var generator = SplitMix64(seed: line.utf8.reduce(0) { ($0 &* 31 &+ UInt64($1)) % 251 })
    guard let number = files.indices.randomElement(using: &generator),
      let trial = trials(number).randomElement(using: &generator)
    else { return nil }
    if let known = recordings[trial.id] { return known }
    let made = Recording(of: trial)
    recordings[trial.id] = .some(made)
    return made
  }

  private func trials(_ number: Int) -> [Trial] {
    if let trials = trialsOfFile[number] { return trials }
    let file = files[number]
    let text = try? String(contentsOf: file, encoding: .utf8)
    let suite = text.flatMap { try? TestSuite(decoding: $0, file: file.lastPathComponent) }
    let trials = suite?.trials ?? []
    trialsOfFile[number] = trials
    return trials
  }
}
