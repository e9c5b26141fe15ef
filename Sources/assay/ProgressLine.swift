import Foundation

/// One line of a terminal that is drawn again and again.
struct ProgressLine {
  private var lastPicture = ContinuousClock.now - .seconds(1)
  private var isOpen = false

  /// Draws how much is done, with some words behind it.
  mutating func draw(_ done: Int, of total: Int, _ words: String) {
    // Thirty pictures a second are enough for any eye.
    guard total > 0, lastPicture.duration(to: .now) > .milliseconds(33) || done == total else { return }
    lastPicture = .now
    let width = 30
    let filled = width * done / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    FileHandle.standardError.write(Data("\r\u{1B}[K\(bar) \(done)/\(total)\(words)".utf8))
    isOpen = true
  }

  /// Leaves the terminal as it was.
  mutating func clear() {
    guard isOpen else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    isOpen = false
  }
}
