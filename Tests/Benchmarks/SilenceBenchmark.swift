import Foundation

/// A thousand trials that expect silence, by the built command against this machine's own kernel.
struct SilenceBenchmark: Benchmark {
  /// The built command.
  let command: CProgram
  private var seconds: [Double] = []
  private let file = FileManager.default.temporaryDirectory.appending(path: "assay-silence-\(getpid()).yaml")

  init(command: CProgram) { self.command = command }

  mutating func measure() throws {
    try Self.suite.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let start = ContinuousClock.now
    let text = try command.start(
      "run",
      "--lab",
      "linux-host",
      "--baseline",
      "none",
      "--quiet",
      file.path
    ).text()
    seconds.append((ContinuousClock.now - start) / .seconds(1))
    guard text.contains("1000 passed, 0 failed, 0 skipped") else {
      throw BenchmarkFailure.isWrong("silent trials: \(text)")
    }
  }

  var rows: [Row] {
    [
      Row(
        name: "1,000 silent trials",
        unit: "s",
        ours: seconds,
        // What most tools do: send, and sleep for a second.
        reference: ("sleeping a second each, not run", [1000]),
        bar: .ownAtMost(3)
      ),
      Row(name: "1,000 silent trials, best run", unit: "s", ours: [seconds.min() ?? 0]),
    ]
  }

  /// Twenty cases of fifty trials; the stimuli are those that a host must not answer.
  private static var suite: String {
    let wrong = "{ type: echo-request, identifier: $id, sequence: $n, checksum: wrong }"
    let stimuli = [
      ["ipv4", "icmpv4: \(wrong)"],
      ["ipv6", "icmpv6: \(wrong)"],
      ["ipv4: { header-checksum: wrong }", "icmpv4: { type: echo-request, identifier: $id, sequence: $n }"],
      ["ipv4", "icmpv4: { type: echo-reply, identifier: $id, sequence: $n }"],
    ]
    let cases = (0..<20).map { number in
      """
        - id: case-\(number)
          title: Number \(number) is not answered
          requirement: RFC1122-3.2.2.6-a
          vary: { n: [1..50] }
          steps:
            - send:
                - \(stimuli[number % 4][0])
                - \(stimuli[number % 4][1])
                - data: { counter: 56 }
            - expect: nothing

      """
    }
    return "suite: silence\ntitle: What must not be answered\ncases:\n" + cases.joined()
  }
}
