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
  private var lastPicture = ContinuousClock.now - .seconds(1)
  private var isLineOpen = false
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
      clear()
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
  func end() { clear() }

  private func draw(_ done: Int, _ total: Int, inFlight: Int?) {
    // Thirty pictures a second are enough for any eye.
    guard isInteractive, total > 0, lastPicture.duration(to: .now) > .milliseconds(33) || done == total else {
      return
    }
    lastPicture = .now
    let width = 30
    let filled = width * done / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let rest = inFlight.map { ", \($0) in flight" } ?? ""
    let text = "\r\u{1B}[K\(bar) \(done)/\(total)\(bad > 0 ? ", \(bad) not passed" : "")\(rest)"
    FileHandle.standardError.write(Data(text.utf8))
    isLineOpen = true
  }

  private func clear() {
    guard isLineOpen else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    isLineOpen = false
  }
}
