internal import Dispatch
internal import Synchronization

/// Several threads that share a list of work.
enum Workers {
  /// Does something with each item.
  ///
  /// - Parameters:
  ///   - items: What is to be done, the longest first if all are to end together.
  ///   - threads: How many are at it at once.
  ///   - isOver: Asked before each item; once it says so, no further one is begun.
  ///   - work: Done on any thread.
  ///   - done: Told of each item that was done, never of two at once.
  /// - Returns: The results in the order of the items, whoever did them; nil where nothing was done.
  static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item],
    threads: Int,
    until isOver: @Sendable () -> Bool,
    _ work: @Sendable (Item) -> Result?,
    done: @Sendable (Int) -> Void
  ) -> [Result?] {
    let state = Mutex(State<Result>(results: Array(repeating: nil, count: items.count)))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, items.count))) { _ in
      while !isOver(), let next = state.withLock({ $0.begin() }) {
        let result = work(items[next])
        state.withLock { state in
          state.results[next] = result
          done(next)
        }
      }
    }
    return state.withLock(\.results)
  }

  private struct State<Result: Sendable>: Sendable {
    var results: [Result?]
    private var next = 0

    init(results: [Result?]) { self.results = results }

    /// The next item that nobody has begun.
    mutating func begin() -> Int? {
      guard next < results.count else { return nil }
      next += 1
      return next - 1
    }
  }
}
