import Foundation
import Testing

/// All bundled suites against this machine's own kernel.
@Suite(.enabled(if: Command.isLabPossible, Command.needsLab), .timeLimit(.minutes(5)))
struct FullRunTests {
  @Test(arguments: Command.users)
  func `The bundled suites pass on Linux, known deviations aside`(user: Command.User) async throws {
    let run = try await FullRun.by(user)
    #expect(run.status == 0, "\(run.output.suffix(4000))\n\(run.error.suffix(4000))")
  }

  @Test(arguments: Command.users)
  func `The last line counts what the JUnit file lists`(user: Command.User) async throws {
    let run = try await FullRun.by(user)
    let junit = run.junit
    #expect(run.lastLine == junit.summary)
    #expect(junit.count("error") == 0)
    #expect(junit.cases.allSatisfy { $0.verdict != "inconclusive" && $0.verdict != "error" })
  }

  @Test func `The run has more than 120 trials of more than 60 cases on both versions of IP`() async throws {
    let cases = try await FullRun.by(.own).junit.cases
    #expect(cases.count >= 120)
    let names = Set(cases.map { "\($0.suite).\($0.name.prefix { $0 != "[" })" })
    #expect(names.count >= 60)
    for version in ["icmpv4.", "icmpv6."] { #expect(cases.count { $0.suite.hasPrefix(version) } >= 60) }
    #expect(Set(cases.map(\.id)).count == cases.count)
  }

  @Test func `Each trial cites a clause with its level and RFC, and says its verdict`() async throws {
    let levels: Set<String> = ["MUST", "MUST-NOT", "SHOULD", "SHOULD-NOT", "MAY"]
    let verdicts: Set<String> = ["pass", "warn", "fail", "skipped"]
    for item in try await FullRun.by(.own).junit.cases {
      #expect(item.properties["requirement"]?.hasPrefix("RFC") == true, "\(item.id)")
      #expect(item.properties["rfc"]?.hasPrefix("RFC ") == true, "\(item.id)")
      let named = (item.properties["level"] ?? "").components(separatedBy: ", ")
      #expect(levels.isSuperset(of: named), "\(item.id): \(named)")
      #expect(verdicts.contains(item.verdict), "\(item.id): \(item.verdict)")
      #expect(FileManager.default.fileExists(atPath: Command.project + "/" + item.file), "\(item.file)")
    }
  }

  @Test func `The numbers which suites and file state are those of the test cases`() async throws {
    let junit = try await FullRun.by(.own).junit
    #expect(junit.numbers["tests"] == junit.cases.count)
    for suite in junit.suites {
      #expect(suite.numbers["tests"] == suite.cases.count, "\(suite.name)")
      for (number, outcome) in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
        #expect(suite.numbers[number] == suite.cases.count { $0.outcome == outcome }, "\(suite.name)")
      }
    }
  }

  @Test func `Known deviations are shown with their reasons`() async throws {
    let run = try await FullRun.by(.own)
    let known = run.junit.cases.filter { $0.type == "known-failure" }
    #expect(!known.isEmpty)
    #expect(known.allSatisfy { $0.message.count > 20 })
    #expect(run.output.contains("KNOWN"))
    #expect(run.output.contains("icmpv4.echo.checksum-of-reply-ones"))
  }

  @Test(.enabled(if: getuid() == 0, "only root can also run it as nobody"))
  func `Root and nobody come to the same verdicts`() async throws {
    func verdicts(_ user: Command.User) async throws -> [String: String] {
      let cases = try await FullRun.by(user).junit.cases
      return Dictionary(cases.map { ($0.id, $0.verdict) }) { first, _ in first }
    }
    let (root, nobody) = (try await verdicts(.own), try await verdicts(.nobody))
    #expect(root.count == nobody.count)
    for (id, verdict) in root { #expect(nobody[id] == verdict, "\(id)") }
  }

  @Test(.enabled(if: Tool.hasTShark, "tshark isn't installed"))
  func `The capture holds the counted frames, and a comment on each`() async throws {
    let run = try await FullRun.by(.own)
    let capture = run.place["capture.pcapng"]
    let comments = try #require(
      Tool.run("tshark -r \(capture) -T fields -e frame.number -e frame.comment")
    )
    #expect(comments.status == 0)
    let lines = comments.output.split(separator: "\n").map { $0.split(separator: "\t", maxSplits: 1) }
    #expect(run.output.contains("Capture: \(lines.count) frames, none lost."))
    #expect(lines.allSatisfy { $0.count == 2 && !$0[1].isEmpty })
    #expect(lines.contains { $0.last?.hasPrefix("icmpv4.echo.data-comes-back[length=1472] · ") == true })
  }

  @Test func `Each trial that isn't a pass leaves a capture of its own, which its entry names`() async throws
  {
    let run = try await FullRun.by(.own)
    for item in run.junit.cases {
      let named = item.output.split(separator: "\n").first { $0.hasPrefix("[[ATTACHMENT|") }
      // What was skipped sent nothing, so there is nothing to show.
      #expect((named != nil) == !["pass", "skipped"].contains(item.verdict), "\(item.id)")
      guard let named else { continue }
      let path = String(named.dropFirst("[[ATTACHMENT|".count).dropLast(2))
      #expect(path.hasPrefix("/") && FileManager.default.fileExists(atPath: path), "\(path)")
    }
  }

  @Test(arguments: Command.users)
  func `Nothing but the reports is left`(user: Command.User) async throws {
    let place = try await FullRun.by(user).place
    let reports = ["capture.pcapng", "evidence", "junit.xml", "report.html", "results.json", "summary.md"]
    #expect(place.names == reports)
  }

  @Test func `Frames aren't lost, and windows overlap`() async throws {
    let run = try await FullRun.by(.own)
    #expect(run.output.contains("frames, none lost."))
    #expect(run.output.contains("a serial tool would have waited"))
  }
}
