import ArgumentParser

/// `--shard I/N`.
struct Shard: ExpressibleByArgument {
  /// From 0.
  let index: Int
  let count: Int

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let part = parts[0], let count = parts[1], count >= 1, (1...count).contains(part)
    else {
      return nil
    }
    (index, self.count) = (part - 1, count)
  }
}
