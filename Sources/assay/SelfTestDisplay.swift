import SelfTest
import Synchronization

/// Shows on standard error how a self-test gets on: one redrawn line on a terminal, plain lines elsewhere.
final class SelfTestDisplay: Sendable {
  private struct State {
    var line = ProgressLine()
    var lastHeartbeat = ContinuousClock.now
  }

  private let isQuiet: Bool
  private let isInteractive: Bool
  private let state = Mutex(State())

  init(isQuiet: Bool, isInteractive: Bool) {
    self.isQuiet = isQuiet
    self.isInteractive = isInteractive && !isQuiet
  }

  func began(_ matrix: MutantMatrix) {
    guard !isQuiet, !isInteractive else { return }
    Console.error("running \(matrix.caseCount) cases on the strict device and \(matrix.mutantCount) mutants")
  }

  func show(_ progress: SelfTestProgress) {
    state.withLock { state in
      if isInteractive {
        state.line.draw(progress.done, of: progress.total, " \(progress.device)")
      } else if !isQuiet, state.lastHeartbeat.duration(to: .now) > .seconds(10) {
        state.lastHeartbeat = .now
        Console.error("\(progress.done) of \(progress.total) devices done")
      }
    }
  }

  /// Leaves the terminal as it was.
  func end() { state.withLock { $0.line.clear() } }
}
