/// The attempts of one trial, and what they come to together.
///
/// On a clean path one attempt is enough, but for a missing answer and a repeated one, which the path may have made all
/// the same. On a path that was seen to lose or repeat control probes, nothing that was seen once proves anything: a pass
/// may be a violation that got lost, a violation may be the path's. There it counts what happened so often that the path
/// can't have done it.
public struct AttemptSeries: Sendable {
  /// One attempt.
  private struct Attempt: Sendable {
    var verdict: Verdict
    var frameCount: Int
  }

  /// What to do after an attempt.
  public enum Decision: Equatable, Sendable {
    /// Another attempt has to tell.
    case again
    /// That is what the trial came to.
    case final(Verdict)
  }

  private var attempts: [Attempt] = []

  /// The chance of being wrong that is left to the path, for each trial.
  private static let residualDoubt = 1e-6
  /// A trial that is still in doubt after so many attempts stays so.
  private static let mostAttempts = 16

  /// A trial that was never tried.
  public init() {}

  /// Files an attempt.
  ///
  /// - Parameters:
  ///   - verdict: What it came to.
  ///   - frameCount: How many frames it had, its control probes aside.
  public mutating func add(_ verdict: Verdict, frameCount: Int) {
    attempts.append(Attempt(verdict: verdict, frameCount: frameCount))
  }

  /// What the attempts so far come to.
  ///
  /// - Parameters:
  ///   - path: How the path treated the control probes of the whole run.
  ///   - retries: Further attempts that a clean path allows; with none, the first attempt counts on any path.
  /// - Returns: The trial's verdict, or that it has to be tried again.
  public func decision(on path: PathQuality, retries: Int) -> Decision {
    guard let last = attempts.last?.verdict else { return .again }
    if path.isClean || retries == 0 || [.error, .skipped].contains(last.outcome) {
      let isWorthIt = last.outcome != .pass && last.reason.isWorthARetry
      return isWorthIt && attempts.count <= retries ? .again : .final(last)
    }
    for outcome in [Outcome.fail, .warn, .pass] where doubt(of: outcome, on: path) <= Self.residualDoubt {
      return .final(verdict(of: outcome, on: path))
    }
    if path.isKnown, !canBeDecided(on: path) { return .final(undecided(on: path)) }
    let fruitless = attempts.reversed().prefix { $0.verdict.outcome == .inconclusive }.count
    if fruitless > retries { return .final(last) }
    return attempts.count < max(Self.mostAttempts, retries + 1) ? .again : .final(undecided(on: path))
  }

  /// How likely it is at most that the path alone brought about that many attempts of this outcome among so many.
  private func doubt(of outcome: Outcome, on path: PathQuality) -> Double {
    let wasAnswered = attempts.contains { $0.verdict.outcome == .pass }
    let same = attempts.filter { $0.verdict.outcome == outcome }
    // In how many ways they may lie among the attempts.
    let ways = (0..<same.count).reduce(1) { $0 * Double(attempts.count - $1) / Double($1 + 1) }
    return same.reduce(ways) { doubt, attempt in
      let isMissing = [.missingAnswer, .discouragedSilence].contains(attempt.verdict.reason)
      // What was answered once isn't missing, however often it got lost.
      if isMissing, wasAnswered { return doubt }
      // Lost frames make an answer missing, or hide the one that would have been wrong.
      let share = outcome == .pass || isMissing ? path.loss : path.mishaps
      return doubt * Self.harm(share, frames: attempt.frameCount)
    }
  }

  /// How likely it is that something happened to one of so many frames, or to another one, which is missing.
  private static func harm(_ share: Double, frames: Int) -> Double {
    1 - (0...frames).reduce(1) { unharmed, _ in unharmed * (1 - share) }
  }

  /// Whether the attempts that are left could tell; a trial of too many frames hardly ever gets through whole, and what it leaves
  /// in the target's memory is in the way of others.
  private func canBeDecided(on path: PathQuality) -> Bool {
    let frames = attempts.map(\.frameCount).max() ?? 0
    let least = Self.harm(path.loss, frames: frames)
    return (0..<Self.mostAttempts).reduce(1) { doubt, _ in doubt * least } <= Self.residualDoubt
  }

  private func verdict(of outcome: Outcome, on path: PathQuality) -> Verdict {
    let same = attempts.filter { $0.verdict.outcome == outcome }
    let violation = attempts.first { $0.verdict.isViolation }?.verdict
    guard var verdict = same.last?.verdict else { return undecided(on: path) }
    if outcome != .fail, let violation {
      // What was seen may be the path's doing, but a pass it isn't.
      let count = attempts.count { $0.verdict.isViolation }
      return Verdict(
        .inconclusive,
        .badPath,
        "A violation was seen in \(count) of \(attempts.count) attempts, on a path that \(path.text): it may be the path's "
          + "doing. \(violation.summary)",
        differences: violation.differences,
        details: violation.details
      )
    }
    verdict.details.append("so in \(same.count) of \(attempts.count) attempts, on a path that \(path.text)")
    return verdict
  }

  private func undecided(on path: PathQuality) -> Verdict {
    let counts = [Outcome.pass, .warn, .fail, .inconclusive].compactMap { outcome in
      let count = attempts.count { $0.verdict.outcome == outcome }
      return count > 0 ? "\(count) \(outcome.rawValue)" : nil
    }
    return Verdict(
      .inconclusive,
      .badPath,
      "\(attempts.count) attempts (\(counts.joined(separator: ", "))) prove nothing on a path that \(path.text).",
      details: attempts.last { $0.verdict.outcome == .fail }.map { [$0.verdict.summary] + $0.verdict.details }
        ?? []
    )
  }
}

extension Verdict {
  /// Whether a frame was seen that the target mustn't send, and that no copy of a right one is.
  fileprivate var isViolation: Bool { outcome == .fail && !reason.isWorthARetry }
}
