import Craft
import Foundation
import Suite

/// The same file read by a C program and by Assay, each several times.
struct ReadingBenchmark {
  /// The C program that reads a file with libyaml.
  let reader: CProgram
  let runs: Int

  /// Prints what it took.
  func run() throws {
    let text = GeneratedSuite.text
    let file = FileManager.default.temporaryDirectory.appending(path: "assay-benchmark-\(getpid()).yaml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let (events, reading) = try readByLibYAML(file)

    var trials: [Trial] = []
    let unfolding = try milliseconds {
      trials = try TestSuite(decoding: text, file: file.path).trials
      guard Set(trials.map(\.id)).count == GeneratedSuite.trialCount else {
        throw BenchmarkFailure.isWrong("trials")
      }
    }
    var frames = 0
    let crafting = try milliseconds {
      frames = 0
      for trial in trials {
        let plan = try TrialPlan(crafting: trial, requirements: [], in: .laboratory)
        for case .send(let stimulus) in plan.steps { frames += stimulus.frames.count }
      }
    }
    print(
      """
      \(trials.count) trials of \(GeneratedSuite.caseCount) cases in \(text.utf8.count) octets, median of \(runs) runs:
        libyaml, \(events) events: \(Self.text(reading)) ms
        assay, read, checked, unfolded and named: \(Self.text(unfolding)) ms, \(Self.text(unfolding / reading)) times that
        assay, \(frames) frames crafted: \(Self.text(crafting)) ms
      """
    )
  }

  private static func text(_ number: Double) -> String { String(format: "%.1f", number) }

  /// The events of the file, and the milliseconds until the last one.
  private func readByLibYAML(_ file: URL) throws -> (events: Int, milliseconds: Double) {
    // It is so quick that few runs would be over before the processor is at its speed.
    let numbers = try reader.start(file.path, "\(runs * 10)").numbers()
    guard numbers.count == 2, numbers[1] > 0 else { throw BenchmarkFailure.isWrong("yaml-events") }
    return (Int(numbers[1]), numbers[0] / 1000)
  }

  /// The median of the runs.
  private func milliseconds(_ body: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<runs { times.append(try ContinuousClock().measure(body) / .milliseconds(1)) }
    return times.sorted()[runs / 2]
  }
}
