/// Why a lab can't be made, joined or taken down.
public enum LabError: Error, Hashable, Codable, Sendable, CustomStringConvertible {
  /// No lab has this name; the names there are.
  case unknown(String, known: [String])
  /// The lab is a simulation, so there's nothing to keep up or to load rules into.
  case simulated(String)
  /// The system forbids namespaces; why, and how to go on.
  case forbidden(reason: String, remedies: [String])
  /// A step failed: what was tried, and the system's words.
  case failed(step: String, reason: String)
  /// A program that the lab needs isn't there, and how to get it.
  case programMissing(String, remedy: String)
  /// A file with rules can't be read.
  case rulesUnreadable(path: String, reason: String)
  /// A file with rules is wrong: what the program that loads it said, with file and line, and its exit status.
  case rulesRefused(String, status: Int32)
  /// The lab is up already, held by this process.
  case alreadyUp(String, process: Int32)
  /// No lab of this name is up.
  case notUp(String)
  /// The file which says which labs are up can't be used.
  case stateFile(path: String, reason: String)

  /// The failure in words, with how to go on where there is a way.
  public var description: String {
    switch self {
    case .unknown(let name, let known):
      "no lab '\(name)'; there are: \(known.joined(separator: ", "))"
    case .simulated(let name):
      "lab \(name) is a simulation: it can't be kept up, entered or given rules"
    case .forbidden(let reason, let remedies):
      "a lab can't be made: \(reason)" + remedies.map { "\n  - \($0)" }.joined()
    case .failed(let step, let reason): "the lab failed: \(step): \(reason)"
    case .programMissing(let name, let remedy):
      "this lab needs the program \(name), which is neither in PATH nor in /usr/sbin\n  - \(remedy)"
    case .rulesUnreadable(let path, let reason): "\(path): \(reason)"
    case .rulesRefused(let words, let status): "\(words)\nthe rules aren't loaded (exit status \(status))"
    case .alreadyUp(let name, let process): "lab \(name) is up already (process \(process))"
    case .notUp(let name): "lab \(name) isn't up; 'assay lab up \(name)' makes it"
    case .stateFile(let path, let reason): "\(path): \(reason)"
    }
  }
}
