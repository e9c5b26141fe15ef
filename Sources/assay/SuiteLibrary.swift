import ArgumentParser
import Foundation
import Report
import SelfTest
import Suite

/// The suites, clauses and baselines that come with Assay, and those that the user names.
struct SuiteLibrary {
  /// Where `Suites/` is.
  let root: URL?

  /// Folders below `Suites/` that hold no suites.
  private static let reserved: Set<String> = [
    "requirements", "baselines", "targets", "schema", "observations", "policies",
  ]

  /// Looks in `ASSAY_SUITES`, in the current directory, and beside the command.
  init() {
    let environment = ProcessInfo.processInfo.environment["ASSAY_SUITES"]
    var candidates = [URL(fileURLWithPath: environment ?? "Suites")]
    if environment == nil {
      let command = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()
      // .build/TRIPLE/release/assay, or bin/assay with share/assay beside bin.
      candidates.append(command.appendingPathComponent("../../../Suites").standardizedFileURL)
      candidates.append(command.appendingPathComponent("../share/assay/Suites").standardizedFileURL)
    }
    root = candidates.first {
      FileManager.default.fileExists(atPath: $0.appendingPathComponent("requirements").path)
    }
  }

  /// The clauses that suites cite.
  func catalogue() throws -> RequirementCatalogue {
    var catalogue = RequirementCatalogue()
    guard let root else {
      throw Failure.exit(.noInput, "no Suites folder here or beside the command; name it in ASSAY_SUITES")
    }
    for file in try files(below: root.appendingPathComponent("requirements")) {
      let text = try read(file)
      try decoding(text) { () throws(SuiteError) in try catalogue.add(decoding: text, file: display(file)) }
    }
    return catalogue
  }

