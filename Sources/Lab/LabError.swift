/// Why a lab can't be made, joined or taken down.
public enum LabError: Error, Hashable, Codable, Sendable, CustomStringConvertible {
  /// No lab has this name; the names there are.
  case unknown(String, known: [String])
  /// The system forbids namespaces; why, and how to go on.
  case forbidden(reason: String, remedies: [String])
  /// The machine lacks something; what, and how to go on.
  case lacking(reason: String, remedies: [String])
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
  /// The lab's target is a program, so that nothing can be run on its side.
  case noInside(String)
  /// The lab is a simulation inside `assay run`, and never up.
  case simulated(String)
  /// The lab that is up has a target with other deviations: which, and which were asked for.
  case otherMutants(String, up: [String], asked: [String])
  /// The file which says which labs are up can't be used.
  case stateFile(path: String, reason: String)

  /// The failure in words, with how to go on where there is a way.
  public var description: String {
    switch self {
    case .unknown(let name, let known):
      "no lab '\(name)'; there are: \(known.joined(separator: ", "))"
    case .forbidden(let reason, let remedies), .lacking(let reason, let remedies):
      "a lab can't be made: \(reason)" + remedies.map { "\n  - \($0)" }.joined()
    case .failed(let step, let reason): "the lab failed: \(step): \(reason)"
    case .programMissing(let name, let remedy):
      "this lab needs the program \(name), which is neither in PATH nor in /usr/sbin\n  - \(remedy)"
    case .rulesUnreadable(let path, let reason): "\(path): \(reason)"
    case .rulesRefused(let words, let status): "\(words)\nthe rules aren't loaded (exit status \(status))"
    case .alreadyUp(let name, let process): "lab \(name) is up already (process \(process))"
    case .notUp(let name): "lab \(name) isn't up; 'assay lab up \(name)' makes it"
    case .noInside(let name):
      "the target of \(name) is a program, and nothing can be run in it; --tester runs it on the other side"
    case .simulated(let name):
      "lab \(name) is a simulation inside 'assay run'; \(ReferenceTapLab.name) is the same device on a real interface"
    case .otherMutants(let name, let up, let asked):
      "lab \(name) is up with \(Self.list(up)), not with \(Self.list(asked)); 'assay lab down \(name)' first"
    case .stateFile(let path, let reason): "\(path): \(reason)"
    }
  }

  private static func list(_ mutants: [String]) -> String {
    mutants.isEmpty ? "an obedient device" : "mutant " + mutants.joined(separator: ", ")
  }
}
