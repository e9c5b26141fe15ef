internal import Runner

/// A run in one sentence.
enum Judgement {
  /// For example `linux-host conforms` or `edge-7 fails`.
  static func sentence(_ result: RunResult) -> String {
    let words =
      switch ExitStatus(result) {
      case .conforming: "conforms to what was tested"
      case .failed: "fails"
      case .inconclusive: "couldn't be judged in full"
      case .nothingSelected: "wasn't tested: no case was selected"
      case .hungUp, .interrupted, .terminated: "wasn't tested to the end"
      default: "couldn't be tested: the harness erred"
      }
    return "\(result.target.name) \(words)"
  }
}
