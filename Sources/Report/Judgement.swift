internal import Runner

/// A run in one sentence.
enum Judgement {
  /// For example `linux-host conforms` or `edge-7 fails`.
  static func sentence(_ result: RunResult) -> String {
    let words =
      switch ExitStatus(result) {
      case .conforming: conforming(ResultCounts(result))
      case .failed: "fails"
      case .inconclusive: "couldn't be judged in full"
      case .nothingSelected: "wasn't tested: no case was selected"
      case .hungUp, .interrupted, .terminated: "wasn't tested to the end"
      default: "couldn't be tested: the harness erred"
      }
    return "\(result.target.name) \(words)"
  }

  /// Known deviations don't fail a run, but they are deviations.
  private static func conforming(_ counts: ResultCounts) -> String {
    switch counts.known {
    case 0: "conforms to what was tested"
    case 1: "conforms to what was tested, but for 1 known deviation"
    default: "conforms to what was tested, but for \(counts.known) known deviations"
    }
  }
}
