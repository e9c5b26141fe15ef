import Foundation
import Report
import Suite
import Sweep

/// Shows on standard error how a sweep gets on: one redrawn line on a terminal, plain lines elsewhere.
final class SweepProgress: SweepObserver {
  private let isQuiet: Bool
  private let isInteractive: Bool
  private var place = ""
  private var lastPicture = ContinuousClock.now - .seconds(1)
  private var lastHeartbeat = ContinuousClock.now
  private var isLineOpen = false

  init(isQuiet: Bool, isInteractive: Bool) {
    self.isQuiet = isQuiet
    self.isInteractive = isInteractive && !isQuiet
  }

  func sliceBegan(_ slice: SweepSlice, number: Int, of total: Int) {
    place = "\(number)/\(total)  \(slice.title)"
    if isInteractive { draw(place + "  begins its conversation") }
  }

  func sliceIsOn(_ slice: SweepSlice, asked: Int, settled: Int, of total: Int) {
    // Thirty pictures a second are enough for any eye.
    if isInteractive, lastPicture.duration(to: .now) > .milliseconds(33) {
      lastPicture = .now
      let width = 24
      let filled = total > 0 ? width * asked / total : width
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      draw("\(bar) \(asked)/\(total)  \(settled) came to something  \(place)")
    } else if !isInteractive, !isQuiet, lastHeartbeat.duration(to: .now) > .seconds(10) {
      lastHeartbeat = .now
      Console.error("\(place): \(asked) of \(total) asked, \(settled) came to something")
    }
  }

  func sliceEnded(_ result: SliceResult, number: Int, of total: Int) {
    guard !isQuiet else { return }
    clear()
    let counts = result.map.counts.reduce(into: [String: Int]()) { $0[$1.fate.name, default: 0] += $1.count }
    let text = Fate.names.compactMap { name in counts[name].map { "\($0) \(name)" } }.joined(separator: ", ")
    Console.error(
      "\(number)/\(total)  \(result.slice.title): \(result.skipped.map { "skipped, \($0)" } ?? text)"
    )
  }

  /// Leaves the terminal as it was.
  func end() { clear() }

  private func draw(_ text: String) {
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text.prefix(Console.width))".utf8))
    isLineOpen = true
  }

  private func clear() {
    guard isLineOpen else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    isLineOpen = false
  }
}
