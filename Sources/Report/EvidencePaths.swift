public import Runner

/// The name of each trial's own capture, relative to the reports: `evidence/SUITE/CASE.pcapng`.
///
/// Only trials that didn't pass and of which frames were seen have one. Names consist of letters, digits and `._-`, so
/// that every file system and every CI system takes them, and differ also where upper and lower case don't.
public struct EvidencePaths: Sendable {
  private var paths: [String: String] = [:]

  /// The paths for a run.
  public init(_ result: RunResult) {
    let captured = Set(result.frames.compactMap(\.trial))
    var taken: Set<String> = []
    for suite in result.suites {
      for trial in suite.trials where trial.standing != .passed {
        let id = suite.id(of: trial)
        guard captured.contains(id), paths[id] == nil else { continue }
        let stem = "evidence/\(Self.fileName(suite.name))/\(Self.fileName(trial.name))"
        var path = "\(stem).pcapng"
        var number = 2
        while !taken.insert(path.lowercased()).inserted {
          path = "\(stem)-\(number).pcapng"
          number += 1
        }
        paths[id] = path
      }
    }
  }

  /// The path of a trial, by its `suite.case[variant]`; nil if it has none.
  public func path(of id: String) -> String? { paths[id] }

  /// A name as a file name: `reply[length=56,ttl=1]` becomes `reply.length-56.ttl-1`.
  static func fileName(_ name: String) -> String {
    var result = ""
    for character in name.unicodeScalars {
      switch character {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": result.unicodeScalars.append(character)
      case "[", ",": result += "."
      case "]": break
      case "=", " ": result += "-"
      default: result += "_"
      }
    }
    // No hidden files, no way up, no name that a file system refuses for its length.
    if result.isEmpty || result.hasPrefix(".") { result = "_" + result }
    return String(result.prefix(180))
  }
}
