import Foundation
import Testing

/// The strict reference device, in virtual time and without privileges.
@Suite(.timeLimit(.minutes(5)))
struct ReferenceRunTests {
  @Test func `The reference device conforms to all bundled suites`() async throws {
    let full = try await FullReferenceRun.shared
    let run = full.outcome
    #expect(run.status == 0, "\(run)")
    let junit = try JUnitFile(full.reports["junit.xml"])
    #expect(run.lastLine == junit.summary)
    #expect(junit.count(nil) == junit.cases.count)
  }

  @Test func `Two runs with one seed leave the same reports, octet for octet`() async throws {
    let places = [Place(), Place()]
    for place in places {
      let run = try await Command().run(
        """
        run --lab reference icmpv4.timestamp icmpv6.unreachable --seed 7 --no-reports --json
        \(place["json"]) --junit \(place["junit"]) --pcapng \(place["pcapng"]) --html \(place["html"])
        --markdown \(place["markdown"]) --quiet
        """
      )
      #expect(run.status == 0, "\(run)")
    }
    #expect(places[0].names == ["html", "json", "junit", "markdown", "pcapng"])
    for name in places[0].names {
      let files = places.map { FileManager.default.contents(atPath: $0[name]) }
      #expect(files[0] == files[1], "\(name)")
    }
  }

  @Test func `A path impaired on purpose is told in every report, and fails nothing`() async throws {
    let place = Place()
    let impairment = "loss=2%,duplicate=2%,reorder=2%,seed=7"
    let run = try await Command().run(
      """
      run --lab reference icmpv4.timestamp icmpv6.unreachable --impair \(impairment) --no-reports --json
      \(place["json"]) --html \(place["html"]) --markdown \(place["markdown"])
      """
    )
    #expect([0, 2].contains(run.status), "\(run)")
    #expect(run.output.contains(impairment))
    for name in ["json", "html", "markdown"] {
      let text = String(decoding: FileManager.default.contents(atPath: place[name]) ?? Data(), as: UTF8.self)
      #expect(text.contains("The path was impaired on purpose, which is no fault of the target"), "\(name)")
    }
  }

  @Test func `Another seed changes the packets`() async throws {
    let places = [Place(), Place()]
    for (place, seed) in zip(places, ["1", "2"]) {
      let run = try await Command().run(
        """
        run --lab reference icmpv4.timestamp --seed \(seed) --no-reports --pcapng
        \(place["capture.pcapng"]) --quiet
        """
      )
      #expect(run.status == 0, "\(run)")
    }
    let captures = places.map { FileManager.default.contents(atPath: $0["capture.pcapng"]) }
    #expect(captures[0] != captures[1])
  }

  @Test(arguments: [
    ("replies-to-bad-checksum", "icmpv4.checksum"), ("truncates-echo-data-at-56", "icmpv4.echo"),
    ("replies-to-bad-checksum", "icmpv6.checksum"),
  ])
  func `A device that breaks a rule fails the suite of that rule`(mutant: String, suite: String) async throws
  {
    let run = try await Command().run("run --lab reference \(suite) --mutant \(mutant) --no-reports")
    #expect(run.status == 1, "\(run)")
    #expect(run.output.contains("FAIL  \(suite)."))
  }
}
