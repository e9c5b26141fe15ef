internal import Glibc

/// Remembers which addresses trials have told the target of, so that its questions for one are credited to nobody else.
///
/// What a trial tells of, a redirect's new gateway say, the target may ask for when that trial has long been over.
struct MentionIndex {
  /// Frames of trials which don't look at questions, or no longer do.
  private var others: [[UInt8]] = []
  /// Frames of the trial that looks at questions.
  private var watchers: [[UInt8]] = []

  /// Notes a frame that a trial sends.
  mutating func add(_ bytes: [UInt8], isWatcher: Bool) {
    isWatcher ? watchers.append(bytes) : others.append(bytes)
  }

  /// The trial that looks at questions is over.
  mutating func endWatch() {
    others += watchers
    watchers = []
  }

  /// Whether the trial that looks at questions told of an address, in network order.
  func tellsWatched(_ address: [UInt8]) -> Bool { watchers.contains { $0.holds(address) } }

  /// Whether a question for an address, in network order, is the watching trial's: it told of the address itself, or no
  /// other did.
  func isWatchers(_ address: [UInt8]) -> Bool {
    watchers.contains { $0.holds(address) } || !others.contains { $0.holds(address) }
  }
}

extension [UInt8] {
  /// Whether these octets occur in a row.
  fileprivate func holds(_ octets: [UInt8]) -> Bool {
    guard let last = octets.last else { return false }
    return withUnsafeBytes { all in
      octets.withUnsafeBytes { wanted in
        guard let start = all.baseAddress, let first = wanted.baseAddress else { return false }
        var end = wanted.count - 1
        // The last octets of addresses differ most. The library's search, as a run asks this of megabytes.
        while end < all.count, let found = memchr(start + end, Int32(last), all.count - end) {
          end = UnsafeRawPointer(found) - start
          if memcmp(start + end - (wanted.count - 1), first, wanted.count) == 0 { return true }
          end += 1
        }
        return false
      }
    }
  }
}
