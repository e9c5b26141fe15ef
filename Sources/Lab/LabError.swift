/// Why a lab can't be made, joined or taken down.
public enum LabError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No lab has this name; the names there are.
  case unknown(String, known: [String])
  /// The system forbids namespaces; why, and how to go on.
  case forbidden(reason: String, remedies: [String])
  /// A step failed: what was tried, and the system's words.
  case failed(step: String, reason: String)
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
    case .forbidden(let reason, let remedies):
      "a lab can't be made: \(reason)" + remedies.map { "\n  - \($0)" }.joined()
    case .failed(let step, let reason): "the lab failed: \(step): \(reason)"
    case .alreadyUp(let name, let process): "lab \(name) is up already (process \(process))"
    case .notUp(let name): "lab \(name) isn't up; 'assay lab up \(name)' makes it"
    case .stateFile(let path, let reason): "\(path): \(reason)"
    }
  }
}