  /// The suites that the arguments name: files, folders, or names with `*`; all bundled ones without arguments.
  func suites(_ arguments: [String]) throws -> [TestSuite] {
    var paths: [URL] = []
    var globs: [(pattern: Glob, text: String)] = []
    for argument in arguments {
      let url = URL(fileURLWithPath: argument)
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) {
        paths += isDirectory.boolValue ? try suiteFiles(below: url) : [url]
      } else if argument.hasSuffix(".yaml") || argument.contains("/") {
        throw Failure.exit(.noInput, "no such file: \(argument)")
      } else {
        globs.append((Glob(argument), argument))
      }
    }
    if arguments.isEmpty || !globs.isEmpty {
      guard let root else {
        throw Failure.exit(.noInput, "no Suites folder here or beside the command; name it in ASSAY_SUITES")
      }
      let bundled = try suiteFiles(below: root)
      if globs.isEmpty { return try decode(bundled) }
      let names = try bundled.map { (file: $0, name: Self.name(in: try read($0))) }
      for glob in globs where !names.contains(where: { glob.pattern.matches($0.name ?? "") }) {
        let known = names.compactMap(\.name).joined(separator: ", ")
        throw Failure.exit(.noInput, "no suite '\(glob.text)'; there are: \(known)")
      }
      let chosen = names.filter { entry in globs.contains { $0.pattern.matches(entry.name ?? "") } }
      let given = Set(paths.map(\.standardizedFileURL.path))
      return try decode(paths + chosen.map(\.file).filter { !given.contains($0.standardizedFileURL.path) })
    }
    return try decode(paths)
  }

  /// A suite's name, taken from its text without decoding the rest.
  private static func name(in text: String) -> String? {
    let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("suite:") }
    return line.map { String($0.dropFirst("suite:".count).drop { $0 == " " }.prefix { $0 != " " }) }
  }

  /// The bundled baseline of a target, if there is one.
  func baselineFile(of target: String) -> String? {
    guard let root else { return nil }
    let file = root.appendingPathComponent("baselines/\(target).yaml")
    return FileManager.default.fileExists(atPath: file.path) ? display(file) : nil
  }

  func baseline(_ path: String) throws -> Baseline {
    let text = try read(URL(fileURLWithPath: path))
    return try decoding(text) { () throws(SuiteError) in try Baseline(decoding: text, file: path) }
  }

  func target(_ path: String) throws -> TargetDescription {
    let text = try read(URL(fileURLWithPath: path))
    return try decoding(text) { () throws(SuiteError) in try TargetDescription(decoding: text, file: path) }
  }

  /// What the last self-test of the bundled suites found; nil if nothing is known.
  func proofs() throws -> ProofRecord? {
    guard let file = root?.appendingPathComponent("proofs.json"),
      let data = FileManager.default.contents(atPath: file.path)
    else { return nil }
    do { return try JSONDecoder().decode(ProofRecord.self, from: data) } catch {
      throw Failure.exit(.badInput, "\(display(file)) is no record of a self-test: \(error)")
    }
  }

  /// All suite files below a folder, by path in byte order.
  func suiteFiles(below folder: URL) throws -> [URL] {
    try files(below: folder).filter { file in
      !file.pathComponents.dropFirst(folder.pathComponents.count).dropLast().contains {
        Self.reserved.contains($0)
      } && !isShared(file)
    }
  }

  /// Whether a file is no suite: it holds what suites include, a baseline, or a target.
  private func isShared(_ file: URL) -> Bool {
    guard let text = try? read(file) else { return false }
    let keys = text.split(whereSeparator: \.isNewline).compactMap { line in
      line.firstIndex(of: ":").map { String(line[..<$0]) }
    }
    // Baselines and target files may stand beside suites, too.
    let others = ["packets", "expectations", "defaults", "include", "deviations", "near", "policy"]
    return !keys.contains("suite") && !keys.contains("cases") && keys.contains { others.contains($0) }
  }

  func files(below folder: URL) throws -> [URL] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted {
      Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
    }
    .map { folder.appendingPathComponent($0) }
  }

  /// Decodes files; prints the faults of all of them before it gives up.
  func decode(_ files: [URL]) throws -> [TestSuite] {
    var suites: [TestSuite] = []
    var faults: [String] = []
    for file in files {
      let text = try read(file)
      do throws(SuiteError) {
        suites.append(try TestSuite(decoding: text, file: display(file), including: included))
      } catch {
        faults += error.diagnostics.map { rendered($0, in: text, of: display(file)) }
      }
    }
    var seen: [String: String] = [:]
    for suite in suites {
      if let first = seen[suite.name] {
        faults.append("\(suite.file): error: '\(suite.name)' is the name of \(first), too")
      }
      seen[suite.name] = suite.file
    }
    guard faults.isEmpty else {
      // What is wrong in the other files is told in the same breath.
      faults += self.faults(of: suites, in: try catalogue())
      throw refusal(faults)
    }
    return suites
  }

  /// The text and path of a file that another one includes: `include` names it relative to that one.
  private func included(_ name: String, by includer: String) -> (text: String, file: String)? {
    let folder = URL(fileURLWithPath: includer).deletingLastPathComponent()
    let file = URL(fileURLWithPath: name, relativeTo: folder)
    guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
    return (String(decoding: data, as: UTF8.self), display(file))
  }

  /// A fault with its source line, which may be that of an included file.
  private func rendered(_ fault: Diagnostic, in text: String, of file: String) -> String {
    let source = fault.position.file == file ? text : try? read(URL(fileURLWithPath: fault.position.file))
    return fault.rendered(in: source ?? "")
  }

  /// How closely suites are looked at that could be decoded.
  enum Scrutiny {
    /// Their citations only: for suites that were looked at before.
    case citations
    /// Also what no packet can be made of, whatever the target.
    case packets
    /// Also trials that no target could run.
    case everything
  }

  /// What is wrong with suites that could be decoded, as lines to be printed.
  func faults(
    of suites: [TestSuite],
    in catalogue: RequirementCatalogue,
    _ scrutiny: Scrutiny = .everything
  ) -> [String] {
    let preview = Preview(catalogue: catalogue)
    var faults: [Diagnostic] = []
    for suite in suites {
      faults += catalogue.unknownCitations(in: suite)
      if scrutiny == .citations { continue }
      faults += suite.trials.compactMap { preview.fault(in: $0, isStrict: scrutiny == .everything) }
    }
    // Variants of a case repeat its faults at one place.
    var seen: Set<SourcePosition> = []
    return faults.filter { seen.insert($0.position).inserted }.map { fault in
      fault.rendered(in: (try? read(URL(fileURLWithPath: fault.position.file))) ?? "")
    }
  }

  /// Prints faults of suites; the error to end with.
  func refusal(_ faults: [String]) -> ExitCode {
    faults.forEach(Console.error)
    return Failure.exit(.badInput, "\(faults.count) \(faults.count == 1 ? "error" : "errors") in the suites")
  }

  func read(_ file: URL) throws -> String {
    guard let data = FileManager.default.contents(atPath: file.path) else {
      throw Failure.exit(.noInput, "can't read \(display(file))")
    }
    return String(decoding: data, as: UTF8.self)
  }

  func decoding<Value>(_ text: String, _ body: () throws(SuiteError) -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      error.diagnostics.forEach { Console.error($0.rendered(in: text)) }
      throw ExitCode(ExitStatus.badInput.rawValue)
    }
  }

  /// A path as people write it: relative to the current directory where it lies below that.
  func display(_ file: URL) -> String {
    let current = FileManager.default.currentDirectoryPath + "/"
    let path = file.standardizedFileURL.path
    return path.hasPrefix(current) ? String(path.dropFirst(current.count)) : path
  }
}
