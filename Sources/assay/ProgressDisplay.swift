import Foundation
import Judge
import Report
import Runner

/// Shows on standard error how a run gets on: one redrawn line on a terminal, plain lines elsewhere.
final class ProgressDisplay: RunObserver {
  enum Detail { case quiet, normal, verbose }

  private let detail: Detail
  private let isInteractive: Bool
  private var lastHeartbeat = ContinuousClock.now
  private var line = ProgressLine()
  private var bad = 0

  init(detail: Detail, isInteractive: Bool) {
    self.detail = detail
    self.isInteractive = isInteractive && detail != .quiet
  }

  func runBegan(trials: Int) {
    if detail != .quiet, !isInteractive { Console.error("running \(trials) trials") }
  }

  func trialEnded(_ id: String, _ result: TrialResult, done: Int, of total: Int) {
    let standing = result.standing
    if [.failed, .error, .inconclusive].contains(standing) { bad += 1 }
    let isNews = [.failed, .error, .inconclusive].contains(standing) || result.isFlaky
    if detail == .verbose || (isNews && detail == .normal && bad <= 50) {
      line.clear()
      Console.error("\(result.standingWord.padding(toLength: 17, withPad: " ", startingAt: 0)) \(id)")
    }
    draw(done, total, inFlight: nil)
  }

  func runIsWaiting(done: Int, of total: Int, inFlight: Int) {
    if isInteractive {
      draw(done, total, inFlight: inFlight)
    } else if detail != .quiet, lastHeartbeat.duration(to: .now) > .seconds(10) {
      lastHeartbeat = .now
      Console.error("\(done) of \(total) trials done, \(inFlight) in flight")
    }
  }

  /// Leaves the terminal as it was.
  func end() { line.clear() }

  private func draw(_ done: Int, _ total: Int, inFlight: Int?) {
    guard isInteractive else { return }
    let rest = inFlight.map { ", \($0) in flight" } ?? ""
    line.draw(done, of: total, "\(bad > 0 ? ", \(bad) not passed" : "")\(rest)")
  }
}
