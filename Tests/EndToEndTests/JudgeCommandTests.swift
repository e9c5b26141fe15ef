import Foundation
import Testing

/// `assay judge`: from the capture alone come the verdicts of the run.
@Suite(.timeLimit(.minutes(5)))
struct JudgeCommandTests {
  /// Far from the project: what a capture doesn't hold isn't there.
  private static func judge(_ capture: String, _ options: [String] = []) async throws -> (
    Command.Outcome, Results?
  ) {
    let place = Place()
    let command = Command(environment: ["ASSAY_SUITES": place["none"]], directory: place.path)
    let outcome = try await command.run(["judge", capture, "--json", place["again.json"]] + options)
    return (outcome, try? Results(place["again.json"]))
  }

  @Test(.enabled(if: Command.isLabPossible, Command.needsLab))
  func `The verdicts on this machine's kernel come out of the run's capture, word for word`() async throws {
    let run = try await FullRun.by(.own)
    let (outcome, again) = try await Self.judge(run.place["capture.pcapng"])
    #expect(outcome.status == run.status, "\(outcome)")
    #expect(outcome.lastLine == run.lastLine)
    let live = try Results(run.place["results.json"])
    #expect(live.trials.count > 2000)
    #expect(try #require(again).differences(from: live) == [])
  }

  @Test func `The verdicts on the reference device do, also on a broken one`() async throws {
    for options in [[], ["--mutant", "replies-to-bad-checksum", "--filter", "*checksum*"]] {
      let reports = Place()
      let run = try await Command().run(["run", "--lab", "reference", "--reports", reports.path] + options)
      let (outcome, again) = try await Self.judge(reports["capture.pcapng"])
      #expect(outcome.status == run.status, "\(outcome)")
      let live = try Results(reports["results.json"])
      #expect(try #require(again).differences(from: live) == [])
    }
  }

  @Test(
    .enabled(if: Command.isLabPossible && Tool.exists("tcpdump") && Tool.exists("dumpcap"), Command.needsLab),
    arguments: [
      "tcpdump -i near0 -U -B 65536 -w", "tcpdump -i near0 -U -B 65536 --time-stamp-precision=nano -w",
      "dumpcap -q -i near0 -B 64 -w",
    ]
  )
  func `A capture taken beside the run gives the same verdicts`(program: String) async throws {
    let lab = try await LabUp()
    let reports = Place()
    let beside = Place()
    let run = try await inTurn {
      let capture = try lab.command.start(
        ["lab", "shell", "--tester", "--"] + program.words + [beside["beside.pcap"]]
      )
      while !FileManager.default.fileExists(atPath: beside["beside.pcap"]), capture.process.isRunning {
        usleep(10_000)
      }
      usleep(300_000)
      let run = try lab.command.start(["run", "--lab", "linux-host", "--reports", reports.path]).end()
      usleep(300_000)
      kill(capture.identifier, SIGINT)
      _ = capture.end()
      return run
    }
    #expect(run.status == 0, "\(run)")
    let (outcome, again) = try await Self.judge(beside["beside.pcap"], ["--plan", reports["capture.pcapng"]])
    #expect(outcome.status == run.status, "\(outcome)")
    let live = try Results(reports["results.json"])
    #expect(try #require(again).differences(from: live, isExact: false) == [])
    try await lab.down()
  }

  @Test(.enabled(if: Command.isLabPossible, Command.needsLab))
  func `The evidence of a trial alone gives the verdict of that trial`() async throws {
    let run = try await FullRun.by(.own)
    let live = try Results(run.place["results.json"])
    let folder = run.place["evidence"]
    for suite in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(suite)").sorted()
      guard let file = files.first else { continue }
      let (outcome, again) = try await Self.judge("\(folder)/\(suite)/\(file)", ["--no-reports"])
      let trials = try #require(again, "\(outcome)").trials
      #expect(trials.count == 1)
      for (id, trial) in trials { #expect(trial == live.trials[id], "\(id)") }
    }
  }

