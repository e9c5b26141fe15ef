import Foundation

/// Something that is measured in rounds, ours and its counterpart in C one after the other.
protocol Benchmark {
  /// Measures everything once more.
  mutating func measure() throws
  /// What came out.
  var rows: [Row] { get }
}

/// What makes the numbers worthless.
enum BenchmarkFailure: Error { case isWrong(String) }

/// One line of the table: medians of all rounds.
struct Row {
  /// How two numbers may relate.
  enum Bar {
    case atLeast(Double)
    case atMost(Double)
    /// A limit for our own number, not for the ratio.
    case ownAtMost(Double)
  }

  var name: String
  var unit: String
  var ours: [Double]
  /// What it's compared with, and its numbers.
  var reference: (name: String, values: [Double])?
  var bar: Bar?
  /// Why the bar isn't met whatever the numbers are.
  var flaw: String?

  /// Ours over theirs, the median of the rounds' ratios: what slows the machine down slows down both; nil without a
  /// counterpart.
  var ratio: Double? {
    guard let values = reference?.values, !values.isEmpty else { return nil }
    if values.count != ours.count { return ours.median / values.median }
    return zip(ours, values).map { $0 / $1 }.median
  }

  /// Whether the bar is met; nil without one.
  var isMet: Bool? {
    guard let bar else { return nil }
    if flaw != nil || ours.isEmpty { return false }
    return switch bar {
    case .atLeast(let least): (ratio ?? 0) >= least
    case .atMost(let most): (ratio ?? .infinity) <= most
    case .ownAtMost(let most): ours.median <= most
    }
  }

  /// The columns of the table.
  var columns: [String] {
    let theirs = reference.map { "\(Self.text($0.values.median)) (\($0.name))" } ?? ""
    let ratio = ratio.map { String(format: "%.2f", $0) } ?? ""
    return [name, "\(Self.text(ours.median)) \(unit)", theirs, ratio, barText]
  }

  private var barText: String {
    guard let bar, let isMet else { return "" }
    let text =
      switch bar {
      case .atLeast(let least): "at least \(least)"
      case .atMost(let most): "at most \(most)"
      case .ownAtMost(let most): "at most \(most) \(unit)"
      }
    return text + (isMet ? ": met" : ": not met") + (flaw.map { ", \($0)" } ?? "")
  }

  private static func text(_ number: Double) -> String {
    String(format: number >= 1000 ? "%.0f" : number >= 10 ? "%.1f" : "%.2f", number)
  }
}

extension [Double] {
  /// The one in the middle; 0 if there is none.
  var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}

/// Nanoseconds of this thread's processor, which others on the machine don't lengthen as they do those of the clock.
func processorTime(_ body: () throws -> Void) rethrows -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
  let start = now()
  try body()
  return now() - start
}

/// A table with columns as wide as need be.
func table(_ rows: [Row]) -> String {
  let lines = [["", "Assay", "C", "ratio", "bar"]] + rows.map(\.columns)
  let widths = (0..<5).map { column in lines.map { $0[column].count }.max() ?? 0 }
  return lines.map { line in
    zip(line, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ")
  }.joined(separator: "\n")
}
