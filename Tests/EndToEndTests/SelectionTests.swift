import Foundation
import Testing

/// Options that choose what runs and what counts.
@Suite(.timeLimit(.minutes(5)))
struct SelectionTests {
  /// Runs against the reference device and reads the JUnit file.
  private func run(_ line: String) async throws -> (Command.Outcome, JUnitFile) {
    let place = Place()
    let outcome = try await Command().run(
      "run --lab reference --no-reports --junit \(place["junit"]) \(line)"
    )
    return (outcome, try JUnitFile(place["junit"]))
  }

  @Test func `Shards are disjoint and complete`() async throws {
    let all = try await run("icmpv4.echo icmpv6.echo").1.cases.map(\.id)
    var parts: [String] = []
    for shard in 1...3 {
      let part = try await run("icmpv4.echo icmpv6.echo --shard \(shard)/3").1.cases.map(\.id)
      #expect(part.count > all.count / 6)
      parts += part
    }
    #expect(parts.count == all.count)
    #expect(Set(parts) == Set(all))
  }

  @Test func `A filter chooses trials, cases or suites`() async throws {
    let trial = try await run("icmpv4.echo --filter icmpv4.echo.data-comes-back[length=56]").1
    #expect(trial.cases.map(\.id) == ["icmpv4.echo.data-comes-back[length=56]"])
    let testCase = try await run("icmpv4.echo --filter icmpv4.echo.data-comes-back").1
    #expect(testCase.cases.count == 10)
    let both = try await run("icmpv?.* --filter icmpv4.timestamp --filter icmpv6.echo.last-hop").1
    #expect(both.cases.count == 24)
  }

  @Test func `Suites are chosen by name, by glob or by file`() async throws {
    let file = try await run("Suites/icmpv4/timestamp.yaml").1
    #expect(Set(file.cases.map(\.suite)) == ["icmpv4.timestamp"])
    let glob = try await run("icmpv?.unreachable").1
    #expect(Set(glob.cases.map(\.suite)) == ["icmpv4.unreachable", "icmpv6.unreachable"])
  }

  @Test func `The first failure ends the run with fail-fast, and the rest is marked as not run`() async throws
  {
    let (outcome, junit) = try await run(
      "icmpv4.checksum --mutant replies-to-bad-checksum --fail-fast --jobs 1"
    )
    #expect(outcome.status == 1)
    #expect(junit.count("failure") == 1)
    #expect(junit.cases.count == 130)
    #expect(junit.cases.filter { $0.outcome == "skipped" }.allSatisfy { $0.type == "not-run" })
    #expect(junit.count("skipped") == 129 - junit.count(nil))
    #expect(outcome.lastLine == junit.summary)
  }

  @Test(arguments: [("must", 0), ("should", 1), ("may", 1)])
  func `A SHOULD that isn't met warns, and fails if SHOULDs are required`(
    level: String,
    status: Int32
  ) async throws {
    let (outcome, junit) = try await run(
      "icmpv4.unreachable --filter *.closed-port[* --mutant silent-about-closed-port --require \(level)"
    )
    #expect(outcome.status == status, "\(outcome)")
    #expect(junit.cases.count == 7)
    #expect(junit.count("failure") == (status == 0 ? 0 : 7))
    if status == 0 {
      #expect(junit.cases.allSatisfy { $0.verdict == "warn" && $0.output.hasPrefix("warning: ") })
      #expect(outcome.output.contains("WARN  icmpv4.unreachable.closed-port[length=0]"))
    }
  }

  @Test func `A missing answer is asked for again, and passing then is told as flaky`() async throws {
    func attempts(_ junit: JUnitFile) -> [Int] {
      junit.cases.compactMap { $0.properties["attempts"].flatMap { Int($0) } }
    }
    let (outcome, often) = try await run("icmpv4.echo --mutant answers-one-echo-in-three --retries 4")
    #expect(attempts(often).contains { $0 > 2 } && attempts(often).allSatisfy { $0 <= 6 })
    #expect(often.cases.contains { $0.outcome == nil && $0.properties["attempts"] != "1" })
    #expect(outcome.output.contains(" passed only after a retry: icmpv4.echo."))
    // One more is run alone where the target fell silent.
    let once = try await run("icmpv4.echo --mutant answers-one-echo-in-three --retries 0").1
    #expect(attempts(once).allSatisfy { $0 <= 2 })
  }

  @Test(.enabled(if: Command.isLabPossible, Command.needsLab))
  func `Without the baseline known deviations fail`() async throws {
    for (option, status) in [("", 0), ("--baseline none", 1)] as [(String, Int32)] {
      let outcome = try await Command().run(
        "run --lab linux-host icmpv4.echo --filter *.checksum-of-reply-* --no-reports \(option)"
      )
      #expect(outcome.status == status, "\(outcome)")
      #expect(outcome.output.contains("KNOWN") == (status == 0))
    }
  }

  @Test func `A deviation listed that is none any more fails`() async throws {
    let place = Place()
    let baseline = try place.file(
      "baseline.yaml",
      """
      target: reference
      deviations:
        - trial: icmpv4.timestamp.reply-mirrors-request*
          verdict: fail
          reason: It was so once.

      """
    )
    let (outcome, junit) = try await run("icmpv4.timestamp --baseline \(baseline)")
    #expect(outcome.status == 1, "\(outcome)")
    let unexpected = junit.cases.filter { $0.type == "unexpected-pass" }
    #expect(!unexpected.isEmpty && unexpected.count == junit.count("failure"))
  }

  @Test func `A deviation listed for no case is an error`() async throws {
    let place = Place()
    let baseline = try place.file(
      "baseline.yaml",
      "target: reference\ndeviations:\n  - trial: icmpv4.timestamp.no-such-case\n    verdict: fail\n    reason: None.\n"
    )
    let outcome = try await Command().run(
      "run --lab reference icmpv4.timestamp --baseline \(baseline) --no-reports"
    )
    #expect(outcome.status == 65, "\(outcome)")
    #expect(outcome.error.contains("baseline.yaml:3:"))
  }
}
