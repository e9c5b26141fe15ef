import Foundation
import Testing

/// What a run prints, and into which files.
@Suite(.timeLimit(.minutes(5)))
struct OutputTests {
  private static let failing = [
    "run", "--lab", "reference", "icmpv4.checksum", "--mutant", "replies-to-bad-checksum", "--no-reports",
  ]
  private static let escape = "\u{1B}"

  @Test func `Into a pipe or a file no escape sequence is written`() async throws {
    let run = try await Command().run(Self.failing)
    #expect(run.status == 1)
    #expect(!run.output.contains(Self.escape) && !run.error.contains(Self.escape))
    #expect(!run.error.contains("\r"))
  }

  @Test(.enabled(if: Tool.exists("script"), "script isn't installed"))
  func `A terminal shows colours unless NO_COLOR forbids it`() async throws {
    // script(1) plays the terminal, and takes a line for a shell.
    let words = (["exec", Command.program] + Self.failing + ["--no-progress"]).joined(separator: " ")
    let terminal = ["TERM": "xterm"]
    var outcomes: [Command.Outcome] = []
    for more in [[:], ["NO_COLOR": "1"], ["TERM": "dumb"]] {
      let command = Command(
        wrapper: ["sh", "-c", "exec script -qefc '\(words)' /dev/null"],
        environment: terminal.merging(more) { $1 }
      )
      outcomes.append(try await command.run())
    }
    #expect(outcomes.map(\.status) == [1, 1, 1])
    #expect(outcomes[0].output.contains(Self.escape + "[1;31mFAIL" + Self.escape + "[0m"))
    #expect(!outcomes[1].output.contains(Self.escape))
    #expect(!outcomes[2].output.contains(Self.escape))
    for outcome in outcomes { #expect(outcome.output.hasSuffix(" skipped\r\n")) }
  }

  @Test func `FORCE_COLOR colours a pipe, but never the last line`() async throws {
    let run = try await Command(environment: ["FORCE_COLOR": "1"]).run(Self.failing)
    #expect(run.output.contains(Self.escape))
    #expect(!run.lastLine.contains(Self.escape))
  }

  @Test func `GitHub gets an error at the line of each failing case`() async throws {
    let summary = Place()
    let file = try summary.file("summary.md", "before\n")
    let environment = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": file]
    let run = try await Command(environment: environment).run(Self.failing)
    let annotations = run.output.split(separator: "\n").filter { $0.hasPrefix("::error ") }
    #expect(annotations.count >= 3)
    let first = try #require(annotations.first)
    let place = try #require(first.firstMatch(of: /^::error file=([^,]*),line=([0-9]+),title=fail/))
    let source = try String(contentsOfFile: "\(Command.project)/\(place.1)", encoding: .utf8)
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(Int(place.2).flatMap { lines.indices.contains($0 - 1) ? lines[$0 - 1] : nil })
    #expect(line == "  - id: echo-request")
    #expect(first.contains("RFC 792"))
    #expect(summary.text("summary.md").hasPrefix("before\n"))
    #expect(summary.text("summary.md").contains("icmpv4.checksum"))
    let plain = try await Command().run(Self.failing)
    #expect(!plain.output.contains("::error"))
  }

  @Test func `Each report goes where it's asked for, and nowhere else`() async throws {
    let (place, elsewhere) = (Place(), Place())
    let suites = Command.project + "/Suites"
    let command = Command(environment: ["ASSAY_SUITES": suites], directory: elsewhere.path)
    let run = try await command.run(
      """
      run --lab reference icmpv4.timestamp --no-reports --junit \(place["a/j.xml"]) --json
      \(place["r.json"]) --html \(place["r.html"]) --pcapng \(place["c.pcapng"]) --markdown
      \(place["s.md"])
      """
    )
    #expect(run.status == 0, "\(run)")
    #expect(place.names == ["a", "c.pcapng", "r.html", "r.json", "s.md"])
    #expect(elsewhere.names.isEmpty)
    #expect(try JUnitFile(place["a/j.xml"]).cases.count == 23)
    let json = try JSONSerialization.jsonObject(with: Data(place.text("r.json").utf8)) as? [String: Any]
    #expect((json?["counts"] as? [String: Any])?["passed"] as? Int == 23)
    #expect(json?["exitStatus"] as? Int == 0)
    #expect(place.text("r.html").hasPrefix("<!DOCTYPE html>"))
    #expect(place.text("s.md").contains("icmpv4.timestamp"))
    #expect(run.output.contains(place["c.pcapng"]))
  }

  @Test func `Without a word on reports they go to the directory reports`() async throws {
    let place = Place()
    let command = Command(environment: ["ASSAY_SUITES": Command.project + "/Suites"], directory: place.path)
    let run = try await command.run("run --lab reference icmpv4.timestamp")
    #expect(run.status == 0, "\(run)")
    #expect(place.names == ["reports"])
    #expect(run.output.contains("reports/junit.xml"))
  }

  @Test func `Bazel finds the JUnit file where it asked for it`() async throws {
    let place = Place()
    let run = try await Command(environment: ["XML_OUTPUT_FILE": place["test.xml"]]).run(
      "run --lab reference icmpv4.timestamp --no-reports"
    )
    #expect(run.status == 0)
    #expect(try JUnitFile(place["test.xml"]).cases.count == 23)
  }

  @Test func `TAP takes the place of the summary`() async throws {
    let run = try await Command().run(Self.failing + ["--tap"])
    let lines = run.output.split(separator: "\n")
    #expect(lines.first == "TAP version 14")
    #expect(lines.dropFirst().first == "1..130")
    #expect(lines.count { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") } == 130)
    #expect(lines.contains("not ok 1 - icmpv4.checksum.echo-request[checksum=wrong,length=0]"))
    #expect(run.status == 1)
  }

  @Test func `Quiet prints the last line only, verbose a line for each trial`() async throws {
    let run = ["run", "--lab", "reference", "icmpv4.timestamp", "--no-reports"]
    let quiet = try await Command().run(run + ["--quiet"])
    #expect(quiet.output == "23 passed, 0 failed, 0 skipped\n")
    #expect(quiet.error.isEmpty)
    let verbose = try await Command().run(run + ["--verbose"])
    #expect(verbose.error.split(separator: "\n").count { $0.hasPrefix("pass ") } == 23)
  }
}