  @Test(.enabled(if: Command.isLabPossible, Command.needsLab))
  func `An interrupted run is judged as far as it got`() async throws {
    let reports = Place()
    let line =
      "run --lab linux-host icmpv4.unknown-types --jobs 12 --rate 150 --verbose --reports \(reports.path)"
    let run = try await inTurn {
      let run = try Command().start(line.words)
      #expect(run.hasSaid(lines: 40))
      kill(run.identifier, SIGINT)
      return run.end()
    }
    #expect(run.status == 130)
    let (outcome, again) = try await Self.judge(reports["capture.pcapng"])
    #expect(outcome.status == 2, "\(outcome)")
    let live = try Results(reports["results.json"])
    #expect(live.trials.values.contains { $0.reason == "not-run" })
    #expect(try #require(again).differences(from: live) == [])
  }

  @Test func `Another text of a suite takes the place of the one that was run`() async throws {
    let place = Place()
    func suite(_ expectation: String) -> String {
      """
      suite: again
      cases:
        - id: it
          title: An echo is answered
          steps:
            - send: [ipv4, icmpv4: { type: echo-request, sequence: 1 }]
            - expect: \(expectation)
      """
    }
    let wrong = try place.file("wrong.yaml", suite("nothing"))
    let right = try place.file("right.yaml", suite("[icmpv4: { type: echo-reply }]"))
    let run = try await Command().run(["run", "--lab", "reference", right, "--reports", place["reports"]])
    #expect(run.status == 0)
    let again = try await Command().run(["judge", place["reports/capture.pcapng"], wrong])
    #expect(again.status == 1, "\(again)")
    #expect(again.output.contains("Required: no answer"), "\(again)")
  }

  @Test func `What holds no frames, or no plan, is judged by nobody`() async throws {
    let place = Place()
    let run = try await Command().run([
      "run", "--lab", "reference", "icmpv4.echo", "--reports", place["reports"],
    ])
    #expect(run.status == 0)
    let whole = try Data(contentsOf: URL(filePath: place["reports/capture.pcapng"]))
    // The header of a classic capture file, little-endian, without packets.
    let empty: [UInt8] =
      [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0] + Array(repeating: 0, count: 8) + [0, 0, 4, 0, 1, 0, 0, 0]
    try Data(empty).write(to: URL(filePath: place["empty.pcap"]))
    try whole.prefix(whole.count - 10).write(to: URL(filePath: place["cut.pcapng"]))
    let crafted = try await Command().run(["craft", "icmpv4.echo", "-o", place["crafted.pcap"]])
    #expect(crafted.status == 0)
    let refusals = [
      ("empty.pcap", "no frames"), ("cut.pcapng", "offset"), ("crafted.pcap", "holds no plan of a run"),
      ("none.pcap", "no such file"),
    ]
    for (name, words) in refusals {
      let (outcome, again) = try await Self.judge(place[name])
      #expect(outcome.status == (name == "none.pcap" ? 66 : 65), "\(name): \(outcome)")
      #expect(outcome.error.contains(words), "\(outcome)")
      #expect(again == nil)
    }
  }

  @Test func `A capture without the stimuli proves nothing`() async throws {
    let place = Place()
    let run = try await Command().run([
      "run", "--lab", "reference", "icmpv4.checksum", "--reports", place["reports"],
    ])
    #expect(run.status == 0)
    // Other frames than those of the run.
    let crafted = try await Command().run(["craft", "icmpv6.echo", "-o", place["crafted.pcapng"]])
    #expect(crafted.status == 0)
    let (outcome, again) = try await Self.judge(
      place["crafted.pcapng"],
      ["--plan", place["reports/capture.pcapng"]]
    )
    #expect(outcome.status == 2, "\(outcome)")
    #expect(try #require(again).trials.values.allSatisfy { $0.outcome == "inconclusive" })
  }
}
