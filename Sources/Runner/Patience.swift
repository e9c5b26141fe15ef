internal import Craft

/// How long a trial may keep a run waiting.
struct Patience {
  /// The longest that one of its steps may take; nil: as long as it wants.
  var limit: Duration?

  /// Why a trial isn't run: it waits for longer than that; nil if it doesn't.
  func shortage(_ plan: TrialPlan) -> String? {
    let wait = plan.longestWait
    guard let limit, wait > limit else { return nil }
    let (seconds, rest) = wait.components
    let whole = seconds + (rest > 0 ? 1 : 0)
    return "it waits up to \(whole) s; --patience \(whole) runs it"
  }
}
