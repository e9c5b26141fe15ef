import Foundation
import Testing

/// `assay selftest`, as suite authors and CI use it.
@Suite(.timeLimit(.minutes(5)))
struct SelfTestCommandTests {
  private static func suite(_ cases: String...) -> String {
    (["suite: my.suite", "title: Mine", "cases:"] + cases).joined(separator: "\n") + "\n"
  }

  private static let sound = """
      - id: data-comes-back
        title: The data comes back
        requirement: RFC1122-3.2.2.6-c
        steps:
          - send: [ ipv4, icmpv4: { type: echo-request, identifier: $id }, data: { counter: 100 } ]
          - expect: [ icmpv4: { type: echo-reply, identifier: $id }, data: $sent.data ]
    """

  private static let idle = """
      - id: takes-anything
        title: Whatever comes is right
        requirement: RFC1122-3.2.2.6-c
        steps:
          - send: [ ipv4, icmpv4: { type: 42 } ]
          - expect: { any-of: [{ outcome: pass, packet: [icmpv4] }, { outcome: pass, nothing: true }] }
    """

  @Test func `Cases that mutants can fail are proved`() async throws {
    let place = Place()
    let file = try place.file("mine.yaml", Self.suite(Self.sound))
    let run = try await Command().run("selftest \(file) --seeds 2 --junit \(place["junit.xml"])")
    #expect(run.status == 0, "\(run)")
    #expect(run.output.contains("Cases: 1 of 1 proved, 1 by a mutant of their clause; 0 unproved."))
    let junit = try JUnitFile(place["junit.xml"])
    #expect(run.lastLine == junit.summary)
    #expect(junit.cases.first { $0.suite == "selftest.cases" }?.properties["proof"] == "for-its-clause")
  }

  @Test func `A case that no mutant can fail is named, and the status is 1`() async throws {
    let place = Place()
    let file = try place.file("mine.yaml", Self.suite(Self.sound, Self.idle))
    let run = try await Command().run("selftest \(file) --seeds 1 --junit \(place["junit.xml"])")
    #expect(run.status == 1, "\(run)")
    #expect(run.output.contains("UNPROVED  1: no mutant can fail it\n  my.suite.takes-anything"))
    let junit = try JUnitFile(place["junit.xml"])
    #expect(run.lastLine == junit.summary)
    #expect(
      junit.cases.filter { $0.outcome == "failure" }.map(\.id) == ["selftest.cases.my.suite.takes-anything"]
    )
  }

  @Test func `The cases that fail on one mutant are listed`() async throws {
    let place = Place()
    let file = try place.file("mine.yaml", Self.suite(Self.sound, Self.idle))
    let run = try await Command().run(
      "selftest \(file) --seeds 1 --mutant truncates-echo-data-at-56 --json \(place["matrix.json"])"
    )
    #expect(run.status == 0, "\(run)")
    #expect(run.output.contains("CAUGHT  1: cases that fail on truncates-echo-data-at-56\n  my.suite.data"))
    #expect(place.text("matrix.json").contains(#""status": "caught", "cases": ["my.suite.data-comes-back"]"#))
  }

  @Test func `Two runs leave the same reports, octet for octet, whatever the number of jobs`() async throws {
    let place = Place()
    let file = try place.file("mine.yaml", Self.suite(Self.sound, Self.idle))
    for jobs in [1, 3] {
      let run = try await Command().run(
        """
        selftest \(file) --seeds 2 --jobs \(jobs) --junit \(place["junit-\(jobs)"]) --json \(place["json-\(jobs)"])
        --markdown \(place["markdown-\(jobs)"]) --quiet
        """
      )
      #expect(run.status == 1, "\(run)")
      #expect(run.output.split(separator: "\n").count == 1)
      #expect(run.error.isEmpty)
    }
    for name in ["junit", "json", "markdown"] {
      #expect(!place.text("\(name)-1").isEmpty)
      #expect(place.text("\(name)-1") == place.text("\(name)-3"), "\(name)")
    }
  }

  @Test(arguments: [
    "selftest --mutant no-such-mutant", "selftest --seeds 0", "selftest --jobs 0",
    "selftest --quick --json matrix.json", "selftest --quick --markdown matrix.md",
  ])
  func `A wrong command line is 64`(line: String) async throws {
    let run = try await Command().run(line)
    #expect(run.status == 64, "\(run)")
  }

  @Test func `No cases are 4`() async throws {
    let place = Place()
    let run = try await Command().run("selftest \(place.path) --quick")
    #expect(run.status == 4, "\(run)")
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `A signal ends it with what is known, and leaves the matrix of before`(signal: Int32) async throws {
    let place = Place()
    let earlier = try place.file("matrix.json", "earlier")
    let arguments = ["selftest", "--junit", place["junit.xml"], "--json", earlier]
    let run = try await inTurn {
      let running = try Command().start(arguments)
      #expect(running.hasSaid(lines: 1))
      usleep(300_000)
      kill(running.identifier, signal)
      return running.end()
    }
    #expect(run.status == 128 + signal, "\(run)")
    #expect(run.output.contains("Interrupted by \(signal == SIGINT ? "SIGINT" : "SIGTERM"): "))
    #expect(place.text("matrix.json") == "earlier")
    let junit = try JUnitFile(place["junit.xml"])
    #expect(run.lastLine == junit.summary)
    #expect(junit.cases.contains { $0.type == "not-run" })
    #expect(junit.count("failure") == 0)
  }
}
