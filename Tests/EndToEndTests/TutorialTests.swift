import Foundation
import Testing

/// Every example of the page about writing suites does what the page says.
@Suite(.timeLimit(.minutes(5)))
struct TutorialTests {
  private let command = Command(user: Command.users.last ?? .own)

  @Test func `The page has examples of every kind`() {
    #expect(Tutorial.runnable.count >= 12)
    #expect(Tutorial.craftable.count >= 2)
  }

  @Test(arguments: Tutorial.runnable + Tutorial.craftable)
  func `An example has no errors`(example: Tutorial.Example) async throws {
    let place = try Tutorial.place(of: example)
    let run = try await command.run(["lint", place["example.yaml"]])
    #expect(run.status == 0, "\(example)\n\(run)")
  }

  @Test(arguments: Tutorial.runnable)
  func `An example passes on the reference device`(example: Tutorial.Example) async throws {
    let place = try Tutorial.place(of: example)
    let reports = ["--no-progress", "--reports", place["reports"]]
    let run = try await command.run(
      ["run", "--lab", example.isTwoSided ? "reference-nat" : "reference", place["example.yaml"]] + reports
    )
    #expect(run.status == 0, "\(example)\n\(run)")
    #expect(run.lastLine.hasSuffix(" passed, 0 failed, 0 skipped"), "\(example)\n\(run)")
  }

  @Test(.enabled(if: Command.isLabPossible, Command.needsLab), arguments: Tutorial.runnable)
  func `An example passes on this machine's kernel`(example: Tutorial.Example) async throws {
    let place = try Tutorial.place(of: example)
    let reports = ["--no-progress", "--reports", place["reports"]]
    let run = try await command.run(
      ["run", "--lab", example.isTwoSided ? "linux-nat" : "linux-host", place["example.yaml"]] + reports
    )
    #expect(run.status == 0, "\(example)\n\(run)")
    #expect(run.lastLine.hasSuffix(" passed, 0 failed, 0 skipped"), "\(example)\n\(run)")
  }

  @Test(arguments: Tutorial.craftable)
  func `The packets of an example can be crafted`(example: Tutorial.Example) async throws {
    let place = try Tutorial.place(of: example)
    let run = try await command.run(["craft", place["example.yaml"], "-o", place["packets.pcapng"]])
    #expect(run.status == 0, "\(example)\n\(run)")
  }

  @Test func `Mistakes are told as the page shows`() async throws {
    let example = try #require(Tutorial.examples.first { $0.text.hasPrefix("$ assay lint slip.yaml\n") })
    let place = Place()
    _ = try place.file(
      "slip.yaml",
      """
      suite: my.slip
      cases:
        - id: slip
          title: Two slips of the pen
          steps:
            - send:
                - icmpv4: { type: echo-requst, identifer: $id }
            - expect: nothing

      """
    )
    var command = command
    command.directory = place.path
    command.environment["ASSAY_SUITES"] = Command.project + "/Suites"
    let run = try await command.run(["lint", "slip.yaml"])
    #expect(run.status == 65)
    let shown = example.text.split(separator: "\n").dropFirst()
    let told = run.error.split(separator: "\n").prefix(shown.count)
    #expect(Array(told) == Array(shown))
  }
}
